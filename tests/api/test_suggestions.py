"""What by rule belongs on an agenda and is on none, and what each still lacks (M04, M10, M14, M16–M20)."""

from typing import Any

import pytest

from domain.housing.tenancy import Tenancy
from tests.api import decision_givens, givens
from tests.api.decision_givens import vacant
from tests.api.office import Caller, Office


@pytest.fixture
def meeting(office: Office) -> str:
    return givens.called_group(office).meetings[0]


def suggested(office: Office, meeting: str, caller: Caller | None = None) -> list[dict[str, Any]]:
    response = (caller or office.saksbehandler).get(f"/meetings/{meeting}/suggestions")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["suggestions"]
    return found


def lacks(suggestion: dict[str, Any]) -> list[str]:
    return [blocker["code"] for blocker in suggestion["blocked"]]


def put_on(office: Office, meeting: str, suggestion: dict[str, Any]) -> Any:
    """Put a suggestion on the agenda as it stands."""
    body = {name: suggestion[name] for name in ("matter", "case", "tenancy", "allocation")}
    return office.saksbehandler.post(f"/meetings/{meeting}/agenda-items", body)


def test_M10_a_new_case_is_suggested_with_everything_it_lacks(office: Office, meeting: str) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    (found,) = suggested(office, meeting)
    assert (found["matter"], found["rule"], found["case"]) == ("new_case", "M10", case)
    assert found["name"] == "Prøve Eksempelsen"
    assert lacks(found) == ["pre_assessment_missing", "consent_missing"]
    assert all(blocker["missing"] and blocker["next_step"] for blocker in found["blocked"])
    assert put_on(office, meeting, found).json()["type"] == "/problems/pre_assessment_missing"


def test_M10_a_case_that_is_ready_is_suggested_until_it_is_on_an_agenda(office: Office, meeting: str) -> None:
    givens.case_ready_for_meeting(office)
    (found,) = suggested(office, meeting)
    assert lacks(found) == []
    assert put_on(office, meeting, found).status_code == 201
    assert suggested(office, meeting) == []


def test_M09_a_consent_that_ends_before_the_meeting_is_missing_on_its_day(office: Office, meeting: str) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    body = {"scopes": [{"unit": "nav"}], "given_on": givens.SINCE, "expires_on": "2027-01-11", "channel": "form"}
    office.saksbehandler.do(f"/cases/{case}/consent", body)
    givens.pre_assessment(office, case)
    (found,) = suggested(office, meeting)
    assert lacks(found) == ["consent_missing"]


@pytest.mark.parametrize("unit", ["nav", "botjenesten"])
def test_M04_what_a_participant_has_submitted_is_suggested(office: Office, meeting: str, unit: str) -> None:
    person = {"name": "Prøve Innmeldt", "identity_number": office.application()["applicant"]["identity_number"]}
    office.caller(unit).do("/submissions", {"person": person, "why": "Trenger hjelp."})
    found = suggested(office, meeting)
    assert [(each["matter"], each["rule"]) for each in found] == [("submitted", "M04")]


def test_M20_care_housing_is_never_suggested(office: Office, meeting: str) -> None:
    office.saksbehandler.do("/applications", office.application(kinds=["care_housing"]))
    assert suggested(office, meeting) == []


def test_M13_a_case_decided_without_the_group_is_not_suggested(office: Office, meeting: str) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    office.saksbehandler.do(f"/cases/{case}/decision-without-group", {"ground": "consent_missing"})
    assert suggested(office, meeting) == []


def a_lease(office: Office, **changes: Any) -> tuple[str, str]:
    """A lease that ends on 30 June 2027, and the tenant's case, which is decided."""
    about = office.saksbehandler.do("/applications", office.application())
    office.saksbehandler.do(f"/cases/{about['case']}/decision-without-group", {"ground": "consent_missing"})
    return givens.tenancy_of(office, about["case"], about["person"], **changes), about["case"]


def test_M18_a_lease_that_ends_within_six_months_is_suggested_without_consent_too(office: Office, meeting: str) -> None:
    tenancy, _ = a_lease(office)
    (found,) = suggested(office, meeting)
    assert (found["matter"], found["rule"], found["tenancy"]) == ("lease_ending", "M18", tenancy)
    assert (found["restricted"], lacks(found)) == (True, [])
    assert put_on(office, meeting, found).status_code == 201
    assert suggested(office, meeting) == []


def test_M19_an_extension_that_is_applied_for_is_suggested_and_needs_consent(office: Office, meeting: str) -> None:
    tenancy, case = a_lease(office)
    stored: Tenancy = givens.stored(office, Tenancy, tenancy)
    by, at = givens.by(office.saksbehandler), office.installation.clock.now()
    stored.apply_for_extension(case=stored.case, application=stored.case, by=by, at=at)
    office.installation.case_log.append(stored)
    (found,) = suggested(office, meeting)
    assert (found["matter"], found["rule"], lacks(found)) == ("extension", "M19", ["consent_missing"])
    givens.consent(office, case)
    (found,) = suggested(office, meeting)
    assert put_on(office, meeting, found).status_code == 201


def test_M16_a_challenge_in_a_tenancy_is_suggested(office: Office, meeting: str) -> None:
    tenancy, _ = a_lease(office)
    office.saksbehandler.do(f"/tenancies/{tenancy}/challenges", {"kind": "tenancy", "text": "Klager på støy."})
    found = [each for each in suggested(office, meeting) if each["rule"] == "M16"]
    assert [(each["matter"], each["tenancy"], lacks(each)) for each in found] == [
        ("tenancy_challenge", tenancy, ["consent_missing"])
    ]


def test_M17_a_challenge_in_giving_granted_help_is_suggested(office: Office, meeting: str) -> None:
    about = decision_givens.applied(office, "assistance")
    conclusion = decision_givens.concluded(office, about)
    vedtak = decision_givens.drafted(office, about, conclusion, "assistance")
    office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {})
    office.saksbehandler.do(f"/vedtak/{vedtak}/challenges", {"text": "Får ikke gjennomført besøkene."})
    (found,) = suggested(office, meeting)
    assert (found["matter"], found["rule"], lacks(found)) == ("assistance_challenge", "M17", ["consent_missing"])


def test_M14_a_vacancy_is_suggested_once_its_order_is_computed(office: Office, meeting: str) -> None:
    allocation = office.saksbehandler.do("/allocations", {"dwelling": vacant(office)})["allocation"]
    (found,) = suggested(office, meeting)
    assert (found["matter"], found["rule"], found["allocation"]) == ("vacancy", "M14", allocation)
    assert lacks(found) == ["nothing_computed"]
    office.carry_forward()
    office.saksbehandler.do(f"/allocations/{allocation}/computed-order")
    (found,) = suggested(office, meeting)
    assert lacks(found) == []
    assert put_on(office, meeting, found).status_code == 201
    assert suggested(office, meeting) == []


def test_D4_a_colleagues_case_is_suggested_without_saying_whose_it_is(office: Office, meeting: str) -> None:
    office.saksbehandler.do("/applications", office.application())
    colleague = givens.employee(office, office.saksbehandler.actor.unit, office.saksbehandler.actor.role)
    (found,) = suggested(office, meeting, colleague)
    assert (found["name"], found["person"]) == (None, None)


def test_D4_suggestions_are_for_service_og_tildeling(office: Office, meeting: str) -> None:
    response = office.caller("nav").get(f"/meetings/{meeting}/suggestions")
    assert response.json()["type"] == "/problems/saksbehandler_only"
