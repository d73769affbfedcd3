"""Reading the access facts: the position of the log, the facts and the comparisons, all in one statement (design D17).

One statement sees one moment, on both databases: nobody can declare, narrow or withdraw between two of its parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.access.access_facts import AccessFacts, Comparison
from domain.access.facts import EMPLOYEES, NOBODY, Fact, FactKey, FactName, FactValue
from services.log.access_facts import COLUMNS, NOW, FactTable, Moment
from services.log.dialect import Execute
from services.log.reads import note_facts, note_scopes

OF_MEETINGS = (FactName.CALLED, FactName.MEETING_DAY)


class Snapshot(NamedTuple):
    """The facts of some cases at one moment, and the position of the newest event in the log then."""

    head: int
    facts: Mapping[UUID, AccessFacts]


class Directory(NamedTuple):
    """What the directory says of some sign-ins, and the position of the newest event in the log then."""

    head: int
    facts: Sequence[Fact]


def read_facts(
    execute: Execute, table: FactTable, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW
) -> Snapshot:
    """The facts of each case, with those about `actor` in the group (about everybody when None)."""
    asked = f"WITH RECURSIVE asked(scope) AS {table.dialect.these}"
    parameters = {**_parameters(actor, moment), "ids": table.dialect.ids([case.hex for case in cases])}
    snapshot = _snapshot(execute(asked + _facts(table, actor, moment), parameters), cases)
    if moment == NOW:
        note_facts(snapshot.facts.values(), actor)
    return snapshot


def read_reach(execute: Execute, table: FactTable, actor: UUID, day: date) -> Snapshot:
    """The facts, as they are now, of every case that some fact ties the actor to on that Oslo date.

    What she may see is among them (D17).
    """
    asked = f"WITH RECURSIVE {_tied(table)}"
    parameters = {**_parameters(actor, NOW), "today": day.isoformat()}
    return _snapshot(execute(asked + _facts(table, actor, NOW), parameters), None)


def read_inhabil(execute: Execute, table: FactTable, scopes: Sequence[UUID]) -> Snapshot:
    """Who is inhabil now in each of these scopes, and nothing else: cases, people, vacancies and their items (LI1, B05).

    `theirs`: from each scope to itself, and to every case of its person, under all registrations.
    """
    facts = table.name
    rows = execute(
        f"WITH RECURSIVE asked(scope) AS {table.dialect.these}"  # noqa: S608 - all parts are our own
        f", kin(scope, person) AS (SELECT about, scope FROM {facts} WHERE name = 'case_of' AND about IN "
        "(SELECT scope FROM asked) UNION SELECT scope, scope FROM asked "
        f"UNION SELECT kin.scope, same.about FROM kin JOIN {facts} AS same ON same.name = 'same_person' "
        "AND same.scope = kin.person AND same.until IS NULL)"
        f", theirs(scope, about) AS (SELECT kin.scope, fact.about FROM kin JOIN {facts} AS fact ON fact.name = 'case_of' "
        "AND fact.scope = kin.person UNION SELECT scope, scope FROM asked) "
        f"SELECT 'head' AS part, '' AS name, '' AS scope, '' AS subject, '' AS about, CAST(({table.head}) AS text) AS value "
        f"UNION ALL SELECT 'case', fact.name, theirs.scope, fact.subject, fact.about, fact.value FROM theirs "
        f"JOIN {facts} AS fact ON fact.name = 'inhabil' AND fact.scope = theirs.about AND fact.until IS NULL "
        "UNION ALL SELECT 'read', '', person, '', '', '' FROM kin UNION ALL SELECT 'read', '', about, '', '', '' FROM theirs",
        {"ids": table.dialect.ids([scope.hex for scope in scopes])},
    )
    note_scopes(*(UUID(row["scope"]) for row in rows if row["part"] == "read"))
    return _snapshot(rows, scopes)


def read_directory(execute: Execute, table: FactTable, logins: Sequence[UUID]) -> Directory:
    """Who the sign-ins stand for now: their logins, their seats, and whether they have left (D16)."""
    note_scopes(*logins)
    rows = execute(
        f"WITH own AS (SELECT {COLUMNS} FROM {table.name} WHERE name = 'login' AND scope IN {table.dialect.these} "  # noqa: S608 - all parts are our own
        "AND until IS NULL) "
        f"SELECT 'head' AS part, '' AS name, '' AS scope, '' AS subject, '' AS about, CAST(({table.head}) AS text) AS value "
        f"UNION ALL SELECT 'fact', {COLUMNS} FROM own UNION ALL SELECT 'fact', {COLUMNS} FROM {table.name} "
        "WHERE scope = :employees AND subject IN (SELECT subject FROM own) AND name IN ('seat', 'gone') "
        "AND until IS NULL",
        {"ids": table.dialect.ids([login.hex for login in logins]), "employees": EMPLOYEES.hex},
    )
    (head,) = (row["value"] for row in rows if row["part"] == "head")
    return Directory(int(head), [_fact(row) for row in rows if row["part"] == "fact"])


def _parameters(actor: UUID | None, moment: Moment) -> dict[str, Any]:
    parameters: dict[str, Any] = {"employees": EMPLOYEES.hex}
    if actor is not None:
        parameters["actor"] = actor.hex
    if moment.position is not None:
        parameters["moment"] = moment.position
    return parameters


def _tied(table: FactTable) -> str:
    """What is asked about for a reach: the cases with a fact about the actor, those on the agenda of a meeting she is
    called to, those of whoever she stands in for, and those compared at a vacancy of which one of these holds.

    Every fact about somebody ties, so a new ground that is such a fact needs nothing here. What the facts say is over is
    left out, so that a reach does not grow with the years: a case that has ended, an item with approved minutes.
    """
    facts = table.name
    return (
        f"{_whose(facts)}, tied(scope) AS (SELECT scope FROM {facts} "  # noqa: S608 - all parts are our own
        "WHERE subject = :actor AND until IS NULL AND scope <> :employees "
        "AND name NOT IN ('called', 'responsible', 'guest', 'substitute', 'inhabil') "
        f"UNION SELECT held.scope FROM whose JOIN {facts} AS held ON held.subject = whose.employee "
        f"WHERE held.name = 'responsible' AND held.until IS NULL AND NOT {_is_over(table)} "
        f"UNION SELECT item.scope FROM {facts} AS meeting JOIN {facts} AS item ON item.subject = meeting.scope "
        "WHERE meeting.subject = :actor AND meeting.name = 'called' AND meeting.until IS NULL "
        f"AND item.name = 'agenda' AND item.until IS NULL AND NOT {_has_approved_minutes(facts)} "
        f"UNION SELECT item.scope FROM {facts} AS item WHERE item.subject = :actor "
        f"AND item.name IN ('guest', 'substitute') AND item.until IS NULL AND NOT {_has_approved_minutes(facts)}), "
        "asked(scope) AS (SELECT scope FROM tied "
        f"UNION SELECT candidate.scope FROM {facts} AS vacancy JOIN {facts} AS candidate ON candidate.about = vacancy.scope "
        "WHERE vacancy.name = 'vacancy_item' AND vacancy.until IS NULL AND vacancy.about IN (SELECT scope FROM tied) "
        "AND candidate.name = 'compared' AND candidate.until IS NULL)"
    )


def _whose(facts: str) -> str:
    """Whose cases the actor may have: her own, and those of whoever she stands in for, whatever the day."""
    return (
        "whose(employee) AS (SELECT CAST(:actor AS text) "  # noqa: S608 - all parts are our own
        f"UNION SELECT away.subject FROM {facts} AS cover JOIN {facts} AS away ON away.about = cover.about "
        "AND away.scope = :employees AND away.name = 'absent' AND away.until IS NULL "
        "WHERE cover.subject = :actor AND cover.name = 'stand_in' AND cover.until IS NULL)"
    )


def _is_over(table: FactTable) -> str:
    """Whether the case that is `held` has ended for who has it, as `AccessFacts.is_responsible` finds it."""
    last_day = table.dialect.last_day
    return (
        f"(EXISTS (SELECT 1 FROM {table.name} AS ended WHERE ended.name = 'closed' AND ended.scope = held.scope "  # noqa: S608 - all parts are our own
        f"AND ended.until IS NULL) AND COALESCE({last_day.format(row='held')}, '') < :today "
        f"AND NOT EXISTS (SELECT 1 FROM {table.name} AS runs WHERE runs.name IN ('appealable', 'appeal', 'lease') "
        f"AND runs.scope = held.scope AND runs.until IS NULL AND COALESCE({last_day.format(row='runs')}, :today) >= :today))"
    )


def _has_approved_minutes(facts: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {facts} AS approved WHERE approved.name = 'minutes_approved' "  # noqa: S608 - our own
        "AND approved.scope = item.scope AND approved.about = item.about AND approved.until IS NULL)"
    )


_INHABIL = f"'inhabil', scope, subject, '{NOBODY.hex}', '{{}}'"


def _barred(table: str, actor: UUID | None, moment: Moment) -> str:
    """Who is `barred` from which scope: where it was declared, and from every case of that person, past and future.

    Also under another registration of the same person, however many there are (LI1). Looked up from the few who are
    inhabil: from `actor` alone, or from everybody (None).
    """
    one = "AND declared.subject = :actor" if actor is not None else ""
    return (
        f", declared AS (SELECT scope, subject FROM {table} AS declared "  # noqa: S608 - all parts are our own
        f"WHERE name = 'inhabil' AND {moment.of()} {one})"
        f", towards(person, subject) AS (SELECT theirs.scope, declared.subject FROM declared JOIN {table} AS theirs "
        "ON theirs.name = 'case_of' AND theirs.about = declared.scope "
        f"UNION SELECT same.about, towards.subject FROM towards JOIN {table} AS same "
        f"ON same.name = 'same_person' AND same.scope = towards.person AND {moment.of('same.')})"
        ", barred(scope, subject) AS (SELECT scope, subject FROM declared UNION SELECT person, subject FROM towards "
        f"UNION SELECT theirs.about, towards.subject FROM towards JOIN {table} AS theirs "
        f"ON theirs.name = 'case_of' AND theirs.scope = towards.person AND {moment.of('theirs.')})"
    )


def _facts(table: FactTable, actor: UUID | None, moment: Moment) -> str:
    """The rest of the statement: the facts of what is `asked` about, the position, and the comparisons (M14, B05).

    The inhabil are looked up from the few who are, not from the many candidates.
    """
    facts, then = table.name, moment.of()
    one = "AND subject = :actor" if actor is not None else ""
    meeting = f"(name = 'meeting_day' OR name = 'called' {one})"
    compared = "(SELECT about FROM own WHERE name = 'compared')"
    return (
        f"{_barred(facts, actor, moment)}"  # noqa: S608 - all parts are our own
        f", own AS (SELECT {COLUMNS} FROM {facts} WHERE scope IN (SELECT scope FROM asked) AND {then})"
        f", vacancy AS (SELECT {COLUMNS} FROM {facts} WHERE name = 'vacancy_item' AND scope IN {compared} AND {then})"
        f", item AS (SELECT {COLUMNS} FROM {facts} WHERE scope IN (SELECT about FROM vacancy) AND {then}) "
        f"SELECT 'head' AS part, '' AS name, '' AS scope, '' AS subject, '' AS about, CAST(({table.head}) AS text) AS value "
        f"UNION ALL SELECT 'case', {COLUMNS} FROM own "
        f"UNION ALL SELECT 'case', {_INHABIL} FROM barred WHERE scope IN (SELECT scope FROM asked) "
        f"UNION ALL SELECT 'case', {COLUMNS} FROM {facts} WHERE {meeting} AND {then} "
        "AND scope IN (SELECT subject FROM own WHERE name = 'agenda') "
        f"UNION ALL SELECT 'case', {COLUMNS} FROM {facts} WHERE scope = :employees AND {then} {one} "
        f"UNION ALL SELECT 'comparison', {COLUMNS} FROM vacancy "
        f"UNION ALL SELECT 'comparison', {COLUMNS} FROM item "
        f"UNION ALL SELECT 'comparison', {COLUMNS} FROM {facts} WHERE {meeting} AND {then} "
        "AND scope IN (SELECT subject FROM item WHERE name = 'agenda') "
        f"UNION ALL SELECT 'comparison', 'inhabil', candidate.about, barred.subject, '{NOBODY.hex}', '{{}}' "
        f"FROM barred JOIN {facts} AS candidate ON candidate.scope = barred.scope AND candidate.name = 'compared' "
        f"AND {moment.of('candidate.')} AND candidate.about IN {compared}"
    )


def _snapshot(rows: Iterable[Any], cases: Sequence[UUID] | None) -> Snapshot:
    """The rows put in order; for a reach, where no cases are given, those that the rows are about."""
    parts = defaultdict[str, list[Any]](list)
    for row in rows:
        parts[row["part"]].append(row)
    facts = [_fact(row) for row in parts["case"]]
    if cases is None:
        cases = [fact.key.scope for fact in facts if fact.key.name is FactName.CASE]
    allocations = {fact.key.about for fact in facts if fact.key.name is FactName.COMPARED}
    at_vacancies, called = _by_scope([_fact(row) for row in parts["comparison"]])
    comparisons = {allocation: _comparison(allocation, at_vacancies, called) for allocation in allocations}
    return Snapshot(int(parts["head"][0]["value"]), _by_case(cases, facts, comparisons))


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
    """The facts of each scope; and apart from them those of the meetings, since a meeting is about many."""
    scopes = defaultdict[UUID, list[Fact]](list)
    of_meetings = list[Fact]()
    for fact in facts:
        (of_meetings if fact.key.name in OF_MEETINGS else scopes[fact.key.scope]).append(fact)
    return scopes, of_meetings


def _fact(row: Any) -> Fact:
    name, scope, subject, about, value = (row[c] for c in ("name", "scope", "subject", "about", "value"))
    key = FactKey(FactName(name), _id(scope), _id(subject), _id(about))
    return Fact(key, _value(value))


@lru_cache(maxsize=1024)
def _id(stored: str) -> UUID:
    """The same few stand in most rows: the reader, the case, the directory, nobody."""
    return UUID(stored)


@lru_cache(maxsize=1024)
def _value(stored: str) -> FactValue:
    """What a fact says. Most say nothing beyond being true, so most are alike."""
    return msgspec.json.decode(stored, type=FactValue)
