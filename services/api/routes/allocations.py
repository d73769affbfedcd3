"""Allocating vacant dwellings: computed order, the group's order, offers (M14, B07)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import allocations

router = APIRouter(prefix="/allocations", tags=["allocations"], responses=COMMAND_ERRORS)


@router.post("", operation_id="open_allocation", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def open_allocation(body: allocations.OpenAllocation, desk: CommandDesk) -> Response:
    """Begin allocating a vacant dwelling and reserve it; never a care dwelling (M20)."""
    return desk.carry_out(allocations.open_allocation, body)


@router.post("/{allocation}/computed-order", operation_id="compute_allocation_order", response_model=CommandAnswer)
def compute_allocation_order(allocation: UUID, desk: CommandDesk) -> Response:
    """Compute the order of those who wait and whom the dwelling fits: a proposal to the group (M14).

    The answer says what separates each from the one before (B06), and why the dwelling does not fit the others.
    """
    return desk.carry_out(allocations.compute_allocation_order, allocation)


@router.post("/{allocation}/agreed-order", operation_id="agree_order", response_model=CommandAnswer)
def agree_order(allocation: UUID, body: allocations.AgreeOrder, desk: CommandDesk) -> Response:
    """Record the order the group agreed on together: the decision, kept beside the computed one (M14, B07).

    Nobody in the room may be inhabil for any of the candidates (B05). `left_out` of the answer: candidates of the computed
    order that the agreed one does not have.
    """
    return desk.carry_out(allocations.agree_order, allocation, body)


@router.post("/{allocation}/offer", operation_id="offer_dwelling", response_model=CommandAnswer)
def offer_dwelling(allocation: UUID, body: allocations.OfferDwelling, desk: CommandDesk) -> Response:
    """Offer the dwelling to the next in the group's order, to be answered within the rulebook's days."""
    return desk.carry_out(allocations.offer_dwelling, allocation, body)


@router.post("/{allocation}/offer/acceptance", operation_id="accept_offer", response_model=CommandAnswer)
def accept_offer(allocation: UUID, desk: CommandDesk) -> Response:
    """Record a yes. The lease is signed next."""
    return desk.carry_out(allocations.accept_offer, allocation)


@router.post("/{allocation}/offer/decline", operation_id="decline_offer", response_model=CommandAnswer)
def decline_offer(allocation: UUID, body: allocations.DeclineOffer, desk: CommandDesk) -> Response:
    """Record a no with one of the rulebook's reasons; the answer names its consequence. The next can be asked."""
    return desk.carry_out(allocations.decline_offer, allocation, body)


@router.post("/{allocation}/offer/lapse", operation_id="lapse_offer", response_model=CommandAnswer)
def lapse_offer(allocation: UUID, desk: CommandDesk) -> Response:
    """Record that the offer was not answered in time, from the day after the last day to answer.

    The system does it by itself on that day (M14), so this is for who will not wait for it.
    """
    return desk.carry_out(allocations.lapse_offer, allocation)


@router.post("/{allocation}/offer/withdrawal", operation_id="withdraw_offer", response_model=CommandAnswer)
def withdraw_offer(allocation: UUID, body: allocations.WithdrawOffer, desk: CommandDesk) -> Response:
    """Take back an offer, open or accepted, as long as no lease is signed."""
    return desk.carry_out(allocations.withdraw_offer, allocation, body)


@router.post("/{allocation}/closing", operation_id="close_allocation", response_model=CommandAnswer)
def close_allocation(allocation: UUID, body: allocations.CloseAllocation, desk: CommandDesk) -> Response:
    """End the allocation without a lease. The dwelling is vacant again."""
    return desk.carry_out(allocations.close_allocation, allocation, body)
