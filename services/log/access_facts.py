"""The access facts as a table beside the case log, written in the events' own transaction (design D4).

Each row is true from the position `since` until the position `until`. Every decision begun after an event's
commit sees its facts, whether or not the feed has moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from domain.access.facts import FactChange, FactKey, FactSweep
from services.log.dialect import Dialect, Execute

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS {table} (
        name TEXT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, about TEXT NOT NULL,
        value TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT)""",
    "CREATE INDEX IF NOT EXISTS access_facts_scope ON {table} (scope, subject, until)",
    "CREATE UNIQUE INDEX IF NOT EXISTS access_facts_open ON {table} (name, scope, subject, about) WHERE until IS NULL",
    "CREATE INDEX IF NOT EXISTS access_facts_inhabil ON {table} (subject) WHERE name = 'inhabil'",
    "CREATE INDEX IF NOT EXISTS access_facts_case_of ON {table} (about) WHERE name = 'case_of'",
    "CREATE INDEX IF NOT EXISTS access_facts_compared ON {table} (about) WHERE name = 'compared' AND until IS NULL",
    "CREATE INDEX IF NOT EXISTS access_facts_vacancy ON {table} (about) WHERE name = 'vacancy_item' AND until IS NULL",
    "CREATE INDEX IF NOT EXISTS access_facts_subject ON {table} (subject, name) WHERE until IS NULL",
    "CREATE TABLE IF NOT EXISTS {table}_made_by (rules TEXT NOT NULL)",
)

COLUMNS = "name, scope, subject, about, value"

Changes = Iterable[tuple[int, Iterable[FactChange | FactSweep]]]
"""What each event does to the facts, in order, with its position."""


@dataclass(frozen=True)
class FactTable:
    """Where the facts stand. `head`: the query for the position of the newest event in the log beside them."""

    name: str
    head: str
    dialect: Dialect


@dataclass(frozen=True)
class Moment:
    """Which rows are asked about: those open now, or those open at a position in the log."""

    position: int | None = None

    def of(self, row: str = "") -> str:
        """The condition on the rows that `row` (an alias with its dot, when there are two) stands for."""
        if self.position is None:
            return f"{row}until IS NULL"
        return f"{row}since <= :moment AND ({row}until IS NULL OR {row}until > :moment)"


NOW = Moment()


def write_changes(execute: Execute, facts: FactTable, changes: Changes) -> None:
    """Apply what some events do: two statements for any number of changes, and one more for each sweep among them.

    A key that changes twice begins anew, so that the second change finds what the first has opened.
    """
    together = dict[FactKey, tuple[FactChange, int]]()
    for change, position in ((change, position) for position, each in changes for change in each):
        if isinstance(change, FactSweep) or change.key in together:
            _write(execute, facts, tuple(together.values()))
            together = {}
        if isinstance(change, FactSweep):
            _sweep(execute, facts, change, position)
        else:
            together[change.key] = (change, position)
    _write(execute, facts, tuple(together.values()))


def _sweep(execute: Execute, facts: FactTable, sweep: FactSweep, position: int) -> None:
    parts = {"scope": sweep.scope, "subject": sweep.subject, "about": sweep.about}
    named = {column: id.hex for column, id in parts.items() if id is not None}
    these = " AND ".join(f"{column} = :{column}" for column in named)
    execute(
        f"UPDATE {facts.name} SET until = :position "  # noqa: S608 - all parts are our own
        f"WHERE name = '{sweep.name.value}' AND {these} AND until IS NULL",
        {"position": position, **named},
    )


def _write(execute: Execute, facts: FactTable, changes: Sequence[tuple[FactChange, int]]) -> None:
    if not changes:
        return
    execute(
        f"UPDATE {facts.name} AS fact SET until = changed.position FROM {facts.dialect.rows} AS changed "  # noqa: S608 - all parts are our own
        "WHERE fact.name = changed.name AND fact.scope = changed.scope AND fact.subject = changed.subject "
        "AND fact.about = changed.about AND fact.until IS NULL",
        {"rows": _rows(changes)},
    )
    if opened := [(change, position) for change, position in changes if change.value is not None]:
        execute(
            f"INSERT INTO {facts.name} ({COLUMNS}, since) SELECT {COLUMNS}, position FROM {facts.dialect.rows} AS opened",  # noqa: S608 - as above
            {"rows": _rows(opened)},
        )


def _rows(changes: Iterable[tuple[FactChange, int]]) -> str:
    """The changes as JSON objects, as `Dialect.rows` reads them; a fact's value is JSON within."""
    rows = (
        {
            "name": change.key.name.value, "scope": change.key.scope.hex, "subject": change.key.subject.hex,
            "about": change.key.about.hex, "position": position, "value": msgspec.json.encode(change.value).decode(),
        }
        for change, position in changes
    )  # fmt: skip
    return msgspec.json.encode(list(rows)).decode()


def rewrite(execute: Execute, facts: FactTable, history: Changes, rules: str) -> None:
    """Forget every row and write the changes of `history` again, each at its position, as made by `rules`."""
    execute(f"DELETE FROM {facts.name}", {})  # noqa: S608 - the table is our own
    for position, changes in history:
        write_changes(execute, facts, [(position, changes)])
    execute(f"DELETE FROM {facts.name}_made_by", {})  # noqa: S608 - as above
    execute(f"INSERT INTO {facts.name}_made_by (rules) VALUES (:rules)", {"rules": rules})  # noqa: S608 - as above


def made_by(execute: Execute, facts: FactTable) -> str | None:
    """The rules that the rows were last made anew by; None when they never were."""
    rows = execute(f"SELECT rules FROM {facts.name}_made_by", {})  # noqa: S608 - the table is our own
    return rows[0]["rules"] if rows else None
