"""Who is away at Service og tildeling, and who stands in: nobody names herself (D4)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.people.absence import Absence
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id
from services.commands.cases import NotASaksbehandlerError
from services.commands.employees import employed
from services.context import Context
from services.core.duties import ABSENCES
from services.core.permits.keeping import Holds, Keeps
from services.core.registry import Area, command
from services.installation import Installation


class RecordAbsence(Body):
    """Who is away, from when until when, both days included, and who stands in."""

    absent: Id
    from_day: Day
    last_day: Day
    stand_in: Annotated[Id | None, Field(description="A colleague; without one the cases are listed to everybody.")] = (
        None
    )


class NameStandIn(Body):
    """Who stands in from now on."""

    stand_in: Id


@dataclass(frozen=True)
class AbsenceChanged:
    """The absence, whose it is, and who stands in; null when nobody does."""

    absence: UUID
    absent: UUID
    stand_in: UUID | None


@command("/absences", Area.EMPLOYEES, Holds(ABSENCES), status=HTTPStatus.CREATED)
def record_absence(office: Installation, context: Context, _: None, body: RecordAbsence) -> Outcome[AbsenceChanged]:
    """Record that a saksbehandler is away, and who has her cases meanwhile. Nobody names herself."""
    for employee in (body.absent, body.stand_in):
        if employee is not None:
            _require_saksbehandler(office, context, employee)
    absence = Absence.record_days(
        id=uuid4(), absent=body.absent, from_day=body.from_day, last_day=body.last_day, stand_in=body.stand_in,
        today=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    return _changed(absence)


@command("/absences/{absence}/stand-in", Area.EMPLOYEES, Keeps(Absence, ABSENCES))
def name_stand_in(
    office: Installation, context: Context, absence: Absence, body: NameStandIn
) -> Outcome[AbsenceChanged]:
    """Say who stands in from now on, instead of who did until now. Nobody names herself."""
    _require_saksbehandler(office, context, body.stand_in)
    absence.name_stand_in(body.stand_in, today=context.today, by=context.by, at=context.at)
    return _changed(absence)


@command("/absences/{absence}/ending", Area.EMPLOYEES, Keeps(Absence, ABSENCES))
def end_absence(_office: Installation, context: Context, absence: Absence) -> Outcome[AbsenceChanged]:
    """Record that the saksbehandler is back before the last day. What stood open to the stand-in ends."""
    absence.end(today=context.today, by=context.by, at=context.at)
    return _changed(absence)


def _require_saksbehandler(office: Installation, context: Context, employee: UUID) -> None:
    if not any(seat.is_saksbehandler for seat in employed(office, employee).seats_on(context.today)):
        raise NotASaksbehandlerError


def _changed(absence: Absence) -> Outcome[AbsenceChanged]:
    return Outcome((absence,), AbsenceChanged(absence.id, absence.absent, absence.stand_in), tagged=absence)
