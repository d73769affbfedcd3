"""The agendas: which matters stand on which meeting's list, and how far each has come (M07, M18)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.group.agenda_item import AgendaItem, ItemState
from domain.group.agenda_item.events import Added
from domain.group.meeting import MeetingState
from projections import meetings, people
from projections.reach import Reach
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "agenda",
    METADATA,
    Column("item", Uuid, primary_key=True),
    Column("meeting", Uuid, nullable=False, index=True),
    Column("matter", String, nullable=False),
    Column("case", Uuid, index=True),
    Column("person", Uuid),
    Column("tenancy", Uuid),
    Column("allocation", Uuid),
    Column("added_by", String, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("asked_place", Integer),
    Column("restricted", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("conclusion", Uuid),
    Column("minutes", String, nullable=False),
    Column("postponed_to", Uuid),
)
"""`added_at`: position in the log. `asked_place`: where the saksbehandler wants it; its number is counted on reading.

`minutes`: `missing`, `written` or `approved`, about the latest revision.
"""


def apply(connection: Connection, event: Event, position: int) -> None:  # noqa: C901  (a view is one match)
    item: UUID = event.originator_id
    match event:
        case AgendaItem.Added():
            _add(connection, event, position)
        case AgendaItem.Ordered():
            change(connection, TABLE, item, asked_place=event.position)
        case AgendaItem.Restricted():
            change(connection, TABLE, item, restricted=True)
        case AgendaItem.RestrictionLifted():
            change(connection, TABLE, item, restricted=False)
        case AgendaItem.DiscussionOpened():
            change(connection, TABLE, item, state=ItemState.UNDER_DISCUSSION)
        case AgendaItem.DiscussionClosed():
            change(connection, TABLE, item, state=ItemState.DISCUSSED)
        case AgendaItem.Concluded():
            change(connection, TABLE, item, settled=True, conclusion=event.conclusion)
        case AgendaItem.Settled():
            change(connection, TABLE, item, settled=True)
        case AgendaItem.MinutesWritten():
            change(connection, TABLE, item, minutes="written")
        case AgendaItem.MinutesApproved():
            change(connection, TABLE, item, minutes="approved")
        case AgendaItem.MinutesReopened():
            change(connection, TABLE, item, minutes="missing")
        case AgendaItem.Postponed():
            change(connection, TABLE, item, state=ItemState.POSTPONED, postponed_to=event.to_meeting)
        case AgendaItem.Removed():
            change(connection, TABLE, item, state=ItemState.REMOVED)


def _add(connection: Connection, event: Added, position: int) -> None:
    add(
        connection, TABLE, item=event.originator_id, meeting=event.meeting, matter=event.matter, case=event.case,
        person=event.person, tenancy=event.tenancy, allocation=event.allocation, added_by=event.added_by,
        added_at=position, restricted=event.restricted, state=ItemState.PLANNED, settled=False, minutes="missing",
    )  # fmt: skip


WITHOUT_MINUTES = (
    (meetings.TABLE.c.state == MeetingState.CLOSED)
    & (TABLE.c.minutes != "approved")
    & TABLE.c.state.not_in((ItemState.REMOVED, ItemState.POSTPONED))
)
"""What was up at a meeting that is over, and has no approved minutes yet (M07)."""


class Key(NamedTuple):
    """Where a page of items ends."""

    day: date
    added_at: int


VIEW = View("agenda", "2", Source.CASE_LOG, (TABLE,), apply)


def of_meeting(connection: Connection, meeting: UUID) -> Sequence[Row[Any]]:
    """What stands on the meeting's list, in the saksbehandler's order, then in the order it came. Not what was removed."""
    named = TABLE.outerjoin(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = (
        select(TABLE, people.TABLE.c.name)
        .select_from(named)
        .where(TABLE.c.meeting == meeting, TABLE.c.state != ItemState.REMOVED)
        .order_by(TABLE.c.asked_place.asc().nulls_last(), TABLE.c.added_at, TABLE.c.item)
    )
    return connection.execute(query).all()


def without_minutes(connection: Connection, *, reach: Reach, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """Items about a case within reach that still lack approved minutes, of the oldest meeting first, with the day of it."""
    columns = (meetings.TABLE.c.day, TABLE.c.added_at)
    of_meetings = TABLE.join(meetings.TABLE, TABLE.c.meeting == meetings.TABLE.c.meeting)
    named = of_meetings.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name, meetings.TABLE.c.day).select_from(named).where(WITHOUT_MINUTES)
    query = query.where(reach.of(connection, TABLE.c.case))
    query = query.order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def vacancies_without_minutes(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Items about a vacancy that still lack approved minutes, of the oldest meeting first, with the day of it."""
    of_meetings = TABLE.join(meetings.TABLE, TABLE.c.meeting == meetings.TABLE.c.meeting)
    query = select(TABLE, meetings.TABLE.c.day).select_from(of_meetings).where(WITHOUT_MINUTES, TABLE.c.case.is_(None))
    return connection.execute(query.order_by(meetings.TABLE.c.day, TABLE.c.added_at).limit(limit)).all()
