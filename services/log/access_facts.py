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
from eventsourcing.persistence import IntegrityError

from domain.access.facts import (
    EMPLOYEES,
    NOBODY,
    AccessFacts,
    Comparison,
    Fact,
    FactChange,
    FactKey,
    FactName,
    FactSweep,
    FactValue,
)

Execute = Callable[[str, Sequence[object]], Any]
"""Runs one statement with `?` for each parameter, in the transaction at hand."""

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS {table} (
        name TEXT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, about TEXT NOT NULL,
        value TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT)""",
    "CREATE INDEX IF NOT EXISTS access_facts_scope ON {table} (scope, subject, until)",
    "CREATE UNIQUE INDEX IF NOT EXISTS access_facts_open ON {table} (name, scope, subject, about) WHERE until IS NULL",
    "CREATE INDEX IF NOT EXISTS access_facts_inhabil ON {table} (subject) WHERE name = 'inhabil'",
    "CREATE INDEX IF NOT EXISTS access_facts_compared ON {table} (about) WHERE name = 'compared' AND until IS NULL",
)

_COLUMNS = "name, scope, subject, about, value"


@dataclass(frozen=True)
class Moment:
    """Which rows are asked about: those open now, or those open at a position in the log."""

    position: int | None = None

    def of(self, row: str = "") -> str:
        """The condition on the rows that `row` (an alias with its dot, when there are two) stands for."""
        if self.position is None:
            return f"{row}until IS NULL"
        return f"{row}since <= ? AND ({row}until IS NULL OR {row}until > ?)"

    @property
    def parameters(self) -> tuple[int, ...]:
        return () if self.position is None else (self.position, self.position)


NOW = Moment()


@dataclass(frozen=True)
class InhabilAsOf:
    """Who was inhabil in any of `scopes` at `position`: what a save may stand on (B05)."""

    people: frozenset[UUID]
    scopes: frozenset[UUID]
    position: int


def refuse_outdated(execute: Execute, table: str, known: InhabilAsOf | None) -> None:
    """Raise `IntegrityError` when somebody has been declared inhabil since then; asked while nobody else can append."""
    if known is None:
        return
    declared = execute(f"SELECT scope FROM {table} WHERE name = 'inhabil' AND since > ?", (known.position,))  # noqa: S608 - the table is our own
    if not known.scopes.isdisjoint(UUID(row["scope"]) for row in declared):
        raise IntegrityError("somebody has been declared inhabil meanwhile")


def write_changes(execute: Execute, table: str, changes: Iterable[FactChange | FactSweep], position: int) -> None:
    """Apply one event's changes at its position."""
    for change in changes:
        if isinstance(change, FactSweep):
            _sweep(execute, table, change, position)
        else:
            _write(execute, table, change, position)


def _sweep(execute: Execute, table: str, sweep: FactSweep, position: int) -> None:
    column, id = ("scope", sweep.scope) if sweep.scope is not None else ("about", sweep.about or NOBODY)
    execute(
        f"UPDATE {table} SET until = ? WHERE name = '{sweep.name.value}' AND {column} = ? AND until IS NULL",  # noqa: S608 - all parts are our own
        (position, id.hex),
    )


def _write(execute: Execute, table: str, change: FactChange, position: int) -> None:
    key = (change.key.name.value, change.key.scope.hex, change.key.subject.hex, change.key.about.hex)
    execute(
        f"UPDATE {table} SET until = ? WHERE name = ? AND scope = ? AND subject = ? AND about = ? "  # noqa: S608 - the table is our own
        "AND until IS NULL",
        (position, *key),
    )
    if change.value is not None:
        value = msgspec.json.encode(change.value).decode()
        execute(f"INSERT INTO {table} ({_COLUMNS}, since) VALUES (?, ?, ?, ?, ?, ?)", (*key, value, position))  # noqa: S608 - as above


def rewrite(execute: Execute, table: str, history: Iterable[tuple[int, Iterable[FactChange | FactSweep]]]) -> None:
    """Forget every row and write the changes of `history` again, each at its position."""
    execute(f"DELETE FROM {table}", ())  # noqa: S608 - the table is our own
    for position, changes in history:
        write_changes(execute, table, changes, position)


