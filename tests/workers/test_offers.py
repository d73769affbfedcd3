"""An offer that nobody answers lapses by itself, once, and the saksbehandler hears of it (M14, LV5)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import AgreedOrder, Present
from domain.housing.fit import HousingNeed
from domain.housing.ranking import ComputedOrder, Ranked
from domain.housing.referred_decline import ReferredDecline
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from projections.due_rows import RowState, Task
from tests.workers.workplace import NAME, NAV, Workplace

ANSWER_BY = date(2027, 1, 11)


def waits(at_work: Workplace) -> WaitingListEntry:
    case = at_work.case()
    vedtak = VedtakFacts(
        id=uuid4(), case=case.id, application=uuid4(), person=case.person, subject=DecisionSubject.DWELLING,
        outcome=Outcome.GRANT, in_force=True,
    )  # fmt: skip
    entry = WaitingListEntry.enter(
        id=uuid4(), vedtak=vedtak, registered_on=oslo_date(at_work.now), facts=(),
        need=HousingNeed(adults=1, children=0, rooms_at_least=1, step_free=False), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(entry)
    return entry


def offered(at_work: Workplace) -> tuple[Allocation, WaitingListEntry, WaitingListEntry]:
    """A dwelling offered to the first of two, to be answered by 11 January."""
    first, second = waits(at_work), waits(at_work)
    allocation = Allocation.open(
        id=uuid4(), dwelling=uuid4(), vacant_from=ANSWER_BY, care_housing=False, by=at_work.by, at=at_work.now
    )
    ranked = tuple(Ranked(standing=e.candidate.standing, separated_by=None) for e in (first, second))
    allocation.compute(
        order=ComputedOrder(ranked=ranked, unfit=()), rulebook_version="2026-01-01", by=at_work.by, at=at_work.now
    )
    present = (
        Present(person=at_work.saksbehandler, unit=SERVICE_OG_TILDELING), Present(person=uuid4(), unit=NAV)
    )  # fmt: skip
    agreed = AgreedOrder(
        entries=(first.id, second.id), reasons=None, present=present, dissent=None, item=uuid4(), meeting=uuid4()
    )
    allocation.agree(agreed=agreed, inhabil=frozenset(), by=at_work.by, at=at_work.now)
    offer(at_work, allocation, first.id)
    return allocation, first, second


def offer(at_work: Workplace, allocation: Allocation, entry: UUID, answer_by: date = ANSWER_BY) -> None:
    allocation.make_offer(entry=entry, answer_by=answer_by, today=oslo_date(at_work.now), by=at_work.by, at=at_work.now)
    at_work.save(allocation)


def stored(at_work: Workplace, allocation: Allocation) -> Allocation:
    return at_work.office.case_log.load(Allocation, allocation.id)


def test_M14_an_unanswered_offer_lapses_by_itself_the_day_after_and_not_before(at_work: Workplace) -> None:
    allocation, first, second = offered(at_work)
    at_work.on(ANSWER_BY)
    assert stored(at_work, allocation).state is AllocationState.OFFERED
    at_work.on(ANSWER_BY + timedelta(days=1))
    lapsed = stored(at_work, allocation)
    assert (lapsed.state, lapsed.next_in_order()) == (AllocationState.AGREED, second.id)
    (event,) = at_work.events(Allocation.Lapsed)
    assert (event.by.role, event.entry) == (Role.SYSTEM, first.id)


def test_LV5_the_machine_takes_nobody_off_the_list_and_leaves_it_to_a_saksbehandler(at_work: Workplace) -> None:
    allocation, first, _ = offered(at_work)
    at_work.on(ANSWER_BY + timedelta(days=1))
    entry = at_work.office.case_log.load(WaitingListEntry, first.id)
    assert (entry.is_waiting, entry.to_assess) == (True, ReferredDecline(allocation=allocation.id, reason="no_answer"))


def test_M14_the_saksbehandler_hears_once_of_what_lapsed_and_not_whose_it_was(at_work: Workplace) -> None:
    offered(at_work)
    at_work.on(ANSWER_BY + timedelta(days=1))
    at_work.on(ANSWER_BY + timedelta(days=2))
    (mail,) = at_work.mail_to(at_work.saksbehandler)
    assert mail.mail["Subject"] == "Et tilbud om bolig er ikke besvart"
    assert NAME not in mail.mail.get_content()
    assert len(at_work.events(Allocation.Lapsed)) == 1


def test_M14_an_answered_offer_does_not_lapse(at_work: Workplace) -> None:
    allocation, _, _ = offered(at_work)
    allocation.decline(reason="too_small", known_reasons=frozenset({"too_small"}), by=at_work.by, at=at_work.now)
    at_work.save(allocation)
    at_work.on(ANSWER_BY + timedelta(days=1))
    assert at_work.events(Allocation.Lapsed) == []
    assert at_work.states_of(Task.LAPSE_OFFER) == [RowState.CANCELLED]


def test_M14_the_next_offer_has_a_day_of_its_own_to_lapse(at_work: Workplace) -> None:
    allocation, _, second = offered(at_work)
    at_work.on(ANSWER_BY + timedelta(days=1))
    offer(at_work, stored(at_work, allocation), second.id, answer_by=date(2027, 1, 20))
    assert at_work.states_of(Task.LAPSE_OFFER) == [RowState.DONE, RowState.PENDING]
    at_work.on(date(2027, 1, 21))
    assert [event.entry for event in at_work.events(Allocation.Lapsed)][1:] == [second.id]


def test_M14_what_a_saksbehandler_has_recorded_herself_is_not_told_her(at_work: Workplace) -> None:
    allocation, _, _ = offered(at_work)
    at_work.set_clock(at_work.now + timedelta(days=8))
    allocation.lapse(today=ANSWER_BY + timedelta(days=1), by=at_work.by, at=at_work.now)
    at_work.save(allocation)
    at_work.on(ANSWER_BY + timedelta(days=3))
    assert at_work.mail_to(at_work.saksbehandler) == []
