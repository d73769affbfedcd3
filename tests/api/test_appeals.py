"""Appeals over HTTP, as the municipality handles them: late or in time, kept or reversed, dismissed, taken back."""

from uuid import UUID

import pytest

from domain.actors import Role
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.vedtak_rules import Outcome
from tests.api.appeal_givens import (
    AFTER_TWO_WEEKS,
    LAST_DAY,
    TODAY,
    appeal_body,
    granted_assistance,
    received,
    refused_dwelling,
    upheld,
)
from tests.api.decision_givens import applied, concluded, drafted, inhabil_in, issued, refused
from tests.api.givens import assert_refused, employee
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

LATE = AFTER_TWO_WEEKS.replace(month=2, day=3)
DAY_AFTER = "2027-02-03"


def stored(office: Office, appeal: str) -> Appeal:
    return office.installation.case_log.load(Appeal, UUID(appeal))


def late(office: Office) -> str:
    """An appeal on the day after the last one."""
    vedtak = granted_assistance(office)
    office.set_clock(LATE)
    return received(office, vedtak, DAY_AFTER)


def test_LK3_an_appeal_is_received_for_the_vedtaks_own_body(office: Office) -> None:
    answer = office.saksbehandler.do(f"/vedtak/{refused_dwelling(office)}/appeals", appeal_body())
    assert (answer["state"], answer["appeal_body"], answer["late"]) == ("received", "klagenemnd", False)


def test_LK3_an_appeal_after_the_last_day_is_found_late(office: Office) -> None:
    assert stored(office, late(office)).late


def test_LK3_a_letter_posted_in_time_is_in_time(office: Office) -> None:
    vedtak = granted_assistance(office)
    office.set_clock(LATE)
    assert not stored(office, received(office, vedtak, DAY_AFTER, posted_on=LAST_DAY)).late


