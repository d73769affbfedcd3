"""Tenancies that somebody wants to end: notice, protest, action, and the warning before an eviction (LL5, LL7-LL9)."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import terminations

router = APIRouter(prefix="/tenancies", tags=["tenancies"], responses=COMMAND_ERRORS)


@router.post("/{tenancy}/notice", operation_id="give_notice", response_model=CommandAnswer)
def give_notice(tenancy: UUID, body: terminations.GiveNotice, desk: CommandDesk) -> Response:
    """Terminate the tenancy: on a ground of the law, in writing, with all that a notice must say, else void (LL7).

    A lease that the tenant was told cannot be terminated is not (LL5). It ends three months later, with the month.
    """
    return desk.carry_out(terminations.give_notice, tenancy, body)


@router.post("/{tenancy}/notice/protest", operation_id="protest_notice", response_model=CommandAnswer)
def protest_notice(tenancy: UUID, body: terminations.ProtestNotice, desk: CommandDesk) -> Response:
    """Record the tenant's protest within a month; the notice lapses unless it is brought before somebody in time (LL8)."""
    return desk.carry_out(terminations.protest_notice, tenancy, body)


@router.post("/{tenancy}/notice/action", operation_id="bring_action", response_model=CommandAnswer)
def bring_action(tenancy: UUID, body: terminations.BringAction, desk: CommandDesk) -> Response:
    """Record that a protested notice is before the court or Husleietvistutvalget (LL8)."""
    return desk.carry_out(terminations.bring_action, tenancy, body)


@router.post("/{tenancy}/tenants-notice", operation_id="receive_notice", response_model=CommandAnswer)
def receive_notice(tenancy: UUID, body: terminations.ReceiveNotice, desk: CommandDesk) -> Response:
    """Record the tenant's own notice, of a lease that can be terminated (LL5)."""
    return desk.carry_out(terminations.receive_notice, tenancy, body)


@router.post("/{tenancy}/eviction-warning", operation_id="warn_of_eviction", response_model=CommandAnswer)
def warn_of_eviction(tenancy: UUID, body: terminations.WarnOfEviction, desk: CommandDesk) -> Response:
    """Record that the tenant has a copy of the warning to the social services, and two weeks to say no (LL9)."""
    return desk.carry_out(terminations.warn_of_eviction, tenancy, body)


@router.post(
    "/{tenancy}/eviction-warning/opt-out", operation_id="opt_out_of_eviction_warning", response_model=CommandAnswer
)
def opt_out_of_eviction_warning(
    tenancy: UUID, body: terminations.OptOutOfEvictionWarning, desk: CommandDesk
) -> Response:
    """Record that the tenant keeps the social services out of it (LL9)."""
    return desk.carry_out(terminations.opt_out_of_eviction_warning, tenancy, body)


@router.post(
    "/{tenancy}/eviction-warning/passing-on", operation_id="warn_social_services", response_model=CommandAnswer
)
def warn_social_services(tenancy: UUID, desk: CommandDesk) -> Response:
    """Record that the social services were warned: not before the tenant's time is over, never against a no (LL9)."""
    return desk.carry_out(terminations.warn_social_services, tenancy)
