"""A death or break-up in a tenant's household, over HTTP (LL10)."""

from uuid import UUID

import pytest

from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.housing.dwelling import Dwelling, DwellingState
from domain.housing.tenancy import EndingReason, Tenancy
from domain.law.deadline_kinds import DeadlineKind
from tests.api.decision_givens import NOTICES, THREE_YEARS, applied, dwelling, let
from tests.api.givens import assert_refused, stored
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

DEATH = {"change": "tenant_died", "changed_on": "2027-01-12", "who": "Ektefellen bor i boligen."}
CLAIM = {"claimant": "Ektefellen vil overta.", "claimed_on": "2027-01-12"}


def changed(office: Office) -> tuple[str, str]:
    """The tenancy, and the case that was opened."""
    tenancy, _ = let(office)
    return tenancy, office.saksbehandler.do(f"/tenancies/{tenancy}/household-changes", DEATH)["case"]


def test_LL10_a_death_opens_a_case_of_its_own_in_which_nobody_has_consented(office: Office) -> None:
    tenancy, case_id = changed(office)
    case = stored(office, Case, case_id)
    consent = office.installation.case_log.load(Consent, consent_id(UUID(case_id)))
    assert (case.opened_by, str(case.tenancy)) == (OpenedBy.TENANCY_CHALLENGE, tenancy)
    assert case.responsible == office.saksbehandler.actor.id
    assert not consent.facts.is_valid_on(office.installation.clock.now().date())


def test_LL10_the_household_has_a_month_to_reply(office: Office) -> None:
    tenancy, _ = let(office)
    assert office.saksbehandler.do(f"/tenancies/{tenancy}/household-changes", DEATH)["reply_by"] == "2027-02-12"


def test_LL10_a_claim_is_made_and_accepted_before_the_lease_is_taken_over(office: Office) -> None:
    tenancy, case = changed(office)
    path = f"/tenancies/{tenancy}"
    ending = {"ended_on": "2027-01-12", "reason": "taken_over"}
    assert_refused(office, office.saksbehandler, f"{path}/ending", ending, status=409, code="takeover_not_accepted")
    assert_refused(office, office.saksbehandler, f"{path}/takeover/acceptance", status=409, code="no_takeover")
    assert office.saksbehandler.do(f"{path}/takeover", CLAIM) == {"tenancy": tenancy, "case": case, "state": "claimed"}
    assert office.saksbehandler.do(f"{path}/takeover/acceptance")["state"] == "accepted"
    office.saksbehandler.do(f"{path}/ending", ending)


def test_LL10_a_refused_claim_says_why(office: Office) -> None:
    tenancy, _ = changed(office)
    office.saksbehandler.do(f"/tenancies/{tenancy}/takeover", CLAIM)
    answer = office.saksbehandler.do(f"/tenancies/{tenancy}/takeover/refusal", {"reasons": "Bodde ikke der."})
    assert answer["state"] == "refused"


def test_LL10_who_may_take_over_is_sealed_in_the_case_opened_for_it(office: Office) -> None:
    tenancy, case = changed(office)
    (event,) = [
        e for e in office.installation.case_log.stream(UUID(tenancy)) if isinstance(e, Tenancy.HouseholdChanged)
    ]
    assert (str(event.who.case), event.who.field) == (case, "household.may_take_over")


def test_LL10_M20_a_change_in_a_care_dwelling_stays_with_service_og_tildeling(office: Office) -> None:
    about, home = applied(office, "care_housing"), dwelling(office, care_housing=True)
    lease = {
        "dwelling": home, "case": about.case, "starts_on": "2027-02-01", "ends_on": "2030-01-31",
        "notice_of_exceptions": True, "notice_no_termination": True,
    }  # fmt: skip
    tenancy = office.saksbehandler.do("/tenancies/registration", lease)["tenancy"]
    case = office.saksbehandler.do(f"/tenancies/{tenancy}/household-changes", DEATH)["case"]
    assert stored(office, Case, case).care_housing


# --- the new tenant's lease ---


def accepted(office: Office, **terms: object) -> str:
    """A tenancy whose tenant has died, and somebody's claim to take it over is accepted."""
    tenancy, _ = let(office, **terms)
    office.saksbehandler.do(f"/tenancies/{tenancy}/household-changes", DEATH)
    office.saksbehandler.do(f"/tenancies/{tenancy}/takeover", CLAIM)
    office.saksbehandler.do(f"/tenancies/{tenancy}/takeover/acceptance")
    return tenancy


def stepping_in(office: Office, **changes: str) -> dict[str, str]:
    return {"case": applied(office, "assistance").case, "taken_over_on": "2027-01-12", **changes}


