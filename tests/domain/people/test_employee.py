"""The directory of employees (M02)."""

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from domain.people.employee import DIRECTORY_ROLES, DirectoryNotYoursError, Employee, EmployeeAlreadyGoneError
from tests.domain.support import NAV, an_id, at, by, by_saksbehandler, sealed, state_of, stored_and_replayed

KEEPERS = [by(role, SERVICE_OG_TILDELING, role) for role in sorted(DIRECTORY_ROLES)]
OTHERS = [by(role, NAV, role) for role in Role if role not in DIRECTORY_ROLES]


def registered(who: By | None = None) -> Employee:
    return Employee.register(
        id=an_id("kari"), unit=NAV, role=Role.EMPLOYEE, name=sealed("employee.name", None),
        email=sealed("employee.email", None), by=who or by_saksbehandler(), at=at(),
    )  # fmt: skip


@pytest.mark.parametrize("who", KEEPERS, ids=lambda who: who.role)
def test_M02_who_keeps_the_directory_registers_and_lets_go(who: By) -> None:
    employee = registered(who)

    assert (employee.unit, employee.role, employee.employed) == (Unit("nav"), Role.EMPLOYEE, True)
    employee.leave(by=who, at=at())
    assert not employee.employed


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.role)
def test_M02_nobody_else_does(who: By) -> None:
    with pytest.raises(DirectoryNotYoursError):
        registered(who)
    with pytest.raises(DirectoryNotYoursError):
        registered().leave(by=who, at=at())


def test_M02_an_employee_leaves_once() -> None:
    employee = registered()
    employee.leave(by=by_saksbehandler(), at=at())

    with pytest.raises(EmployeeAlreadyGoneError):
        employee.leave(by=by_saksbehandler(), at=at())


def test_D2_an_employee_comes_back_from_the_events_as_before() -> None:
    employee = registered()
    employee.leave(by=by_saksbehandler(), at=at())

    assert state_of(stored_and_replayed(employee)) == state_of(employee)
