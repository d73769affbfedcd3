"""What is due, as rows: the table, how rows are added and settled, and what the workers ask it (design D8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID, uuid5

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    and_,
    exists,
    func,
    insert,
    select,
    update,
)

from domain.access.facts import NOBODY
from domain.law.deadlines import oslo_datetime
from projections.columns import UtcDateTime
from projections.due_meetings import MEETINGS
from projections.view import METADATA

DUE_WORK = Table(
    "due_work",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("task", String, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("recipient", Uuid, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("meeting_by", Date),
    Column("state", String, nullable=False),
    Column("claimed_until", UtcDateTime),
    # The scan reads only what is due and not done, however long the log grows.
    Index("due_work_open", "state", "due_at"),
    Index("due_work_subject", "subject"),
    Index("due_work_case", "case_id"),
)

MORNING = time(8)
ROWS = UUID("c1b6a0f2-3a77-4a55-8d3e-9b1c52f0e6d4")


class Task(StrEnum):
    """What is to be done, under the name of the Celery task that does it."""

    SEND_INVITATION = "meetings.send_invitation"
    SEND_CANCELLATION = "meetings.send_cancellation"
    SEND_RECEIPT = "applications.send_receipt"
    WARN_OF_DEADLINE = "applications.warn_of_deadline"
    SEND_REMINDER = "follow_ups.send_reminder"
    ESCALATE = "follow_ups.escalate"
    TELL_LEADER = "follow_ups.tell_leader"
    WARN_OF_NOBODY_RESPONSIBLE = "follow_ups.warn_of_nobody_responsible"
    WARN_OF_LEASE_END = "leases.warn_of_end"
    PUT_ON_AGENDA = "leases.put_on_agenda"
    WARN_OF_MOVE_OUT_DEMAND = "leases.warn_of_move_out_demand"
    BECOME_OPEN_ENDED = "leases.become_open_ended"
    TELL_OF_OPEN_ENDED = "leases.tell_of_open_ended"
    LAPSE_NOTICE = "leases.lapse_notice"
    TELL_OF_LAPSED_NOTICE = "leases.tell_of_lapsed_notice"
    EXPIRE_CONSENT = "consents.expire"
    LAPSE_OFFER = "offers.lapse"
    TELL_OF_LAPSE = "offers.tell_of_lapse"
    TELL_OF_EMERGENCY = "oversight.tell_of_emergency"
    NOTIFY_AGAIN = "vedtak.notify_again"
    SEND_SECOND_NOTICE = "vedtak.send_second_notice"


class RowState(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    """What it belongs to is not in force yet, or stands on an agenda and may come off it unsettled."""
    PENDING = "pending"
    BEGUN = "begun"
    """Its message may have left; only an outcome settles it."""
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (RowState.PENDING, RowState.BEGUN)


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """One thing to do. `due_at` is office time, `claimed_until` real time; both UTC.

    `recipient` is `NOBODY` where the worker finds out who when the time comes, `case_id` where there is no case.
    `sequence` is the calendar's for a meeting, else the version of the event the row follows from. `meeting_by`: it
    also takes a meeting, on that Oslo date at the latest.
    """

    id: UUID
    task: Task
    subject: UUID
    recipient: UUID = NOBODY
    case_id: UUID = NOBODY
    sequence: int
    due_at: datetime
    meeting_by: date | None = None
    state: RowState = RowState.PENDING
    claimed_until: datetime | None = None


def morning(day: date) -> datetime:
    """When work begins on that Oslo date, in UTC."""
    return oslo_datetime(day, MORNING)


def due(
    task: Task,
    subject: UUID,
    due_at: datetime,
    sequence: int,
    *,
    recipient: UUID = NOBODY,
    case: UUID = NOBODY,
    occasion: int = 0,
    meeting_by: date | None = None,
    state: RowState = RowState.PENDING,
) -> DueRow:
    """A row. Its id follows from what it is, so that a rebuilt view gives every row its old id.

    `occasion` tells the rows of one task and subject apart: how many days or months before.
    """
    id = uuid5(ROWS, f"{task} {subject} {recipient} {sequence} {occasion}")
    return DueRow(
        id=id,
        task=task,
        subject=subject,
        recipient=recipient,
        case_id=case,
        sequence=sequence,
        due_at=due_at,
        meeting_by=meeting_by,
        state=state,
    )


def add(connection: Connection, rows: Iterable[DueRow]) -> None:
    """Add new rows."""
    if values := [vars(row) for row in rows]:
        connection.execute(insert(DUE_WORK), values)


def cancel(connection: Connection, subject: UUID, *tasks: Task) -> None:
    """Take back what is not begun of `tasks` about `subject`."""
    connection.execute(
        update(DUE_WORK)
        .where(DUE_WORK.c.subject == subject, DUE_WORK.c.task.in_(tasks))
        .where(DUE_WORK.c.state.in_((RowState.WAITING, RowState.PENDING)))
        .values(state=RowState.CANCELLED, claimed_until=None)
    )


def settle(connection: Connection, subject: UUID, task: Task) -> None:
    """What was pending of `task` about `subject` is done."""
    connection.execute(
        update(DUE_WORK)
        .where(DUE_WORK.c.subject == subject, DUE_WORK.c.task == task, DUE_WORK.c.state == RowState.PENDING)
        .values(state=RowState.DONE, claimed_until=None)
    )


def release(connection: Connection, subject: UUID) -> None:
    """What waited about `subject` is in force."""
    connection.execute(
        update(DUE_WORK)
        .where(DUE_WORK.c.subject == subject, DUE_WORK.c.state == RowState.WAITING)
        .values(state=RowState.PENDING)
    )


def exchange(connection: Connection, case: UUID, task: Task, state: RowState, new: RowState) -> None:
    """Give the rows of `task` in `case` that are in `state` a `new` one."""
    connection.execute(
        update(DUE_WORK)
        .where(DUE_WORK.c.case_id == case, DUE_WORK.c.task == task, DUE_WORK.c.state == state)
        .values(state=new, claimed_until=None)
    )


def move(connection: Connection, id: UUID, state: RowState, claimed_until: datetime | None = None) -> None:
    """Set one row's state, and until when (real time) somebody has it."""
    connection.execute(update(DUE_WORK).where(DUE_WORK.c.id == id).values(state=state, claimed_until=claimed_until))


