"""What an operation may ask of the databases, counted: statements, and commits that must reach the disk (D18).

On PostgreSQL, where each is a way to the server and back. A failure shows the statements.
"""

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response

from bench.ground import SAKSBEHANDLER
from bench.many_cases import fill_with_cases
from domain.actors import SERVICE_OG_TILDELING, Role
from tests.api.givens import Group, called_group, case_ready_for_meeting, consent, on_agenda, vacancy_among
from tests.api.office import Caller, Office
from tests.statements import Asked, counted, listen

listen()
pytestmark = pytest.mark.parametrize("one_database", ["postgres"], indirect=True)

REGISTER_SOMEBODY_NEW, READ_ONE_CASE, READ_A_LIST, ONE_AGGREGATE = (24, 2), (14, 1), (12, 1), (14, 1)
"""Statements and durable commits, at most."""


def cost(office: Office, ask: Callable[[], Response]) -> Asked:
    """What a request that succeeds asks for, once the views have come to the head of the log, and the process is warm."""
    office.carry_forward()
    with counted() as asked:
        response = ask()
    assert response.status_code in (200, 201), response.text
    return asked


def read(caller: Caller, path: str) -> Callable[[], Response]:
    headers = {"Authorization": f"Bearer {caller.token}"}
    return lambda: caller.office.client.get(f"/api/v1{path}", headers=headers)


def assert_within(asked: Asked, budget: tuple[int, int]) -> None:
    print(asked)
    assert len(asked.statements) <= budget[0], str(asked)
    assert asked.durable <= budget[1], str(asked)


@pytest.fixture
def group(office: Office) -> Group:
    group = called_group(office)
    office.saksbehandler.do("/applications", office.application())
    return group


def compared_case(office: Office, group: Group) -> str:
    """A case that is on an agenda, and compared with another one for a vacancy that is discussed at a meeting as well."""
    first, other = (office.saksbehandler.do("/applications", office.application()) for _ in range(2))
    for each in (first, other):
        consent(office, each["case"])
    allocation = vacancy_among(office, first, other)
    office.saksbehandler.do(
        f"/meetings/{group.meetings[0]}/agenda-items", {"matter": "vacancy", "allocation": allocation}
    )
    return str(first["case"])


def test_D18_an_application_of_somebody_new(office: Office, group: Group) -> None:
    saksbehandler = office.saksbehandler

    asked = cost(office, lambda: saksbehandler.post("/applications", office.application()))

    assert_within(asked, REGISTER_SOMEBODY_NEW)


def test_D18_reading_one_case(office: Office, group: Group) -> None:
    case = case_ready_for_meeting(office)
    on_agenda(office, group.meetings[0], case)

    assert_within(cost(office, read(office.saksbehandler, f"/cases/{case}")), READ_ONE_CASE)
    assert_within(cost(office, read(group.nav, f"/cases/{case}")), READ_ONE_CASE)


def test_D18_reading_a_case_that_is_compared(office: Office, group: Group) -> None:
    case = compared_case(office, group)

    assert_within(cost(office, read(office.saksbehandler, f"/cases/{case}")), READ_ONE_CASE)
    assert_within(cost(office, read(group.nav, f"/cases/{case}")), READ_ONE_CASE)


LISTS = (
    "/cases", "/cases?whose=all", "/cases?whose=unassigned", "/deadlines", "/follow-ups?whose=all", "/appeals",
    "/leases-ending", "/care-housing/overview", "/care-housing/waiting-list",
)  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_D18_reading_a_list_of_50_asks_no_more_than_reading_one_of_5(office: Office, path: str) -> None:
    fill_with_cases(office.installation, 200)
    reader = office.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, id=SAKSBEHANDLER.id)
    joined = "&" if "?" in path else "?"

    few, fifty = (cost(office, read(reader, f"{path}{joined}limit={limit}")) for limit in (5, 50))

    assert len(fifty.statements) == len(few.statements), str(fifty)
    assert_within(fifty, READ_A_LIST)


def test_D18_reading_the_waiting_list(office: Office, group: Group) -> None:
    compared_case(office, group)

    assert_within(cost(office, read(office.saksbehandler, "/waiting-list?limit=50")), READ_A_LIST)


def commands(office: Office, case: str) -> dict[str, Any]:
    return {
        f"/cases/{case}/consent": {"scopes": [{"unit": "nav"}], "given_on": "2026-12-01", "channel": "form"},
        f"/cases/{case}/consent/withdrawal": None,
        f"/cases/{case}/pre-assessment": {"topic": "housing", "text": "Kartlagt."},
    }


def test_D18_a_command_with_one_aggregate(office: Office, group: Group) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    for path, body in commands(office, case).items():
        asked = cost(office, lambda path=path, body=body: office.saksbehandler.post(path, body))  # type: ignore[misc]
        assert_within(asked, ONE_AGGREGATE)
