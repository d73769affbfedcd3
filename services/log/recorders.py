"""The library's recorders, extended so that access facts are written in the events' own transaction.

What a read needs comes in single statements, each of which sees one moment: the facts with their position, and
then any number of streams (design D17).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder

from domain.access.facts import FactChange, FactSweep
from services.log import access_facts
from services.log.access_facts import Changes, FactTable
from services.log.dialect import POSTGRES, SQLITE, Execute
from services.log.fact_reader import FactReader
from services.log.kept import KeptPostgresConnection, KeptSQLiteConnection
from services.log.reads import Reads, note_streams, still_holds, what_was_read

EventChanges = Sequence[Sequence[FactChange | FactSweep]]
"""The changes of each event in a save, event by event."""

OUTDATED = "what was read has changed meanwhile"


class CaseRecorder(Protocol):
    """What the case log asks of its recorder beside what the library does."""

    @property
    def facts(self) -> FactReader:
        """Answers for the access facts, as the log of this recorder has them."""

    def select_streams(self, ids: Sequence[UUID]) -> Sequence[StoredEvent]:
        """Every event of these streams, each stream's in order."""

    def select_with_head(self, id: UUID) -> tuple[int, Sequence[StoredEvent]]:
        """The position of the newest event in the log, and every event of one stream, at the same moment."""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else can append meanwhile. What this thread reads and saves in here is one transaction."""

    def rewrite_facts(self, history: Changes, rules: str) -> None:
        """Write the facts anew from `history`, by `rules`; it is read while nobody can append."""


class SQLiteCaseRecorder(SQLiteApplicationRecorder):
    """The case log on SQLite, with the access facts in the same file."""

    facts_table = FactTable("access_facts", "SELECT COALESCE(MAX(rowid), 0) FROM stored_events", SQLITE)

    def __init__(self, datastore: Any, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name)
        self.datastore: Any = KeptSQLiteConnection(datastore)
        self.facts = FactReader(self.facts_table, self._reading)

    def construct_create_table_statements(self) -> list[str]:
        facts = [statement.format(table=self.facts_table.name) for statement in access_facts.SCHEMA]
        return super().construct_create_table_statements() + facts

    def _insert_events(
        self, c: Any, stored_events: Sequence[StoredEvent], changes: EventChanges = (), reads: Reads | None = None,
        **kwargs: Any,
    ) -> Sequence[int] | None:  # fmt: skip
        positions = super()._insert_events(c, stored_events, **kwargs)
        execute = _executor(c, SQLITE.placeholders)
        if reads is not None and positions and not self._holds(execute, reads, positions[0]):
            raise IntegrityError(OUTDATED)
        access_facts.write_changes(execute, self.facts_table, _by_position(positions, changes))
        return positions

    def _holds(self, execute: Execute, reads: Reads, inserted: int) -> bool:
        """Whether nothing that was read has changed. Inserting, from the position `inserted` on, has locked out everybody else."""
        newer = f"SELECT 1 FROM {self.events_table_name} WHERE rowid > :position AND rowid < {inserted}"  # noqa: S608 - all parts are our own
        of_streams = f"originator_id IN {SQLITE.listed('streams')}"
        streams = SQLITE.ids([id.hex for id in reads.streams])
        parameters = {**what_was_read(reads, SQLITE), "streams": streams}
        holds = still_holds(self.facts_table, newer, of_streams)
        return bool(execute(f"SELECT {holds} AS holds", parameters)[0]["holds"])

    def select_events(self, originator_id: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        note_streams(originator_id)
        events: Sequence[StoredEvent] = super().select_events(originator_id, **kwargs)
        return events

    def select_streams(self, ids: Sequence[UUID]) -> Sequence[StoredEvent]:
        note_streams(*ids)
        statement = (
            f"SELECT * FROM {self.events_table_name} WHERE originator_id IN {SQLITE.these} "  # noqa: S608 - the table is our own
            "ORDER BY originator_id, originator_version"
        )
        with self._reading() as execute:
            rows = execute(statement, {"ids": SQLITE.ids([id.hex for id in ids])})
        return [StoredEvent(UUID(row["originator_id"]), *_stored(row)) for row in rows]

    def select_with_head(self, id: UUID) -> tuple[int, Sequence[StoredEvent]]:
        with self._reading() as execute:
            rows = execute(_with_head(self.facts_table, self.events_table_name), {"id": id.hex})
        return rows[0]["head"], [StoredEvent(id, *_stored(row)) for row in rows if row["topic"]]

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.datastore.get_connection(commit=True) as connection, connection.transaction(commit=True) as c:
            # The library begins in a way that takes no lock before the first write.
            c.execute("END")
            c.execute("BEGIN IMMEDIATE")
            with self.datastore.keeping(connection):
                yield

    def rewrite_facts(self, history: Changes, rules: str) -> None:
        with self.datastore.transaction(commit=True) as c:
            access_facts.rewrite(_executor(c, SQLITE.placeholders), self.facts_table, history, rules)

    @contextmanager
    def _reading(self) -> Iterator[Execute]:
        with self.datastore.transaction(commit=False) as c:
            yield _executor(c, SQLITE.placeholders)


class PostgresCaseRecorder(PostgresApplicationRecorder):
    """The case log on PostgreSQL, with the access facts in the same schema.

    Facts are written after the events, when their positions are known and the log's lock is held: two saves
    can neither interleave nor deadlock on facts.
    """

    def __init__(self, datastore: Any, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.datastore: Any = KeptPostgresConnection(datastore)
        self._events = f'"{datastore.schema}".{self.events_table_name}'
        head = f"SELECT COALESCE(MAX(notification_id), 0) FROM {self._events}"  # noqa: S608 - the table is our own
        self.facts_table = FactTable(f'"{datastore.schema}".access_facts', head, POSTGRES)
        self.facts = FactReader(self.facts_table, self._reading)

    def _create_table(self, curs: Any) -> None:
        super()._create_table(curs)
        for statement in access_facts.SCHEMA:
            curs.execute(statement.format(table=self.facts_table.name))

    def _insert_stored_events(
        self, curs: Any, stored_events: Sequence[StoredEvent], reads: Reads | None = None, **kwargs: Any
    ) -> None:
        if reads is None:
            super()._insert_stored_events(curs, stored_events, **kwargs)
            return
        self._lock_table(curs)
        self._notify_channel(curs)
        events = [self.construct_pg_stored_event(**vars(event)) for event in stored_events]
        parameters = {**what_was_read(reads, POSTGRES), "streams": list(reads.streams), "events": events}
        _executor(curs, POSTGRES.placeholders)(self._insert_if_it_holds, parameters)

    @cached_property
    def _insert_if_it_holds(self) -> str:
        """Inserts `:events`, or nothing when something that was read has changed: the lock is held, so nobody comes between."""
        newer = f"SELECT 1 FROM {self._events} WHERE notification_id > :position"  # noqa: S608 - the table is our own
        holds = still_holds(self.facts_table, newer, "originator_id = ANY(:streams)")
        columns = "originator_id, originator_version, topic, state"
        row = f'"{self.datastore.schema}".{self.stored_event_type_name}'
        return (
            f"INSERT INTO {self._events} ({columns}) SELECT {columns} FROM unnest(CAST(:events AS {row}[])) "  # noqa: S608 - all parts are our own
            f"WHERE {holds} RETURNING notification_id"
        )

    def _fetch_ids_after_insert_events(
        self, curs: Any, stored_events: Sequence[StoredEvent], changes: EventChanges = (), **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs)
        if stored_events and not positions:
            raise IntegrityError(OUTDATED)
        execute = _executor(curs, POSTGRES.placeholders)
        access_facts.write_changes(execute, self.facts_table, _by_position(positions, changes))
        return positions

    def select_events(self, originator_id: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        note_streams(originator_id)
        events: Sequence[StoredEvent] = super().select_events(originator_id, **kwargs)
        return events

    def select_streams(self, ids: Sequence[UUID]) -> Sequence[StoredEvent]:
        note_streams(*ids)
        statement = (
            f"SELECT * FROM {self._events} WHERE originator_id = ANY(:ids) "  # noqa: S608 - the table is our own
            "ORDER BY originator_id, originator_version"
        )
        with self._reading() as execute:
            rows = execute(statement, {"ids": list(ids)})
        return [StoredEvent(row["originator_id"], *_stored(row)) for row in rows]

    def select_with_head(self, id: UUID) -> tuple[int, Sequence[StoredEvent]]:
        with self._reading() as execute:
            rows = execute(_with_head(self.facts_table, self._events), {"id": id})
        return rows[0]["head"], [StoredEvent(id, *_stored(row)) for row in rows if row["topic"]]

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.datastore.get_connection() as conn, conn.transaction():
            with conn.cursor() as curs:
                self._lock_table(curs)
                # Should this process stand still, the others wait no longer for it than for any lock.
                curs.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{self.datastore.lock_timeout}s'")
            with self.datastore.keeping(conn):
                yield

    def rewrite_facts(self, history: Changes, rules: str) -> None:
        with self.datastore.get_connection() as conn, conn.transaction(), conn.cursor() as curs:
            self._lock_table(curs)
            access_facts.rewrite(_executor(curs, POSTGRES.placeholders), self.facts_table, history, rules)

    @contextmanager
    def _reading(self) -> Iterator[Execute]:
        """Each statement alone, without a transaction: one statement sees one moment."""
        with self.datastore.get_connection() as conn, conn.cursor() as curs:
            yield _executor(curs, POSTGRES.placeholders)


def _by_position(positions: Sequence[int] | None, changes: EventChanges) -> Changes:
    return list(zip(positions or (), changes, strict=bool(changes))) if changes else ()


def _with_head(facts: FactTable, events: str) -> str:
    """One row at least, with the head of the log; the other columns are empty where the stream is not there."""
    return (
        f"SELECT ({facts.head}) AS head, stored.* FROM (SELECT 1) AS always "  # noqa: S608 - all parts are our own
        f"LEFT JOIN {events} AS stored ON stored.originator_id = :id ORDER BY stored.originator_version"
    )


def _stored(row: Any) -> tuple[int, str, bytes]:
    return row["originator_version"], row["topic"], bytes(row["state"])


def _executor(cursor: Any, placeholders: Callable[[str], str]) -> Execute:
    """Runs a statement with that cursor, and gives the rows of one that has any."""

    def execute(statement: str, parameters: Any) -> Any:
        cursor.execute(placeholders(statement), parameters)
        return cursor.fetchall() if statement.startswith(("SELECT", "WITH")) else ()

    return execute
