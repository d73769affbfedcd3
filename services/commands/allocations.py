"""Allocating a vacant dwelling: the computed order and the group's order (M14, B05, B07). Offers: `offers`.

Whoever is inhabil for one candidate is out of the whole comparison, and can do none of this.
"""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.base import HusromAggregate
from domain.group.agenda_item import AgendaItem
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import AgreedOrder, ClosingReason, Present
from domain.housing.dwelling import Dwelling
from domain.housing.fit import Misfit
from domain.housing.ranking import ComputedOrder, compute_order
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Body, Id, Text
from services.commands.in_the_room import record_told
from services.context import Context
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
class AllocationChanged:
    """How far the allocation has come now."""

    allocation: UUID
    state: AllocationState


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


@command("/allocations/{allocation}/closing", Area.ALLOCATIONS, Compares(Allocation, ranked_cases))
def close_allocation(
    office: Installation, context: Context, at: Compared[Allocation], body: CloseAllocation
) -> Outcome[AllocationChanged]:
    """End the allocation without a lease. The dwelling is vacant again."""
    allocation = at.subject
    dwelling = office.case_log.load(Dwelling, allocation.dwelling)
    allocation.close(reason=body.reason, by=context.by, at=context.at)
    dwelling.release(allocation=allocation.id, by=context.by, at=context.at)
    return changed(allocation, dwelling)


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


def changed(allocation: Allocation, *others: HusromAggregate) -> Outcome[AllocationChanged]:
    return Outcome((allocation, *others), AllocationChanged(allocation.id, allocation.state), tagged=allocation)
