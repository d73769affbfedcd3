"""Deadlines as rows: the table, how a row begins, moves and ends, and how they are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Label,
    Row,
    String,
    Table,
    Uuid,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from domain.group.agenda_item import ItemState
from domain.group.meeting import MeetingState
from domain.law.deadline_kinds import DeadlineKind
from projections import agenda, meetings, people
from projections.reach import Reach
from projections.rows import add, beyond
from projections.view import METADATA

PASSING = (
    DeadlineKind.APPEAL, DeadlineKind.LEASE_WARNING, DeadlineKind.NOTICE_PROTEST, DeadlineKind.EVICTION_OPT_OUT,
    DeadlineKind.TAKEOVER_REPLY,
)  # fmt: skip
"""Dates that simply pass; the others stay, overdue, until something is done."""

TABLE = Table(
    "deadlines",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("part", String, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("runs", Boolean, nullable=False),
    Index("deadlines_first", "due_on", "kind", "subject", "part"),
)
"""`part`: which of several about one subject: what was applied for or is to be decided, the months before a lease ends;
else empty.

`due_on`: the last Oslo date in time. `runs`: false while a task waits for its vedtak (M15).
"""


ANY = ""


class Key(NamedTuple):
    """Where a page ends."""

    due_on: date
    kind: str
    subject: UUID
    part: str


def start(
    connection: Connection, kind: DeadlineKind, subject: UUID, due_on: date, case: UUID, person: UUID, *,
    part: str = ANY, runs: bool = True,
) -> None:  # fmt: skip
    """A deadline begins to run; with `runs` false it waits until it is released."""
    add(connection, TABLE, kind=kind, subject=subject, part=part, case=case, person=person, due_on=due_on, runs=runs)


def release(connection: Connection, subject: UUID) -> None:
    """What waited about `subject` runs from now on."""
    connection.execute(update(TABLE).where(TABLE.c.subject == subject).values(runs=True))


def hold(connection: Connection, subject: UUID, kind: DeadlineKind) -> None:
    """What is of that kind about `subject` waits until it is released."""
    connection.execute(update(TABLE).where(TABLE.c.subject == subject, TABLE.c.kind == kind).values(runs=False))


def move(connection: Connection, subject: UUID, kind: DeadlineKind, due_on: date) -> None:
    """It runs until another day."""
    connection.execute(update(TABLE).where(TABLE.c.subject == subject, TABLE.c.kind == kind).values(due_on=due_on))


def end(connection: Connection, subject: UUID, kind: DeadlineKind | None = None) -> None:
    """What is about `subject` runs no longer: all of it, or one kind."""
    ended = delete(TABLE).where(TABLE.c.subject == subject)
    connection.execute(ended if kind is None else ended.where(TABLE.c.kind == kind))


def end_in_case(connection: Connection, case: UUID, kind: DeadlineKind, *, part: str | None = None) -> None:
    """What is of that kind in `case` runs no longer: all of it, or one part."""
    ended = delete(TABLE).where(TABLE.c.case == case, TABLE.c.kind == kind)
    connection.execute(ended if part is None else ended.where(TABLE.c.part == part))


def page(
    connection: Connection, *wanted: ColumnElement[bool], reach: Reach, today: date, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """The deadlines within reach that run on the Oslo date `today`, overdue ones first."""
    columns = (TABLE.c.due_on, TABLE.c.kind, TABLE.c.subject, TABLE.c.part)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    stands = or_(TABLE.c.kind.not_in(PASSING), TABLE.c.due_on >= today)
    matters = or_(TABLE.c.kind != DeadlineKind.CONSENT_EXPIRES, _a_meeting_comes_after())
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(TABLE.c.runs, stands, matters, *wanted)
    query = query.where(reach.of(connection, TABLE.c.case))
    query = query.order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def _a_meeting_comes_after() -> ColumnElement[bool]:
    """Whether the case is on the agenda of a meeting later than the row's day, and is still to be discussed there."""
    item, meeting = agenda.TABLE.c, meetings.TABLE.c
    to_come = (item.case == TABLE.c.case) & (item.state == ItemState.PLANNED) & item.settled.is_(False)
    is_later = (meeting.state == MeetingState.SCHEDULED) & (meeting.day > TABLE.c.due_on)
    return exists().where(item.meeting == meeting.meeting, to_come, is_later)


def next_deadline(case: Column[UUID]) -> Label[date | None]:
    """The next deadline that runs in a case, as the column `deadline`."""
    running = select(func.min(TABLE.c.due_on)).where(TABLE.c.case == case, TABLE.c.runs)
    return running.scalar_subquery().label("deadline")


def of_kind(kind: DeadlineKind) -> ColumnElement[bool]:
    return TABLE.c.kind == kind


def due_by(day: date) -> ColumnElement[bool]:
    return TABLE.c.due_on <= day
