"""Why one candidate got the place they got, on demand, without a word about anybody else (LW1).

Reasons may be left out when an allocation is made; they are due when the party asks. Codes, the candidate's own answers
and places: no free text, since what the group wrote is about all of them.
"""

from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.base import Event
from domain.event_id import EventId
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import Computation, NothingComputedError
from domain.housing.fit import Misfit
from domain.housing.ranking import Answer as Reply
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.refusals import NotFoundError
from services.context import Context
from services.core.asked import Asked
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.orders import entries_at


class OwnAnswer(Answer):
    """What the guidelines ask, and the candidate's own answer."""

    criterion: str = Field(examples=["without_dwelling"])
    text: str = Field(description="As the guidelines word it.")
    answer: Reply | None = Field(description="Null when unknown.")
    event: EventId | None = Field(description="The event that gave the answer.")


class OwnOffer(Answer):
    """What became of the candidate's own offer."""

    state: str = Field(examples=["offered"])
    reason: str | None = Field(default=None, description="Code of the reason, for one that was declined or withdrawn.")


class AllocationReasons(Answer):
    """The reasons for one candidate's place, or for being in no order."""

    allocation: UUID
    entry: UUID
    rulebook_version: str
    candidates: int = Field(description="How many were compared.")
    computed_place: int | None = Field(description="Null for who was not in the order.")
    not_in_order: tuple[Misfit, ...] = Field(description="Every reason why not.")
    separated_by: str | None = Field(description="What put the one before ahead; null for the first.")
    answers: list[OwnAnswer] = Field(description="The weightiest criterion first.")
    agreed_place: int | None = Field(description="The place the group gave; null before it agreed, or when left out.")
    group_agreed: bool
    group_departed: bool = Field(description="Whether the group's order departs from the computed one.")
    offer: OwnOffer | None


class AskedEntry(Asked):
    """Whose reasons."""

    entry: UUID = Field(description="A waiting list entry.")


@query(
    "/allocations/{allocation}/reasons", Area.ALLOCATIONS,
    Reads(WaitingListEntry, named_in="entry", purpose="allocation_reasons"),
)  # fmt: skip
def show_allocation_reasons(
    office: Installation, context: Context, read: Read[WaitingListEntry], allocation: UUID, asked: AskedEntry
) -> AllocationReasons:
    """The reasons for one candidate's place, to be given on demand; nobody else is in them (LW1)."""
    permit = read.permit
    if not permit.decision.opens_in_case(InformationKind.ASSESSMENT):
        office.gate.refuse(context, permit, purpose="allocation_reasons")
    found = office.case_log.load(Allocation, allocation)
    if not found.computations:
        raise NothingComputedError
    computation = found.computations[found.agreed_on_computation if found.agreed_on_computation is not None else -1]
    cases = [place.standing.case for place in computation.order.ranked]
    office.gate.permit_comparison(context, allocation, cases, purpose="allocation_reasons")
    reasons = _reasons(office, found, computation, asked.entry)
    office.gate.open(context, permit, {}, purpose="allocation_reasons", plain=frozenset({InformationKind.ASSESSMENT}))
    return reasons


def _reasons(office: Installation, allocation: Allocation, computation: Computation, entry: UUID) -> AllocationReasons:
    order, agreed = computation.order, allocation.agreed
    reasons = next((unfit.reasons for unfit in order.unfit if unfit.entry == entry), ())
    place = next(((n, each) for n, each in enumerate(order.ranked, start=1) if each.standing.entry == entry), None)
    if place is None and not reasons:
        raise NotFoundError
    return AllocationReasons(
        allocation=allocation.id, entry=entry, rulebook_version=computation.rulebook_version,
        candidates=len(order.ranked), computed_place=place[0] if place else None, not_in_order=reasons,
        separated_by=place[1].separated_by if place else None, answers=_answers(office, computation, entry),
        agreed_place=agreed.entries.index(entry) + 1 if agreed and entry in agreed.entries else None,
        group_agreed=agreed is not None, group_departed=agreed is not None and agreed.entries != order.entries,
        offer=_offer(office.case_log.stream(allocation.id), entry),
    )  # fmt: skip


def _answers(office: Installation, computation: Computation, entry: UUID) -> list[OwnAnswer]:
    then = entries_at(office, [entry], computation.computed_at)[entry]
    return [
        OwnAnswer(
            criterion=criterion.code, text=criterion.text_nb, answer=then.candidate.standing.answer(criterion.code),
            event=then.stated_by(criterion.code),
        )
        for criterion in office.rulebooks.version(computation.rulebook_version).ranking
    ]  # fmt: skip


def _offer(events: Sequence[Event], entry: UUID) -> OwnOffer | None:
    """The last thing that happened to the entry's own offer."""
    offer = None
    for event in events:
        if getattr(event, "entry", None) == entry:
            offer = OwnOffer(state=type(event).__name__.lower(), reason=getattr(event, "reason", None))
    return offer
