"""Who gives an identity number learns nothing from it: neither from what is answered nor from what it costs (M04, R08)."""

import re
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from domain.actors import Role
from tests.api import givens
from tests.api.office import Caller, Office, synthetic_identity_number
from tests.statements import counted, listen

listen()
pytestmark = pytest.mark.usefixtures("on_a_tuesday")

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
RANDOM = re.compile(r'"(etag|reference|submitted_at)":"(\\.|[^"\\])*"')
RANDOM_HEADERS = ("etag", "husrom-position", "date")
"""What differs from one answer to the next, whatever is asked."""

KNOWN = {"name": "Prøve Registrert", "address": "Registerveien 1, 0000 Eksempel", "email": "kjent@eksempel.invalid"}
AS_WRITTEN = {"name": "Prøve Skrevet", "phone": "900 00 101"}
CARE, DWELLING = ["care_housing"], ["dwelling"]


def nobody(_: Office, __: str) -> None:
    """The number is unknown."""


def applied(office: Office, number: str, kinds: list[str] = DWELLING) -> str:
    body = office.application(applicant={**KNOWN, "identity_number": number}, kinds=kinds)
    return str(office.saksbehandler.do("/applications", body)["case"])


def in_care_housing_only(office: Office, number: str) -> None:
    applied(office, number, CARE)


def in_both(office: Office, number: str) -> None:
    applied(office, number)
    applied(office, number, CARE)


def registered_twice(office: Office, number: str) -> None:
    """Once with the number, and once without before it was given."""
    case = office.saksbehandler.do("/applications", office.application(applicant=KNOWN))["case"]
    applied(office, number)
    office.saksbehandler.do(f"/cases/{case}/identification", {"identity_number": number})


def submitted_before(office: Office, number: str) -> None:
    person = {"name": "Prøve Innmeldt", "identity_number": number}
    office.caller("psykisk_helse").do("/submissions", {"person": person, "why": "Har spurt oss."})


Ways = Mapping[str, Callable[[Office, str], object]]
KNOWN_BEFORE: Ways = {
    "in an ordinary case": applied, "in care housing only": in_care_housing_only, "in both": in_both,
    "under two registrations": registered_twice, "from a submission": submitted_before, "not at all": nobody,
}  # fmt: skip
every_way = pytest.mark.parametrize("known", KNOWN_BEFORE.values(), ids=KNOWN_BEFORE)


def submits(caller: Caller, number: str) -> Response:
    person = {**AS_WRITTEN, "identity_number": number}
    return caller.post("/submissions", {"person": person, "why": "Trenger hjelp."})


def applies(caller: Caller, number: str) -> Response:
    person = {**AS_WRITTEN, "identity_number": number}
    return caller.post("/applications", caller.office.application(applicant=person))


def comparable(response: Response) -> tuple[int, object, dict[str, str]]:
    """Status, body and headers, with ids numbered as they appear and random values only counted."""
    numbers, seen = count(), dict[str, str]()

    def numbered(found: re.Match[str]) -> str:
        return seen.setdefault(found.group(), f"id {next(numbers)}")

    text = RANDOM.sub(r'"\1":"?"', ID.sub(numbered, response.text))
    headers = {name: "?" if name in RANDOM_HEADERS else ID.sub("id", value) for name, value in response.headers.items()}
    return response.status_code, text, headers


def taken(office: Office, case: str) -> None:
    """The saksbehandler takes the case."""
    givens.register(office, office.saksbehandler)
    office.saksbehandler.do(f"/cases/{case}/responsibility", {"responsible": office.saksbehandler.id})


def machine(office: Office) -> Caller:
    return office.caller("service_og_tildeling", Role.MACHINE, scopes=frozenset({"receive_application"}))


def member(office: Office) -> Caller:
    return office.caller("nav")


Gives = Callable[[Caller, str], Response]
GIVEN: Mapping[str, tuple[Callable[[Office], Caller], Gives]] = {
    "submit_case": (member, submits), "receive_application": (machine, applies),
}  # fmt: skip
every_operation = pytest.mark.parametrize(("who", "gives"), GIVEN.values(), ids=GIVEN)


@every_operation
@every_way
def test_M04_a_known_number_is_answered_like_an_unknown_one(
    office: Office, who: Callable[[Office], Caller], gives: Gives, known: Callable[[Office, str], object]
) -> None:
    caller, number = who(office), synthetic_identity_number()
    known(office, number)

    assert comparable(gives(caller, number)) == comparable(gives(caller, synthetic_identity_number()))