def read_facts(
    execute: Execute, table: str, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW
) -> Mapping[UUID, AccessFacts]:
    """The facts of each case, with those about `actor` in the group (about everybody when None).

    One query, and one more when one of the cases is compared with others for a vacancy.
    """
    if not cases:
        return {}
    marks = ", ".join("?" for _ in cases)
    scopes = tuple(case.hex for case in cases)
    then, when = moment.of(), moment.parameters
    one, who = ("AND subject = ?", (actor.hex,)) if actor else ("", ())
    rows = execute(
        f"SELECT {_COLUMNS} FROM {table} WHERE scope IN ({marks}) AND {then} "  # noqa: S608 - all parts are our own
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE name = 'called' AND {then} {one} AND scope IN "
        f"(SELECT subject FROM {table} WHERE scope IN ({marks}) AND name = 'agenda' AND {then}) "
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE scope = ? AND {then} {one}",
        (*scopes, *when, *when, *who, *scopes, *when, EMPLOYEES.hex, *when, *who),
    )
    facts = [_fact(row) for row in rows]
    allocations = sorted({fact.key.about for fact in facts if fact.key.name is FactName.COMPARED})
    return _by_case(cases, facts, _comparisons(execute, table, allocations, actor, moment))


def _comparisons(
    execute: Execute, table: str, allocations: Sequence[UUID], actor: UUID | None, moment: Moment
) -> Mapping[UUID, Comparison]:
    """Who is to compare the candidates of each allocation, and who is inhabil for one of them (M14, B05).

    The inhabil are looked up from the few who are, not from the many candidates.
    """
    if not allocations:
        return {}
    marks = ", ".join("?" for _ in allocations)
    ids = tuple(allocation.hex for allocation in allocations)
    then, when = moment.of(), moment.parameters
    one, who = ("AND subject = ?", (actor.hex,)) if actor else ("", ())
    items = f"SELECT about FROM {table} WHERE scope IN ({marks}) AND name = 'vacancy_item' AND {then}"  # noqa: S608 - all parts are our own
    rows = execute(
        f"SELECT {_COLUMNS} FROM {table} WHERE scope IN ({marks}) AND name = 'vacancy_item' AND {then} "  # noqa: S608 - as above
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE scope IN ({items}) AND {then} "
        f"UNION ALL SELECT {_COLUMNS} FROM {table} WHERE name = 'called' AND {then} {one} AND scope IN "
        f"(SELECT subject FROM {table} WHERE scope IN ({items}) AND name = 'agenda' AND {then}) "
        f"UNION ALL SELECT i.name, c.about AS scope, i.subject, i.about, i.value FROM {table} i CROSS JOIN {table} c "
        f"WHERE i.name = 'inhabil' AND {moment.of('i.')} {one.replace('subject', 'i.subject')} "
        f"AND c.scope = i.scope AND c.name = 'compared' AND {moment.of('c.')} AND c.about IN ({marks})",
        (
            *ids, *when, *ids, *when, *when, *when, *who, *ids, *when, *when, *when, *who, *when, *ids,
        ),
    )  # fmt: skip
    by_scope, called = _by_scope([_fact(row) for row in rows])
    return {allocation: _comparison(allocation, by_scope, called) for allocation in allocations}


def _comparison(allocation: UUID, by_scope: Mapping[UUID, Sequence[Fact]], called: Sequence[Fact]) -> Comparison:
    own = by_scope.get(allocation, ())
    ids = {fact.key.about for fact in own if fact.key.name is FactName.VACANCY_ITEM}
    items = tuple(AccessFacts.of(id, [*by_scope.get(id, ()), *called]) for id in sorted(ids))
    at_an_item = (fact for item in items for fact in item.rows)
    inhabil = frozenset(f.key.subject for f in (*own, *at_an_item) if f.key.name is FactName.INHABIL)
    return Comparison(allocation, items, inhabil)


def _by_case(
    cases: Sequence[UUID], facts: Sequence[Fact], comparisons: Mapping[UUID, Comparison]
) -> Mapping[UUID, AccessFacts]:
    own, called = _by_scope(facts)
    shared = [*own.get(EMPLOYEES, ()), *called]
    return {
        case: AccessFacts.of(
            case,
            [*own.get(case, ()), *shared],
            (comparisons[f.key.about] for f in own.get(case, ()) if f.key.name is FactName.COMPARED),
        )
        for case in cases
    }


def _by_scope(facts: Sequence[Fact]) -> tuple[Mapping[UUID, Sequence[Fact]], Sequence[Fact]]:
    """The facts of each scope; and apart from them who is called, since a meeting is about many."""
    scopes = defaultdict[UUID, list[Fact]](list)
    for fact in facts:
        if fact.key.name is not FactName.CALLED:
            scopes[fact.key.scope].append(fact)
    return scopes, [fact for fact in facts if fact.key.name is FactName.CALLED]


def _fact(row: Any) -> Fact:
    name, scope, subject, about, value = (row[c] for c in ("name", "scope", "subject", "about", "value"))
    key = FactKey(FactName(name), UUID(scope), UUID(subject), UUID(about))
    return Fact(key, msgspec.json.decode(value, type=FactValue))
