"""The task inbox: who is to do what by when, and how it stands (M15, C04)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Date, Row, String, Table, Uuid, and_, or_, select

from domain.base import Event
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from projections import absences, leavings, people
from projections.columns import SealedText, UtcDateTime
from projections.reach import Reach
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "task_inbox",
    METADATA,
    Column("follow_up", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("item", Uuid),
    Column("conclusion", Uuid),
    Column("assignee", Uuid, nullable=False),
    Column("unit", String, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("what", SealedText("follow_up.task"), nullable=False),
    Column("vedtak_track", String),
    Column("vedtak", Uuid),
    Column("state", String, nullable=False),
    Column("escalated_to", Uuid),
    Column("assigned_at", UtcDateTime, nullable=False),
)
"""`item`: where it was shared out; null for a task under a vedtak, outside a meeting."""


class Key(NamedTuple):
    """Where a page ends."""

    due_on: date
    follow_up: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    follow_up: UUID = event.originator_id
    match event:
        case FollowUp.Assigned():
            _add(connection, event)
        case FollowUp.AssignedByVedtak():
            _add_running(connection, event)
        case FollowUp.TookEffect():
            change(connection, TABLE, follow_up, state=FollowUpState.IN_FORCE, vedtak=event.vedtak)
        case FollowUp.Reassigned():
            handed_on = {"assignee": event.assignee, "unit": event.unit, "assigned_at": event.timestamp}
            change(connection, TABLE, follow_up, **handed_on)
        case FollowUp.DueDateMoved():
            change(connection, TABLE, follow_up, due_on=event.due_on, escalated_to=None)
        case FollowUp.Escalated():
            change(connection, TABLE, follow_up, escalated_to=event.to)
        case FollowUp.Completed():
            change(connection, TABLE, follow_up, state=FollowUpState.COMPLETED)
        case FollowUp.Cancelled():
            change(connection, TABLE, follow_up, state=FollowUpState.CANCELLED)
        case _:
            leavings.apply(connection, event)


def _add(connection: Connection, event: FollowUp.Assigned) -> None:
    state = FollowUpState.PLANNED if event.vedtak_track else FollowUpState.IN_FORCE
    add(
        connection, TABLE, follow_up=event.originator_id, case=event.case, person=event.person, item=event.item,
        conclusion=event.conclusion, assignee=event.assignee, unit=event.unit, due_on=event.due_on, what=event.what,
        vedtak_track=event.vedtak_track, state=state, assigned_at=event.timestamp,
    )  # fmt: skip


def _add_running(connection: Connection, event: FollowUp.AssignedByVedtak) -> None:
    add(
        connection, TABLE, follow_up=event.originator_id, case=event.case, person=event.person, assignee=event.assignee,
        unit=event.unit, due_on=event.due_on, what=event.what, vedtak=event.vedtak, state=FollowUpState.IN_FORCE,
        assigned_at=event.timestamp,
    )  # fmt: skip


VIEW = View("task_inbox", "4", Source.CASE_LOG, (TABLE, leavings.TABLE), apply)

IN_FORCE: ColumnElement[bool] = TABLE.c.state == FollowUpState.IN_FORCE
OPEN: ColumnElement[bool] = TABLE.c.state.in_((FollowUpState.IN_FORCE, FollowUpState.PLANNED))


def page(
    connection: Connection, *wanted: ColumnElement[bool], now: datetime, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """The tasks that are `wanted`, those due longest ago first, each with what its assignee has left by `now` (UTC)."""
    columns = (TABLE.c.due_on, TABLE.c.follow_up)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    left = leavings.what_was_left(TABLE.c.assignee, TABLE.c.assigned_at, now)
    query = select(TABLE, people.TABLE.c.name, left).select_from(named).where(*wanted)
    query = query.order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def open_tasks_of(connection: Connection, employee: UUID) -> list[UUID]:
    """The tasks an employee has that are not over, those due first first."""
    query = select(TABLE.c.follow_up).where(OPEN, assigned_to(employee)).order_by(TABLE.c.due_on, TABLE.c.follow_up)
    return list(connection.scalars(query))


def has_left(now: datetime) -> ColumnElement[bool]:
    """Whether the assignee has left employment or the group since getting the task, by `now` (UTC)."""
    return leavings.has_left(TABLE.c.assignee, TABLE.c.assigned_at, now)


def is_for_leader(unit: str, leader: UUID, now: datetime) -> ColumnElement[bool]:
    """Whether the leader of `unit` is to see to it: overdue and escalated, or its assignee has left (M15)."""
    escalated = and_(IN_FORCE, TABLE.c.escalated_to.is_not(None))
    is_theirs = or_(TABLE.c.unit == unit, TABLE.c.escalated_to == leader)
    return and_(is_theirs, OPEN, or_(escalated, has_left(now)))


def assigned_to(employee: UUID) -> ColumnElement[bool]:
    return TABLE.c.assignee == employee


def is_had_by(employee: UUID, day: date) -> ColumnElement[bool]:
    """Whether the task is the employee's on that Oslo date: her own, or of whoever she stands in for."""
    return absences.has(TABLE.c.assignee, employee, day)


def within(connection: Connection, reach: Reach, reader: UUID) -> ColumnElement[bool]:
    """Whether a task is within the reader's reach: all tasks of some cases, her own in the others (M15)."""
    return reach.of(connection, TABLE.c.case, own=assigned_to(reader))


def of_case(case: UUID) -> ColumnElement[bool]:
    return TABLE.c.case == case
