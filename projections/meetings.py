"""The calendar of meetings (M05, M06): when, where, who is called, and whether it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Date, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.group.meeting import CalledMember, Meeting, MeetingState
from projections.columns import Json, UtcDateTime
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "meetings",
    METADATA,
    Column("meeting", Uuid, primary_key=True),
    Column("plan", Uuid, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("room", String),
    Column("state", String, nullable=False),
    Column("called", Json(tuple[CalledMember, ...]), nullable=False),
    Column("sequence", Integer, nullable=False),
)


class Key(NamedTuple):
    """Where a page ends."""

    day: date
    meeting: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    meeting: UUID = event.originator_id
    match event:
        case Meeting.Scheduled():
            add(
                connection, TABLE, meeting=meeting, plan=event.plan, day=event.day, starts_at=event.starts_at,
                ends_at=event.ends_at, room=event.room, state=MeetingState.SCHEDULED, called=(), sequence=0,
            )  # fmt: skip
        case Meeting.Called():
            change(connection, TABLE, meeting, called=event.called, sequence=event.sequence)
        case Meeting.Rescheduled():
            change(
                connection, TABLE, meeting, day=event.day, starts_at=event.starts_at, ends_at=event.ends_at,
                room=event.room, sequence=event.sequence,
            )  # fmt: skip
        case Meeting.Cancelled():
            change(connection, TABLE, meeting, state=MeetingState.CANCELLED, sequence=event.sequence)
        case Meeting.Opened():
            change(connection, TABLE, meeting, state=MeetingState.OPEN)
        case Meeting.Closed():
            change(connection, TABLE, meeting, state=MeetingState.CLOSED)


VIEW = View("meetings", "1", Source.CASE_LOG, (TABLE,), apply)


def calendar(connection: Connection, *, since: date, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """Meetings from the Oslo date `since`, soonest first, cancelled ones too."""
    columns = (TABLE.c.day, TABLE.c.meeting)
    query = select(TABLE).where(TABLE.c.day >= since).order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def one(connection: Connection, meeting: UUID) -> Row[Any] | None:
    """The meeting with that id."""
    return connection.execute(select(TABLE).where(TABLE.c.meeting == meeting)).one_or_none()
