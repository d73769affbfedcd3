"""The employees that the system writes to and counts on."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actors import Role
from domain.people.employee import Employee, require_directory_keeper
from domain.refusals import WrongStateError
from projections import task_inbox
from services.command_desk import Outcome
from services.commands.body import Body, Id, UnitCode
from services.commands.people import Email, ShortText
from services.context import Context
from services.installation import Installation


class EmployeeKnownError(WrongStateError):
    code = "employee_known"
    missing = "Den ansatte er allerede registrert."
    next_step = "Hent den ansatte og rett det som er feil."


class EmployeeGoneError(WrongStateError):
    code = "employee_gone"
    rule = "M02"
    missing = "Den ansatte har sluttet."
    next_step = "Velg en annen, eller registrer den ansatte på nytt."


class RegisterEmployee(Body):
    """An employee under the id that the login service gives them."""

    employee: Id
    unit: UnitCode
    role: Annotated[Role, Field(examples=["employee"])]
    name: ShortText
    email: Email


def register_employee(office: Installation, context: Context, body: RegisterEmployee) -> Outcome:
    """Enter an employee into the directory."""
    require_directory_keeper(context.by)
    if office.case_log.find(Employee, body.employee) is not None:
        raise EmployeeKnownError
    sealed = office.vault.seal_many(body.employee, None, {"employee.name": body.name, "employee.email": body.email})
    employee = Employee.register(
        id=body.employee, unit=body.unit, role=body.role, name=sealed["employee.name"],
        email=sealed["employee.email"], by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((employee,), {"employee": employee.id}, tagged=employee, status=HTTPStatus.CREATED)


def record_leaving(office: Installation, context: Context, employee_id: UUID) -> Outcome:
    """Record that somebody no longer works here: nothing opens for them any more, whatever they were called to (M02)."""
    require_directory_keeper(context.by)
    employee = office.case_log.load(Employee, employee_id)
    context.expect(employee)
    employee.leave(by=context.by, at=context.at)
    answer = {"employee": employee_id, "open_tasks": open_tasks_of(office, employee_id)}
    return Outcome((employee,), answer, tagged=employee)


def open_tasks_of(office: Installation, employee: UUID) -> list[UUID]:
    """The tasks that somebody who leaves has not finished, for who records it to have handed on (M15).

    As the views know them; the lists of the saksbehandler and of the unit's leader hold them until they are handed on.
    """
    with office.views.connect() as connection:
        return task_inbox.open_tasks_of(connection, employee)


def employed(office: Installation, id: UUID) -> Employee:
    """The employee who is to sit, stand in, be asked or get a task. Raises `NotFoundError`, `EmployeeGoneError`."""
    employee = office.case_log.load(Employee, id)
    if not employee.employed:
        raise EmployeeGoneError
    return employee
