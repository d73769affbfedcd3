"""One meeting: called in, moved, cancelled, opened, closed (M05, M06, M07)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actors import EmployeeId
from domain.group.agenda_item import AgendaItem
from domain.group.meeting import Meeting, MeetingState, about_items
from domain.group.meeting_plan import CancelReason, MeetingPlan
from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from domain.law.deadlines import OSLO, oslo_datetime
from domain.refusals import Refusal
from services.command_desk import Outcome
from services.commands.agenda import coming_meeting, postponed
from services.commands.body import Body, Day, Id
from services.commands.meeting_plans import Clock, Room
from services.context import Context
from services.core.permits.keeping import Keeps
from services.core.registry import Area, command
from services.installation import Installation


class MoveMeeting(Body):
    """Another day, time or room. What is left out stays as it is."""

    day: Day | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    room: Room | None = None


class CancelMeeting(Body):
    """Why the meeting falls out, and where its agenda goes."""

    reason: CancelReason
    items_to: Annotated[Id | None, Field(description="The meeting that takes over what is on the agenda.")] = None


class ItemsNeedAMeetingError(Refusal):
    code = "items_need_a_meeting"
    rule = "M18"
    missing = "Møtet har saker på sakslisten, og det står ikke hvilket møte som skal ta dem."
    next_step = "Oppgi møtet som overtar sakene, eller ta dem av sakslisten først."


@dataclass(frozen=True)
class MeetingCalled:
    """A meeting, and who is called to it."""

    meeting: UUID
    called: tuple[EmployeeId, ...]


@dataclass(frozen=True)
class MeetingMoved:
    """A meeting, and its day (Oslo)."""

    meeting: UUID
    day: date


@dataclass(frozen=True)
class ItemMoved:
    """An item of a cancelled meeting, and the one it becomes at another."""

    item: UUID
    becomes: UUID


@dataclass(frozen=True)
class MeetingCancelled:
    """A meeting that falls out, and what moved from its agenda."""

    meeting: UUID
    items: tuple[ItemMoved, ...]


@dataclass(frozen=True)
class MeetingChanged:
    """A meeting that has begun or ended."""

    meeting: UUID
    state: MeetingState


@command("/meetings/{meeting}/calling", Area.MEETINGS, Keeps(Meeting))
def call_in(office: Installation, context: Context, meeting: Meeting) -> Outcome[MeetingCalled]:
    """Call in whoever is a member on the meeting's date; again when that has changed (M06)."""
    group = office.case_log.load(WorkingGroup, WORKING_GROUP_ID)
    meeting.call(members=group.to_be_called_on(meeting.day), by=context.by, at=context.at)
    called = tuple(member.member for member in meeting.called)
    return Outcome((meeting,), MeetingCalled(meeting.id, called), tagged=meeting)


@command("/meetings/{meeting}/move", Area.MEETINGS, Keeps(Meeting))
def move_meeting(office: Installation, context: Context, meeting: Meeting, body: MoveMeeting) -> Outcome[MeetingMoved]:
    """Move the meeting to another day, time or room; the same calendar entries change (M06)."""
    plan = office.case_log.load(MeetingPlan, meeting.plan)
    day = body.day or meeting.day
    if day != meeting.day:
        plan.move_date(
            meeting=meeting.id, new=day, is_working_day=office.working_days.is_working_day, by=context.by, at=context.at
        )
    meeting.reschedule(
        day=day, starts_at=_moment(day, body.starts, meeting.starts_at), ends_at=_moment(day, body.ends, meeting.ends_at),
        room=body.room or meeting.room, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((plan, meeting), MeetingMoved(meeting.id, day), tagged=meeting)


@command("/meetings/{meeting}/cancellation", Area.MEETINGS, Keeps(Meeting))
def cancel_meeting(
    office: Installation, context: Context, meeting: Meeting, body: CancelMeeting
) -> Outcome[MeetingCancelled]:
    """Cancel the meeting, in the calendars too (M06); what is on its agenda moves to the meeting named (M18)."""
    plan = office.case_log.load(MeetingPlan, meeting.plan)
    meeting.cancel(reason=body.reason, by=context.by, at=context.at)
    plan.cancel_date(meeting=meeting.id, reason=body.reason, by=context.by, at=context.at)
    waiting = [item for item in _agenda(office, meeting.id) if not item.outcome.settled]
    if waiting and body.items_to is None:
        raise ItemsNeedAMeetingError(about_items(len(waiting)))
    to_meeting = coming_meeting(office, context, body.items_to) if body.items_to else meeting
    moved = tuple(postponed(office, context, item, to_meeting) for item in waiting)
    items = tuple(ItemMoved(item.id, later.id) for item, later in zip(waiting, moved, strict=True))
    taking_over = (to_meeting,) if to_meeting.id != meeting.id else ()
    saved = (plan, meeting, *taking_over, *waiting, *moved)
    return Outcome(saved, MeetingCancelled(meeting.id, items), tagged=meeting)


@command("/meetings/{meeting}/opening", Area.MEETINGS, Keeps(Meeting))
def open_meeting(_office: Installation, context: Context, meeting: Meeting) -> Outcome[MeetingChanged]:
    """Begin the meeting."""
    meeting.open(by=context.by, at=context.at)
    return Outcome((meeting,), MeetingChanged(meeting.id, meeting.state), tagged=meeting)


@command("/meetings/{meeting}/closing", Area.MEETINGS, Keeps(Meeting))
def close_meeting(office: Installation, context: Context, meeting: Meeting) -> Outcome[MeetingChanged]:
    """End the meeting; refused while an item has neither conclusion and tasks nor a postponement (M07)."""
    meeting.close(items=tuple(item.outcome for item in _agenda(office, meeting.id)), by=context.by, at=context.at)
    return Outcome((meeting,), MeetingChanged(meeting.id, meeting.state), tagged=meeting)


def _agenda(office: Installation, meeting_id: UUID) -> list[AgendaItem]:
    return [office.case_log.load(AgendaItem, item) for item in office.case_log.items_at(meeting_id)]


def _moment(day: date, clock: str | None, now: datetime) -> datetime:
    """The UTC moment of `clock` on an Oslo date; the same time of day as `now` when no clock is given."""
    return oslo_datetime(day, time.fromisoformat(clock) if clock else now.astimezone(OSLO).time())