def test_LK3_an_appeal_before_the_party_is_told_is_in_time(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    assert not stored(office, received(office, vedtak, "2027-01-12")).late


def test_LK6_a_party_has_one_open_appeal_on_a_vedtak(office: Office) -> None:
    vedtak = granted_assistance(office)
    first = received(office, vedtak)
    assert_refused(
        office, office.saksbehandler, f"/vedtak/{vedtak}/appeals", appeal_body(), status=409, code="appeal_open"
    )
    office.saksbehandler.do(f"/appeals/{first}/withdrawal", {"received_on": TODAY})
    assert received(office, vedtak) != first


def test_LK1_a_draft_cannot_be_appealed(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    path = f"/vedtak/{vedtak}/appeals"
    assert_refused(
        office, office.saksbehandler, path, appeal_body("2027-01-12"), status=409, code="vedtak_not_open_to_appeal"
    )


@pytest.mark.parametrize(("day", "code"), [("2027-01-11", "day_too_early"), ("2027-01-27", "day_not_yet_come")])
def test_LK3_an_appeal_comes_after_the_vedtak_and_not_tomorrow(office: Office, day: str, code: str) -> None:
    path = f"/vedtak/{granted_assistance(office)}/appeals"
    assert_refused(office, office.saksbehandler, path, appeal_body(day), status=422, code=code)


def test_LK4_a_late_appeal_is_tried_for_special_reasons(office: Office) -> None:
    appeal = late(office)
    assert_refused(
        office, office.saksbehandler, f"/appeals/{appeal}/upholding", {"statement": "Nei."}, status=409,
        code="appeal_is_late",
    )  # fmt: skip
    body = {"ground": "special_reasons", "because": "Saken gjelder et barn."}
    assert office.saksbehandler.do(f"/appeals/{appeal}/acceptance", body)["state"] == "received"


def test_LK4_a_late_appeal_more_than_a_year_after_the_vedtak_is_dismissed(office: Office) -> None:
    vedtak = granted_assistance(office)
    office.set_clock(AFTER_TWO_WEEKS.replace(year=2028))
    appeal = received(office, vedtak, "2028-01-26")
    body = {"ground": "no_fault", "because": "Klageren har vært syk."}
    assert_refused(
        office, office.saksbehandler, f"/appeals/{appeal}/acceptance", body, status=409, code="appeal_hard_stop"
    )
    dismissal = {"ground": "too_late", "because": "Mer enn ett år er gått.", "told_on": "2028-01-26"}
    answer = office.saksbehandler.do(f"/appeals/{appeal}/dismissal", dismissal)
    assert (answer["state"], answer["appeal_deadline"]) == ("dismissed", "2028-02-16")


def test_LK4_an_appeal_in_time_is_not_dismissed_as_late(office: Office) -> None:
    appeal = received(office, granted_assistance(office))
    body = {"ground": "too_late", "because": "For sent.", "told_on": TODAY}
    assert_refused(
        office, office.saksbehandler, f"/appeals/{appeal}/dismissal", body, status=409, code="appeal_not_late"
    )


def test_B14_there_is_no_ground_to_dismiss_because_others_are_unknown(office: Office) -> None:
    appeal = received(office, refused_dwelling(office))
    body = {"ground": "other_applicants_unknown", "because": "Vi kjenner ikke de andre.", "told_on": TODAY}
    assert_refused(office, office.saksbehandler, f"/appeals/{appeal}/dismissal", body, status=422, code="invalid_input")


def test_LK6_what_is_investigated_and_stated_is_read_through_the_gate(office: Office) -> None:
    appeal = received(office, granted_assistance(office))
    office.saksbehandler.do(f"/appeals/{appeal}/investigation", {"note": "Utleieren bekrefter oppsigelsen."})
    upheld(office, appeal)
    view = office.saksbehandler.get(f"/appeals/{appeal}").json()
    assert (view["grounds"], view["investigation"]) == (
        ["Jeg har ventet i to år."],
        ["Utleieren bekrefter oppsigelsen."],
    )
    assert (view["statement"], view["copied"]) == ("Vi ser ikke grunn til å endre vedtaket.", True)
    assert office.disclosures("Viewed")[-1].purpose == "appeal"


def test_LK6_the_municipality_reverses_by_a_new_vedtak_that_grants(office: Office) -> None:
    about = applied(office, "dwelling")
    old = refused_dwelling(office, about)
    appeal = received(office, old)
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    path = f"/appeals/{appeal}/reversal"
    new = drafted(office, about, conclusion, "dwelling", replaces=old)
    assert_refused(office, office.saksbehandler, path, {"vedtak": new}, status=409, code="not_the_replacement")
    office.saksbehandler.do(f"/vedtak/{new}/issue", {"replaced_because": "Klagen fører fram."})
    assert office.saksbehandler.do(path, {"vedtak": new})["state"] == "reversed"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("upholding", {"statement": "Vi ser ikke grunn til å endre."}),
        ("dismissal", {"ground": "no_right_to_appeal", "because": "Klageren er ikke part.", "told_on": TODAY}),
    ],
)
def test_LI2_who_is_below_an_inhabil_leader_does_not_answer_the_appeal(
    office: Office, path: str, body: dict[str, str]
) -> None:
    about = applied(office, "dwelling")
    appeal = received(office, refused_dwelling(office, about))
    inhabil_in(office, about.case, employee(office, "service_og_tildeling", Role.LEADER))
    assert_refused(office, office.saksbehandler, f"/appeals/{appeal}/{path}", body, status=403, code="leader_inhabil")


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.EMPLOYEE])
def test_LK6_no_other_role_handles_an_appeal(office: Office, role: Role) -> None:
    appeal = received(office, granted_assistance(office))
    somebody = office.caller("service_og_tildeling", role)
    assert refused(somebody.post(f"/appeals/{appeal}/upholding", {"statement": "Nei."}))[0] in (403, 404)


def test_D7_an_appeal_is_handled_on_the_version_that_was_read(office: Office) -> None:
    appeal = received(office, granted_assistance(office))
    response = office.saksbehandler.post(
        f"/appeals/{appeal}/withdrawal", {"received_on": TODAY}, If_Match='"00000000000000000000000000000000"'
    )
    assert refused(response) == (412, "stale_version")


def test_LK8_a_dismissal_is_not_taken_further_while_a_new_appeal_is_open(office: Office) -> None:
    vedtak = granted_assistance(office)
    first = received(office, vedtak)
    dismissal = {"ground": "no_right_to_appeal", "because": "Klageren er ikke part.", "told_on": TODAY}
    office.saksbehandler.do(f"/appeals/{first}/dismissal", dismissal)
    received(office, vedtak)
    path, body = f"/appeals/{first}/dismissal-appeal", {"received_on": TODAY, "grounds": "Jeg er part."}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="appeal_open")