def test_LL10_an_accepted_claim_becomes_the_new_tenants_lease_of_the_same_dwelling(office: Office) -> None:
    old = accepted(office)
    claimant = stepping_in(office)
    answer = office.saksbehandler.do(f"/tenancies/{old}/takeover/lease", claimant)
    before, after = stored(office, Tenancy, old), stored(office, Tenancy, answer["tenancy"])
    home = stored(office, Dwelling, answer["dwelling"])
    assert (str(before.ended_on), before.ended_because) == ("2027-01-11", EndingReason.TAKEN_OVER)
    assert (str(after.case), after.terms, after.ended_on) == (claimant["case"], before.terms, None)
    assert (home.state, str(home.tenancy)) == (DwellingState.LET, answer["tenancy"])
    lets = [type(event).__name__ for event in office.installation.case_log.stream(home.id)]
    assert lets == ["Registered", "Let", "Let"]


def test_LL10_the_new_tenants_lease_is_watched_as_any_other_and_the_old_one_is_not(office: Office) -> None:
    old = accepted(office, ends_on="2030-02-15")
    new = office.saksbehandler.do(f"/tenancies/{old}/takeover/lease", stepping_in(office))["tenancy"]
    rows = office.saksbehandler.get(f"/deadlines?kind={DeadlineKind.MOVE_OUT_DEMAND}").json()["items"]
    assert [row["subject"] for row in rows] == [new]


def test_LL4_stepping_into_a_short_lease_is_no_second_short_lease_but_the_next_one_is(office: Office) -> None:
    short = {"starts_on": "2027-01-01", "ends_on": "2028-01-31", "special_grounds": "Skal bo hos familie igjen."}
    new = office.saksbehandler.do(f"/tenancies/{accepted(office, **short)}/takeover/lease", stepping_in(office))
    lease = stored(office, Tenancy, new["tenancy"])
    assert (str(lease.ends_on), lease.had_short_term, lease.terms.special_grounds) == ("2028-01-31", True, None)


def test_LL10_a_lease_that_is_ended_as_taken_over_already_becomes_the_new_tenants_once(office: Office) -> None:
    old = accepted(office)
    ending = {"ended_on": "2027-01-12", "reason": "taken_over"}
    office.saksbehandler.do(f"/tenancies/{old}/ending", ending)
    path = f"/tenancies/{old}/takeover/lease"
    office.saksbehandler.do(path, stepping_in(office))
    body = stepping_in(office)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="dwelling_let_to_other")


def test_LL10_nobody_steps_in_before_the_claim_is_accepted(office: Office) -> None:
    tenancy, _ = changed(office)
    office.saksbehandler.do(f"/tenancies/{tenancy}/takeover", CLAIM)
    path, body = f"/tenancies/{tenancy}/takeover/lease", stepping_in(office)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="takeover_not_accepted")


def test_LL10_the_tenant_does_not_step_into_the_own_lease(office: Office) -> None:
    old = accepted(office)
    path, body = f"/tenancies/{old}/takeover/lease", stepping_in(office, case=str(stored(office, Tenancy, old).case))
    assert_refused(office, office.saksbehandler, path, body, status=409, code="takeover_by_tenant")


def test_LL10_a_lease_that_ended_otherwise_is_not_stepped_into(office: Office) -> None:
    old = accepted(office)
    office.saksbehandler.do(f"/tenancies/{old}/ending", {"ended_on": "2027-01-12", "reason": "moved_out"})
    path, body = f"/tenancies/{old}/takeover/lease", stepping_in(office)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="tenancy_ended")


def test_LL10_LL7_nobody_steps_into_a_lease_under_notice(office: Office) -> None:
    old = accepted(office, notice_no_termination=False)
    leaving = {"received_on": "2027-01-12"}
    office.saksbehandler.do(f"/tenancies/{old}/tenants-notice", leaving)
    path, body = f"/tenancies/{old}/takeover/lease", stepping_in(office)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="takeover_under_notice")


def test_LL10_M20_a_care_dwelling_is_taken_over_in_a_case_about_care_housing(office: Office) -> None:
    about, home = applied(office, "care_housing"), dwelling(office, care_housing=True)
    lease = {"dwelling": home, "case": about.case, **THREE_YEARS, **NOTICES}
    old = office.saksbehandler.do("/tenancies/registration", lease)["tenancy"]
    for path, body in (("household-changes", DEATH), ("takeover", CLAIM), ("takeover/acceptance", None)):
        office.saksbehandler.do(f"/tenancies/{old}/{path}", body)
    path = f"/tenancies/{old}/takeover/lease"
    body = stepping_in(office)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="care_dwelling_not_for_group")
    office.saksbehandler.do(path, stepping_in(office, case=applied(office, "care_housing").case))


def test_LL10_who_may_not_handle_the_new_tenants_case_makes_nobody_a_tenant(office: Office) -> None:
    old, body = accepted(office), stepping_in(office)
    stranger = office.caller("nav")
    path = f"/tenancies/{old}/takeover/lease"
    assert_refused(office, stranger, path, body, status=404, code="not_found")
