"""Bad input, kind by kind: an answer that says what is wrong and what to do next, and not one event (R12)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from tests.api.office import Office, synthetic_identity_number

PROBLEM = "application/problem+json"


@contextmanager
def nothing_stored(office: Office, *, refused_access: int = 0) -> Iterator[None]:
    """The case log stands still meanwhile; the disclosure log gets as many lines as access was refused."""
    case_log, disclosure_log = office.installation.case_log, office.installation.disclosure_log
    before = case_log.head(), disclosure_log.head() + refused_access
    yield
    assert (case_log.head(), disclosure_log.head()) == before
    assert len(office.disclosures("Refused")) == refused_access


def assert_problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """`response` is that problem, and tells a person what is wrong and what to do next."""
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["type"]) == (status, f"/problems/{code}"), response.text
    assert response.headers["Content-Type"] == PROBLEM
    assert problem["status"] == status
    for words in (problem["title"], problem["detail"], problem["next_step"]):
        assert words.endswith((".", ")")), words
    return problem


def fields(problem: dict[str, Any]) -> set[str]:
    """Which fields a problem says are wrong; it says of each what."""
    assert all(error["message"].endswith(".") for error in problem["errors"])
    return {error["pointer"] for error in problem["errors"]}


def send_raw(office: Office, content: bytes, content_type: str = "application/json") -> Response:
    """Send these very bytes as an application."""
    headers = {
        "Authorization": f"Bearer {office.saksbehandler.token}",
        "Idempotency-Key": str(uuid4()),
        "Content-Type": content_type,
    }
    return office.client.post("/api/v1/applications", content=content, headers=headers)


MALFORMED = {
    "cut off": b'{"kinds": ["dwelling"',
    "not JSON": b"kinds=dwelling",
    "not UTF-8": '{"reason": "Mistet huset på øya"}'.encode("latin-1"),
    "NaN": b'{"years_in_municipality": NaN}',
    "a name twice": b'{"reason": "a", "reason": "b"}',
    "half a character": b'{"reason": "\\ud83d"}',
    "NUL": b'{"reason": "a\\u0000b"}',
    "too deep": b"[" * 5000 + b"]" * 5000,
    "a number without end": b'{"years_in_municipality": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_R12_malformed_json_is_refused(kind: str, office: Office) -> None:
    with nothing_stored(office):
        assert_problem(send_raw(office, MALFORMED[kind]), 422, "invalid_input")


def test_R12_another_media_type_is_refused(office: Office) -> None:
    with nothing_stored(office):
        assert_problem(send_raw(office, b"<application/>", "text/xml"), 415, "unsupported_media")


def test_R12_an_empty_body_is_refused(office: Office) -> None:
    with nothing_stored(office):
        problem = assert_problem(send_raw(office, b""), 422, "invalid_input")
    assert problem["detail"].endswith("Forespørselen mangler innhold.")


@pytest.mark.parametrize("name", ["applicant", "kinds", "received_on", "reason"])
def test_R12_a_missing_field_is_named(name: str, office: Office) -> None:
    body = office.application()
    del body[name]

    with nothing_stored(office):
        problem = assert_problem(office.saksbehandler.post("/applications", body), 422, "invalid_input")

    assert fields(problem) == {f"/{name}"}


def test_R12_a_field_nobody_knows_is_refused_without_repeating_its_name(office: Office) -> None:
    body = office.application(**{"Prøve Hemmelig": "Testveien 1"})

    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", body)

    assert_problem(response, 422, "invalid_input")
    assert "Hemmelig" not in response.text


def test_R12_an_oversized_body_is_refused(office: Office) -> None:
    body = office.application(reason="a" * (office.settings.max_body_bytes + 1))

    with nothing_stored(office):
        assert_problem(office.saksbehandler.post("/applications", body), 413, "too_large")


def test_R12_an_oversized_text_is_named(office: Office) -> None:
    body = office.application(reason="a" * 20_001)

    with nothing_stored(office):
        problem = assert_problem(office.saksbehandler.post("/applications", body), 422, "invalid_input")

    assert fields(problem) == {"/reason"}


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\u00ad\n"])
def test_R12_a_text_without_a_visible_character_is_refused(blank: str, office: Office) -> None:
    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", office.application(reason=blank))

    assert response.json()["type"] in ("/problems/invalid_input", "/problems/blank_text")
    assert response.status_code == 422


WRONG_TYPES: dict[str, tuple[Any, str]] = {
    "text for a number": ({"years_in_municipality": "mange"}, "/years_in_municipality"),
    "a number for a text": ({"reason": 17}, "/reason"),
    "text for a list": ({"kinds": "dwelling"}, "/kinds"),
    "a list for an object": ({"household": []}, "/household"),
    "null for what must be there": ({"present_housing": None}, "/present_housing"),
    "a code that does not exist": ({"kinds": ["castle"]}, "/kinds/0"),
    "no UUID": ({"tenancy": "17"}, "/tenancy"),
    "a household without adults": ({"household": {"adults": 0}}, "/household/adults"),
    "a bad mail address": ({"applicant": {"name": "Prøve", "email": "a@b\nBcc: c@d"}}, "/applicant/email"),
}


@pytest.mark.parametrize("kind", WRONG_TYPES)
def test_R12_a_wrong_type_is_named(kind: str, office: Office) -> None:
    change, pointer = WRONG_TYPES[kind]

    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", office.application(**change))

    assert pointer in fields(assert_problem(response, 422, "invalid_input"))


@pytest.mark.parametrize(
    "date",
    ["2027-02-30", "2027-13-01", "0000-01-01", "9999-12-31", "1899-12-31", "yesterday", 20270112, "2027-01-12T23:30"],
)
def test_R12_an_impossible_date_is_named(date: object, office: Office) -> None:
    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", office.application(received_on=date))

    assert fields(assert_problem(response, 422, "invalid_input")) == {"/received_on"}


def test_R12_an_application_received_tomorrow_is_refused(office: Office) -> None:
    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", office.application(received_on="2199-01-01"))

    assert_problem(response, 409, "received_in_future")


WRONG_NUMBERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "a wrong check digit": (
        "identity_number_wrong_check_digit",
        lambda number: number[:-1] + str((int(number[-1]) + 1) % 10),
    ),
    "a digit short": ("identity_number_malformed", lambda number: number[:-1]),
    "a day that does not exist": ("identity_number_malformed", lambda number: "99" + number[2:]),
    "letters": ("identity_number_malformed", lambda number: number[:-1] + "A"),
    "digits of another script": ("identity_number_malformed", lambda number: number[:-1] + "٣"),
}


@pytest.mark.parametrize("kind", WRONG_NUMBERS)
def test_R12_a_wrong_identity_number_is_refused_and_never_repeated(kind: str, office: Office) -> None:
    code, spoil = WRONG_NUMBERS[kind]
    number = spoil(synthetic_identity_number())

    with nothing_stored(office):
        applicant = {"name": "Prøve Eksempelsen", "identity_number": number}
        response = office.saksbehandler.post("/applications", office.application(applicant=applicant))

    assert_problem(response, 422, code)
    assert number not in response.text


UNKNOWN = {
    "a case": "/cases/{id}/consent/withdrawal",
    "a case to be taken over": "/cases/{id}/responsibility",
    "the case of a pre-assessment": "/cases/{id}/pre-assessment/completion",
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_R12_D4_an_unknown_case_is_not_found_and_the_refusal_is_logged(kind: str, office: Office) -> None:
    body = {"responsible": str(uuid4())} if "taken over" in kind else None

    with nothing_stored(office, refused_access=1):
        response = office.saksbehandler.post(UNKNOWN[kind].format(id=uuid4()), body)

    assert_problem(response, 404, "not_found")


def test_R12_an_unknown_application_is_not_found(office: Office) -> None:
    with nothing_stored(office):
        assert_problem(office.saksbehandler.post(f"/applications/{uuid4()}/withdrawal"), 404, "not_found")


def test_R12_an_id_of_another_kind_is_not_found(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    with nothing_stored(office):
        assert_problem(office.saksbehandler.post(f"/applications/{case}/withdrawal"), 404, "not_found")


def test_R12_an_id_that_is_no_uuid_is_named(office: Office) -> None:
    with nothing_stored(office):
        response = office.saksbehandler.post("/cases/17/consent/refusal")

    assert fields(assert_problem(response, 422, "invalid_input")) == {"path/case"}


def test_R12_D4_a_stranger_is_refused_like_for_a_case_that_is_not_there_and_it_is_logged(office: Office) -> None:
    case, stranger = office.saksbehandler.do("/applications", office.application())["case"], office.caller("nav")

    with nothing_stored(office, refused_access=1):
        assert_problem(stranger.post(f"/cases/{case}/consent/refusal"), 404, "not_found")


def test_R12_an_address_that_does_not_exist_is_not_found(office: Office) -> None:
    with nothing_stored(office):
        assert_problem(office.saksbehandler.post("/castles"), 404, "not_found")


def test_R12_a_method_that_does_not_exist_is_refused(office: Office) -> None:
    with nothing_stored(office):
        headers = {"Authorization": f"Bearer {office.saksbehandler.token}"}
        response = office.client.delete("/api/v1/submissions", headers=headers)

    assert_problem(response, 405, "method_not_allowed")


def test_R12_D7_a_stale_version_is_refused(office: Office) -> None:
    answer = office.saksbehandler.post("/applications", office.application())
    case, stale = answer.json()["case"], answer.headers["ETag"]
    office.saksbehandler.do("/submissions", {"case": case, "why": "Trenger hjelp fra flere."})
    closing = {"reason": "help_completed"}

    with nothing_stored(office):
        response = office.saksbehandler.post(f"/cases/{case}/closing", closing, If_Match=stale)

    assert_problem(response, 412, "stale_version")


@pytest.mark.parametrize("tag", ['"never given out"', 'W/"abc"', "no quotes", ""])
def test_R12_D7_a_version_that_never_was_is_stale(tag: str, office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    with nothing_stored(office):
        response = office.saksbehandler.post(f"/cases/{case}/consent/refusal", If_Match=tag)

    assert_problem(response, 412, "stale_version")


def test_R12_D7_the_same_key_with_another_body_is_refused(office: Office) -> None:
    office.saksbehandler.do("/applications", office.application(), key="once")

    with nothing_stored(office):
        response = office.saksbehandler.post("/applications", office.application(), key="once")

    assert_problem(response, 422, "idempotency_key_reused")


def test_R12_D7_a_command_without_a_key_is_refused(office: Office) -> None:
    with nothing_stored(office):
        headers = {"Authorization": f"Bearer {office.saksbehandler.token}"}
        response = office.client.post("/api/v1/applications", json=office.application(), headers=headers)

    assert_problem(response, 428, "idempotency_key_missing")


def test_R12_a_command_on_a_case_in_the_wrong_state_is_refused(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    office.saksbehandler.do(f"/cases/{case}/consent/refusal")

    with nothing_stored(office):
        response = office.saksbehandler.post(f"/cases/{case}/consent/withdrawal")

    assert_problem(response, 409, response.json()["type"].removeprefix("/problems/"))


def test_R12_M10_a_pre_assessment_that_was_never_begun_cannot_be_completed(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    with nothing_stored(office):
        response = office.saksbehandler.post(f"/cases/{case}/pre-assessment/completion")

    assert_problem(response, 409, "pre_assessment_not_started")


@pytest.mark.parametrize("token", ["999999999999", "-1", "now", "1" * 39])
def test_R12_D10_a_freshness_that_no_command_answered_with_is_refused_at_once(token: str, office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    with nothing_stored(office):
        response = office.saksbehandler.get(f"/cases/{case}", **{"Husrom-At-Least": token})

    assert_problem(response, 422, "invalid_input")


def test_R12_a_refusal_names_each_field_that_is_missing(office: Office) -> None:
    response = office.saksbehandler.post(f"/waiting-list/{uuid4()}/effective-date", {})
    problem = assert_problem(response, 422, "invalid_input")
    assert problem["detail"].endswith("ikke gyldig. Feltet «effective_from» mangler. Feltet «because» mangler.")
    assert fields(problem) == {"/effective_from", "/because"}
