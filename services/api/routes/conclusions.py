"""Conclusions, from dissent to the applicant's answer (M11, LH6)."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import conclusions, hearings

router = APIRouter(prefix="/conclusions", tags=["conclusions"], responses=COMMAND_ERRORS)


@router.post("/{conclusion}/dissent", operation_id="record_dissent", response_model=CommandAnswer)
def record_dissent(conclusion: UUID, body: conclusions.RecordDissent, desk: CommandDesk) -> Response:
    """Record disagreement, one's own or as saksbehandler somebody else's (M11)."""
    return desk.carry_out(conclusions.record_dissent, conclusion, body)


@router.post("/{conclusion}/facts", operation_id="put_facts_to_applicant", response_model=CommandAnswer)
def put_facts_to_applicant(conclusion: UUID, body: hearings.PutFactsToApplicant, desk: CommandDesk) -> Response:
    """Put what others told to the applicant, with a deadline (LH6)."""
    return desk.carry_out(conclusions.put_facts_to_applicant, conclusion, body)


@router.post("/{conclusion}/facts/answer", operation_id="record_applicant_answer", response_model=CommandAnswer)
def record_applicant_answer(conclusion: UUID, body: hearings.RecordApplicantAnswer, desk: CommandDesk) -> Response:
    """Record what the applicant answered, or that there was nothing to say (LH6)."""
    return desk.carry_out(conclusions.record_applicant_answer, conclusion, body)


@router.post("/{conclusion}/facts/exception", operation_id="record_facts_exception", response_model=CommandAnswer)
def record_facts_exception(conclusion: UUID, body: hearings.RecordFactsException, desk: CommandDesk) -> Response:
    """Record on what ground, and why, the facts are not put to the applicant (LH6)."""
    return desk.carry_out(conclusions.record_facts_exception, conclusion, body)
