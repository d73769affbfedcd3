"""Who has left employment or the group, so that no open task of theirs goes unnoticed (M15, M02)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, String, Table, Uuid, delete, exists, select

from domain.base import Event
from domain.group.working_group import WorkingGroup
from domain.law.deadlines import oslo_datetime
from domain.people.employee import Employee
from projections.columns import UtcDateTime
from projections.rows import add
from projections.view import METADATA


class Left(StrEnum):
    """What somebody has left. From the group alone they may still do the task; somebody is to look at it."""

    EMPLOYMENT = "employment"
    GROUP = "group"


TABLE = Table(
    "task_inbox_leavings",
    METADATA,
    Column("employee", Uuid, primary_key=True),
    Column("left", String, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
"""`since`: UTC, and to come for a membership that ends later. Who stands in for a member is not thereby in the group."""


def apply(connection: Connection, event: Event) -> None:
    match event:
        case Employee.Gone():
            _note(connection, event.originator_id, Left.EMPLOYMENT, event.timestamp)
        case Employee.Returned():
            _forget(connection, event.originator_id, Left.EMPLOYMENT)
        case WorkingGroup.MemberReleased():
            _note(connection, event.member, Left.GROUP, max(event.timestamp, _begins(event.on)))
        case WorkingGroup.MemberAppointed(valid_to=date() as last_day):
            _note(connection, event.member, Left.GROUP, _begins(last_day + timedelta(days=1)))
        case WorkingGroup.MemberAppointed():
            _forget(connection, event.member, Left.GROUP)


def has_left(assignee: Column[UUID], assigned_at: Column[datetime], now: datetime) -> ColumnElement[bool]:
    """Whether the assignee of a row has left by `now` (UTC), and nobody has given them the task after that."""
    return exists().where(TABLE.c.employee == assignee, _counts(assigned_at, now))


def what_was_left(assignee: Column[UUID], assigned_at: Column[datetime], now: datetime) -> ColumnElement[str | None]:
    """What the assignee of a row has left by `now` (UTC); employment rather than the group."""
    left = select(TABLE.c.left).where(TABLE.c.employee == assignee, _counts(assigned_at, now))
    return left.order_by(TABLE.c.left).limit(1).scalar_subquery().label("assignee_left")


def _counts(assigned_at: Column[datetime], now: datetime) -> ColumnElement[bool]:
    return (TABLE.c.since <= now) & (TABLE.c.since >= assigned_at)


def _note(connection: Connection, employee: UUID, left: Left, since: datetime) -> None:
    _forget(connection, employee, left)
    add(connection, TABLE, employee=employee, left=left, since=since)


def _forget(connection: Connection, employee: UUID, left: Left) -> None:
    connection.execute(delete(TABLE).where(TABLE.c.employee == employee, TABLE.c.left == left))


def _begins(day: date) -> datetime:
    return oslo_datetime(day, time(0))
