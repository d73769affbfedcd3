"""The access facts as a table beside the case log, written in the events' own transaction (design D4).

Each row is true from the position `since` until the position `until`. Every decision begun after an event's
commit sees its facts, whether or not the feed has moved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from domain.access.facts import EMPLOYEES, AccessFacts, Fact, FactChange, FactKey, FactName, FactValue

Execute = Callable[[str, Sequence[object]], Any]
"""Runs one statement with `?` for each parameter, in the transaction at hand."""

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS {table} (
        name TEXT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, about TEXT NOT NULL,
        value TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT)""",
    "CREATE INDEX IF NOT EXISTS access_facts_scope ON {table} (scope, subject, until)",
    "CREATE UNIQUE INDEX IF NOT EXISTS access_facts_open ON {table} (name, scope, subject, about) WHERE until IS NULL",
)

_COLUMNS = "name, scope, subject, about, value"


@dataclass(frozen=True)
class Moment:
    """Which rows are asked about: those open now, or those open at a position in the log."""

    position: int | None = None

    @property
    def condition(self) -> str:
        return "until IS NULL" if self.position is None else "since <= ? AND (until IS NULL OR until > ?)"

    @property
    def parameters(self) -> tuple[int, ...]:
        return () if self.position is None else (self.position, self.position)


NOW = Moment()


def write_changes(execute: Execute, table: str, changes: Iterable[FactChange], position: int) -> None:
    """Apply one event's changes at its position."""
    for change in changes:
        key = (change.key.name.value, change.key.scope.hex, change.key.subject.hex, change.key.about.hex)
        execute(
            f"UPDATE {table} SET until = ? WHERE name = ? AND scope = ? AND subject = ? AND about = ? "  # noqa: S608 - the table is our own
            "AND until IS NULL",
            (position, *key),
        )
        if change.value is not None:
            value = msgspec.json.encode(change.value).decode()
            execute(f"INSERT INTO {table} ({_COLUMNS}, since) VALUES (?, ?, ?, ?, ?, ?)", (*key, value, position))  # noqa: S608 - as above


def rewrite(execute: Execute, table: str, history: Iterable[tuple[int, Iterable[FactChange]]]) -> None:
    """Forget every row and write the changes of `history` again, each at its position."""
    execute(f"DELETE FROM {table}", ())  # noqa: S608 - the table is our own
    for position, changes in history:
        write_changes(execute, table, changes, position)


def read_facts(
    execute: Execute, table: str, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW
) -> Mapping[UUID, AccessFacts]:
    """The facts of each case, with those about `actor` in the group (about everybody when None), in one query."""
    if not cases:
        return {}
    marks = ", ".join("?" for _ in cases)
    scopes = tuple(case.hex for case in cases)
    then, when = moment.condition, moment.parameters
    one, who = ("AND subject = ?", (actor.hex,)) if actor else ("", ())
    rows = execute(
        f"SELECT {_COLUMNS} FROM {table} WHERE scope IN ({marks}) AND {then} "  # noqa: S608 - all parts are our own
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE name = 'called' AND {then} {one} AND scope IN "
        f"(SELECT subject FROM {table} WHERE scope IN ({marks}) AND name = 'agenda' AND {then}) "
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE scope = ? AND {then} {one}",
        (*scopes, *when, *when, *who, *scopes, *when, EMPLOYEES.hex, *when, *who),
    )
    return _by_case(cases, [_fact(row) for row in rows])


def _by_case(cases: Sequence[UUID], facts: Sequence[Fact]) -> Mapping[UUID, AccessFacts]:
    own: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in facts:
        own[fact.key.scope].append(fact)
    shared = [f for f in facts if f.key.scope == EMPLOYEES or f.key.name is FactName.CALLED]
    return {case: AccessFacts.of(case, [*own[case], *shared]) for case in cases}


def _fact(row: Any) -> Fact:
    name, scope, subject, about, value = (row[c] for c in ("name", "scope", "subject", "about", "value"))
    key = FactKey(FactName(name), UUID(scope), UUID(subject), UUID(about))
    return Fact(key, msgspec.json.decode(value, type=FactValue))
