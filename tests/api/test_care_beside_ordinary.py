"""Somebody with a care case and an ordinary one: the ordinary one reaches the group like anyone's, the other never (LO3)."""

import re

import pytest

from domain.actors import Role
from tests.api.care_givens import SECRET, care_case, map_needs, question
from tests.api.givens import Group, appointed_group, called_group, consent, employee, on_agenda, pre_assessment
from tests.api.office import Caller, Office, synthetic_identity_number

GROUP_READS = (
    "/cases", "/cases?whose=all", "/cases?care_housing=true", "/follow-ups?whose=all", "/waiting-list", "/meetings",
    "/leases-ending", "/deadlines",
)  # fmt: skip


@pytest.fixture
def both(office: Office) -> tuple[Group, str, str]:
    """The same person has an ordinary case, on the agenda of a called meeting, and a care case; in that order."""
    group = called_group(office)
    number = synthetic_identity_number()
    applicant = {"name": "Prøve Eksempelsen", "identity_number": number, "address": "Testveien 1, 0000 Eksempel"}
    ordinary: str = office.saksbehandler.do("/applications", office.application(applicant=applicant))["case"]
    consent(office, ordinary)
    pre_assessment(office, ordinary)
    on_agenda(office, group.meetings[0], ordinary)
    about = care_case(office, applicant=applicant)
    map_needs(office, about.case)
    nurse = employee(office, "hjemmetjenesten")
    office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", question(nurse, told_on="fvl_13b_2"))
    return group, ordinary, about.case


def test_M20_LO3_somebody_with_a_care_case_reaches_the_group_with_the_ordinary_one(
    office: Office, both: tuple[Group, str, str]
) -> None:
    group, ordinary, _ = both
    assert group.nav.get(f"/cases/{ordinary}").status_code == 200
    assert [row["case"] for row in group.nav.get("/cases").json()["items"]] == [ordinary]


def test_M20_LO3_whoever_applied_for_care_housing_first_comes_on_the_agenda_with_another_case(office: Office) -> None:
    group = called_group(office)
    applicant = {"name": "Prøve Eksempelsen", "identity_number": synthetic_identity_number()}
    about = care_case(office, applicant=applicant)
    map_needs(office, about.case)
    ordinary: str = office.saksbehandler.do("/applications", office.application(applicant=applicant))["case"]
    consent(office, ordinary)
    pre_assessment(office, ordinary)
    on_agenda(office, group.meetings[0], ordinary)
    assert [row["case"] for row in group.nav.get("/cases").json()["items"]] == [ordinary]


def test_LO3_nothing_of_the_care_case_reaches_the_group_through_the_ordinary_one(
    office: Office, both: tuple[Group, str, str]
) -> None:
    group, ordinary, care = both
    reads = (*GROUP_READS, f"/cases/{ordinary}", f"/meetings/{group.meetings[0]}/agenda", f"/cases/{care}")
    for member in group.members[1:]:
        for path in reads:
            response = member.get(path)
            for trace in (care, SECRET, "home_nursing", "round_the_clock_place", '"care_housing":true'):
                assert trace not in response.text, (member.actor.unit, path, trace)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.LEADER])
def test_LO3_whatever_the_group_reads_is_the_same_with_and_without_a_care_case(
    office: Office, both: tuple[Group, str, str], role: Role
) -> None:
    group, ordinary, _ = both
    reader = group.nav if role is Role.EMPLOYEE else office.caller("nav", role)
    paths = readable(office, case=ordinary, meeting=group.meetings[0])
    before = {path: read_by(reader, path) for path in paths}
    number = office.saksbehandler.get(f"/cases/{ordinary}").json()["applicant"]["identity_number"]
    applicant = {"name": "Prøve Eksempelsen", "identity_number": number, "address": "Testveien 1, 0000 Eksempel"}
    map_needs(office, care_case(office, applicant=applicant).case)
    assert {path: read_by(reader, path) for path in paths} == before
    assert sum(status == 200 for status, *_ in before.values()) >= 5


def readable(office: Office, **known: str) -> list[str]:
    """Every address of the API that can be read, of one thing where it is `known`."""
    paths = office.client.get("/api/v1/openapi.json").json()["paths"]
    read = [path.removeprefix("/api/v1").format_map(Unknown(known)) for path, on in paths.items() if "get" in on]
    return [path for path in read if "{" not in path and not path.endswith("healthz") and not path.endswith("readyz")]


class Unknown(dict[str, str]):
    """Leaves in braces what is not known."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def read_by(caller: Caller, path: str) -> tuple[int, str, str | None]:
    """Status, text and ETag of an answer, without the number of the single request."""
    response = caller.get(path)
    text = re.sub(r'"instance":"[^"]*"', "", response.text)
    return response.status_code, text, response.headers.get("ETag")


def test_LO3_somebody_in_the_group_who_submits_the_person_gets_a_case_of_its_own(office: Office) -> None:
    appointed_group(office)
    nav, number = office.caller("nav"), synthetic_identity_number()
    applicant = {"name": "Prøve Eksempelsen", "identity_number": number, "address": "Testveien 1, 0000 Eksempel"}
    care = care_case(office, applicant=applicant).case
    person = {"name": "Prøve Eksempelsen", "identity_number": number}
    answer = nav.post("/submissions", {"person": person, "why": "Trenger en ordinær bolig."})
    assert answer.status_code == 201
    assert set(answer.json()) == {"case"}
    assert answer.json()["case"] != care
