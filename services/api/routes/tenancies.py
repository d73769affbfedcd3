"""Municipal tenancies, from lease to moving out (M01, M16-M19)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import challenges, tenancies

router = APIRouter(prefix="/tenancies", tags=["tenancies"], responses=COMMAND_ERRORS)


@router.post("", operation_id="sign_lease", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def sign_lease(body: tenancies.SignLease, desk: CommandDesk) -> Response:
    """Sign the lease of an accepted offer: the tenant leaves the waiting list and the dwelling is let.

    Three years at least, or special grounds (LL1, LL3); a second short lease of the same dwelling needs weighty ones
    (LL4). Terms that differ from the ordinary need written notice beforehand (LL2).
    """
    return desk.carry_out(tenancies.sign_lease, body)


@router.post(
    "/registration", operation_id="register_tenancy", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED
)
def register_tenancy(body: tenancies.RegisterTenancy, desk: CommandDesk) -> Response:
    """Register a lease that goes round the group: of a care dwelling (M20), or one older than this system (M01)."""
    return desk.carry_out(tenancies.register_tenancy, body)


@router.post("/{tenancy}/extension", operation_id="extend_lease", response_model=CommandAnswer)
def extend_lease(tenancy: UUID, body: tenancies.ExtendLease, desk: CommandDesk) -> Response:
    """Sign the extension that a new vedtak has granted, to the day the vedtak says (M19)."""
    return desk.carry_out(tenancies.extend_lease, tenancy, body)


@router.post("/{tenancy}/move-out-demand", operation_id="demand_move_out", response_model=CommandAnswer)
def demand_move_out(tenancy: UUID, body: tenancies.DemandMoveOut, desk: CommandDesk) -> Response:
    """Record the written demand to move out, before the lease turns open-ended (LL6)."""
    return desk.carry_out(tenancies.demand_move_out, tenancy, body)


@router.post(
    "/{tenancy}/challenges",
    operation_id="report_tenancy_challenge",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)
def report_tenancy_challenge(tenancy: UUID, body: challenges.ReportTenancyChallenge, desk: CommandDesk) -> Response:
    """Report something difficult in a tenancy (M16) or in help given in it (M17). Opens a case, without an application."""
    return desk.carry_out(challenges.report_tenancy_challenge, tenancy, body)


@router.post("/{tenancy}/ending", operation_id="end_tenancy", response_model=CommandAnswer)
def end_tenancy(tenancy: UUID, body: tenancies.EndTenancy, desk: CommandDesk) -> Response:
    """Record that the tenancy is over."""
    return desk.carry_out(tenancies.end_tenancy, tenancy, body)
