"""Offers of a vacant dwelling, in the group's order: made, accepted, declined, lapsed and taken back (M14, B05, LV5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.base import HusromAggregate
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import WithdrawalReason
from domain.housing.dwelling import Dwelling, DwellingNotReservedError
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import days_after
from domain.law.waiting_list_guidelines import NO_ANSWER, DeclineConsequence
from services.command_desk import Outcome
from services.commands import declines
from services.commands.allocations import AllocationChanged, changed
from services.commands.body import Body, Code, Id
from services.context import Context
from services.core.codes import DECLINE_REASONS
from services.core.permits.comparing import Compared, Compares
from services.core.registry import Area, command
from services.facts.candidates import ranked_cases
from services.installation import Installation


class OfferDwelling(Body):
    """Who is asked: the next in the group's order."""

    entry: Id


class DeclineOffer(Body):
    """Why the offer was declined: a code of the rulebook."""

    reason: Annotated[Code, DECLINE_REASONS, Field(description="Why not.", examples=["too_small"])]


class WithdrawOffer(Body):
    """Why the offer is taken back."""

    reason: WithdrawalReason


@dataclass(frozen=True)
class DwellingOffered:
    """Who is asked, and the last Oslo date to answer."""

    allocation: UUID
    waiting_list_entry: UUID
    answer_by: date


@dataclass(frozen=True)
class OfferNotTaken:
    """How far the allocation has come, and what the guidelines make of the no or of the silence."""

    allocation: UUID
    state: AllocationState
    consequence: DeclineConsequence


@command("/allocations/{allocation}/offer", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def offer_dwelling(
    office: Installation, context: Context, at: Compared[Allocation], body: OfferDwelling
) -> Outcome[DwellingOffered]:
    """Offer the dwelling to the next in the group's order, to be answered within the rulebook's days.

    Who has paused or left meanwhile is passed over.
    """
    allocation = at.subject
    _require_reserved(office, allocation)
    days = office.rules(context).deadlines.offer_days
    answer_by = days_after(context.today, days, office.working_days)
    agreed = allocation.agreed.entries if allocation.agreed else ()
    gone = (id for id in agreed if not office.case_log.load(WaitingListEntry, id).is_waiting)
    allocation.make_offer(
        entry=body.entry, answer_by=answer_by, today=context.today, gone=frozenset(gone), by=context.by, at=context.at
    )
    return Outcome((allocation,), DwellingOffered(allocation.id, body.entry, answer_by), tagged=allocation)


@command("/allocations/{allocation}/offer/acceptance", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def accept_offer(_office: Installation, context: Context, at: Compared[Allocation]) -> Outcome[AllocationChanged]:
    """Record a yes. The lease is signed next."""
    at.subject.accept(by=context.by, at=context.at)
    return changed(at.subject)


@command("/allocations/{allocation}/offer/decline", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def decline_offer(
    office: Installation, context: Context, at: Compared[Allocation], body: DeclineOffer
) -> Outcome[OfferNotTaken]:
    """Record a no with one of the rulebook's reasons; the answer names its consequence. The next can be asked.

    Nobody loses a place by it alone (LV5).
    """
    allocation, rules, offer = at.subject, office.rules(context), at.subject.offer
    known = frozenset(reason.code for reason in rules.decline_reasons)
    allocation.decline(reason=body.reason, known_reasons=known, by=context.by, at=context.at)
    assert offer is not None, "what was declined had been offered"
    entries = declines.applied(office, rules, offer, allocation.id, body.reason, by=context.by, at=context.at)
    return _not_taken(allocation, entries, declines.consequence(rules, body.reason))


@command("/allocations/{allocation}/offer/lapse", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def lapse_offer(office: Installation, context: Context, at: Compared[Allocation]) -> Outcome[OfferNotTaken]:
    """Record that the offer was not answered in time, from the day after the last day to answer.

    The system does it by itself on that day (M14), so this is for who will not wait for it.
    """
    rules = office.rules(context)
    _, *entries = declines.lapsed(office, context, rules, at.subject)
    return _not_taken(at.subject, entries, declines.consequence(rules, NO_ANSWER))


@command("/allocations/{allocation}/offer/withdrawal", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def withdraw_offer(
    office: Installation, context: Context, at: Compared[Allocation], body: WithdrawOffer
) -> Outcome[AllocationChanged]:
    """Take back an offer, open or accepted, as long as no lease is signed."""
    _require_reserved(office, at.subject)
    at.subject.withdraw(reason=body.reason, by=context.by, at=context.at)
    return changed(at.subject)


def _require_reserved(office: Installation, allocation: Allocation) -> None:
    """Nothing is offered or taken back once a lease is signed: the dwelling is no longer this allocation's."""
    if office.case_log.load(Dwelling, allocation.dwelling).allocation != allocation.id:
        raise DwellingNotReservedError


def _not_taken(
    allocation: Allocation, entries: Sequence[HusromAggregate], consequence: DeclineConsequence
) -> Outcome[OfferNotTaken]:
    answer = OfferNotTaken(allocation.id, allocation.state, consequence)
    return Outcome((allocation, *entries), answer, tagged=allocation)
