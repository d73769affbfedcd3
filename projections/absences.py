"""Who sits as saksbehandler at Service og tildeling, who is away on which days, and who stands in."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Table,
    Uuid,
    delete,
    or_,
    select,
    update,
)

from domain.base import Event
from domain.people.absence import Absence
from domain.people.employee import Employee
from domain.people.seats import Seat, first_seat
from projections.rows import add, remove
from projections.view import METADATA, Source, View

TABLE = Table(
    "absences",
    METADATA,
    Column("absence", Uuid, primary_key=True),
    Column("absent", Uuid, nullable=False, index=True),
    Column("stand_in", Uuid, index=True),
    Column("from_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

SEATS = Table(
    "saksbehandler_seats",
    METADATA,
    Column("seat", Uuid, primary_key=True),
    Column("employee", Uuid, nullable=False, index=True),
    Column("from_day", Date),
    Column("last_day", Date),
)
"""Those at Service og tildeling, whatever their dates; who has left has none."""


def apply(connection: Connection, event: Event, _position: int) -> None:
    _absences(connection, event)
    _seats(connection, event)


def _absences(connection: Connection, event: Event) -> None:
    match event:
        case Absence.Recorded():
            add(
                connection, TABLE, absence=event.originator_id, absent=event.absent, stand_in=event.stand_in,
                from_day=event.from_day, last_day=event.last_day,
            )  # fmt: skip
        case Absence.StandInNamed():
            named = update(TABLE).where(TABLE.c.absence == event.originator_id)
            connection.execute(named.values(stand_in=event.stand_in))
        case Absence.Ended():
            connection.execute(delete(TABLE).where(TABLE.c.absence == event.originator_id))


def _seats(connection: Connection, event: Event) -> None:
    employee = event.originator_id
    match event:
        case Employee.Registered():
            _seat(connection, employee, Seat(first_seat(employee), event.unit, event.role))
        case Employee.SeatGiven() | Employee.SeatCorrected() | Employee.Returned():
            _seat(connection, employee, event.seat)
        case Employee.SeatEnded():
            remove(connection, SEATS, event.seat.id)
            if (left := event.seat.ended(event.on)) is not None:
                _seat(connection, employee, left)
        case Employee.Gone():
            connection.execute(delete(SEATS).where(SEATS.c.employee == employee))


def _seat(connection: Connection, employee: UUID, seat: Seat) -> None:
    remove(connection, SEATS, seat.id)
    if seat.is_saksbehandler:
        days = {"from_day": seat.valid_from, "last_day": seat.valid_to}
        add(connection, SEATS, seat=seat.id, employee=employee, **days)


VIEW = View("absences", "2", Source.CASE_LOG, (TABLE, SEATS), apply)


def has(responsible: Column[UUID], employee: UUID, day: date) -> ColumnElement[bool]:
    """Whether somebody's cases are the employee's on that Oslo date: her own, or of whoever she stands in for."""
    covered = select(TABLE.c.absent).where(TABLE.c.stand_in == employee, _on(day))
    return or_(responsible == employee, responsible.in_(covered))


def nobody_has(responsible: Column[UUID], day: date) -> ColumnElement[bool]:
    """Whether nobody can act: nobody is responsible, or somebody who is no saksbehandler on that day, or is away then.

    Away without a stand-in who is a saksbehandler on that day, and not away herself.
    """
    seated = select(SEATS.c.employee).where(_on(day, SEATS))
    also = TABLE.alias("also_away")
    away = select(also.c.absent).where(_on(day, also))
    is_here = TABLE.c.stand_in.in_(seated) & TABLE.c.stand_in.not_in(away)
    covered = select(TABLE.c.absent).where(is_here, _on(day))
    uncovered = select(TABLE.c.absent).where(_on(day), TABLE.c.absent.not_in(covered))
    return or_(responsible.is_(None), responsible.not_in(seated), responsible.in_(uncovered))


def _on(day: date, days: FromClause = TABLE) -> ColumnElement[bool]:
    begun = or_(days.c.from_day.is_(None), days.c.from_day <= day)
    return begun & or_(days.c.last_day.is_(None), day <= days.c.last_day)
