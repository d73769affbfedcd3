"""The library's recorders, extended so that access facts are written in the events' own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder

from domain.access.facts import AccessFacts, FactChange, FactSweep
from services.log import access_facts
from services.log.access_facts import NOW, InhabilAsOf, Moment

Changes = Sequence[Sequence[FactChange | FactSweep]]
"""The changes of each event in a save, event by event."""

History = Iterable[tuple[int, Iterable[FactChange | FactSweep]]]
"""The changes of every event there is, in order, with its position."""


class SQLiteCaseRecorder(SQLiteApplicationRecorder):
    """The case log on SQLite, with the access facts in the same file."""

    facts_table = "access_facts"

    def construct_create_table_statements(self) -> list[str]:
        facts = [statement.format(table=self.facts_table) for statement in access_facts.SCHEMA]
        return super().construct_create_table_statements() + facts

    def _insert_events(
        self, c: Any, stored_events: Sequence[StoredEvent], changes: Changes = (), stands_on: InhabilAsOf | None = None,
        **kwargs: Any,
    ) -> Sequence[int] | None:  # fmt: skip
        positions = super()._insert_events(c, stored_events, **kwargs)

        def execute(statement: str, parameters: Sequence[object]) -> Any:
            c.execute(statement, parameters)
            return c.fetchall()

        access_facts.refuse_outdated(execute, self.facts_table, stands_on)
        for event_changes, position in zip(changes, positions or (), strict=bool(changes)):
            access_facts.write_changes(c.execute, self.facts_table, event_changes, position)
        return positions

    def facts(
        self, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW
    ) -> tuple[int, Mapping[UUID, AccessFacts]]:
        """The head of the log and the facts at that moment, in one snapshot."""
        with self.datastore.transaction(commit=False) as c:

            def execute(statement: str, parameters: Sequence[object]) -> Any:
                c.execute(statement, parameters)
                return c.fetchall()

            head = self._max_notification_id(c) or 0
            return head, access_facts.read_facts(execute, self.facts_table, cases, actor, moment)

    def rewrite_facts(self, history: History) -> None:
        """Write the facts anew from `history`, which is read while nobody can append."""
        with self.datastore.transaction(commit=True) as c:
            access_facts.rewrite(c.execute, self.facts_table, history)


class PostgresCaseRecorder(PostgresApplicationRecorder):
    """The case log on PostgreSQL, with the access facts in the same schema.

    Facts are written after the events, when their positions are known and the log's lock is held: two saves
    can neither interleave nor deadlock on facts.
    """

    def __init__(self, datastore: Any, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.facts_table = f'"{datastore.schema}".access_facts'

    def _create_table(self, curs: Any) -> None:
        super()._create_table(curs)
        for statement in access_facts.SCHEMA:
            curs.execute(statement.format(table=self.facts_table))

    def _insert_events(
        self, curs: Any, stored_events: Sequence[StoredEvent], stands_on: InhabilAsOf | None = None, **kwargs: Any
    ) -> None:
        if stands_on is not None:
            # Before the events: what is raised after them comes too late to roll them back.
            self._lock_table(curs)

        def execute(statement: str, parameters: Sequence[object]) -> Any:
            return curs.execute(statement.replace("?", "%s"), parameters).fetchall()

        access_facts.refuse_outdated(execute, self.facts_table, stands_on)
        super()._insert_events(curs, stored_events, **kwargs)

    def _fetch_ids_after_insert_events(
        self, curs: Any, stored_events: Sequence[StoredEvent], changes: Changes = (), **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs)

        def execute(statement: str, parameters: Sequence[object]) -> None:
            curs.execute(statement.replace("?", "%s"), parameters)

        for event_changes, position in zip(changes, positions or (), strict=bool(changes)):
            access_facts.write_changes(execute, self.facts_table, event_changes, position)
        return positions

    def facts(
        self, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW
    ) -> tuple[int, Mapping[UUID, AccessFacts]]:
        """The head of the log and the facts at that moment, in one snapshot."""
        with self.datastore.get_connection() as conn, conn.transaction(), conn.cursor() as curs:

            def execute(statement: str, parameters: Sequence[object]) -> Any:
                return curs.execute(statement.replace("?", "%s"), parameters, prepare=True).fetchall()

            curs.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = curs.execute(self.max_notification_id_statement).fetchone()
            head = int(row["max"] or 0) if row else 0
            return head, access_facts.read_facts(execute, self.facts_table, cases, actor, moment)

    def rewrite_facts(self, history: History) -> None:
        """Write the facts anew from `history`, which is read while nobody can append."""
        with self.datastore.get_connection() as conn, conn.transaction(), conn.cursor() as curs:

            def execute(statement: str, parameters: Sequence[object]) -> None:
                curs.execute(statement.replace("?", "%s"), parameters)

            self._lock_table(curs)
            access_facts.rewrite(execute, self.facts_table, history)
