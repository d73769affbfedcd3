"""Cases: responsibility, submission, representatives, pre-assessment, and how they end."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import cases, pre_assessments, representatives

router = APIRouter(tags=["cases"], responses=COMMAND_ERRORS)


@router.post(
    "/submissions", operation_id="submit_case", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED
)
def submit_case(body: cases.SubmitCase, desk: CommandDesk) -> Response:
    """Submit a case to the group. Any participant may (M04); care housing is never taken in (M20)."""
    return desk.carry_out(cases.submit_case, body)


@router.post("/cases/{case}/responsibility", operation_id="assign_responsibility", response_model=CommandAnswer)
def assign_responsibility(case: UUID, body: cases.AssignResponsibility, desk: CommandDesk) -> Response:
    """Give the case to a saksbehandler at Service og tildeling."""
    return desk.carry_out(cases.assign_responsibility, case, body)


@router.post("/cases/{case}/decision-without-group", operation_id="decide_without_group", response_model=CommandAnswer)
def decide_without_group(case: UUID, body: cases.DecideWithoutGroup, desk: CommandDesk) -> Response:
    """Record why the case is decided without the group (M13)."""
    return desk.carry_out(cases.decide_without_group, case, body)


@router.post("/cases/{case}/closing", operation_id="close_case", response_model=CommandAnswer)
def close_case(case: UUID, body: cases.CloseCase, desk: CommandDesk) -> Response:
    """End the case, with a coded reason, once every application in it has its answer (LH4)."""
    return desk.carry_out(cases.close_case, case, body)


@router.post(
    "/cases/{case}/responsible-municipality", operation_id="assess_responsible_municipality",
    response_model=CommandAnswer,
)  # fmt: skip
def assess_responsible_municipality(
    case: UUID, body: cases.AssessResponsibleMunicipality, desk: CommandDesk
) -> Response:
    """Record which municipality has to help, and why (LR3). How long somebody has lived here plays no part (LR2)."""
    return desk.carry_out(cases.assess_responsible_municipality, case, body)


@router.post(
    "/cases/{case}/representatives", operation_id="authorise_representative", response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)  # fmt: skip
def authorise_representative(case: UUID, body: representatives.RepresentativeBody, desk: CommandDesk) -> Response:
    """Record a fullmakt or a guardianship: letters about what it covers go to the representative (LH7)."""
    return desk.carry_out(representatives.authorise_representative, case, body)


@router.post(
    "/cases/{case}/representatives/{representative}/release", operation_id="release_representative",
    response_model=CommandAnswer,
)  # fmt: skip
def release_representative(
    case: UUID, representative: UUID, body: representatives.ReleaseRepresentative, desk: CommandDesk
) -> Response:
    """End a fullmakt or a guardianship; from that day letters go to the person again (LH7)."""
    return desk.carry_out(representatives.release_representative, case, representative, body)


@router.post("/cases/{case}/identification", operation_id="identify_person", response_model=CommandAnswer)
def identify_person(case: UUID, body: representatives.IdentifyPerson, desk: CommandDesk) -> Response:
    """Give somebody registered without an identity number theirs (M01).

    When the number is another's already, the two are one person from now on, each with the cases they have.
    """
    return desk.carry_out(representatives.identify_person, case, body)


@router.post("/cases/{case}/pre-assessment", operation_id="record_pre_assessment", response_model=CommandAnswer)
def record_pre_assessment(case: UUID, body: pre_assessments.RecordPreAssessment, desk: CommandDesk) -> Response:
    """Write down what was found on one topic before the meeting (M10)."""
    return desk.carry_out(pre_assessments.record_pre_assessment, case, body)


@router.post(
    "/cases/{case}/pre-assessment/completion", operation_id="complete_pre_assessment", response_model=CommandAnswer
)
def complete_pre_assessment(case: UUID, desk: CommandDesk) -> Response:
    """Declare the pre-assessment complete (M10)."""
    return desk.carry_out(pre_assessments.complete_pre_assessment, case)


@router.post(
    "/cases/{case}/pre-assessment/reopening", operation_id="reopen_pre_assessment", response_model=CommandAnswer
)
def reopen_pre_assessment(case: UUID, desk: CommandDesk) -> Response:
    """Open the pre-assessment again because something new has come up."""
    return desk.carry_out(pre_assessments.reopen_pre_assessment, case)
