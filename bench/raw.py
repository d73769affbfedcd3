"""The raw database: the same tables with the same indexes, written to by the driver alone."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg

from services.installation import Installation
from services.log.hints import conninfo
from services.settings import Settings, Store

FACTS = ("name", "scope", "subject", "about", "value", "since")
EVENTS = ("originator_id", "originator_version", "topic", "state")


@dataclass(frozen=True)
class Saved:
    """The rows that one save wrote: events (aggregate, version, topic, state) and access facts."""

    events: tuple[tuple[Any, ...], ...]
    facts: tuple[tuple[Any, ...], ...]


class RawConnection:
    """One connection of the database's own driver to one store."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._is_sqlite = settings.is_sqlite(store)
        self._prefix = "" if self._is_sqlite else f'"{settings.schema_of(store)}".'
        self._connection: Any = _connect(settings, store)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows; `commit` makes them last."""
        marks = ", ".join("?" if self._is_sqlite else "%s" for _ in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        cursor = self._connection.cursor()
        cursor.executemany(f"INSERT INTO {self._prefix}{table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our names

    def analyse(self) -> None:
        """Let the database look at what it holds, as it does by itself after a while."""
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def read(
        self, table: str, columns: Sequence[str], condition: str = "", *parameters: object
    ) -> list[tuple[Any, ...]]:
        """All rows for which `condition` holds, `?` for each parameter."""
        names = ", ".join(f'"{column}"' for column in columns)
        query = f"SELECT {names} FROM {self._prefix}{table} {condition}"  # noqa: S608 - our names
        cursor = self._connection.cursor()
        cursor.execute(query if self._is_sqlite else query.replace("?", "%s"), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def empty(self, table: str) -> None:
        """Delete every row."""
        self._connection.cursor().execute(f"DELETE FROM {self._prefix}{table}")  # noqa: S608 - our names

    def commit(self) -> None:
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class Raw:
    """A second set of the installation's tables that no code of Husrom's writes to."""

    settings: Settings
    events_table: str

    @classmethod
    def beside(cls, office: Installation, settings: Settings) -> "Raw":
        """The tables, made anew under `settings`."""
        with Installation(settings) as other:
            other.migrate()
        return cls(settings, events_table(office))

    def connect(self, store: Store) -> RawConnection:
        return RawConnection(self.settings, store)

    def save(self, connection: RawConnection, saved: Saved) -> None:
        """The rows of a save again, for aggregates with new ids, in one transaction."""
        ids = {row[0]: uuid4().hex for row in saved.events}
        connection.insert(self.events_table, EVENTS, [(ids[id], *others) for id, *others in saved.events])
        if saved.facts:
            connection.insert("access_facts", FACTS, [(name, uuid4().hex, *others) for name, _, *others in saved.facts])
        connection.commit()


def events_table(office: Installation) -> str:
    """The name of the table of events."""
    return str(getattr(office.case_log.recorder, "events_table_name"))  # noqa: B009  (the library's type does not say it)


def saved_after(office: Installation, position: int) -> Saved:
    """What has been saved in the case log after `position`."""
    stored = office.case_log.recorder.select_notifications(position, 100_000, inclusive_of_start=False)
    with closing(RawConnection(office.settings, Store.CASE_LOG)) as connection:
        facts = connection.read("access_facts", FACTS, "WHERE since > ?", position)
    return Saved(tuple((e.originator_id, e.originator_version, e.topic, e.state) for e in stored), tuple(facts))


def _connect(settings: Settings, store: Store) -> Any:
    if settings.is_sqlite(store):
        connection = sqlite3.connect(settings.sqlite_path(store), check_same_thread=False, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        # As the installation's own connections have it.
        connection.execute(f"PRAGMA synchronous={'NORMAL' if store is Store.VIEWS else 'FULL'}")
        return connection
    return psycopg.connect(conninfo(settings, store))