def is_known(connection: Connection, subject: UUID, task: Task, state: RowState | None = None) -> bool:
    """Whether there is a row of `task` about `subject`, in `state` when one is given."""
    rows = select(DUE_WORK.c.id).where(DUE_WORK.c.subject == subject, DUE_WORK.c.task == task)
    return bool(connection.scalar(select(exists(rows.where(DUE_WORK.c.state == state) if state else rows))))


def last_recipients(connection: Connection, subject: UUID, task: Task) -> tuple[UUID, ...]:
    """Who the newest rows of `task` about `subject` go to: for a meeting, those who are called."""
    mine = (DUE_WORK.c.subject == subject, DUE_WORK.c.task == task)
    newest = select(func.max(DUE_WORK.c.sequence)).where(*mine).scalar_subquery()
    rows = select(DUE_WORK.c.recipient).where(*mine, DUE_WORK.c.sequence == newest).order_by(DUE_WORK.c.recipient)
    return tuple(connection.scalars(rows))


def find(connection: Connection, id: UUID) -> DueRow | None:
    """The row, or None."""
    row = connection.execute(select(DUE_WORK).where(DUE_WORK.c.id == id)).mappings().one_or_none()
    return None if row is None else _row(dict(row))


def is_overtaken(connection: Connection, row: DueRow, now: datetime) -> bool:
    """Whether a later occasion of the same thing is due at office time `now` already, so that one message is enough."""
    later = select(DUE_WORK.c.id).where(
        DUE_WORK.c.subject == row.subject, DUE_WORK.c.task == row.task, DUE_WORK.c.sequence == row.sequence,
        DUE_WORK.c.due_at > row.due_at, DUE_WORK.c.due_at <= now,
    )  # fmt: skip
    return bool(connection.scalar(select(exists(later))))


def claim(
    connection: Connection, *, now: datetime, real_now: datetime, until: datetime, limit: int
) -> Sequence[DueRow]:
    """Claim what is due at office time `now` and in nobody's hands at `real_now`, until `until` (real time).

    One statement: of two who claim at the same time each row goes to one.
    """
    free = (DUE_WORK.c.claimed_until.is_(None)) | (DUE_WORK.c.claimed_until < real_now)
    first = select(DUE_WORK.c.id).where(_is_due(now), free).order_by(DUE_WORK.c.due_at).limit(limit)
    claimed = connection.execute(
        update(DUE_WORK)
        .where(DUE_WORK.c.id.in_(first.with_for_update(skip_locked=True)), _is_due(now), free)
        .values(claimed_until=until)
        .returning(DUE_WORK)
    )
    return [_row(dict(row)) for row in claimed.mappings()]


def outstanding(connection: Connection, now: datetime) -> int:
    """How many rows are due at office time `now` and not done."""
    return connection.scalar(select(func.count()).select_from(DUE_WORK).where(_is_due(now))) or 0


def next_moment(connection: Connection, now: datetime) -> datetime | None:
    """The first moment (office time, UTC) after `now` at which something falls due."""
    later = (DUE_WORK.c.state.in_(OPEN), DUE_WORK.c.due_at > now)
    return connection.scalar(select(DUE_WORK.c.due_at).where(*later).order_by(DUE_WORK.c.due_at).limit(1))


def _is_due(now: datetime) -> ColumnElement[bool]:
    in_time = exists().where(MEETINGS.c.starts_at > now, MEETINGS.c.day <= DUE_WORK.c.meeting_by)
    has_its_meeting = DUE_WORK.c.meeting_by.is_(None) | in_time
    return and_(DUE_WORK.c.state.in_(OPEN), DUE_WORK.c.due_at <= now, has_its_meeting)


def _row(values: dict[str, object]) -> DueRow:
    values["task"], values["state"] = Task(str(values["task"])), RowState(str(values["state"]))
    return DueRow(**values)  # type: ignore[arg-type]  # the columns are the fields
