"""Tenancies that somebody wants to end, over HTTP (LL5, LL7-LL9)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.decision_givens import let
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

FORM = {"in_writing": True, "right_to_protest": True, "consequence_of_silence": True, "eviction": True}
NOTICE: dict[str, Any] = {
    "given_on": "2027-01-12", "ground": "breach", "reasons": "Husleien er ikke betalt siden mai.", "form": FORM,
}  # fmt: skip
WARNING = {"warned_on": "2027-01-12", "tenant_has_copy": True}


def terminable(office: Office) -> str:
    """A tenancy whose tenant was not told that it cannot be terminated."""
    tenancy, _ = let(office, notice_no_termination=False)
    return f"/tenancies/{tenancy}"


def given(office: Office) -> str:
    tenancy = terminable(office)
    office.saksbehandler.do(f"{tenancy}/notice", NOTICE)
    return tenancy


def protested(office: Office) -> str:
    tenancy = given(office)
    office.saksbehandler.do(f"{tenancy}/notice/protest", {"protested_on": "2027-01-12"})
    return tenancy


def refuse(office: Office, path: str, body: Any, status: int, code: str) -> None:
    assert_refused(office, office.saksbehandler, path, body, status=status, code=code)


def test_LL7_a_notice_ends_the_tenancy_with_the_third_month_and_gives_a_month_to_protest(office: Office) -> None:
    answer = office.saksbehandler.do(f"{terminable(office)}/notice", NOTICE)
    assert (answer["ends_on"], answer["protest_by"], answer["action_by"]) == ("2027-04-30", "2027-02-12", None)


@pytest.mark.parametrize("missing", sorted(FORM))
def test_LL7_a_notice_that_lacks_anything_is_void(office: Office, missing: str) -> None:
    body = {**NOTICE, "form": {**FORM, missing: False}}
    refuse(office, f"{terminable(office)}/notice", body, 409, "notice_void")


def test_LL7_a_notice_needs_reasons(office: Office) -> None:
    refuse(office, f"{terminable(office)}/notice", {**NOTICE, "reasons": " "}, 422, "invalid_input")


def test_LL7_a_notice_has_been_given_when_it_is_registered(office: Office) -> None:
    body = {**NOTICE, "given_on": "2027-01-13"}
    refuse(office, f"{terminable(office)}/notice", body, 422, "day_not_yet_come")


def test_LL7_one_notice_at_a_time(office: Office) -> None:
    refuse(office, f"{given(office)}/notice", NOTICE, 409, "notice_already_given")


def test_LL5_a_lease_that_cannot_be_terminated_is_not(office: Office) -> None:
    tenancy, _ = let(office)
    refuse(office, f"/tenancies/{tenancy}/notice", NOTICE, 409, "lease_cannot_be_terminated")
    own = f"/tenancies/{tenancy}/tenants-notice"
    refuse(office, own, {"received_on": "2027-01-12"}, 409, "lease_cannot_be_terminated")


def test_LL7_a_terminated_tenancy_ends_by_its_notice(office: Office) -> None:
    ending = {"ended_on": "2027-01-12", "reason": "terminated"}
    refuse(office, f"{terminable(office)}/ending", ending, 409, "termination_missing")
    tenancy = given(office)
    refuse(office, f"{tenancy}/ending", ending, 409, "termination_missing")
    office.set_clock(datetime(2027, 4, 30, 9, tzinfo=UTC))
    office.saksbehandler.do(f"{tenancy}/ending", {**ending, "ended_on": "2027-04-30"})


def test_LL7_the_tenants_own_notice_is_recorded(office: Office) -> None:
    answer = office.saksbehandler.do(f"{terminable(office)}/tenants-notice", {"received_on": "2027-01-12"})
    assert answer["ends_on"] == "2027-04-30"


def test_LL8_a_protest_gives_three_months_to_act(office: Office) -> None:
    answer = office.saksbehandler.do(f"{given(office)}/notice/protest", {"protested_on": "2027-01-12"})
    assert answer["action_by"] == "2027-05-12"


def test_LL8_a_protest_that_comes_too_late_stops_nothing(office: Office) -> None:
    tenancy = given(office)
    office.set_clock(datetime(2027, 2, 15, 9, tzinfo=UTC))
    refuse(office, f"{tenancy}/notice/protest", {"protested_on": "2027-02-13"}, 409, "protest_too_late")


def test_LL8_without_a_notice_there_is_nothing_to_protest(office: Office) -> None:
    refuse(office, f"{terminable(office)}/notice/protest", {"protested_on": "2027-01-12"}, 409, "no_notice")


def test_LL8_a_protested_notice_is_brought_before_somebody_in_time(office: Office) -> None:
    action = {"venue": "husleietvistutvalget", "brought_on": "2027-01-12"}
    answer = office.saksbehandler.do(f"{protested(office)}/notice/action", action)
    assert answer["action_by"] == "2027-05-12"
    tenancy = protested(office)
    office.set_clock(datetime(2027, 5, 13, 9, tzinfo=UTC))
    late = {"venue": "court", "brought_on": "2027-05-13"}
    refuse(office, f"{tenancy}/notice/action", late, 409, "action_too_late")


def test_LL9_the_social_services_are_warned_after_the_tenant_could_say_no(office: Office) -> None:
    tenancy, _ = let(office)
    warning = f"/tenancies/{tenancy}/eviction-warning"
    assert office.saksbehandler.do(warning, WARNING)["opt_out_by"] == "2027-01-26"
    refuse(office, f"{warning}/passing-on", None, 409, "opt_out_still_runs")
    office.set_clock(datetime(2027, 1, 27, 9, tzinfo=UTC))
    assert office.saksbehandler.do(f"{warning}/passing-on")["warned_on"] == "2027-01-27"


def test_LL9_a_tenant_who_says_no_keeps_the_social_services_out(office: Office) -> None:
    tenancy, _ = let(office)
    warning = f"/tenancies/{tenancy}/eviction-warning"
    refuse(office, f"{warning}/opt-out", {"opted_out_on": "2027-01-12"}, 409, "no_eviction_warning")
    office.saksbehandler.do(warning, WARNING)
    office.saksbehandler.do(f"{warning}/opt-out", {"opted_out_on": "2027-01-12"})
    office.set_clock(datetime(2027, 3, 1, 9, tzinfo=UTC))
    refuse(office, f"{warning}/passing-on", None, 409, "eviction_opted_out")


def test_LL9_a_warning_without_a_copy_to_the_tenant_is_refused(office: Office) -> None:
    tenancy, _ = let(office)
    body = {**WARNING, "tenant_has_copy": False}
    refuse(office, f"/tenancies/{tenancy}/eviction-warning", body, 409, "eviction_copy_missing")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("notice", NOTICE),
        ("notice/protest", {"protested_on": "2027-01-12"}),
        ("notice/action", {"venue": "court", "brought_on": "2027-01-12"}),
        ("tenants-notice", {"received_on": "2027-01-12"}),
        ("eviction-warning", WARNING),
        ("eviction-warning/opt-out", {"opted_out_on": "2027-01-12"}),
        ("eviction-warning/passing-on", None),
        ("household-changes", {"change": "break_up", "changed_on": "2027-01-12", "who": "Ektefellen."}),
        ("takeover", {"claimant": "Ektefellen.", "claimed_on": "2027-01-12"}),
        ("takeover/acceptance", None),
        ("takeover/refusal", {"reasons": "Bodde ikke der."}),
    ],
)
def test_D4_only_who_handles_the_tenants_case_ends_the_tenancy(office: Office, path: str, body: Any) -> None:
    tenancy = terminable(office)
    assert_refused(office, office.caller("nav"), f"{tenancy}/{path}", body, status=404, code="not_found")
