"""One entry of the directory, for who keeps it: seats and sign-ins, no names (design D16)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.actors import Role, Unit
from domain.people.employee import Employee
from services.context import Context
from services.core.duties import DIRECTORY_KEEPER
from services.core.permits.keeping import Keeps
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer, ETag
from services.versions import version_of


class SeatPart(Answer):
    """In which unit and role somebody works. Both dates are included."""

    seat: UUID = Field(description="What Husrom-Seat names it by.")
    unit: Unit
    role: Role
    valid_from: date | None = Field(description="None: since it was recorded.")
    valid_to: date | None


class EmployeeAnswer(Answer):
    """An employee or a machine in the directory."""

    employee: UUID
    etag: ETag
    employed: bool = Field(description="Whether they work here, as far as anybody has recorded.")
    seats: list[SeatPart] = Field(description="Also those that have ended or not begun.")
    logins: list[UUID] = Field(description="The sign-ins that stand for them, as the log knows them.")


@query("/employees/{employee}", Area.EMPLOYEES, Keeps(Employee, DIRECTORY_KEEPER))
def read_employee(_office: Installation, _context: Context, employee: Employee) -> EmployeeAnswer:
    """Read the seats and sign-ins of one employee, as who keeps the directory."""
    seats = [
        SeatPart(seat=s.id, unit=s.unit, role=s.role, valid_from=s.valid_from, valid_to=s.valid_to)
        for s in employee.seats
    ]
    return EmployeeAnswer(
        employee=employee.id, etag=version_of(employee), employed=employee.employed, seats=seats,
        logins=list(employee.logins),
    )  # fmt: skip
