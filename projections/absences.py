"""Who is away from Service og tildeling on which days, and who stands in; beside it who has left for good."""

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
from projections import leavings
from projections.leavings import Left
from projections.rows import add
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


def apply(connection: Connection, event: Event, _position: int) -> None:
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


VIEW = View("absences", "1", Source.CASE_LOG, (TABLE,), apply)


def has(responsible: Column[UUID], employee: UUID, day: date) -> ColumnElement[bool]:
    """Whether somebody's cases are the employee's on that Oslo date: her own, or of whoever she stands in for."""
    covered = select(TABLE.c.absent).where(TABLE.c.stand_in == employee, _on(day))
    return or_(responsible == employee, responsible.in_(covered))


def nobody_has(responsible: Column[UUID], day: date) -> ColumnElement[bool]:
    """Whether nobody can act: nobody is responsible, or somebody who has left, or is away on that day without stand-in.

    Whoever stands in counts while she has not left and is not away herself.
    """
    gone = select(leavings.TABLE.c.employee).where(leavings.TABLE.c.left == Left.EMPLOYMENT)
    also = TABLE.alias("also_away")
    away = select(also.c.absent).where(_on(day, also))
    is_here = TABLE.c.stand_in.is_not(None) & TABLE.c.stand_in.not_in(gone) & TABLE.c.stand_in.not_in(away)
    covered = select(TABLE.c.absent).where(is_here, _on(day))
    uncovered = select(TABLE.c.absent).where(_on(day), TABLE.c.absent.not_in(covered))
    return or_(responsible.is_(None), responsible.in_(gone), responsible.in_(uncovered))


def _on(day: date, absences: FromClause = TABLE) -> ColumnElement[bool]:
    return (absences.c.from_day <= day) & (day <= absences.c.last_day)
