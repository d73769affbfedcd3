"""One vacancy: the computed order proposes, the group decides together, offers follow the group."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import (
    AgreedOrder,
    AnswerDateNotPassedError,
    AnswerDatePassedError,
    ClosingReason,
    DeclineReasonMissingError,
    EmptyOrderError,
    InhabilPresentError,
    NoOpenOfferError,
    NotACandidateError,
    NothingAgreedError,
    NothingComputedError,
    NotNextInOrderError,
    NotTogetherError,
    OfferOpenError,
    OrderNeedsReasonsError,
    Present,
    WithdrawalReason,
)
from domain.housing.dwelling import CareDwellingNotForGroupError
from domain.housing.ranking import ComputedOrder, Ranked, Standing
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from domain.sealed import Sealed
from tests.domain.decision_support import (
    AT,
    NAV,
    NAV_EMPLOYEE,
    PSYKISK_HELSE,
    SAKSBEHANDLER,
    SYSTEM,
    TODAY,
    sealed,
    uid,
)
from tests.domain.support import stored_and_replayed

A, B, C = uid(1), uid(2), uid(3)
IN_A_WEEK = TODAY + timedelta(days=7)
THREE_UNITS = (
    Present(person=uid(900), unit=SERVICE_OG_TILDELING),
    Present(person=uid(910), unit=NAV),
    Present(person=uid(920), unit=PSYKISK_HELSE),
)
REASONS = frozenset({"too_small"})


def computed(*entries: UUID) -> ComputedOrder:
    standings = (
        Standing(
            entry=entry, case=uid(entry.int + 100), person=uid(entry.int + 200), registered_on=TODAY,
            effective_from=TODAY, facts=(),
        )
        for entry in entries
    )  # fmt: skip
    return ComputedOrder(ranked=tuple(Ranked(standing=s, separated_by=None) for s in standings), unfit=())


def agreement(
    *entries: UUID,
    reasons: Sealed | None = None,
    present: tuple[Present, ...] = THREE_UNITS,
    dissent: Sealed | None = None,
) -> AgreedOrder:
    return AgreedOrder(
        entries=entries, reasons=reasons, present=present, dissent=dissent, item=uid(80), meeting=uid(81)
    )


def opened() -> Allocation:
    return Allocation.open(
        id=uid(20), dwelling=uid(10), vacant_from=date(2027, 5, 3), care_housing=False, by=SAKSBEHANDLER, at=AT
    )


def with_computed_order(*entries: UUID) -> Allocation:
    allocation = opened()
    allocation.compute(order=computed(*(entries or (A, B, C))), rulebook_version="2027-1", by=SYSTEM, at=AT)
    return allocation


def agree(allocation: Allocation, agreed: AgreedOrder, inhabil: frozenset[UUID] = frozenset()) -> None:
    allocation.agree(agreed=agreed, inhabil=inhabil, by=SAKSBEHANDLER, at=AT)


def agreed_on(*entries: UUID) -> Allocation:
    allocation = with_computed_order()
    agree(allocation, agreement(*entries, reasons=sealed("minutes.assessment")))
    return allocation


def offer(allocation: Allocation, entry: UUID, gone: frozenset[UUID] = frozenset()) -> None:
    allocation.make_offer(entry=entry, answer_by=IN_A_WEEK, today=TODAY, gone=gone, by=SAKSBEHANDLER, at=AT)


def decline(allocation: Allocation, reason: str = "too_small") -> None:
    allocation.decline(reason=reason, known_reasons=REASONS, by=SAKSBEHANDLER, at=AT)


def offered_to_b() -> Allocation:
    allocation = agreed_on(B, A, C)
    offer(allocation, B)
    return allocation


def test_M20_a_care_dwelling_has_no_allocation_in_the_group() -> None:
    with pytest.raises(CareDwellingNotForGroupError):
        Allocation.open(id=uid(20), dwelling=uid(10), vacant_from=TODAY, care_housing=True, by=SAKSBEHANDLER, at=AT)


def test_M14_a_computed_order_is_a_proposal_and_nothing_is_offered_on_it() -> None:
    with pytest.raises(NothingAgreedError):
        offer(with_computed_order(), A)


def test_B07_the_groups_order_stands_beside_the_computed_one() -> None:
    allocation = stored_and_replayed(agreed_on(B, A, C))

    assert allocation.agreed is not None
    assert allocation.agreed.entries == (B, A, C)
    assert allocation.computations[-1].order.entries == (A, B, C)


def test_B07_a_different_order_is_marked_and_keeps_reason_people_and_dissent() -> None:
    allocation = with_computed_order()

    agree(allocation, agreement(B, A, C, reasons=sealed("minutes.reasons"), dissent=sealed("minutes.dissent")))

    event = allocation.pending_events[-1]
    assert isinstance(event, Allocation.OrderAgreed)
    assert event.differs
    assert (event.agreed.present, event.agreed.dissent) == (THREE_UNITS, sealed("minutes.dissent"))


def test_M14_a_different_order_without_reasons_is_refused() -> None:
    with pytest.raises(OrderNeedsReasonsError):
        agree(with_computed_order(), agreement(B, A, C))


def test_M14_leaving_somebody_out_needs_reasons_too() -> None:
    with pytest.raises(OrderNeedsReasonsError):
        agree(with_computed_order(), agreement(A, B))


def test_M14_the_computed_order_is_agreed_on_without_further_reasons() -> None:
    allocation = with_computed_order()

    agree(allocation, agreement(A, B, C))

    assert allocation.state is AllocationState.AGREED


def test_M14_one_unit_alone_agrees_on_nothing() -> None:
    two_of_one_unit = (Present(person=uid(910), unit=NAV), Present(person=uid(911), unit=NAV))

    with pytest.raises(NotTogetherError):
        agree(with_computed_order(), agreement(A, B, C, present=two_of_one_unit))


def test_M14_two_units_are_together() -> None:
    allocation = with_computed_order()

    agree(allocation, agreement(A, B, C, present=THREE_UNITS[:2]))

    assert allocation.agreed is not None


def test_B05_somebody_inhabil_for_one_candidate_is_out_of_the_whole_comparison() -> None:
    with pytest.raises(InhabilPresentError):
        agree(with_computed_order(), agreement(A, B, C), inhabil=frozenset({uid(910)}))


def test_B05_the_others_agree_when_the_inhabil_one_is_not_there() -> None:
    allocation = with_computed_order()

    agree(allocation, agreement(A, B, C), inhabil=frozenset({uid(999)}))

    assert allocation.agreed is not None


def test_M14_only_those_in_the_computed_order_are_prioritised() -> None:
    with pytest.raises(NotACandidateError):
        agree(with_computed_order(A, B), agreement(A, C, reasons=sealed("minutes.reasons")))


@pytest.mark.parametrize("entries", [(), (A, A)])
def test_M14_an_empty_or_doubled_order_is_refused(entries: tuple[UUID, ...]) -> None:
    with pytest.raises(EmptyOrderError):
        agree(with_computed_order(), agreement(*entries, reasons=sealed("minutes.reasons")))


def test_M14_the_group_has_a_computed_order_before_it_when_it_agrees() -> None:
    with pytest.raises(NothingComputedError):
        agree(opened(), agreement(A))


def test_M14_the_groups_order_is_recorded_by_the_saksbehandler() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        with_computed_order().agree(agreed=agreement(A, B, C), inhabil=frozenset(), by=NAV_EMPLOYEE, at=AT)


def test_M14_computing_again_adds_an_order_and_leaves_what_was_agreed() -> None:
    allocation = agreed_on(B, A, C)

    allocation.compute(order=computed(C, A), rulebook_version="2027-2", by=SYSTEM, at=AT)

    assert [c.order.entries for c in allocation.computations] == [(A, B, C), (C, A)]
    assert allocation.next_in_order() == B
    offer(allocation, B)


def test_M14_the_order_is_not_computed_or_agreed_anew_under_an_open_offer() -> None:
    allocation = offered_to_b()

    with pytest.raises(WrongStateError):
        allocation.compute(order=computed(C), rulebook_version="2027-2", by=SYSTEM, at=AT)
    with pytest.raises(OfferOpenError):
        agree(allocation, agreement(A, B, C))


def test_M14_the_first_in_the_groups_order_is_asked_first() -> None:
    allocation = offered_to_b()

    assert allocation.offer is not None
    assert (allocation.offer.entry, allocation.offer.case, allocation.offer.person) == (B, uid(102), uid(202))


def test_M14_nobody_is_asked_out_of_turn() -> None:
    with pytest.raises(NotNextInOrderError):
        offer(agreed_on(B, A, C), A)


def test_M14_one_offer_is_open_at_a_time() -> None:
    with pytest.raises(OfferOpenError):
        offer(offered_to_b(), A)


def test_M14_after_a_no_the_next_in_order_is_asked() -> None:
    allocation = offered_to_b()

    decline(allocation)
    offer(allocation, A)
    allocation.accept(by=SAKSBEHANDLER, at=AT)

    assert stored_and_replayed(allocation).state is AllocationState.ACCEPTED


def test_M14_who_has_said_no_is_not_asked_again() -> None:
    allocation = offered_to_b()
    decline(allocation)

    with pytest.raises(NotNextInOrderError):
        offer(allocation, B)


def test_M14_a_no_has_one_of_the_coded_reasons() -> None:
    with pytest.raises(DeclineReasonMissingError):
        decline(offered_to_b(), "did not feel like it")


def test_M14_who_has_left_the_list_since_is_passed_over_and_it_is_recorded() -> None:
    allocation = agreed_on(B, A, C)

    offer(allocation, A, gone=frozenset({B}))

    event = allocation.pending_events[-1]
    assert isinstance(event, Allocation.Offered)
    assert event.passed_over == (B,)


def test_M14_an_offer_with_a_date_gone_by_is_refused() -> None:
    with pytest.raises(AnswerDatePassedError):
        agreed_on(B, A, C).make_offer(
            entry=B, answer_by=TODAY - timedelta(days=1), today=TODAY, by=SAKSBEHANDLER, at=AT
        )


def test_M14_an_offer_lapses_the_day_after_its_last_day() -> None:
    allocation = offered_to_b()

    with pytest.raises(AnswerDateNotPassedError):
        allocation.lapse(today=IN_A_WEEK, by=SYSTEM, at=AT)
    allocation.lapse(today=IN_A_WEEK + timedelta(days=1), by=SYSTEM, at=AT)

    assert (allocation.offer, allocation.next_in_order()) == (None, A)


def test_LV5_offers_are_made_and_answers_recorded_by_a_person() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        agreed_on(B, A, C).make_offer(entry=B, answer_by=IN_A_WEEK, today=TODAY, by=SYSTEM, at=AT)
    with pytest.raises(SaksbehandlerOnlyError):
        offered_to_b().accept(by=SYSTEM, at=AT)


def test_there_is_no_answer_without_an_offer() -> None:
    allocation = agreed_on(B, A, C)

    with pytest.raises(NoOpenOfferError):
        allocation.accept(by=SAKSBEHANDLER, at=AT)
    with pytest.raises(NoOpenOfferError):
        decline(allocation)
    with pytest.raises(NoOpenOfferError):
        allocation.withdraw(reason=WithdrawalReason.OFFERED_IN_ERROR, by=SAKSBEHANDLER, at=AT)


def test_an_accepted_offer_that_came_to_nothing_is_withdrawn_and_the_next_is_asked() -> None:
    allocation = offered_to_b()
    allocation.accept(by=SAKSBEHANDLER, at=AT)

    allocation.withdraw(reason=WithdrawalReason.LEASE_NOT_SIGNED, by=SAKSBEHANDLER, at=AT)
    offer(allocation, A)

    assert allocation.state is AllocationState.OFFERED


def test_an_allocation_closes_only_when_nobody_holds_an_offer() -> None:
    allocation = offered_to_b()

    with pytest.raises(OfferOpenError):
        allocation.close(reason=ClosingReason.DWELLING_UNAVAILABLE, by=SAKSBEHANDLER, at=AT)
    decline(allocation)
    allocation.close(reason=ClosingReason.DWELLING_UNAVAILABLE, by=SAKSBEHANDLER, at=AT)

    assert allocation.state is AllocationState.CLOSED
    with pytest.raises(NothingAgreedError):
        offer(allocation, A)
