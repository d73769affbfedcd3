"""Whoever compares candidates for a vacancy: what opens, until when, and that the replay knows it too (M14, B05, B01)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from domain.access.decision import Action, Rule
from domain.group.agenda_item import AgendaItem, InhabilGround, Presence
from domain.group.meeting import Meeting
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import ClosingReason
from domain.law.deadlines import oslo_date
from domain.refusals import NotAllowedError, NotFoundError
from services.log.access_facts import NOW, Moment
from services.permits import Permit
from tests.stage import NAV, Stage


@dataclass(frozen=True)
class Vacancy:
    """An allocation with its candidates, and its item at the meeting that the member of Nav is called to."""

    allocation: Allocation
    item: AgendaItem
    first: UUID
    second: UUID


@pytest.fixture
def vacancy(stage: Stage) -> Vacancy:
    """Two candidates who let Nav be told, one dwelling, one item."""
    stage.register_everybody()
    stage.call_the_member()
    first, second = stage.open_case(), stage.open_case()
    for case in (first, second):
        stage.give_consent(case)
    allocation = stage.open_vacancy(first, second)
    return Vacancy(allocation, stage.put_vacancy_on_agenda(allocation), first, second)


def member_reads(stage: Stage, case: UUID) -> Permit:
    return stage.office.gate.permit(stage.context(stage.member), Action.READ, case, purpose="test")


def declare_the_member_inhabil(stage: Stage, item: AgendaItem) -> None:
    item.declare_inhabil(
        person=stage.member.id, unit=NAV, ground=InhabilGround.FAMILY, by=stage.by(stage.member), at=stage.now
    )
    stage.office.case_log.append(item)


def test_M14_a_member_called_to_a_vacancy_reads_every_candidate_that_consented(stage: Stage, vacancy: Vacancy) -> None:
    for case in (vacancy.first, vacancy.second):
        assert member_reads(stage, case).rules == (Rule.COMPARED,)


def test_M14_the_withdrawal_of_one_candidate_closes_that_one_at_once(stage: Stage, vacancy: Vacancy) -> None:
    stage.withdraw_consent(vacancy.first)

    with pytest.raises(NotAllowedError, match=Rule.CONSENT_MISSING):
        member_reads(stage, vacancy.first)
    assert member_reads(stage, vacancy.second).decision.allowed


def test_B05_inhabil_for_one_candidate_stops_the_reading_of_all_at_once(stage: Stage, vacancy: Vacancy) -> None:
    of_the_case = stage.office.case_log.load(AgendaItem, stage.put_on_agenda(vacancy.second))
    declare_the_member_inhabil(stage, of_the_case)

    with pytest.raises(NotAllowedError, match=Rule.INHABIL_FOR_CANDIDATE):
        member_reads(stage, vacancy.first)
    with pytest.raises(NotAllowedError, match=Rule.INHABIL):
        member_reads(stage, vacancy.second)


def test_B05_inhabil_declared_at_the_vacancy_itself_stops_the_reading_of_all(stage: Stage, vacancy: Vacancy) -> None:
    declare_the_member_inhabil(stage, vacancy.item)

    for case in (vacancy.first, vacancy.second):
        with pytest.raises(NotAllowedError, match=Rule.INHABIL_FOR_CANDIDATE):
            member_reads(stage, case)


def agree_on_who_is_inhabil(stage: Stage, vacancy: Vacancy) -> frozenset[UUID]:
    gate, cases = stage.office.gate, (vacancy.first, vacancy.second)
    return gate.permit_comparison(stage.context(stage.saksbehandler), vacancy.allocation.id, cases, purpose="test")


def declared_meanwhile(stage: Stage, item: AgendaItem) -> None:
    """Somebody else declares herself inhabil, in a request of her own."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(declare_the_member_inhabil, stage, item).result()


