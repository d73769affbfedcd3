"""Allocating a vacant dwelling: the computed order, the group's order, and offers in that order (M14, B05, B07).

Whoever is inhabil for one candidate is out of the whole comparison, and can do none of this.
"""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.authority import require_saksbehandler
from domain.base import HusromAggregate
from domain.group.agenda_item import AgendaItem
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import AgreedOrder, ClosingReason, Present, WithdrawalReason
from domain.housing.dwelling import Dwelling, DwellingNotReservedError
from domain.housing.ranking import ComputedOrder, compute_order
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import days_after
from domain.law.waiting_list_guidelines import NO_ANSWER
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands import declines
from services.commands.body import Body, Code, Id, Text
from services.commands.in_the_room import record_told
from services.context import Context
from services.facts.candidates import on_the_list
from services.freshness import wait_for_views
from services.installation import Installation
from services.log.access_facts import InhabilAsOf

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

    reason: Annotated[Code, Field(examples=["too_small"])]


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


def open_allocation(office: Installation, context: Context, body: OpenAllocation) -> Outcome:
    """Begin allocating a vacant dwelling, and reserve it in the same save."""
    require_saksbehandler(context.by)
    dwelling = office.case_log.load(Dwelling, body.dwelling)
    context.expect(dwelling)
    id, vacant_from = uuid4(), dwelling.vacant_from or context.today
    dwelling.reserve(allocation=id, by=context.by, at=context.at)
    allocation = Allocation.open(
        id=id, dwelling=dwelling.id, vacant_from=vacant_from, care_housing=dwelling.facts.care_housing, by=context.by,
        at=context.at,
    )  # fmt: skip
    answer = {"allocation": id, "dwelling": dwelling.id, "vacant_from": vacant_from}
    return Outcome((allocation, dwelling), answer, tagged=allocation, status=HTTPStatus.CREATED)


def compute_allocation_order(office: Installation, context: Context, allocation_id: UUID) -> Outcome:
    """Compute the order of those who wait, from the rulebook of the day: a proposal to the group."""
    allocation = _allocation(office, context, allocation_id)
    wait_for_views(office, office.case_log.head())
    entries = on_the_list(office)
    cases = [entry.case for entry in entries if entry.is_waiting]
    office.gate.permit_comparison(context, allocation.id, cases, purpose="compute_allocation_order")
    rules = office.rules(context)
    order = compute_order(
        criteria=rules.ranking, candidates=tuple(entry.candidate for entry in entries),
        dwelling=office.case_log.load(Dwelling, allocation.dwelling).facts, limits=rules.fit,
    )  # fmt: skip
    allocation.compute(order=order, rulebook_version=rules.version, by=context.by, at=context.at)
    return Outcome((allocation,), _computed(allocation, order), tagged=allocation)


def agree_order(office: Installation, context: Context, allocation_id: UUID, body: AgreeOrder) -> Outcome:
    """Record the order the group agreed on, by those in the room for its item; the computed one is kept beside it.

    Who came into the order during the talk was talked about as well, and is recorded so (M08). Somebody declared inhabil
    while it is being stored makes it run again, and then it is refused (B05).
    """
    allocation = _allocation(office, context, allocation_id)
    inhabil = _inhabil(office, context, allocation, "agree_order")
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
    allocation.agree(agreed=agreed, inhabil=inhabil.people, least_units=least_units, by=context.by, at=context.at)
    record_told(office, context, item)
    computed = allocation.computations[-1].order.entries
    left_out = [entry for entry in computed if entry not in agreed.entries]
    answer = {
        "allocation": allocation.id, "entries": body.entries, "differs": agreed.entries != computed,
        "left_out": left_out,
    }  # fmt: skip
    return Outcome((allocation,), answer, tagged=allocation, stands_on=inhabil)


def offer_dwelling(office: Installation, context: Context, allocation_id: UUID, body: OfferDwelling) -> Outcome:
    """Offer the dwelling to the next in the group's order. Who has paused or left meanwhile is passed over."""
    allocation = _allocation(office, context, allocation_id)
    _inhabil(office, context, allocation, "offer_dwelling")
    _require_reserved(office, allocation)
    days = office.rules(context).deadlines.offer_days
    answer_by = days_after(context.today, days, office.working_days)
    agreed = allocation.agreed.entries if allocation.agreed else ()
    gone = (id for id in agreed if not office.case_log.load(WaitingListEntry, id).is_waiting)
    allocation.make_offer(
        entry=body.entry, answer_by=answer_by, today=context.today, gone=frozenset(gone), by=context.by, at=context.at
    )
    answer = {"allocation": allocation.id, "waiting_list_entry": body.entry, "answer_by": answer_by}
    return Outcome((allocation,), answer, tagged=allocation)