@every_operation
@every_way
def test_M04_a_known_number_costs_the_same_statements_as_an_unknown_one(
    office: Office, who: Callable[[Office], Caller], gives: Gives, known: Callable[[Office, str], object]
) -> None:
    caller, number = who(office), synthetic_identity_number()
    known(office, number)
    gives(caller, synthetic_identity_number())

    with counted() as for_known:
        gives(caller, number)
    with counted() as for_unknown:
        gives(caller, synthetic_identity_number())

    assert len(for_known.statements) == len(for_unknown.statements), f"{for_known}\n\n{for_unknown}"
    assert for_known.durable == for_unknown.durable


READS = (
    "/cases/{case}",
    "/cases/{case}/possible-duplicates",
    "/cases/{case}/papers",
    "/cases/{case}/consent",
    "/cases",
)


@every_way
def test_M04_a_submitter_reads_back_what_they_wrote_and_nothing_that_was_known(
    office: Office, known: Callable[[Office, str], object]
) -> None:
    number = synthetic_identity_number()
    known(office, number)
    submitted = [
        (caller, submits(caller, each).json()["case"])
        for caller, each in ((member(office), number), (member(office), synthetic_identity_number()))
    ]

    for path in READS:
        first, second = (comparable(caller.get(path.format(case=case))) for caller, case in submitted)
        assert first == second, path
    for caller, case in submitted:
        shown = caller.get(f"/cases/{case}").json()
        assert shown["applicant"]["name"] == AS_WRITTEN["name"]
        assert shown["withheld"] == ["contact.phone", "identity.number"]


def test_M04_who_handles_the_case_sees_that_the_person_is_known(office: Office) -> None:
    number = synthetic_identity_number()
    earlier = applied(office, number)
    case = submits(member(office), number).json()["case"]
    taken(office, case)

    shown = office.saksbehandler.get(f"/cases/{case}").json()
    assert shown["applicant"]["same_as"] == office.saksbehandler.get(f"/cases/{earlier}").json()["person"]
    for here, there in ((case, earlier), (earlier, case)):
        found = office.saksbehandler.get(f"/cases/{here}/possible-duplicates").json()
        assert [each["similar_case"] for each in found] == [there]


def test_M04_a_submitter_reads_their_own_words_also_after_the_register_was_told_others(office: Office) -> None:
    nav, number = member(office), synthetic_identity_number()
    case = submits(nav, number).json()["case"]
    taken(office, case)
    person = office.saksbehandler.get(f"/cases/{case}").json()["person"]
    tenancy = givens.tenancy_of(office, case, person)
    applicant = {**KNOWN, "identity_number": number}
    body = office.application(applicant=applicant, kinds=["extension"], tenancy=tenancy)

    extension = office.saksbehandler.do("/applications", body)

    assert extension["person"] == person
    assert office.saksbehandler.get(f"/cases/{case}").json()["applicant"]["name"] == KNOWN["name"]
    shown = nav.get(f"/cases/{case}").json()
    assert (shown["applicant"]["name"], shown["withheld"]) == (
        AS_WRITTEN["name"], ["contact.phone", "identity.number"]
    )  # fmt: skip
    assert [row["name"] for row in nav.get("/cases").json()["items"]] == [AS_WRITTEN["name"]]


def test_M04_an_unknown_number_makes_nobody_the_same(office: Office) -> None:
    case = submits(member(office), synthetic_identity_number()).json()["case"]
    taken(office, case)

    assert office.saksbehandler.get(f"/cases/{case}").json()["applicant"]["same_as"] is None
    assert office.saksbehandler.get(f"/cases/{case}/possible-duplicates").json() == []


def test_M01_a_number_that_was_only_submitted_is_given_to_who_is_identified_by_it(office: Office) -> None:
    number = synthetic_identity_number()
    submitted_before(office, number)
    case = office.saksbehandler.do("/applications", office.application(applicant=KNOWN))["case"]

    answer = office.saksbehandler.do(f"/cases/{case}/identification", {"identity_number": number})

    assert answer["same_as"] is None
    assert office.saksbehandler.get(f"/cases/{case}").json()["applicant"]["identity_number"] == number


LAWFUL = {"identify_person"}
"""Operations that may say whose a number is: only for who handles the case it is given in."""


def test_M04_every_operation_that_takes_an_identity_number_is_held_here(office: Office) -> None:
    app = office.client.app
    assert isinstance(app, FastAPI)
    document = app.openapi()
    found = {
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if "identity_number" in str(resolved(document, operation.get("requestBody", {})))
    }

    assert found == GIVEN.keys() | LAWFUL


def resolved(document: dict[str, Any], schema: Any) -> Any:
    """The schema with everything it points to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return resolved(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        return {name: resolved(document, value) for name, value in schema.items()}
    return [resolved(document, each) for each in schema] if isinstance(schema, list) else schema
