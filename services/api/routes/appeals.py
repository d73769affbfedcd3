"""Appeals to their end, and demands for reasons (LK3–LK8, LI4, LW1, B14)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from projections.appeals import Key
from services.api.desk import COMMAND_ERRORS, QUERY_ERRORS, CommandAnswer, CommandDesk, Looking
from services.api.paging import Page, Paging, page_of
from services.api.problems import answers
from services.commands import appeal_bodies, reasons
from services.commands import appeals as handling
from services.queries import appeal_package, appeals
from services.queries import reasons as reasons_read

router = APIRouter(tags=["appeals"])
CREATED = status.HTTP_201_CREATED


@router.post(
    "/vedtak/{vedtak}/appeals", operation_id="receive_appeal", response_model=CommandAnswer, status_code=CREATED,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def receive_appeal(vedtak: UUID, body: handling.ReceiveAppeal, desk: CommandDesk) -> Response:
    """Receive a party's appeal. It goes to the vedtak's own appeal body (LK1, LK2, LO2).

    One that came after the last day is received as well and found late (LK3); a party has one open appeal on a vedtak.
    """
    return desk.carry_out(handling.receive_appeal, vedtak, body)


@router.get("/appeals", operation_id="list_appeals", responses=QUERY_ERRORS)
def list_appeals(
    look: Looking,
    paging: Annotated[Paging, Depends()],
    over: Annotated[bool, Query(description="Whether to show those that are over as well.")] = False,
    case: Annotated[UUID | None, Query(description="Only appeals in this case.")] = None,
) -> Page[appeals.AppealRow]:
    """The appeals that are not over, and those after which a new vedtak is still to be made, the oldest first."""
    after = paging.after(Key)
    return page_of(
        appeals.all_appeals(look.office, look.context, over=over, case=case, after=after, limit=paging.limit)
    )


@router.get("/appeals/{appeal}", operation_id="show_appeal", responses=QUERY_ERRORS)
def show_appeal(appeal: UUID, look: Looking, response: Response) -> appeals.AppealView:
    """One appeal with its texts, and what was sent to the appeal body (LK6)."""
    answer = appeals.appeal(look.office, look.context, appeal)
    response.headers["ETag"] = answer.etag
    return answer


@router.get("/appeals/{appeal}/pool", operation_id="show_appeal_pool", responses={**QUERY_ERRORS, **answers(409)})
def show_appeal_pool(appeal: UUID, look: Looking) -> appeal_package.PoolView:
    """Everybody who stood on the waiting list when it was decided, without names, by that day's guidelines (B14).

    The log is replayed to that moment, so the pool is the same whenever it is asked for.
    """
    return appeal_package.pool(look.office, look.context, appeal)


@router.get("/appeals/{appeal}/package", operation_id="export_appeal", responses={**QUERY_ERRORS, **answers(409)})
def export_appeal(appeal: UUID, look: Looking) -> appeal_package.PackageView:
    """What was forwarded, for the appeal body or its secretary, who gets nothing live (LI4). Logged as an export.

    Facts from the minutes are in it; internal assessments only when that was chosen and why was recorded (LP2).
    """
    return appeal_package.package(look.office, look.context, appeal)


@router.post(
    "/appeals/{appeal}/acceptance", operation_id="accept_late_appeal", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def accept_late_appeal(appeal: UUID, body: handling.AcceptLateAppeal, desk: CommandDesk) -> Response:
    """Try a late appeal: no fault, or special reasons; never more than a year after the vedtak (LK4)."""
    return desk.carry_out(handling.accept_late_appeal, appeal, body)


@router.post(
    "/appeals/{appeal}/dismissal", operation_id="dismiss_appeal", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def dismiss_appeal(appeal: UUID, body: handling.DismissAppeal, desk: CommandDesk) -> Response:
    """Refuse to try it, on a formal ground. What is not known of other applicants is none: the pool is there (B14)."""
    return desk.carry_out(handling.dismiss_appeal, appeal, body)


@router.post(
    "/appeals/{appeal}/dismissal-appeal", operation_id="appeal_dismissal", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def appeal_dismissal(appeal: UUID, body: handling.AppealDismissal, desk: CommandDesk) -> Response:
    """Take a dismissal further: the municipality's to the appeal body, that body's to statsforvalteren (LK8)."""
    return desk.carry_out(handling.appeal_dismissal, appeal, body)


@router.post(
    "/appeals/{appeal}/investigation", operation_id="note_investigation", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def note_investigation(appeal: UUID, body: handling.NoteInvestigation, desk: CommandDesk) -> Response:
    """Add what the appeal gave reason to find out (LK6)."""
    return desk.carry_out(handling.note_investigation, appeal, body)


@router.post(
    "/appeals/{appeal}/upholding", operation_id="uphold_vedtak", response_model=CommandAnswer, responses=COMMAND_ERRORS
)
def uphold_vedtak(appeal: UUID, body: handling.UpholdVedtak, desk: CommandDesk) -> Response:
    """Keep the vedtak, with a statement to the appeal body (LK6)."""
    return desk.carry_out(handling.uphold_vedtak, appeal, body)


@router.post(
    "/appeals/{appeal}/statement-copy", operation_id="copy_statement", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def copy_statement(appeal: UUID, body: handling.CopyStatement, desk: CommandDesk) -> Response:
    """Record that the party, or the representative, got a copy of the statement (LK6, LH7)."""
    return desk.carry_out(handling.copy_statement, appeal, body)


@router.post(
    "/appeals/{appeal}/reversal", operation_id="reverse_vedtak", response_model=CommandAnswer, responses=COMMAND_ERRORS
)
def reverse_vedtak(appeal: UUID, body: handling.ReverseVedtak, desk: CommandDesk) -> Response:
    """End the appeal by a new vedtak in the party's favour that has replaced the appealed one (LK6, LD6)."""
    return desk.carry_out(handling.reverse_vedtak, appeal, body)


