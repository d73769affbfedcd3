"""Vedtak: one on each thing, with its own hjemmel and appeal body (M12, M13)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import challenges, vedtak_notices, vedtak_tasks
from services.commands import vedtak as drafting
from services.commands.issue_vedtak import IssueVedtak
from services.commands.issue_vedtak import issue_vedtak as issuing

router = APIRouter(prefix="/vedtak", tags=["vedtak"], responses=COMMAND_ERRORS)


@router.post("", operation_id="draft_vedtak", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def draft_vedtak(body: drafting.DraftVedtak, desk: CommandDesk) -> Response:
    """Write a vedtak on the group's conclusion, or on a recorded ground for deciding without one (M13).

    Hjemmel, appeal body and the version of the rules are those of the day. One that departs from the conclusion says
    why (B08).
    """
    return desk.carry_out(drafting.draft_vedtak, body)


@router.post("/{vedtak}/issue", operation_id="issue_vedtak", response_model=CommandAnswer)
def issue_vedtak(vedtak: UUID, body: IssueVedtak, desk: CommandDesk) -> Response:
    """Make the vedtak, when facts that others told have been put to the applicant (LH6).

    In the same save the application is answered, follow-ups take effect (M15) or fall away, a granted dwelling gives
    a place on the waiting list, and a granted or refused extension reaches the tenancy (M19).
    """
    return desk.carry_out(issuing, vedtak, body)


@router.post("/{vedtak}/discarding", operation_id="discard_draft", response_model=CommandAnswer)
def discard_draft(vedtak: UUID, body: drafting.DiscardDraft, desk: CommandDesk) -> Response:
    """Give a draft up, so that a new one can be written. An issued vedtak is replaced instead (LD6)."""
    return desk.carry_out(drafting.discard_draft, vedtak, body)


@router.post("/{vedtak}/decider", operation_id="set_in_decider", response_model=CommandAnswer)
def set_in_decider(vedtak: UUID, body: drafting.SetInDecider, desk: CommandDesk) -> Response:
    """Set in who makes the vedtak when the leader of Service og tildeling is inhabil; a leader outside it does (LI2)."""
    return desk.carry_out(drafting.set_in_decider, vedtak, body)


@router.post("/{vedtak}/notification", operation_id="notify_vedtak", response_model=CommandAnswer)
def notify_vedtak(vedtak: UUID, body: vedtak_notices.NotifyVedtak, desk: CommandDesk) -> Response:
    """Record that the party was told, and from it the last day to appeal (LK3, LO2, LH9).

    Who is reserved against digital contact gets it by post (LD5).
    """
    return desk.carry_out(vedtak_notices.notify_vedtak, vedtak, body)


@router.post("/{vedtak}/opening", operation_id="record_opening", response_model=CommandAnswer)
def record_opening(vedtak: UUID, body: vedtak_notices.RecordOpening, desk: CommandDesk) -> Response:
    """Record that the party has opened the digital vedtak; what is not opened in a week is noticed again (LD5)."""
    return desk.carry_out(vedtak_notices.record_opening, vedtak, body)


@router.post(
    "/{vedtak}/follow-ups",
    operation_id="assign_follow_up",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)
def assign_follow_up(vedtak: UUID, body: vedtak_tasks.AssignFollowUp, desk: CommandDesk) -> Response:
    """Share out a task under a granting vedtak, outside a meeting; it begins at once (M15)."""
    return desk.carry_out(vedtak_tasks.assign_follow_up, vedtak, body)


@router.post("/{vedtak}/corrections", operation_id="correct_vedtak", response_model=CommandAnswer)
def correct_vedtak(vedtak: UUID, body: drafting.CorrectVedtak, desk: CommandDesk) -> Response:
    """Add the right wording beside the wrong one (LA5)."""
    return desk.carry_out(drafting.correct_vedtak, vedtak, body)


@router.post(
    "/{vedtak}/challenges",
    operation_id="report_assistance_challenge",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)
def report_assistance_challenge(
    vedtak: UUID, body: challenges.ReportAssistanceChallenge, desk: CommandDesk
) -> Response:
    """Report something difficult in giving the help that a vedtak has granted; opens a case (M17)."""
    return desk.carry_out(challenges.report_assistance_challenge, vedtak, body)
