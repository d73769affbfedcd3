"""Applications over HTTP."""

from uuid import uuid4

from domain.actors import Role
from tests.api.office import Office


def test_LR1_an_application_opens_a_case_with_a_reference(office: Office) -> None:
    answer = office.saksbehandler.do("/applications", office.application())
    assert answer["reference"] == answer["application"].replace("-", "")[:8]


def test_LR1_a_telephone_call_counts_as_an_application(office: Office) -> None:
    answer = office.saksbehandler.do("/applications", office.application(way_in="telephone"))
    assert answer["case"]


def test_M01_the_same_identity_number_is_the_same_person(office: Office) -> None:
    body = office.application()
    first = office.saksbehandler.do("/applications", body)
    second = office.saksbehandler.do("/applications", body)
    assert first["person"] == second["person"]
    assert first["case"] != second["case"]


def test_D7_the_same_request_again_gives_the_same_answer_and_stores_nothing(office: Office) -> None:
    body = office.application()
    first = office.saksbehandler.post("/applications", body, key="once")
    head = office.installation.case_log.head()
    again = office.saksbehandler.post("/applications", body, key="once")
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert office.installation.case_log.head() == head


def test_D7_the_same_key_with_another_body_is_refused(office: Office) -> None:
    office.saksbehandler.do("/applications", office.application(), key="once")
    response = office.saksbehandler.post("/applications", office.application(), key="once")
    assert (response.status_code, response.json()["type"]) == (422, "/problems/idempotency_key_reused")


def test_M20_care_housing_is_applied_for_on_its_own(office: Office) -> None:
    saksbehandler, head = office.saksbehandler, office.installation.case_log.head()
    response = saksbehandler.post("/applications", office.application(kinds=["care_housing", "dwelling"]))
    assert (response.status_code, response.json()["rule"]) == (409, "M20")
    assert office.installation.case_log.head() == head


def test_M13_only_the_saksbehandler_registers_applications(office: Office) -> None:
    response = office.caller("nav").post("/applications", office.application())
    assert (response.status_code, response.json()["type"]) == (403, "/problems/saksbehandler_only")


def test_C06_the_digital_form_registers_applications_as_a_machine(office: Office) -> None:
    form = office.caller("service_og_tildeling", Role.MACHINE, scopes=frozenset({"receive_application"}))
    assert form.do("/applications", office.application())["application"]


def test_R08_a_machine_does_nothing_that_its_scopes_do_not_name(office: Office) -> None:
    form = office.caller("service_og_tildeling", Role.MACHINE, scopes=frozenset({"list_cases"}))
    head = office.installation.case_log.head()
    response = form.post("/applications", office.application())
    assert (response.status_code, response.json()["type"]) == (403, "/problems/scope_missing")
    assert response.json()["codes"] == ["receive_application"]
    assert office.installation.case_log.head() == head


def test_R12_a_wrong_check_digit_is_named_and_not_repeated(office: Office) -> None:
    body = office.application()
    number = body["applicant"]["identity_number"]
    body["applicant"]["identity_number"] = number[:-1] + str((int(number[-1]) + 1) % 10)
    response = office.saksbehandler.post("/applications", body)
    assert response.status_code in (409, 422)
    assert body["applicant"]["identity_number"] not in response.text


def test_D4_a_case_that_does_not_exist_is_refused_as_one_that_does(office: Office) -> None:
    stranger = office.caller("nav")
    case = office.saksbehandler.do("/applications", office.application())["case"]
    real, unreal = (stranger.post(f"/cases/{id}/consent/withdrawal") for id in (case, uuid4()))
    assert real.status_code == unreal.status_code == 404
    assert {**real.json(), "instance": ""} == {**unreal.json(), "instance": ""}
    assert len(office.disclosures("Refused")) == 2
