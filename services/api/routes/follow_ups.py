"""Follow-ups: who does what by when, and how it goes (M15)."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import follow_ups

router = APIRouter(prefix="/follow-ups", tags=["follow-ups"], responses=COMMAND_ERRORS)


@router.post("/{follow_up}/progress", operation_id="progress_follow_up", response_model=CommandAnswer)
def progress_follow_up(follow_up: UUID, body: follow_ups.ProgressFollowUp, desk: CommandDesk) -> Response:
    """Report how an own task goes."""
    return desk.carry_out(follow_ups.progress_follow_up, follow_up, body)


@router.post("/{follow_up}/completion", operation_id="complete_follow_up", response_model=CommandAnswer)
def complete_follow_up(follow_up: UUID, body: follow_ups.CompleteFollowUp, desk: CommandDesk) -> Response:
    """Report that an own task is done. The assignee's access through it ends here."""
    return desk.carry_out(follow_ups.complete_follow_up, follow_up, body)


@router.post("/{follow_up}/assignee", operation_id="reassign_follow_up", response_model=CommandAnswer)
def reassign_follow_up(follow_up: UUID, body: follow_ups.ReassignFollowUp, desk: CommandDesk) -> Response:
    """Hand a task on: the saksbehandler, or the leader of the unit it stays in."""
    return desk.carry_out(follow_ups.reassign_follow_up, follow_up, body)


@router.post("/{follow_up}/due-date", operation_id="move_follow_up_due_date", response_model=CommandAnswer)
def move_follow_up_due_date(follow_up: UUID, body: follow_ups.MoveFollowUpDueDate, desk: CommandDesk) -> Response:
    """Move the due date; the reminders begin anew."""
    return desk.carry_out(follow_ups.move_follow_up_due_date, follow_up, body)


@router.post("/{follow_up}/cancellation", operation_id="cancel_follow_up", response_model=CommandAnswer)
def cancel_follow_up(follow_up: UUID, body: follow_ups.CancelFollowUp, desk: CommandDesk) -> Response:
    """Let a task fall away, with a coded reason."""
    return desk.carry_out(follow_ups.cancel_follow_up, follow_up, body)
