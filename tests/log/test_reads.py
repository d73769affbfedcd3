"""What was decided on still holds when it is stored: the save sees what has changed since it was read (R07)."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import product
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from domain.access.access_facts import AccessFacts
from domain.access.facts import EMPLOYEES, FactChange, FactKey, FactName
from domain.cases.case import Case, OpenedBy
from domain.people.employee import Employee
from services.log.access_facts import SCHEMA, FactTable
from services.log.dialect import SQLITE
from services.log.event_log import EventLog
from services.log.reads import Reads, still_holds, what_was_read
from tests.stage import Stage


@dataclass(frozen=True)
class Read:
    """A case whose facts somebody reads, who is called to the meeting where it is compared with another."""

    case: UUID
    other_candidate: UUID
    allocation: UUID
    vacancy_item: UUID
    agenda_item: UUID


@pytest.fixture
def read(stage: Stage) -> Read:
    """Two candidates for one dwelling; the first is on an agenda of its own as well."""
    stage.register_everybody()
    stage.call_the_member()
    case, other = stage.open_case(), stage.open_case()
    for each in (case, other):
        stage.give_consent(each)
    allocation = stage.open_vacancy(case, other)
    return Read(case, other, allocation.id, stage.put_vacancy_on_agenda(allocation).id, stage.put_on_agenda(case))


def elsewhere(do: Callable[[], object]) -> None:
    """Done meanwhile, in a request of its own."""
    with ThreadPoolExecutor(1) as request:
        request.submit(do).result()


def a_case(stage: Stage) -> Case:
    """A case that is not stored."""
    return Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.APPLICATION, by=stage.by(), at=stage.now)


def write(stage: Stage, change: FactChange) -> None:
    """Store an event that changes the facts in that way, whatever it is."""
    EventLog.save(stage.office.case_log, a_case(stage), changes=[[change]])


def facts_of(stage: Stage, case: UUID) -> AccessFacts:
    """What a member's request reads of the case."""
    return stage.office.case_log.facts.of([case], stage.member.id).facts[case]


def said(facts: AccessFacts) -> object:
    """What the facts say, in whatever order."""
    compared = {
        (each.allocation, frozenset(row for item in each.items for row in item.rows), each.inhabil)
        for each in facts.comparisons
    }
    return frozenset(facts.rows), compared


def is_stored(stage: Stage) -> bool:
    """Whether a save goes through that stands on what was read."""
    try:
        stage.office.case_log.append(a_case(stage))
    except IntegrityError:
        return False
    return True


def changes(name: FactName, stage: Stage, read: Read) -> Iterator[FactChange]:
    """A fact of that name, opened and closed again in every scope there is, about the reader and about others."""
    scopes = (read.case, read.other_candidate, read.allocation, read.vacancy_item, stage.meeting, EMPLOYEES, uuid4())
    for scope, subject in product(scopes, (stage.member.id, stage.meeting)):
        key = FactKey(name, scope, subject, read.vacancy_item)
        yield from (FactChange.opened(key), FactChange.closed(key))


@pytest.mark.parametrize("name", FactName)
def test_R07_whatever_changes_the_facts_that_were_read_makes_the_save_refuse(
    stage: Stage, read: Read, name: FactName
) -> None:
    """The facts are read again to see whether a change is one; so nobody has to list which facts count."""
    seen = set()
    for change in changes(name, stage, read):
        with stage.office.case_log.deciding(stage.office.case_log.head()):
            before = said(facts_of(stage, read.case))
            elsewhere(partial(write, stage, change))
            stored = is_stored(stage)

        changed = said(facts_of(stage, read.case)) != before
        seen.add(changed)
        assert not (stored and changed), change
    assert seen == {True, False}, "some of these changes are about the case, and some are not"


def test_R07_a_stream_that_was_read_and_has_moved_on_makes_the_save_refuse(stage: Stage) -> None:
    case = stage.open_case()
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        stage.office.case_log.load(Case, case)
        elsewhere(lambda: hand_over(stage, case))

        assert not is_stored(stage)


def test_R07_a_stream_that_was_not_there_and_has_begun_makes_the_save_refuse(stage: Stage) -> None:
    begun = a_case(stage)
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        assert stage.office.case_log.find(Case, begun.id) is None
        elsewhere(lambda: stage.office.case_log.append(begun))

        assert not is_stored(stage)


def test_R07_what_happens_in_another_case_disturbs_nothing(stage: Stage, read: Read) -> None:
    other = stage.open_case()
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        facts_of(stage, read.case)
        stage.office.case_log.load(Case, read.case)
        elsewhere(lambda: hand_over(stage, other))

        assert is_stored(stage)


def test_R07_who_else_joins_the_group_or_leaves_disturbs_nothing(stage: Stage, read: Read) -> None:
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        facts_of(stage, read.case)
        elsewhere(lambda: leave(stage, stage.outsider.id))

        assert is_stored(stage)


def test_R07_what_happened_before_the_reading_began_disturbs_nothing(stage: Stage, read: Read) -> None:
    hand_over(stage, read.case)
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        facts_of(stage, read.case)
        stage.office.case_log.load(Case, read.case)

        assert is_stored(stage)


def test_R07_what_a_save_stood_on_is_used_up_by_it(stage: Stage) -> None:
    """A worker records that it begins, and later what became of it: the second says what happened, whatever changed."""
    case = stage.open_case()
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        stage.office.case_log.load(Case, case)
        assert is_stored(stage)
        elsewhere(lambda: hand_over(stage, case))

        assert is_stored(stage)


def test_R07_nothing_is_stored_of_a_save_that_was_refused(stage: Stage) -> None:
    case = stage.open_case()
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        stage.office.case_log.load(Case, case)
        elsewhere(lambda: hand_over(stage, case))
        head, refused = stage.office.case_log.head(), a_case(stage)
        with pytest.raises(IntegrityError):
            stage.office.case_log.append(refused)

    assert stage.office.case_log.head() == head
    assert not facts_of(stage, refused.id).case_exists


def test_D18_no_table_is_looked_through_to_see_whether_it_still_holds() -> None:
    """Under the log's lock, in every save: it costs the same however many cases there are."""
    newer, of_streams = (
        "SELECT 1 FROM stored_events WHERE rowid > :position",
        f"originator_id IN {SQLITE.listed('streams')}",
    )
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in SCHEMA:
            database.execute(statement.format(table="access_facts"))
        database.execute("CREATE TABLE stored_events (originator_id TEXT PRIMARY KEY)")
        parameters = {**what_was_read(Reads(1), SQLITE), "streams": "[]"}
        question = f"EXPLAIN QUERY PLAN SELECT {still_holds(FactTable('access_facts', '', SQLITE), newer, of_streams)}"
        plan = [row[-1] for row in database.execute(question, parameters)]

    assert "SCAN access_facts" not in plan
    assert "SCAN stored_events" not in plan


def hand_over(stage: Stage, case: UUID) -> None:
    loaded = stage.office.case_log.load(Case, case)
    loaded.assign_responsibility(to=uuid4(), reason="substituting", by=stage.by(), at=stage.now)
    stage.office.case_log.append(loaded)


def leave(stage: Stage, employee: UUID) -> None:
    loaded = stage.office.case_log.load(Employee, employee)
    loaded.leave(by=stage.by(), at=stage.now)
    stage.office.case_log.append(loaded)
