"""The same request twice, or the same person: noticed, and closed into one (LH4, M01, M20)."""

from typing import Any
from uuid import UUID

import pytest

from domain.actors import Role
from domain.cases.application import Application
from domain.decisions.vedtak_rules import Outcome
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import WaitingListEntry, waiting_list_entry_id
from tests.api.decision_givens import applied, concluded, issued
from tests.api.givens import assert_refused, stored, tenancy_of
from tests.api.office import Caller, Office, synthetic_identity_number
from tests.api.test_ways_in import deadlines

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


@pytest.fixture
def applicant() -> dict[str, Any]:
    return {"name": "Prøve Eksempelsen", "identity_number": synthetic_identity_number()}


def register(caller: Caller, office: Office, applicant: dict[str, Any], *kinds: str, **changes: Any) -> dict[str, Any]:
    body = office.application(applicant=applicant, kinds=list(kinds or ("dwelling",)), **changes)
    return caller.do("/applications", body)


def possible(office: Office, case: str, caller: Caller | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (caller or office.saksbehandler).get(f"/cases/{case}/possible-duplicates").json()
    return rows


def test_LH4_the_first_application_resembles_nothing(office: Office, applicant: dict[str, Any]) -> None:
    assert register(office.saksbehandler, office, applicant)["similar"] == []


def test_LH4_a_second_application_for_the_same_names_the_first(office: Office, applicant: dict[str, Any]) -> None:
    first = register(office.saksbehandler, office, applicant, "dwelling", "assistance")
    second = register(office.saksbehandler, office, applicant)
    (similar,) = second["similar"]
    assert (similar["case"], similar["application"]) == (first["case"], first["application"])
    assert (similar["kinds"], similar["because"]) == (["dwelling", "assistance"], "same_kind_unanswered")


def test_LH4_an_open_case_is_named_though_it_is_about_something_else(office: Office, applicant: dict[str, Any]) -> None:
    first = register(office.saksbehandler, office, applicant)
    second = register(office.saksbehandler, office, applicant, "assistance")
    (similar,) = second["similar"]
    assert (similar["case"], similar["application"], similar["because"]) == (first["case"], None, "open_case")


def test_LH4_a_closed_case_and_a_withdrawn_application_resemble_nothing(
    office: Office, applicant: dict[str, Any]
) -> None:
    first = register(office.saksbehandler, office, applicant)
    office.saksbehandler.do(f"/applications/{first['application']}/withdrawal")
    office.saksbehandler.do(f"/cases/{first['case']}/closing", {"reason": "withdrawn"})
    assert register(office.saksbehandler, office, applicant)["similar"] == []


def test_LH4_somebody_elses_application_resembles_nothing(office: Office, applicant: dict[str, Any]) -> None:
    applied(office)
    assert register(office.saksbehandler, office, applicant)["similar"] == []


def test_D4_a_saksbehandler_learns_that_a_colleague_has_a_case_and_no_more(
    office: Office, applicant: dict[str, Any]
) -> None:
    first = register(office.saksbehandler, office, applicant)
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    second = register(colleague, office, applicant)
    assert [similar["case"] for similar in second["similar"]] == [first["case"]]
    assert [row["similar_case"] for row in possible(office, second["case"], colleague)] == [first["case"]]
    assert colleague.get(f"/cases/{first['case']}").status_code == 403


def test_D4_the_digital_form_learns_nothing_of_other_cases(office: Office, applicant: dict[str, Any]) -> None:
    register(office.saksbehandler, office, applicant)
    form = office.caller("service_og_tildeling", Role.MACHINE, scopes=frozenset({"receive_application"}))
    assert register(form, office, applicant)["similar"] == []


def test_M20_care_housing_is_named_at_service_og_tildeling_only(office: Office, applicant: dict[str, Any]) -> None:
    care = register(office.saksbehandler, office, applicant, "care_housing")
    again = register(office.saksbehandler, office, applicant, "care_housing")
    assert [similar["case"] for similar in again["similar"]] == [care["case"]]
    assert register(office.saksbehandler, office, applicant)["similar"] == []


def test_D4_who_only_submitted_the_case_does_not_learn_of_duplicates(office: Office, applicant: dict[str, Any]) -> None:
    register(office.saksbehandler, office, applicant)
    nav = office.caller("nav")
    case = nav.do("/submissions", {"person": applicant, "why": "Trenger hjelp."})["case"]
    assert nav.get(f"/cases/{case}/possible-duplicates").status_code == 404


def test_B01_looking_for_duplicates_stands_in_the_access_log(office: Office, applicant: dict[str, Any]) -> None:
    first = register(office.saksbehandler, office, applicant)
    second = register(office.saksbehandler, office, applicant)
    assert len(possible(office, second["case"])) == 1
    listed = office.disclosures("ListViewed")[-1]
    assert {str(case) for case in listed.cases} == {first["case"]}


def test_LH4_the_earliest_received_date_counts_for_deadlines(office: Office, applicant: dict[str, Any]) -> None:
    early = register(office.saksbehandler, office, applicant, received_on="2027-01-04")
    late = register(office.saksbehandler, office, applicant)
    path = f"/applications/{early['application']}/duplicate"
    answer = office.saksbehandler.do(path, {"duplicate_of": late["application"]})
    assert (answer["closed"], answer["counts_from"]) == (True, "2027-01-04")
    assert deadlines(office, early["case"]) == set()
    assert {day for _, day in deadlines(office, late["case"])} == {"2027-02-04"}
    assert str(stored(office, Application, early["application"]).received_on) == "2027-01-04"


def test_LH4_the_earliest_received_date_counts_on_the_waiting_list(office: Office, applicant: dict[str, Any]) -> None:
    early = register(office.saksbehandler, office, applicant, received_on="2027-01-04")
    late = applied(office, applicant=applicant)
    office.saksbehandler.do(f"/applications/{early['application']}/duplicate", {"duplicate_of": late.application})
    vedtak = issued(office, late, concluded(office, late, dwelling=Outcome.GRANT), "dwelling")["vedtak"]
    entry = stored(office, WaitingListEntry, str(waiting_list_entry_id(UUID(vedtak))))
    assert (str(entry.registered_on), str(entry.effective_from)) == ("2027-01-04", "2027-01-04")


def test_LH4_what_an_interim_reply_promised_stands(office: Office, applicant: dict[str, Any]) -> None:
    early = register(office.saksbehandler, office, applicant, received_on="2027-01-04")
    late = register(office.saksbehandler, office, applicant)
    promised = {"reason": "waiting_for_information", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"/applications/{late['application']}/interim-reply", promised)
    path = f"/applications/{early['application']}/duplicate"
    office.saksbehandler.do(path, {"duplicate_of": late["application"]})
    assert "2027-03-01" in {day for kind, day in deadlines(office, late["case"]) if kind == "vedtak_outstanding"}


def test_M18_a_second_application_to_extend_is_taken_in_and_can_take_the_firsts_place(office: Office) -> None:
    tenant = applied(office)
    tenancy = tenancy_of(office, tenant.case, tenant.person)
    first, second = (applied(office, "extension", tenancy=tenancy, applicant={"name": "N. N."}) for _ in range(2))
    assert first.case == second.case
    assert str(stored(office, Tenancy, tenancy).applied_for) == first.application
    office.saksbehandler.do(f"/applications/{first.application}/duplicate", {"duplicate_of": second.application})
    assert str(stored(office, Tenancy, tenancy).applied_for) == second.application


@pytest.mark.parametrize(
    ("kinds", "code"),
    [(("assistance",), "duplicate_leaves_unanswered"), ((), "not_a_duplicate")],
    ids=["less", "itself"],
)
def test_LH4_a_duplicate_that_would_leave_something_unanswered_is_refused(
    office: Office, applicant: dict[str, Any], kinds: tuple[str, ...], code: str
) -> None:
    first = register(office.saksbehandler, office, applicant, "dwelling", "assistance")
    other = register(office.saksbehandler, office, applicant, *kinds) if kinds else first
    path = f"/applications/{first['application']}/duplicate"
    assert_refused(office, office.saksbehandler, path, {"duplicate_of": other["application"]}, status=409, code=code)


def test_LH4_somebody_elses_application_is_no_duplicate(office: Office) -> None:
    one, other = applied(office), applied(office)
    path = f"/applications/{one.application}/duplicate"
    body = {"duplicate_of": other.application}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="not_a_duplicate")


