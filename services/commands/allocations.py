"""Allocating a vacant dwelling: the computed order, the group's order, and offers in that order (M14, B05, B07).

Whoever is inhabil for one candidate is out of the whole comparison, and can do none of this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.base import HusromAggregate
from domain.group.agenda_item import AgendaItem
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import AgreedOrder, ClosingReason, Present, WithdrawalReason
from domain.housing.dwelling import Dwelling, DwellingNotReservedError
from domain.housing.fit import Misfit
from domain.housing.ranking import ComputedOrder, compute_order
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import days_after
from domain.law.waiting_list_guidelines import NO_ANSWER, DeclineConsequence
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands import declines
from services.commands.body import Body, Code, Id, Text
from services.commands.in_the_room import record_told
from services.context import Context
from services.core.codes import DECLINE_REASONS
from services.core.permits.comparing import Compared, Compares
from services.core.permits.keeping import Keeps
from services.core.registry import Area, command
from services.facts.candidates import on_the_list, ranked_cases, waiting_cases
from services.installation import Installation

MOST_CANDIDATES = 10_000


class OpenAllocation(Body):
    """The vacant dwelling."""

    dwelling: Id


class AgreeOrder(Body):
    """What the group agreed on, at which item. Reasons may be left out only when the order is the computed one."""

    item: Annotated[Id, Field(description="The agenda item of this vacancy; who is in its room is who agreed.")]
    entries: Annotated[
        tuple[Id, ...], Field(max_length=MOST_CANDIDATES, description="Waiting list entries, best placed first.")
    ]
    reasons: Annotated[Text | None, Field(examples=["Den første trenger heis og venter på en annen bolig."])] = None
    dissent: Annotated[Text | None, Field(description="What anybody held against it.")] = None


class OfferDwelling(Body):
    """Who is asked: the next in the group's order."""

    entry: Id


class DeclineOffer(Body):
    """Why the offer was declined: a code of the rulebook."""

    reason: Annotated[Code, DECLINE_REASONS, Field(examples=["too_small"])]


class WithdrawOffer(Body):
    """Why the offer is taken back."""

    reason: WithdrawalReason


class CloseAllocation(Body):
    """Why the allocation ends without a lease."""

    reason: ClosingReason


class NotThisVacancyError(Refusal):
    code = "not_this_vacancy"
    rule = "M14"
    missing = "Saken på sakslisten gjelder ikke denne ledige boligen."
    next_step = "Vis til saken på sakslisten der boligen ble drøftet."


@dataclass(frozen=True)
class AllocationOpened:
    """A dwelling that is to be allocated, and the Oslo date from which somebody can move in."""

    allocation: UUID
    dwelling: UUID
    vacant_from: date


@dataclass(frozen=True)
class ComputedPlace:
    """One candidate. `separated_by`: the criterion that puts the one before ahead; null for the first (B06)."""

    entry: UUID
    separated_by: str | None


@dataclass(frozen=True)
class UnfitCandidate:
    """Somebody whom the dwelling does not fit, and why."""

    entry: UUID
    reasons: tuple[Misfit, ...]


@dataclass(frozen=True)
class OrderComputed:
    """The computed order, best placed first, by that version of the rulebook."""

    allocation: UUID
    rulebook_version: str
    ranked: tuple[ComputedPlace, ...]
    unfit: tuple[UnfitCandidate, ...]


@dataclass(frozen=True)
class OrderAgreed:
    """The group's order, and how it stands to the computed one. `left_out`: candidates of that one who are not in it."""

    allocation: UUID
    entries: tuple[UUID, ...]
    differs: bool
    left_out: tuple[UUID, ...]


@dataclass(frozen=True)
class DwellingOffered:
    """Who is asked, and the last Oslo date to answer."""

    allocation: UUID
    waiting_list_entry: UUID
    answer_by: date


@dataclass(frozen=True)
class AllocationChanged:
    """How far the allocation has come now."""

    allocation: UUID
    state: AllocationState


@dataclass(frozen=True)
class OfferNotTaken:
    """How far the allocation has come, and what the guidelines make of the no or of the silence."""

    allocation: UUID
    state: AllocationState
    consequence: DeclineConsequence


@command("/allocations", Area.ALLOCATIONS, Keeps(Dwelling, named_in="dwelling"), status=HTTPStatus.CREATED)
def open_allocation(
    _office: Installation, context: Context, dwelling: Dwelling, body: OpenAllocation
) -> Outcome[AllocationOpened]:
    """Begin allocating a vacant dwelling and reserve it; never a care dwelling (M20)."""
    id, vacant_from = uuid4(), dwelling.vacant_from or context.today
    dwelling.reserve(allocation=id, by=context.by, at=context.at)
    allocation = Allocation.open(
        id=id, dwelling=body.dwelling, vacant_from=vacant_from, care_housing=dwelling.facts.care_housing, by=context.by,
        at=context.at,
    )  # fmt: skip
    return Outcome((allocation, dwelling), AllocationOpened(id, dwelling.id, vacant_from), tagged=allocation)


