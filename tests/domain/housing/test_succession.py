"""Somebody steps into a lease as it runs: what goes with it, and what does not (LL10, LL4, LL6)."""

from datetime import date
from uuid import UUID

from domain.housing.lease_rules import ONE_DAY
from domain.housing.tenancy import HouseholdChange, Tenancy
from tests.domain.decision_support import AT, CASE, PERSON, SAKSBEHANDLER, SYSTEM, TENANCY, sealed, uid
from tests.domain.housing.test_tenancy import END, SHORT_END, START, terms
from tests.domain.support import stored_and_replayed

CLAIMANT, CLAIMANTS_CASE, NEW_TENANCY = UUID(int=901), UUID(int=902), UUID(int=903)


def let(ends_on: date = END) -> Tenancy:
    short = sealed("housing.grounds") if ends_on == SHORT_END else None
    return Tenancy.sign_lease(
        id=TENANCY, dwelling=uid(60), person=PERSON, case=CASE, terms=terms(START, ends_on, special_grounds=short),
        by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip


def taken_over(tenancy: Tenancy, on: date) -> Tenancy:
    """The tenant has died; the claimant steps in on that day."""
    tenancy.change_household(
        case=uid(61), change=HouseholdChange.TENANT_DIED, changed_on=START, who=sealed("household.may_take_over"),
        reply_by=on, by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip
    tenancy.claim_takeover(claimant=sealed("household.claimant"), claimed_on=on, by=SAKSBEHANDLER, at=AT)
    tenancy.accept_takeover(by=SAKSBEHANDLER, at=AT)
    lease = tenancy.hand_over(to=CLAIMANT, on=on, by=SAKSBEHANDLER, at=AT)
    new = Tenancy.take_over(
        id=NEW_TENANCY, lease=lease, person=CLAIMANT, case=CLAIMANTS_CASE, on=on, by=SAKSBEHANDLER, at=AT
    )
    assert stored_and_replayed(tenancy).ended_on == on - ONE_DAY
    return stored_and_replayed(new)


def test_LL10_the_terms_go_on_and_what_was_written_of_the_former_tenant_stays_behind() -> None:
    new = taken_over(let(SHORT_END), date(2027, 9, 1))
    assert (new.person, new.case, new.ends_on) == (CLAIMANT, CLAIMANTS_CASE, SHORT_END)
    assert (new.had_short_term, new.terms.special_grounds) == (True, None)


def test_LL10_LL6_a_demand_to_move_out_goes_with_the_lease() -> None:
    old = let()
    old.demand_move_out(demanded_on=END, last_day=END, by=SAKSBEHANDLER, at=AT)
    assert taken_over(old, END).move_out_demanded_on == END


def test_LL10_LL6_a_lease_without_an_end_has_none_for_whoever_steps_in() -> None:
    old = let()
    old.become_open_ended(today=date(2030, 6, 2), last_day=date(2030, 5, 31), by=SYSTEM, at=AT)
    assert taken_over(old, date(2030, 7, 1)).is_open_ended
