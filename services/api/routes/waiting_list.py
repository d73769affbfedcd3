"""The waiting list: facts, pauses and ways off it (M14)."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import declines, waiting_list

router = APIRouter(prefix="/waiting-list", tags=["waiting list"], responses=COMMAND_ERRORS)


@router.post("/{entry}/facts", operation_id="update_waiting_list_facts", response_model=CommandAnswer)
def update_waiting_list_facts(entry: UUID, body: waiting_list.UpdateWaitingListFacts, desk: CommandDesk) -> Response:
    """Replace the facts that place an entry. The saksbehandler alone does, with or without consent (M14)."""
    return desk.carry_out(waiting_list.update_waiting_list_facts, entry, body)


@router.post("/{entry}/effective-date", operation_id="move_effective_date", response_model=CommandAnswer)
def move_effective_date(entry: UUID, body: waiting_list.MoveEffectiveDate, desk: CommandDesk) -> Response:
    """Move the date that counts, with the reason. The date of registration stays."""
    return desk.carry_out(waiting_list.move_effective_date, entry, body)


@router.post("/{entry}/pause", operation_id="pause_waiting_list_entry", response_model=CommandAnswer)
def pause_waiting_list_entry(entry: UUID, body: waiting_list.PauseWaitingListEntry, desk: CommandDesk) -> Response:
    """Take an entry out of the comparison for a while; it keeps its dates."""
    return desk.carry_out(waiting_list.pause_waiting_list_entry, entry, body)


@router.post("/{entry}/resumption", operation_id="resume_waiting_list_entry", response_model=CommandAnswer)
def resume_waiting_list_entry(entry: UUID, desk: CommandDesk) -> Response:
    """Bring a paused entry back among the candidates."""
    return desk.carry_out(waiting_list.resume_waiting_list_entry, entry)


@router.post("/{entry}/decline-assessment", operation_id="assess_decline", response_model=CommandAnswer)
def assess_decline(entry: UUID, body: declines.AssessDecline, desk: CommandDesk) -> Response:
    """Decide whether the place is kept after a decline that the guidelines leave to the saksbehandler (M14, LV5)."""
    return desk.carry_out(declines.assess_decline, entry, body)


@router.post("/{entry}/leaving", operation_id="leave_waiting_list", response_model=CommandAnswer)
def leave_waiting_list(entry: UUID, body: waiting_list.LeaveWaitingList, desk: CommandDesk) -> Response:
    """Take an entry off the list for good. A person decides that, never a machine (LV5)."""
    return desk.carry_out(waiting_list.leave_waiting_list, entry, body)
