"""The feed: reads a log after the views' position and applies it in batches (design D6).

Rows and new position are stored in one transaction. The position is moved by compare-and-set before anything
is applied, so that two feeds at once are safe: the one that comes second changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Engine, delete, insert, select, update

from domain.base import Event
from projections.view import POSITIONS, View

BATCH = 500


class ReadableEvent(Protocol):
    """An event with its position."""

    @property
    def position(self) -> int: ...
    @property
    def event(self) -> Event: ...


class ReadableLog(Protocol):
    """What the feed needs of a log."""

    def after(self, position: int, limit: int) -> Sequence[ReadableEvent]: ...
    def head(self) -> int: ...


class AnotherFeedWasFirst(Exception):
    """The position had moved; nothing was applied."""


@dataclass(frozen=True)
class Feed:
    """Carries one log to the views that follow it."""

    log: ReadableLog
    views: tuple[View, ...]
    engine: Engine

    def prepare(self) -> None:
        """Create what is missing; empty and start again every view whose version has changed."""
        with self.engine.begin() as connection:
            POSITIONS.create(connection, checkfirst=True)
            stored = {row.view: row.version for row in connection.execute(select(POSITIONS))}
            for view in self.views:
                if stored.get(view.name) != view.version:
                    _restart(connection, view)

    def step(self) -> int:
        """Apply the next batch. Returns how many events were read; 0 when the views are at the head."""
        positions = self.positions()
        if not positions:
            return 0
        batch = self.log.after(min(positions.values()), BATCH)
        if not batch:
            return 0
        try:
            with self.engine.begin() as connection:
                for view in self.views:
                    _advance(connection, view, positions[view.name], batch)
        except AnotherFeedWasFirst:
            pass
        return len(batch)

    def catch_up(self) -> Iterator[int]:
        """Step until the head, yielding how many events each step read."""
        while read := self.step():
            yield read

    def run(self, wait: Callable[[float], None], stop: Callable[[], bool], *, at_most_seconds: float = 1.0) -> None:
        """Keep the views at the head until `stop()`. `wait(seconds)` returns early on a hint that the log has grown."""
        while not stop():
            if not self.step():
                wait(at_most_seconds)

    def rebuild(self, view: View) -> None:
        """Empty a view and set it back to the beginning; the next steps fill it. A feed may run, and people may read."""
        with self.engine.begin() as connection:
            connection.execute(update(POSITIONS).where(POSITIONS.c.view == view.name).values(position=0))
            for table in view.tables:
                connection.execute(delete(table))

    def positions(self) -> dict[str, int]:
        """Each view's position."""
        names = [view.name for view in self.views]
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            rows = connection.execute(select(POSITIONS).where(POSITIONS.c.view.in_(names)))
            return {row.view: row.position for row in rows}

    def lag(self) -> int:
        """How many positions the slowest view is behind the log."""
        return max(0, self.log.head() - min(self.positions().values(), default=0))


def _restart(connection: Connection, view: View) -> None:
    # First of all, since SQLite begins its transaction with the first row that changes, not with a table's making.
    connection.execute(delete(POSITIONS).where(POSITIONS.c.view == view.name))
    for table in view.tables:
        table.drop(connection, checkfirst=True)
        table.create(connection)
    connection.execute(insert(POSITIONS).values(view=view.name, version=view.version, position=0))


def _advance(connection: Connection, view: View, position: int, batch: Sequence[ReadableEvent]) -> None:
    fresh = [recorded for recorded in batch if recorded.position > position]
    if not fresh:
        return
    moved = connection.execute(
        update(POSITIONS)
        .where(POSITIONS.c.view == view.name, POSITIONS.c.position == position, POSITIONS.c.version == view.version)
        .values(position=fresh[-1].position)
    )
    if moved.rowcount != 1:
        raise AnotherFeedWasFirst
    for recorded in fresh:
        view.apply(connection, recorded.event, recorded.position)
