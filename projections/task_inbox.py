"""The task inbox: who is to do what by when, and how it stands (M15, C04)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Date, Row, String, Table, Uuid, select

from domain.base import Event
from domain.decisions.follow_up import FollowUp, FollowUpState
from projections import people
from projections.columns import SealedText
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "task_inbox",
    METADATA,
    Column("follow_up", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("item", Uuid, nullable=False),
    Column("conclusion", Uuid),
    Column("assignee", Uuid, nullable=False),
    Column("unit", String, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("what", SealedText, nullable=False),
    Column("vedtak_track", String),
    Column("vedtak", Uuid),
    Column("state", String, nullable=False),
    Column("escalated_to", Uuid),
)


class Key(NamedTuple):
    """Where a page ends."""

    due_on: date
    follow_up: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    follow_up: UUID = event.originator_id
    match event:
        case FollowUp.Assigned():
            _add(connection, event)
        case FollowUp.TookEffect():
            change(connection, TABLE, follow_up, state=FollowUpState.IN_FORCE, vedtak=event.vedtak)
        case FollowUp.Reassigned():
            change(connection, TABLE, follow_up, assignee=event.assignee, unit=event.unit)
        case FollowUp.DueDateMoved():
            change(connection, TABLE, follow_up, due_on=event.due_on, escalated_to=None)
        case FollowUp.Escalated():
            change(connection, TABLE, follow_up, escalated_to=event.to)
        case FollowUp.Completed():
            change(connection, TABLE, follow_up, state=FollowUpState.COMPLETED)
        case FollowUp.Cancelled():
            change(connection, TABLE, follow_up, state=FollowUpState.CANCELLED)


def _add(connection: Connection, event: FollowUp.Assigned) -> None:
    state = FollowUpState.PLANNED if event.vedtak_track else FollowUpState.IN_FORCE
    add(
        connection, TABLE, follow_up=event.originator_id, case=event.case, person=event.person, item=event.item,
        conclusion=event.conclusion, assignee=event.assignee, unit=event.unit, due_on=event.due_on, what=event.what,
        vedtak_track=event.vedtak_track, state=state,
    )  # fmt: skip


VIEW = View("task_inbox", "1", Source.CASE_LOG, (TABLE,), apply)

IN_FORCE: ColumnElement[bool] = TABLE.c.state == FollowUpState.IN_FORCE
OPEN: ColumnElement[bool] = TABLE.c.state.in_((FollowUpState.IN_FORCE, FollowUpState.PLANNED))


def page(connection: Connection, *wanted: ColumnElement[bool], after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """The tasks that are `wanted`, those due longest ago first."""
    columns = (TABLE.c.due_on, TABLE.c.follow_up)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(*wanted).order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def assigned_to(employee: UUID) -> ColumnElement[bool]:
    return TABLE.c.assignee == employee


def of_case(case: UUID) -> ColumnElement[bool]:
    return TABLE.c.case == case
