"""Applications, from reception to withdrawal."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import applications

router = APIRouter(prefix="/applications", tags=["applications"], responses=COMMAND_ERRORS)


@router.post("", operation_id="receive_application", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def receive_application(body: applications.ReceiveApplication, desk: CommandDesk) -> Response:
    """Register an application that came in by form, letter, telephone or visit (LR1).

    Opens a case with its consent stream; an extension joins the thread of its lease. A receipt goes out at once (LH1).
    """
    return desk.carry_out(applications.receive_application, body)


@router.post("/{application}/supplements", operation_id="supplement_application", response_model=CommandAnswer)
def supplement_application(application: UUID, body: applications.SupplementApplication, desk: CommandDesk) -> Response:
    """Add what the applicant sent later; nothing of the original changes."""
    return desk.carry_out(applications.supplement_application, application, body)


@router.post("/{application}/interim-reply", operation_id="send_interim_reply", response_model=CommandAnswer)
def send_interim_reply(application: UUID, body: applications.SendInterimReply, desk: CommandDesk) -> Response:
    """Record the interim reply: why it takes time, and when to expect an answer (LH2)."""
    return desk.carry_out(applications.send_interim_reply, application, body)


@router.post("/{application}/withdrawal", operation_id="withdraw_application", response_model=CommandAnswer)
def withdraw_application(application: UUID, desk: CommandDesk) -> Response:
    """Record that the applicant takes the application back."""
    return desk.carry_out(applications.withdraw_application, application)
