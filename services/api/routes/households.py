"""Tenancies whose household changes: a death, a break-up, and who takes the lease over (LL10)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import households

router = APIRouter(prefix="/tenancies", tags=["tenancies"], responses=COMMAND_ERRORS)


@router.post(
    "/{tenancy}/household-changes",
    operation_id="change_household",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)
def change_household(tenancy: UUID, body: households.ChangeHousehold, desk: CommandDesk) -> Response:
    """Record that the tenant died or the household broke up. Opens a case that goes on the next agenda by itself (LL10).

    Without consent in it the item shows only the dwelling and the end date, to Service og tildeling.
    """
    return desk.carry_out(households.change_household, tenancy, body)


@router.post("/{tenancy}/takeover", operation_id="claim_takeover", response_model=CommandAnswer)
def claim_takeover(tenancy: UUID, body: households.ClaimTakeover, desk: CommandDesk) -> Response:
    """Record that somebody in the household wants to take the lease over, in time or not (LL10)."""
    return desk.carry_out(households.claim_takeover, tenancy, body)


@router.post("/{tenancy}/takeover/acceptance", operation_id="accept_takeover", response_model=CommandAnswer)
def accept_takeover(tenancy: UUID, desk: CommandDesk) -> Response:
    """Record that whoever claimed it takes the lease over (LL10)."""
    return desk.carry_out(households.accept_takeover, tenancy)


@router.post(
    "/{tenancy}/takeover/lease",
    operation_id="take_over_lease",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)
def take_over_lease(tenancy: UUID, body: households.TakeOverLease, desk: CommandDesk) -> Response:
    """Let whoever's claim is accepted step into the lease as it runs: same dwelling, same end, same terms (LL10).

    The old tenancy ends as taken over, and the dwelling is never vacant. It counts as no second short lease (LL4).
    """
    return desk.carry_out(households.take_over_lease, tenancy, body)


@router.post("/{tenancy}/takeover/refusal", operation_id="refuse_takeover", response_model=CommandAnswer)
def refuse_takeover(tenancy: UUID, body: households.RefuseTakeover, desk: CommandDesk) -> Response:
    """Record that whoever claimed it does not take the lease over, and why (LL10)."""
    return desk.carry_out(households.refuse_takeover, tenancy, body)