@command("/allocations/{allocation}/computed-order", Area.ALLOCATIONS, Compares(Allocation, waiting_cases))
def compute_allocation_order(
    office: Installation, context: Context, at: Compared[Allocation]
) -> Outcome[OrderComputed]:
    """Compute the order of those who wait and whom the dwelling fits: a proposal to the group (M14).

    The answer says what separates each from the one before (B06), and why the dwelling does not fit the others.
    """
    allocation, rules = at.subject, office.rules(context)
    order = compute_order(
        criteria=rules.ranking, candidates=tuple(entry.candidate for entry in on_the_list(office)),
        dwelling=office.case_log.load(Dwelling, allocation.dwelling).facts, limits=rules.fit,
    )  # fmt: skip
    allocation.compute(order=order, rulebook_version=rules.version, by=context.by, at=context.at)
    return Outcome((allocation,), _computed(allocation, order), tagged=allocation)


@command("/allocations/{allocation}/agreed-order", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def agree_order(
    office: Installation, context: Context, at: Compared[Allocation], body: AgreeOrder
) -> Outcome[OrderAgreed]:
    """Record the order the group agreed on together: the decision, kept beside the computed one (M14, B07).

    Nobody in the room may be inhabil for any of the candidates (B05). Who came into the order during the talk was talked
    about as well, and is recorded so (M08). `left_out` of the answer: candidates of the computed order that the agreed
    one does not have.
    """
    allocation = at.subject
    item = office.case_log.load(AgendaItem, body.item)
    if item.allocation != allocation.id:
        raise NotThisVacancyError
    agreed = AgreedOrder(
        entries=body.entries, reasons=_note(office, allocation, "note.allocation_reasons", body.reasons),
        present=tuple(Present(person=who.person, unit=who.unit) for who in item.room.present),
        dissent=_note(office, allocation, "note.allocation_dissent", body.dissent), item=item.id,
        meeting=item.as_discussed.meeting,
    )  # fmt: skip
    least_units = office.rules(context).choices.least_units_in_room
    allocation.agree(agreed=agreed, inhabil=at.inhabil, least_units=least_units, by=context.by, at=context.at)
    record_told(office, context, item)
    computed = allocation.computations[-1].order.entries
    left_out = tuple(entry for entry in computed if entry not in agreed.entries)
    answer = OrderAgreed(allocation.id, body.entries, agreed.entries != computed, left_out)
    return Outcome((allocation,), answer, tagged=allocation)


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
    return _changed(at.subject)


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
    return _changed(at.subject)


@command("/allocations/{allocation}/closing", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def close_allocation(
    office: Installation, context: Context, at: Compared[Allocation], body: CloseAllocation
) -> Outcome[AllocationChanged]:
    """End the allocation without a lease. The dwelling is vacant again."""
    allocation = at.subject
    dwelling = office.case_log.load(Dwelling, allocation.dwelling)
    allocation.close(reason=body.reason, by=context.by, at=context.at)
    dwelling.release(allocation=allocation.id, by=context.by, at=context.at)
    return _changed(allocation, dwelling)


def _require_reserved(office: Installation, allocation: Allocation) -> None:
    """Nothing is offered or taken back once a lease is signed: the dwelling is no longer this allocation's."""
    if office.case_log.load(Dwelling, allocation.dwelling).allocation != allocation.id:
        raise DwellingNotReservedError


def _note(office: Installation, allocation: Allocation, field: str, text: str | None) -> Sealed | None:
    """Closed with the dwelling's key: what the group says of an order is about many people."""
    return office.vault.seal(allocation.dwelling, None, field, text) if text is not None else None


def _computed(allocation: Allocation, order: ComputedOrder) -> OrderComputed:
    return OrderComputed(
        allocation=allocation.id,
        rulebook_version=allocation.computations[-1].rulebook_version,
        ranked=tuple(ComputedPlace(place.standing.entry, place.separated_by) for place in order.ranked),
        unfit=tuple(UnfitCandidate(unfit.entry, unfit.reasons) for unfit in order.unfit),
    )


def _changed(allocation: Allocation, *others: HusromAggregate) -> Outcome[AllocationChanged]:
    return Outcome((allocation, *others), AllocationChanged(allocation.id, allocation.state), tagged=allocation)


def _not_taken(
    allocation: Allocation, entries: Sequence[HusromAggregate], consequence: DeclineConsequence
) -> Outcome[OfferNotTaken]:
    answer = OfferNotTaken(allocation.id, allocation.state, consequence)
    return Outcome((allocation, *entries), answer, tagged=allocation)
