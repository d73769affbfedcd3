"""Meetings, and putting things on their agendas (M05, M06, M07)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import agenda_items, meetings

router = APIRouter(prefix="/meetings", tags=["meetings"], responses=COMMAND_ERRORS)


@router.post("/{meeting}/calling", operation_id="call_in", response_model=CommandAnswer)
def call_in(meeting: UUID, desk: CommandDesk) -> Response:
    """Call in whoever is a member on the meeting's date; again when that has changed (M06)."""
    return desk.carry_out(meetings.call_in, meeting)


@router.post("/{meeting}/move", operation_id="move_meeting", response_model=CommandAnswer)
def move_meeting(meeting: UUID, body: meetings.MoveMeeting, desk: CommandDesk) -> Response:
    """Move the meeting to another day, time or room; the same calendar entries change (M06)."""
    return desk.carry_out(meetings.move_meeting, meeting, body)


@router.post("/{meeting}/cancellation", operation_id="cancel_meeting", response_model=CommandAnswer)
def cancel_meeting(meeting: UUID, body: meetings.CancelMeeting, desk: CommandDesk) -> Response:
    """Cancel the meeting, in the calendars too (M06); what is on its agenda moves to the meeting named (M18)."""
    return desk.carry_out(meetings.cancel_meeting, meeting, body)


@router.post("/{meeting}/opening", operation_id="open_meeting", response_model=CommandAnswer)
def open_meeting(meeting: UUID, desk: CommandDesk) -> Response:
    """Begin the meeting."""
    return desk.carry_out(meetings.open_meeting, meeting)


@router.post("/{meeting}/closing", operation_id="close_meeting", response_model=CommandAnswer)
def close_meeting(meeting: UUID, desk: CommandDesk) -> Response:
    """End the meeting; refused while an item has neither conclusion and tasks nor a postponement (M07)."""
    return desk.carry_out(meetings.close_meeting, meeting)


@router.post(
    "/{meeting}/agenda-items", operation_id="add_agenda_item", response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)  # fmt: skip
def add_agenda_item(meeting: UUID, body: agenda_items.AddAgendaItem, desk: CommandDesk) -> Response:
    """Put a matter on the agenda: never care housing (M20), not without consent (M09) or pre-assessment (M10)."""
    return desk.carry_out(agenda_items.add_agenda_item, meeting, body)
