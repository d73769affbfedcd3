"""Vedtak: one on each thing, with its own hjemmel and appeal body (M12, M13)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import challenges

router = APIRouter(prefix="/vedtak", tags=["vedtak"], responses=COMMAND_ERRORS)


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