def accept_offer(office: Installation, context: Context, allocation_id: UUID) -> Outcome:
    """Record a yes; the lease is signed next."""
    allocation = _compared(office, context, allocation_id, "accept_offer")
    allocation.accept(by=context.by, at=context.at)
    return _answer(allocation)


def decline_offer(office: Installation, context: Context, allocation_id: UUID, body: DeclineOffer) -> Outcome:
    """Record a no, with a coded reason, and what the guidelines make of it; nobody loses a place by it (LV5)."""
    allocation = _compared(office, context, allocation_id, "decline_offer")
    rules, offer = office.rules(context), allocation.offer
    known = frozenset(reason.code for reason in rules.decline_reasons)
    allocation.decline(reason=body.reason, known_reasons=known, by=context.by, at=context.at)
    assert offer is not None, "what was declined had been offered"
    entries = declines.applied(office, rules, offer, allocation.id, body.reason, by=context.by, at=context.at)
    return _answer(allocation, *entries, consequence=declines.consequence(rules, body.reason))


def lapse_offer(office: Installation, context: Context, allocation_id: UUID) -> Outcome:
    """Record that nobody answered in time, and what the guidelines make of it. The system does it by itself as well."""
    allocation = _compared(office, context, allocation_id, "lapse_offer")
    rules = office.rules(context)
    _, *entries = declines.lapsed(office, context, rules, allocation)
    return _answer(allocation, *entries, consequence=declines.consequence(rules, NO_ANSWER))


def withdraw_offer(office: Installation, context: Context, allocation_id: UUID, body: WithdrawOffer) -> Outcome:
    """Take back an offer, open or accepted, as long as no lease is signed."""
    allocation = _compared(office, context, allocation_id, "withdraw_offer")
    _require_reserved(office, allocation)
    allocation.withdraw(reason=body.reason, by=context.by, at=context.at)
    return _answer(allocation)


def close_allocation(office: Installation, context: Context, allocation_id: UUID, body: CloseAllocation) -> Outcome:
    """End the allocation without a lease; the dwelling is vacant again."""
    allocation = _compared(office, context, allocation_id, "close_allocation")
    dwelling = office.case_log.load(Dwelling, allocation.dwelling)
    allocation.close(reason=body.reason, by=context.by, at=context.at)
    dwelling.release(allocation=allocation.id, by=context.by, at=context.at)
    return Outcome((allocation, dwelling), {"allocation": allocation.id, "state": allocation.state}, tagged=allocation)


def _allocation(office: Installation, context: Context, allocation_id: UUID) -> Allocation:
    require_saksbehandler(context.by)
    allocation = office.case_log.load(Allocation, allocation_id)
    context.expect(allocation)
    return allocation


def _compared(office: Installation, context: Context, allocation_id: UUID, purpose: str) -> Allocation:
    """The allocation, for a saksbehandler who is inhabil for nobody in it."""
    allocation = _allocation(office, context, allocation_id)
    _inhabil(office, context, allocation, purpose)
    return allocation


def _inhabil(office: Installation, context: Context, allocation: Allocation, purpose: str) -> InhabilAsOf:
    """Everybody inhabil for one of the computed candidates; refuses an actor who is."""
    ranked = allocation.computations[-1].order.ranked if allocation.computations else ()
    cases = [place.standing.case for place in ranked]
    return office.gate.permit_comparison(context, allocation.id, cases, purpose=purpose)


def _require_reserved(office: Installation, allocation: Allocation) -> None:
    """Nothing is offered or taken back once a lease is signed: the dwelling is no longer this allocation's."""
    if office.case_log.load(Dwelling, allocation.dwelling).allocation != allocation.id:
        raise DwellingNotReservedError


def _note(office: Installation, allocation: Allocation, field: str, text: str | None) -> Sealed | None:
    """Closed with the dwelling's key: what the group says of an order is about many people."""
    return office.vault.seal(allocation.dwelling, None, field, text) if text is not None else None


def _computed(allocation: Allocation, order: ComputedOrder) -> dict[str, object]:
    return {
        "allocation": allocation.id,
        "rulebook_version": allocation.computations[-1].rulebook_version,
        "ranked": [{"entry": p.standing.entry, "separated_by": p.separated_by} for p in order.ranked],
        "unfit": [{"entry": unfit.entry, "reasons": unfit.reasons} for unfit in order.unfit],
    }


def _answer(allocation: Allocation, *others: HusromAggregate, **codes: object) -> Outcome:
    answer = {"allocation": allocation.id, "state": allocation.state, **codes}
    return Outcome((allocation, *others), answer, tagged=allocation)
