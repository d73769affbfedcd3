"""From the log to the views: the feed's batches, a rebuild of everything, and how soon a save can be seen."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.ground import FEED, Ground, running
from bench.history import fill
from bench.pairs import in_turn
from bench.raw import RawConnection, saved_after
from bench.size import Size
from bench.table import Row, latency, rate
from demo.patience import wait_until
from domain.cases.case import Case, OpenedBy
from projections.feed import BATCH, Feed
from services.installation import Installation
from services.settings import Store


@dataclass(frozen=True)
class ViewRows:
    """What one table of a view holds."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def measure_feed(where: Ground, _folder: Path, size: Size) -> Iterator[Row]:
    """Batches first, then everything from the beginning; the raw database writes the rows that the views then hold."""
    fill(where, size.events)
    feed = where.office.feeds[0]
    events = sum(feed.catch_up())
    held = view_rows(where.office)
    batches = -(-events // BATCH)
    with closing(where.raw.connect(Store.VIEWS)) as raw:
        _rewind(feed)
        shares = iter([_share(held, number, batches) for number in range(batches)])
        pairs = in_turn(batches, feed.step, lambda: _write(raw, next(shares)), warm_up=0)
        yield rate("feed, 500 events a batch", where.database, "events", events // batches, pairs.ours, pairs.raw)
        pairs = in_turn(size.rebuilds, lambda: _rebuild(feed), lambda: _rewrite(raw, held), warm_up=0)
        yield rate("rebuild of all views", where.database, "events", events, pairs.ours, pairs.raw)


def measure_delay(where: Ground, folder: Path, size: Size) -> Iterator[Row]:
    """Save a case and wait until every view has it; the raw database writes the same rows, log first, and reads one."""
    with running(where, folder, *FEED), closing(where.raw.connect(Store.CASE_LOG)) as log:
        _save_and_see(where)
        held, saved = view_rows(where.office), saved_after(where.office, 0)
        with closing(where.raw.connect(Store.VIEWS)) as views:

            def raw() -> None:
                where.raw.save(log, saved)
                _rewrite(views, held)
                views.read(held[0].table, held[0].columns)

            pairs = in_turn(size.rounds, lambda: _save_and_see(where), raw)
    yield latency("from save to view, p50 / p99", where.database, pairs.ours, pairs.raw)


def view_rows(office: Installation) -> list[ViewRows]:
    """Everything the views of the case log hold."""
    tables = [table for view in office.feeds[0].views for table in view.tables]
    with closing(RawConnection(office.settings, Store.VIEWS)) as connection:
        named = [(table.name, tuple(column.name for column in table.columns)) for table in tables]
        held = [ViewRows(name, columns, connection.read(f'"{name}"', columns)) for name, columns in named]
    return [one for one in held if one.rows]


def _save_and_see(where: Ground) -> None:
    context = where.context()
    case = Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.APPLICATION, by=context.by, at=context.at)
    position = where.office.case_log.append(case)
    feed = where.office.feeds[0]
    wait_until(f"the views to see position {position}", lambda: min(feed.positions().values()) >= position, pause=0.001)


def _share(held: list[ViewRows], number: int, of: int) -> list[ViewRows]:
    """Every `of`-th row, from `number` on."""
    return [ViewRows(one.table, one.columns, one.rows[number::of]) for one in held]


def _write(raw: RawConnection, some: list[ViewRows]) -> None:
    for one in some:
        raw.insert(f'"{one.table}"', one.columns, one.rows)
    raw.commit()


def _rewrite(raw: RawConnection, held: list[ViewRows]) -> None:
    for one in held:
        raw.empty(f'"{one.table}"')
    _write(raw, held)


def _rewind(feed: Feed) -> None:
    for view in feed.views:
        feed.rebuild(view)


def _rebuild(feed: Feed) -> None:
    _rewind(feed)
    for _ in feed.catch_up():
        pass
