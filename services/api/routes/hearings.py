"""What others told of somebody whose case is decided without the group, put to them first (LH6, M13)."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import hearings

router = APIRouter(prefix="/cases/{case}/facts", tags=["vedtak"], responses=COMMAND_ERRORS)


@router.post("", operation_id="hear_applicant", response_model=CommandAnswer)
def hear_applicant(case: UUID, body: hearings.PutFactsToApplicant, desk: CommandDesk) -> Response:
    """Put what others told to the applicant, with a deadline (LH6). Facts of a conclusion go by the conclusion."""
    return desk.carry_out(hearings.hear_applicant, case, body)


@router.post("/answer", operation_id="record_hearing_answer", response_model=CommandAnswer)
def record_hearing_answer(case: UUID, body: hearings.RecordApplicantAnswer, desk: CommandDesk) -> Response:
    """Record what the applicant answered, or that there was nothing to say (LH6)."""
    return desk.carry_out(hearings.record_hearing_answer, case, body)


@router.post("/exception", operation_id="record_hearing_exception", response_model=CommandAnswer)
def record_hearing_exception(case: UUID, body: hearings.RecordFactsException, desk: CommandDesk) -> Response:
    """Record on what ground, and why, the facts are not put to the applicant (LH6)."""
    return desk.carry_out(hearings.record_hearing_exception, case, body)


@router.post("/none", operation_id="record_nothing_told", response_model=CommandAnswer)
def record_nothing_told(case: UUID, desk: CommandDesk) -> Response:
    """Record that nobody but the applicant has told anything about the applicant (LH6)."""
    return desk.carry_out(hearings.record_nothing_told, case)