def test_D4_a_colleagues_application_takes_over_nothing_unasked(office: Office, applicant: dict[str, Any]) -> None:
    first = register(office.saksbehandler, office, applicant)
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    second = register(colleague, office, applicant)
    path = f"/applications/{second['application']}/duplicate"
    assert_refused(office, colleague, path, {"duplicate_of": first["application"]}, status=403, code="not_allowed")


def test_M01_somebody_who_called_without_a_number_is_found_again(office: Office, applicant: dict[str, Any]) -> None:
    call = register(office.saksbehandler, office, {"name": "Prøve Eksempelsen"}, way_in="telephone")
    form = register(office.saksbehandler, office, applicant)
    assert form["similar"] == []
    path = f"/cases/{call['case']}/identification"
    answer = office.saksbehandler.do(path, {"identity_number": applicant["identity_number"]})
    assert answer["same_as"] == form["person"]
    assert [row["similar_application"] for row in possible(office, form["case"])] == [call["application"]]
    office.saksbehandler.do(f"/applications/{form['application']}/duplicate", {"duplicate_of": call["application"]})


def test_M01_a_number_that_is_nobodys_yet_is_the_callers_own(office: Office, applicant: dict[str, Any]) -> None:
    call = register(office.saksbehandler, office, {"name": "Prøve Eksempelsen"}, way_in="telephone")
    path, body = f"/cases/{call['case']}/identification", {"identity_number": applicant["identity_number"]}
    assert office.saksbehandler.do(path, body)["same_as"] is None
    assert register(office.saksbehandler, office, applicant)["person"] == call["person"]
    assert_refused(office, office.saksbehandler, path, body, status=409, code="identity_known")


def test_M01_a_wrong_number_identifies_nobody(office: Office) -> None:
    call = register(office.saksbehandler, office, {"name": "Prøve Eksempelsen"}, way_in="telephone")
    path, body = f"/cases/{call['case']}/identification", {"identity_number": "12345678901"}
    assert_refused(office, office.saksbehandler, path, body, status=422, code="identity_number_malformed")
