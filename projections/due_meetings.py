"""The meetings still to come, for what waits until there is one (M18)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Date, Table, Uuid, delete, insert, select

from projections.columns import UtcDateTime
from projections.view import METADATA

MEETINGS = Table(
    "due_work_meetings",
    METADATA,
    Column("meeting", Uuid, primary_key=True),
    Column("day", Date, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
)
"""Meetings that have not been opened, cancelled or closed: where an expiring lease can go (M18)."""


def upcoming(connection: Connection, *, after: datetime, until: date) -> tuple[UUID, ...]:
    """The meetings that begin after a moment (UTC) and not later than an Oslo date, the first one first."""
    rows = select(MEETINGS.c.meeting).where(MEETINGS.c.starts_at > after, MEETINGS.c.day <= until)
    return tuple(connection.scalars(rows.order_by(MEETINGS.c.starts_at)))


def note(connection: Connection, meeting: UUID, day: date, starts_at: datetime) -> None:
    """Remember an upcoming meeting, or when it was moved to."""
    forget(connection, meeting)
    connection.execute(insert(MEETINGS).values(meeting=meeting, day=day, starts_at=starts_at))


def forget(connection: Connection, meeting: UUID) -> None:
    """It is upcoming no longer."""
    connection.execute(delete(MEETINGS).where(MEETINGS.c.meeting == meeting))
