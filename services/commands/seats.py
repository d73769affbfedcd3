"""The seats of an employee: given, ended, put right (design D16)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.actors import Role
from domain.people.employee import Employee
from domain.people.seats import Seat
from services.command_desk import Outcome
from services.commands.body import Body, Day, UnitCode
from services.commands.employees import KEEPS_ENTRY, SeatChanged
from services.context import Context
from services.core.registry import Area, command
from services.installation import Installation


class SeatBody(Body):
    """In which unit and role somebody works. Both dates are included: without a beginning it holds from now on, without
    an end until somebody ends it."""

    unit: UnitCode
    role: Annotated[Role, Field(examples=["employee"])]
    valid_from: Day | None = None
    valid_to: Day | None = None


class EndSeat(Body):
    """`out_from`: the first day without the seat."""

    out_from: Day


@command("/employees/{employee}/seats", Area.EMPLOYEES, KEEPS_ENTRY, status=HTTPStatus.CREATED)
def give_seat(_office: Installation, context: Context, employee: Employee, body: SeatBody) -> Outcome[SeatChanged]:
    """Give an employee one more seat: a unit and a role to work in."""
    seat = _seat(uuid4(), body)
    employee.give_seat(seat, by=context.by, at=context.at)
    return Outcome((employee,), SeatChanged(employee.id, seat.id), tagged=employee)


@command("/employees/{employee}/seats/{seat}/ending", Area.EMPLOYEES, KEEPS_ENTRY)
def end_seat(
    _office: Installation, context: Context, employee: Employee, seat: UUID, body: EndSeat
) -> Outcome[SeatChanged]:
    """End a seat; what was given to it opens nothing from that day on."""
    employee.end_seat(seat, on=body.out_from, by=context.by, at=context.at)
    return Outcome((employee,), SeatChanged(employee.id, seat), tagged=employee)


@command("/employees/{employee}/seats/{seat}/corrections", Area.EMPLOYEES, KEEPS_ENTRY)
def correct_seat(
    _office: Installation, context: Context, employee: Employee, seat: UUID, body: SeatBody
) -> Outcome[SeatChanged]:
    """Put a seat right that was entered wrong. It keeps its id."""
    employee.correct_seat(_seat(seat, body), by=context.by, at=context.at)
    return Outcome((employee,), SeatChanged(employee.id, seat), tagged=employee)


def _seat(id: UUID, body: SeatBody) -> Seat:
    return Seat(id, body.unit, body.role, body.valid_from, body.valid_to)