def test_B05_nothing_is_stored_on_who_was_inhabil_once_somebody_more_is(stage: Stage, vacancy: Vacancy) -> None:
    of_a_candidate = stage.office.case_log.load(AgendaItem, stage.put_on_agenda(vacancy.second))
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        assert not agree_on_who_is_inhabil(stage, vacancy)
        declared_meanwhile(stage, of_a_candidate)
        vacancy.allocation.close(reason=ClosingReason.NOBODY_LEFT, by=stage.by(), at=stage.now)
        head = stage.office.case_log.head()

        with pytest.raises(IntegrityError):
            stage.office.case_log.append(vacancy.allocation)
    assert stage.office.case_log.head() == head


def test_B05_what_happens_in_a_case_that_is_not_compared_disturbs_nothing(stage: Stage, vacancy: Vacancy) -> None:
    other = stage.open_case()
    with stage.office.case_log.deciding(stage.office.case_log.head()):
        agree_on_who_is_inhabil(stage, vacancy)
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(stage.give_consent, other).result()
        vacancy.allocation.close(reason=ClosingReason.NOBODY_LEFT, by=stage.by(), at=stage.now)

        stage.office.case_log.append(vacancy.allocation)


def test_M14_who_is_in_no_newer_order_is_compared_no_more(stage: Stage, vacancy: Vacancy) -> None:
    stage.compare(vacancy.allocation, vacancy.second)

    with pytest.raises(NotFoundError):
        member_reads(stage, vacancy.first)
    assert member_reads(stage, vacancy.second).decision.allowed


def test_M14_the_comparison_ends_when_the_item_is_settled(stage: Stage, vacancy: Vacancy) -> None:
    item, by, at = vacancy.item, stage.by(), stage.now
    called = stage.office.case_log.load(Meeting, stage.meeting).called
    item.record_attendance(
        person=stage.member.id, presence=Presence.PRESENT, called=called, consent=None, day=stage.today, by=by, at=at
    )
    item.open_discussion(case=None, consent=None, day=stage.today, least_units=1, by=by, at=at)
    item.close_discussion(by=by, at=at)
    item.settle(outcome=None, tasks=(), consent=None, day=stage.today, by=by, at=at)
    stage.office.case_log.append(item)

    with pytest.raises(NotFoundError):
        member_reads(stage, vacancy.first)


def test_M14_the_comparison_ends_when_the_allocation_does(stage: Stage, vacancy: Vacancy) -> None:
    vacancy.allocation.close(reason=ClosingReason.NOBODY_LEFT, by=stage.by(), at=stage.now)
    stage.office.case_log.append(vacancy.allocation)

    with pytest.raises(NotFoundError):
        member_reads(stage, vacancy.first)


def test_M14_a_postponed_vacancy_opens_nothing_until_it_is_on_an_agenda_again(stage: Stage, vacancy: Vacancy) -> None:
    vacancy.item.postpone(to_meeting=uuid4(), by=stage.by(), at=stage.now)
    stage.office.case_log.append(vacancy.item)
    with pytest.raises(NotFoundError):
        member_reads(stage, vacancy.first)

    stage.put_vacancy_on_agenda(vacancy.allocation)
    assert member_reads(stage, vacancy.first).decision.allowed


def test_B01_the_facts_of_a_comparison_are_those_of_the_moment_asked_about(stage: Stage, vacancy: Vacancy) -> None:
    reader = stage.office.case_log.facts
    during = stage.office.case_log.head()
    vacancy.allocation.close(reason=ClosingReason.NOBODY_LEFT, by=stage.by(), at=stage.now)
    stage.office.case_log.append(vacancy.allocation)

    (then,) = reader.of([vacancy.first], None, Moment(during)).facts[vacancy.first].comparisons
    assert (then.allocation, then.is_open_to(stage.member.id, oslo_date(stage.now))) == (vacancy.allocation.id, True)
    assert reader.of([vacancy.first], None, NOW).facts[vacancy.first].comparisons == ()


def test_C05_rebuilt_facts_of_a_comparison_equal_the_live_ones(stage: Stage, vacancy: Vacancy) -> None:
    stage.compare(vacancy.allocation, vacancy.second)
    reader = stage.office.case_log.facts
    cases, who = [vacancy.first, vacancy.second], stage.member.id
    live = reader.of(cases, who)

    stage.office.case_log.rebuild_access_facts()

    assert reader.of(cases, who) == live
