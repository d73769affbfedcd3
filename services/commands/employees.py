"""The directory: who works here and can sign in, and who has left or come back (design D16)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.actors import EmployeeId, Role, Unit
from domain.people.directory import require_may_keep
from domain.people.employee import Employee, EmployeeGoneError
from domain.people.seats import Seat, SeatId
from domain.refusals import WrongStateError
from projections import task_inbox
from services.command_desk import Outcome
from services.commands.body import Body, Id, UnitCode
from services.commands.people import Email, ShortText
from services.context import Context
from services.core.duties import DIRECTORY_KEEPER
from services.core.permits.keeping import Holds, Keeps
from services.core.registry import Area, command
from services.installation import Installation
from services.logins import require_free


class EmployeeKnownError(WrongStateError):
    code = "employee_known"
    missing = "Den ansatte er allerede registrert."
    next_step = "Hent den ansatte og rett det som er feil."


class RegisterEmployee(Body):
    """An employee under the id that the login service gives them, or any new one when a login is linked afterwards."""

    employee: Id
    unit: UnitCode
    role: Annotated[Role, Field(examples=["employee"])]
    name: Annotated[ShortText, Field(description="As it is written in letters and minutes.")]
    email: Email


class CorrectEmployee(Body):
    """What was entered wrong; what is left out was right."""

    name: Annotated[ShortText | None, Field(description="As it is written in letters and minutes.")] = None
    email: Email | None = None


class RecordReturn(Body):
    """The seat in which somebody who left is back."""

    unit: UnitCode
    role: Annotated[Role, Field(examples=["employee"])]


@dataclass(frozen=True)
class EmployeeChanged:
    """Whose entry it is."""

    employee: EmployeeId


@dataclass(frozen=True)
class SeatChanged:
    """Whose entry it is, and which seat: the id that Husrom-Seat names it by."""

    employee: EmployeeId
    seat: SeatId


@dataclass(frozen=True)
class EmployeeLeft:
    """Who has left, and the tasks that they have not finished, for somebody to hand on."""

    employee: EmployeeId
    open_tasks: list[UUID]


KEEPS_ENTRY = Keeps(Employee, DIRECTORY_KEEPER)


@command("/employees", Area.EMPLOYEES, Holds(DIRECTORY_KEEPER), status=HTTPStatus.CREATED)
def register_employee(office: Installation, context: Context, _: None, body: RegisterEmployee) -> Outcome[SeatChanged]:
    """Enter an employee, with a first seat, under the id that the login service gives them."""
    require_may_keep(context.by, body.employee, [body.role])
    if office.case_log.find(Employee, body.employee) is not None:
        raise EmployeeKnownError
    require_free(office, str(body.employee), employee=body.employee)
    sealed = office.vault.seal_many(body.employee, None, {"employee.name": body.name, "employee.email": body.email})
    entry = Employee.register(
        id=body.employee, unit=body.unit, role=body.role, name=sealed["employee.name"],
        email=sealed["employee.email"], by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((entry,), SeatChanged(entry.id, entry.seats[0].id), tagged=entry)


@command("/employees/{employee}/corrections", Area.EMPLOYEES, KEEPS_ENTRY)
def correct_employee(
    office: Installation, context: Context, employee: Employee, body: CorrectEmployee
) -> Outcome[EmployeeChanged]:
    """Put a wrong name or mail address right."""
    said = {"employee.name": body.name, "employee.email": body.email}
    texts = {field: text for field, text in said.items() if text is not None}
    sealed = office.vault.seal_many(employee.id, None, texts) if texts else {}
    employee.correct_details(
        name=sealed.get("employee.name"), email=sealed.get("employee.email"), by=context.by, at=context.at
    )
    return Outcome((employee,), EmployeeChanged(employee.id), tagged=employee)


@command("/employees/{employee}/leaving", Area.EMPLOYEES, KEEPS_ENTRY)
def record_leaving(office: Installation, context: Context, employee: Employee) -> Outcome[EmployeeLeft]:
    """Record that somebody no longer works here: nothing opens for them any more, whatever they were called to (M02)."""
    employee.leave(by=context.by, at=context.at)
    return Outcome((employee,), EmployeeLeft(employee.id, open_tasks_of(office, employee.id)), tagged=employee)


@command("/employees/{employee}/return", Area.EMPLOYEES, KEEPS_ENTRY)
def record_return(
    _office: Installation, context: Context, employee: Employee, body: RecordReturn
) -> Outcome[SeatChanged]:
    """Record that somebody who left is back, or that the leaving was recorded by mistake."""
    seat = Seat(uuid4(), body.unit, body.role)
    employee.come_back(seat, by=context.by, at=context.at)
    return Outcome((employee,), SeatChanged(employee.id, seat.id), tagged=employee)


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


def seat_of(office: Installation, context: Context, id: UUID, unit: Unit | None = None) -> Seat:
    """The seat in which an employee is asked or given something, today: in `unit`, or the only one.

    Raises as `employed`, and `NoSuchSeatError`, `SeveralSeatsError`.
    """
    return employed(office, id).seat_on(context.today, unit)
