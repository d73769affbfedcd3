"""One meeting: called in, moved, cancelled, opened, closed (M05, M06, M07)."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.authority import require_saksbehandler
from domain.group.agenda_item import AgendaItem
from domain.group.meeting import Meeting, about_items
from domain.group.meeting_plan import CancelReason, MeetingPlan
from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from domain.law.deadlines import OSLO, oslo_datetime
from domain.refusals import Refusal
from services.command_desk import Outcome
from services.commands.agenda import coming_meeting, postponed
from services.commands.body import Body, Day, Id
from services.commands.meeting_plans import Clock, Room
from services.context import Context
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


def call_in(office: Installation, context: Context, meeting_id: UUID) -> Outcome:
    """Call to one meeting whoever is a member on its date, or call anew when that has changed (M06)."""
    meeting = _meeting(office, context, meeting_id)
    group = office.case_log.load(WorkingGroup, WORKING_GROUP_ID)
    meeting.call(members=group.to_be_called_on(meeting.day), by=context.by, at=context.at)
    called = tuple(member.member for member in meeting.called)
    return Outcome((meeting,), {"meeting": meeting_id, "called": called}, tagged=meeting)


def move_meeting(office: Installation, context: Context, meeting_id: UUID, body: MoveMeeting) -> Outcome:
    """Move the meeting, in the plan and in the calendars."""
    meeting = _meeting(office, context, meeting_id)
    plan = office.case_log.load(MeetingPlan, meeting.plan)
    day = body.day or meeting.day
    if day != meeting.day:
        plan.move_date(
            meeting=meeting_id, new=day, is_working_day=office.working_days.is_working_day, by=context.by, at=context.at
        )
    meeting.reschedule(
        day=day, starts_at=_moment(day, body.starts, meeting.starts_at), ends_at=_moment(day, body.ends, meeting.ends_at),
        room=body.room or meeting.room, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((plan, meeting), {"meeting": meeting_id, "day": day}, tagged=meeting)


def cancel_meeting(office: Installation, context: Context, meeting_id: UUID, body: CancelMeeting) -> Outcome:
    """Cancel the meeting. In the same save its agenda moves to the meeting named, so that nothing slips (M18)."""
    meeting = _meeting(office, context, meeting_id)
    plan = office.case_log.load(MeetingPlan, meeting.plan)
    meeting.cancel(reason=body.reason, by=context.by, at=context.at)
    plan.cancel_date(meeting=meeting_id, reason=body.reason, by=context.by, at=context.at)
    waiting = [item for item in _agenda(office, meeting_id) if not item.outcome.settled]
    if waiting and body.items_to is None:
        raise ItemsNeedAMeetingError(about_items(len(waiting)))
    to_meeting = coming_meeting(office, context, body.items_to) if body.items_to else meeting
    moved = tuple(postponed(office, context, item, to_meeting) for item in waiting)
    items = tuple({"item": item.id, "becomes": later.id} for item, later in zip(waiting, moved, strict=True))
    taking_over = (to_meeting,) if to_meeting.id != meeting_id else ()
    saved = (plan, meeting, *taking_over, *waiting, *moved)
    return Outcome(saved, {"meeting": meeting_id, "items": items}, tagged=meeting)


def open_meeting(office: Installation, context: Context, meeting_id: UUID) -> Outcome:
    """Begin the meeting."""
    meeting = _meeting(office, context, meeting_id)
    meeting.open(by=context.by, at=context.at)
    return Outcome((meeting,), {"meeting": meeting_id, "state": meeting.state}, tagged=meeting)


def close_meeting(office: Installation, context: Context, meeting_id: UUID) -> Outcome:
    """End the meeting, unless something on its agenda has come to no end (M07)."""
    meeting = _meeting(office, context, meeting_id)
    items = tuple(item.outcome for item in _agenda(office, meeting_id))
    meeting.close(items=items, by=context.by, at=context.at)
    return Outcome((meeting,), {"meeting": meeting_id, "state": meeting.state}, tagged=meeting)


def _meeting(office: Installation, context: Context, meeting_id: UUID) -> Meeting:
    require_saksbehandler(context.by)
    meeting = office.case_log.load(Meeting, meeting_id)
    context.expect(meeting)
    return meeting


def _agenda(office: Installation, meeting_id: UUID) -> list[AgendaItem]:
    return [office.case_log.load(AgendaItem, item) for item in office.case_log.items_at(meeting_id)]


def _moment(day: date, clock: str | None, now: datetime) -> datetime:
    """The UTC moment of `clock` on an Oslo date; the same time of day as `now` when no clock is given."""
    return oslo_datetime(day, time.fromisoformat(clock) if clock else now.astimezone(OSLO).time())
