"""The waiting list: who gets on it, what may change there, and how one leaves."""

from datetime import date
from uuid import UUID

import pytest

from domain.actors import By
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.event_id import EventId
from domain.housing.fit import HousingNeed
from domain.housing.ranking import EFFECTIVE_DATE, REGISTERED_DATE, CriterionFact
from domain.housing.referred_decline import DeclineOutcome, ReferredDecline
from domain.housing.waiting_list_entry import EntryState, LeavingReason, PauseReason, WaitingListEntry
from domain.housing.waiting_list_refusals import (
    CauseMissingError,
    FactTwiceError,
    ImpossibleHouseholdError,
    NoDeclineToAssessError,
    NoGrantedDwellingError,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.decision_support import (
    AT,
    CASE,
    NAV_EMPLOYEE,
    PERSON,
    SAKSBEHANDLER,
    SYSTEM,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.support import stored_and_replayed

REGISTERED, EFFECTIVE = date(2027, 1, 15), date(2026, 11, 1)
NEED = HousingNeed(adults=1, children=2, rooms_at_least=3, step_free=False)
FACTS = (
    CriterionFact(criterion="homeless", value=True, source=uid(60)),
    CriterionFact(criterion="children", value=1, source=uid(60)),
    CriterionFact(criterion="must_leave", value=date(2027, 4, 1), source=uid(61)),
)


def entered(
    vedtak: VedtakFacts | None = None,
    *,
    facts: tuple[CriterionFact, ...] = FACTS,
    need: HousingNeed = NEED,
    actor: By = SAKSBEHANDLER,
) -> WaitingListEntry:
    return WaitingListEntry.enter(
        id=uid(40), vedtak=vedtak or vedtak_facts(), registered_on=REGISTERED, facts=facts, need=need,
         by=actor, at=AT,
    )  # fmt: skip


def test_M12_a_vedtak_that_grants_a_dwelling_gives_a_place_on_the_list() -> None:
    entry = entered()

    assert (entry.case, entry.person, entry.is_waiting) == (CASE, PERSON, True)


@pytest.mark.parametrize(
    "vedtak",
    [
        vedtak_facts(outcome=Outcome.REFUSE),
        vedtak_facts(in_force=False),
        vedtak_facts(DecisionSubject.ASSISTANCE),
        vedtak_facts(DecisionSubject.CARE_HOUSING),
    ],
)
def test_M12_no_other_vedtak_gives_a_place_on_the_list(vedtak: VedtakFacts) -> None:
    with pytest.raises(NoGrantedDwellingError):
        entered(vedtak)


def test_M14_the_saksbehandler_alone_adds_facts_and_nobody_asks_for_consent() -> None:
    entry = entered()
    changed = (CriterionFact(criterion="homeless", value=False, source=uid(62)),)

    entry.update_facts(facts=changed, need=NEED, by=SAKSBEHANDLER, at=AT)

    assert entry.candidate.standing.facts == changed
    with pytest.raises(SaksbehandlerOnlyError):
        entry.update_facts(facts=FACTS, need=NEED, by=NAV_EMPLOYEE, at=AT)


def test_M14_new_facts_leave_both_dates_alone() -> None:
    entry = entered()

    entry.update_facts(facts=(), need=NEED, by=SAKSBEHANDLER, at=AT)

    assert (entry.registered_on, entry.effective_from) == (REGISTERED, REGISTERED)


def test_M14_the_effective_date_moves_only_by_an_event_that_says_why() -> None:
    entry = entered()

    entry.move_effective_date(to=date(2027, 2, 1), because=sealed("note.because"), by=SAKSBEHANDLER, at=AT)

    assert (entry.registered_on, entry.effective_from) == (REGISTERED, date(2027, 2, 1))
    assert isinstance(entry.pending_events[-1], WaitingListEntry.EffectiveDateMoved)


def test_M14_an_answer_keeps_its_type_through_the_log() -> None:
    assert [type(fact.value) for fact in stored_and_replayed(entered()).facts] == [bool, int, date]


def test_M14_a_criterion_is_answered_once() -> None:
    with pytest.raises(FactTwiceError):
        entered(facts=(FACTS[0], FACTS[0]))


@pytest.mark.parametrize(
    "need",
    [
        HousingNeed(adults=0, children=2, rooms_at_least=2, step_free=False),
        HousingNeed(adults=1, children=-1, rooms_at_least=2, step_free=False),
        HousingNeed(adults=1, children=0, rooms_at_least=0, step_free=False),
    ],
)
def test_an_impossible_household_is_refused(need: HousingNeed) -> None:
    with pytest.raises(ImpossibleHouseholdError):
        entered(need=need)


def test_a_paused_entry_keeps_its_dates_and_comes_back() -> None:
    entry = entered()

    entry.pause(reason=PauseReason.OWN_WISH, by=SAKSBEHANDLER, at=AT)
    assert not entry.is_waiting
    entry.resume(by=SAKSBEHANDLER, at=AT)

    assert (entry.is_waiting, entry.effective_from) == (True, REGISTERED)


def test_only_a_paused_entry_resumes() -> None:
    with pytest.raises(WrongStateError):
        entered().resume(by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (LeavingReason.LEASE, uid(30)),
        (LeavingReason.NEW_VEDTAK, uid(53)),
        (LeavingReason.WITHDRAWN, None),
        (LeavingReason.LAPSED, None),
    ],
)
def test_M14_an_entry_leaves_with_its_reason(reason: LeavingReason, cause: UUID | None) -> None:
    entry = entered()

    entry.leave(reason=reason, cause=cause, by=SAKSBEHANDLER, at=AT)

    assert (entry.state, entry.left_because) == (EntryState.LEFT, reason)


@pytest.mark.parametrize("reason", [LeavingReason.LEASE, LeavingReason.NEW_VEDTAK])
def test_M14_leaving_by_lease_or_vedtak_names_it(reason: LeavingReason) -> None:
    with pytest.raises(CauseMissingError):
        entered().leave(reason=reason, by=SAKSBEHANDLER, at=AT)


def test_LV5_a_machine_takes_nobody_off_the_list() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        entered().leave(reason=LeavingReason.LAPSED, by=SYSTEM, at=AT)


def test_what_has_left_stays_away() -> None:
    entry = entered()
    entry.leave(reason=LeavingReason.WITHDRAWN, by=SAKSBEHANDLER, at=AT)

    with pytest.raises(WrongStateError):
        entry.update_facts(facts=FACTS, need=NEED, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(WrongStateError):
        entry.leave(reason=LeavingReason.WITHDRAWN, by=SAKSBEHANDLER, at=AT)


def test_M14_the_date_that_counts_begins_as_the_date_of_registration() -> None:
    entry = entered()

    assert (entry.effective_from, entry.registered_on) == (REGISTERED, REGISTERED)


def test_B06_every_answer_names_the_event_that_gave_it() -> None:
    entry = entered()
    changed = (FACTS[0], CriterionFact(criterion="children", value=3, source=uid(62)))

    entry.update_facts(facts=changed, need=NEED, by=SAKSBEHANDLER, at=AT)

    entry = stored_and_replayed(entry)
    stated = {code: entry.stated_by(code) for code in ("homeless", "children", "must_leave", REGISTERED_DATE)}
    assert stated == {
        "homeless": EventId(aggregate=entry.id, version=1),
        "children": EventId(aggregate=entry.id, version=2),
        "must_leave": None,
        REGISTERED_DATE: EventId(aggregate=entry.id, version=1),
    }


def test_B06_a_moved_date_names_the_event_that_moved_it() -> None:
    entry = entered()

    entry.move_effective_date(to=EFFECTIVE, because=sealed("assessment.effective_date"), by=SAKSBEHANDLER, at=AT)

    assert entry.stated_by(EFFECTIVE_DATE) == EventId(aggregate=entry.id, version=2)


def referred() -> WaitingListEntry:
    entry = entered()
    entry.refer_decline(allocation=uid(20), reason="other", by=SYSTEM, at=AT)
    return entry


def test_LV5_a_decline_that_is_left_to_the_saksbehandler_keeps_the_place_meanwhile() -> None:
    entry = stored_and_replayed(referred())

    assert (entry.is_waiting, entry.to_assess) == (True, ReferredDecline(allocation=uid(20), reason="other"))


def test_LV5_a_saksbehandler_and_no_machine_decides_what_a_decline_leads_to() -> None:
    because = sealed("assessment.decline")
    with pytest.raises(SaksbehandlerOnlyError):
        referred().assess_decline(outcome=DeclineOutcome.LEAVES, because=because, by=SYSTEM, at=AT)
    with pytest.raises(NoDeclineToAssessError):
        entered().assess_decline(outcome=DeclineOutcome.LEAVES, because=because, by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize(
    ("outcome", "state"), [(DeclineOutcome.KEEPS_PLACE, EntryState.WAITING), (DeclineOutcome.LEAVES, EntryState.LEFT)]
)
def test_M14_an_assessed_decline_keeps_the_place_or_ends_it(outcome: DeclineOutcome, state: EntryState) -> None:
    entry = referred()

    entry.assess_decline(outcome=outcome, because=sealed("assessment.decline"), by=SAKSBEHANDLER, at=AT)

    entry = stored_and_replayed(entry)
    assert (entry.state, entry.to_assess) == (state, None)