@router.post(
    "/appeals/{appeal}/withdrawal", operation_id="withdraw_appeal", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def withdraw_appeal(appeal: UUID, body: handling.WithdrawAppeal, desk: CommandDesk) -> Response:
    """Record that the party took the appeal back."""
    return desk.carry_out(handling.withdraw_appeal, appeal, body)


@router.post(
    "/appeals/{appeal}/secretary", operation_id="name_appeal_secretary", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def name_appeal_secretary(appeal: UUID, body: appeal_bodies.NameAppealSecretary, desk: CommandDesk) -> Response:
    """Name who prepares it for the municipality's appeal body, and who sits there.

    Nobody whom the log shows as having prepared, discussed, concluded or decided, nor their direct subordinates (LI4).
    """
    return desk.carry_out(appeal_bodies.name_appeal_secretary, appeal, body)


@router.post(
    "/appeals/{appeal}/forwarding", operation_id="forward_appeal", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def forward_appeal(appeal: UUID, body: appeal_bodies.ForwardAppeal, desk: CommandDesk) -> Response:
    """Send it to the appeal body (LK6). About a dwelling, the pool goes with it, by its checksum (B14)."""
    return desk.carry_out(appeal_bodies.forward_appeal, appeal, body)


@router.post(
    "/appeals/{appeal}/decision", operation_id="record_appeal_decision", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def record_appeal_decision(appeal: UUID, body: appeal_bodies.RecordAppealDecision, desk: CommandDesk) -> Response:
    """Record what the body decided (LK7). What it changed or quashed is watched until the new vedtak is there."""
    return desk.carry_out(appeal_bodies.record_appeal_decision, appeal, body)


@router.post(
    "/vedtak/{vedtak}/reasons-demand", operation_id="demand_reasons", response_model=CommandAnswer,
    status_code=CREATED, responses=COMMAND_ERRORS,
)  # fmt: skip
def demand_reasons(vedtak: UUID, body: reasons.DemandReasons, desk: CommandDesk) -> Response:
    """Record that the party demands the reasons; in time it breaks off the time to appeal (LK5)."""
    return desk.carry_out(reasons.demand_reasons, vedtak, body)


@router.post(
    "/allocations/{allocation}/reasons-demand", operation_id="demand_reasons_of_allocation",
    response_model=CommandAnswer, status_code=CREATED, responses=COMMAND_ERRORS,
)  # fmt: skip
def demand_reasons_of_allocation(
    allocation: UUID, body: reasons.DemandReasonsOfAllocation, desk: CommandDesk
) -> Response:
    """Record that a candidate asks why somebody else got the dwelling (LW1)."""
    return desk.carry_out(reasons.demand_reasons_of_allocation, allocation, body)


@router.get("/reasons-demands/{reasons_demand}", operation_id="show_reasons_demand", responses=QUERY_ERRORS)
def show_reasons_demand(reasons_demand: UUID, look: Looking, response: Response) -> reasons_read.ReasonsDemandView:
    """One demand, and the time to appeal as it stands because of it (LK5, LW1)."""
    answer = reasons_read.reasons_demand(look.office, look.context, reasons_demand)
    response.headers["ETag"] = answer.etag
    return answer


@router.post(
    "/reasons-demands/{reasons_demand}/reasons", operation_id="give_reasons", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def give_reasons(reasons_demand: UUID, body: reasons.GiveReasons, desk: CommandDesk) -> Response:
    """Record the reasons; the time to appeal begins anew on the day they arrived (LK5)."""
    return desk.carry_out(reasons.give_reasons, reasons_demand, body)
