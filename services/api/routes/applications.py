"""Applications: how they come in, what is added to them, and how they end without a vedtak."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from domain.cases.application import ApplicationKind
from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import application_endings, applications, delay_notices

router = APIRouter(prefix="/applications", tags=["applications"], responses=COMMAND_ERRORS)


@router.post("", operation_id="receive_application", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def receive_application(body: applications.ReceiveApplication, desk: CommandDesk) -> Response:
    """Register an application that came in by form, letter, telephone or visit (LR1).

    Opens a case with its consent stream; an extension joins the thread of its lease. A receipt goes out at once (LH1).
    Whoever asks for somebody else is the submitter, and gets letters only by fullmakt or as guardian (LH7). `similar`
    names other requests of the person that wait for an answer, as far as the caller may know of them.
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


@router.post("/{application}/delay-notice", operation_id="send_delay_notice", response_model=CommandAnswer)
def send_delay_notice(application: UUID, body: delay_notices.SendDelayNotice, desk: CommandDesk) -> Response:
    """Record the further notice when the promised day slips: why, and the new day (LH3)."""
    return desk.carry_out(delay_notices.send_delay_notice, application, body)


@router.post("/{application}/corrections", operation_id="correct_application", response_model=CommandAnswer)
def correct_application(application: UUID, body: applications.CorrectApplication, desk: CommandDesk) -> Response:
    """Add what is right beside what was wrong; what came in stays as it was (LA5). Also after the answer."""
    return desk.carry_out(applications.correct_application, application, body)


@router.post("/{application}/received-date", operation_id="correct_received_date", response_model=CommandAnswer)
def correct_received_date(application: UUID, body: applications.CorrectReceivedDate, desk: CommandDesk) -> Response:
    """Correct the day it came in; what was registered stays in the log (LA5). Also after the answer.

    Deadlines run from the right day. What is promised the applicant, and a place on the waiting list, stand as they are.
    """
    return desk.carry_out(applications.correct_received_date, application, body)


@router.post("/{application}/withdrawal", operation_id="withdraw_application", response_model=CommandAnswer)
def withdraw_application(application: UUID, desk: CommandDesk) -> Response:
    """Record that the applicant takes all of it back; what it brought on an agenda or the waiting list comes off."""
    return desk.carry_out(application_endings.withdraw_application, application)


@router.post(
    "/{application}/kinds/{kind}/withdrawal", operation_id="withdraw_application_part", response_model=CommandAnswer
)
def withdraw_application_part(application: UUID, kind: ApplicationKind, desk: CommandDesk) -> Response:
    """Record that the applicant takes back one of the things applied for; the rest still waits for its answer."""
    return desk.carry_out(application_endings.withdraw_part, application, kind)


@router.post("/{application}/forwarding", operation_id="forward_application", response_model=CommandAnswer)
def forward_application(application: UUID, body: application_endings.ForwardApplication, desk: CommandDesk) -> Response:
    """Record that all or a part of a misdirected application was sent on, and the sender told (LH5)."""
    return desk.carry_out(application_endings.forward_application, application, body)


@router.post("/{application}/duplicate", operation_id="mark_duplicate", response_model=CommandAnswer)
def mark_duplicate(application: UUID, body: application_endings.MarkDuplicate, desk: CommandDesk) -> Response:
    """Close a second registration of the same request into the one in which it is answered (LH4).

    The earliest received date counts for deadlines and for the waiting list.
    """
    return desk.carry_out(application_endings.mark_duplicate, application, body)
