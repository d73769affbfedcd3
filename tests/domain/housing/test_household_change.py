"""When the tenant dies or the household breaks up: who takes the lease over (LL10)."""

from datetime import date

import pytest

from domain.housing.tenancy import EndingReason, HouseholdChange, TakeoverState, Tenancy
from domain.housing.tenancy.refusals import NoTakeoverError, TakeoverUnsettledError
from tests.domain.decision_support import AT, SAKSBEHANDLER, sealed, uid
from tests.domain.housing.test_tenancy import signed
from tests.domain.support import stored_and_replayed

CHANGED, REPLY_BY = date(2028, 1, 12), date(2028, 2, 14)


def changed(tenancy: Tenancy | None = None, change: HouseholdChange = HouseholdChange.TENANT_DIED) -> Tenancy:
    tenancy = tenancy or signed()
    tenancy.change_household(
        case=uid(8), change=change, changed_on=CHANGED, who=sealed("household.takeover"), reply_by=REPLY_BY,
        by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip
    return tenancy


def claimed(on: date = REPLY_BY) -> Tenancy:
    tenancy = changed()
    tenancy.claim_takeover(claimant=sealed("household.claimant"), claimed_on=on, by=SAKSBEHANDLER, at=AT)
    return tenancy


def state(tenancy: Tenancy) -> TakeoverState:
    takeover = stored_and_replayed(tenancy).takeover
    assert takeover is not None
    return takeover.state


@pytest.mark.parametrize("change", list(HouseholdChange))
def test_LL10_a_change_in_the_household_opens_the_question_of_who_takes_over(change: HouseholdChange) -> None:
    assert state(changed(change=change)) is TakeoverState.OPEN


@pytest.mark.parametrize(("on", "in_time"), [(REPLY_BY, True), (date(2028, 2, 15), False)])
def test_LL10_a_claim_says_whether_it_came_in_time(on: date, in_time: bool) -> None:
    event = claimed(on).pending_events[-1]
    assert isinstance(event, Tenancy.TakeoverClaimed)
    assert event.in_time is in_time


def test_LL10_an_accepted_claim_lets_the_lease_be_taken_over() -> None:
    tenancy = claimed()
    tenancy.accept_takeover(by=SAKSBEHANDLER, at=AT)
    assert state(tenancy) is TakeoverState.ACCEPTED

    tenancy.end(ended_on=REPLY_BY, reason=EndingReason.TAKEN_OVER, by=SAKSBEHANDLER, at=AT)

    assert tenancy.ended_on == REPLY_BY


def test_LL10_a_refused_claim_says_why() -> None:
    tenancy = claimed()
    tenancy.refuse_takeover(reasons=sealed("housing.takeover_refused"), by=SAKSBEHANDLER, at=AT)
    assert state(tenancy) is TakeoverState.REFUSED


def test_LL10_nothing_is_claimed_or_answered_out_of_turn() -> None:
    with pytest.raises(NoTakeoverError):
        signed().claim_takeover(claimant=sealed("household.claimant"), claimed_on=CHANGED, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(NoTakeoverError):
        changed().accept_takeover(by=SAKSBEHANDLER, at=AT)


def test_LL10_another_change_waits_until_a_claim_is_answered() -> None:
    with pytest.raises(TakeoverUnsettledError):
        changed(claimed())
    assert state(changed(changed())) is TakeoverState.OPEN
