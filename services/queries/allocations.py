"""The allocation of a vacant dwelling: computed order and the group's beside it, and why one is before another (M14, B06, B07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import Computation, Present
from domain.housing.fit import HousingNeed, Misfit
from domain.housing.ranking import Answer as Reply
from domain.housing.ranking import CriterionFact, Standing, why
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.waiting_list_guidelines import RankingCriterion
from domain.people.person import Person
from domain.refusals import NotFoundError
from services.boxes import OwnedBy, SealedFields
from services.context import Context
from services.core.asked import Asked
from services.core.permits.comparing import Compared, Compares
from services.core.registry import Area, query
from services.facts.candidates import ranked_cases
from services.gate import ListEntry
from services.installation import Installation
from services.queries.answer import Answer, ListRow
from services.queries.case_parts import Part
from services.queries.compared import Kinds, newest_computation, not_compared, seen_in_comparison
from services.versions import version_of


@dataclass(frozen=True)
class Seen:
    """One candidate as the reader sees them: which kinds, the opened texts, and the place on the list."""

    kinds: Kinds
    texts: Mapping[str, str | None]
    withheld: tuple[str, ...]
    entry: WaitingListEntry | None


class PlacePart(ListRow):
    """One place in the computed order. For a reader whom the case does not open for, only that it is there."""

    place: int
    entry: UUID | None = None
    case: UUID | None = None
    person: UUID | None = None
    name: str | None = None
    registered_on: date | None = None
    effective_from: date | None = None
    facts: tuple[CriterionFact, ...] = Field(default=(), description="The answers, for whom the consent names them.")
    need: HousingNeed | None = Field(default=None, description="The household, and what it needs of a dwelling.")
    separated_by: str | None = Field(default=None, description="What puts the one before ahead; null for the first.")


class UnfitPart(Answer):
    """Somebody the dwelling does not fit, and every reason why."""

    entry: UUID
    reasons: tuple[Misfit, ...]


class ComputedPart(Answer):
    """The proposal, and the rules it was computed by."""

    rulebook_version: str
    places: list[PlacePart]
    unfit: list[UnfitPart] = Field(description="For Service og tildeling only.")


class AgreedPart(Answer):
    """The group's order: the decision. Null stands for an entry that does not open for the reader."""

    entries: list[UUID | None]
    differs: bool = Field(description="Whether it departs from the computed one.")
    reasons: str | None
    dissent: str | None
    present: tuple[Present, ...]
    item: UUID
    meeting: UUID


class AllocationView(Part):
    """One allocation; of several computed orders the newest."""

    allocation: UUID
    dwelling: UUID
    vacant_from: date
    state: AllocationState
    computed: ComputedPart | None
    agreed: AgreedPart | None
    offered_to: UUID | None = Field(description="The entry with an open or accepted offer.")
    answer_by: date | None
    declined_or_lapsed: list[UUID | None] = Field(description="Entries that were asked before.")


class Comparison(Answer):
    """Why one stands before the other: the first thing that separates them, by the rules the order was computed by.

    They swap as soon as `behind` has the better answer to `by`, or to any of `equal_on`.
    """

    ahead: UUID
    behind: UUID
    by: str
    ahead_answer: Reply | None
    behind_answer: Reply | None
    ahead_source: UUID | None = Field(description="The record that the answer was taken from.")
    behind_source: UUID | None
    equal_on: tuple[str, ...]
    rulebook_version: str


@query(
    "/allocations/{allocation}", Area.ALLOCATIONS,
    Compares(Allocation, ranked_cases, first=None, purpose="allocation"),
)  # fmt: skip
def show_allocation(office: Installation, context: Context, at: Compared[Allocation]) -> AllocationView:
    """The computed order with its reasons, the group's beside it, and the offers (M14, B07).

    Whoever is inhabil for one candidate sees none of it (B05).
    """
    found = at.subject
    computation = found.computations[-1] if found.computations else None
    standings = _standings(computation)
    notes = _notes(found)
    opened = _opened(office, context, found.id, standings, notes)
    _refuse_strangers(office, context, found.id, standings, opened)
    offer = found.offer
    return AllocationView(
        etag=version_of(found), allocation=found.id, dwelling=found.dwelling, vacant_from=found.vacant_from,
        state=found.state, computed=_computed(context, computation, opened) if computation else None,
        agreed=_agreed(context, found, opened), offered_to=_known(context, opened, offer.entry) if offer else None,
        answer_by=offer.answer_by if offer else None,
        declined_or_lapsed=[
            _known(context, opened, entry) for entry in found.offered if offer is None or entry != offer.entry
        ],
    )  # fmt: skip


class AskedCandidates(Asked):
    """Which two."""

    a: UUID = Field(description="One waiting list entry.")
    b: UUID = Field(description="Another one.")


@query(
    "/allocations/{allocation}/comparison", Area.ALLOCATIONS,
    Compares(Allocation, ranked_cases, first=None, purpose="comparison"),
)  # fmt: skip
def compare_candidates(
    office: Installation, context: Context, at: Compared[Allocation], asked: AskedCandidates
) -> Comparison:
    """Why one stands before the other, and what would swap them (B06)."""
    computation = newest_computation(office, context, at.subject, "compare_candidates")
    both = [standing for standing in _standings(computation) if standing.entry in (asked.a, asked.b)]
    for standing in both:
        office.gate.permit(context.without_reason, Action.READ, standing.case, purpose="comparison")
    opened = _opened(office, context, at.subject.id, both, {})
    if len([seen for seen in opened.values() if InformationKind.ASSESSMENT in seen.kinds]) != 2:
        raise not_compared(office, context, "compare_candidates")
    separation = why(criteria=_criteria(office, computation), a=both[0], b=both[1])
    return Comparison(**vars(separation), rulebook_version=computation.rulebook_version)


def _standings(computation: Computation | None) -> list[Standing]:
    return [place.standing for place in computation.order.ranked] if computation else []


def _criteria(office: Installation, computation: Computation) -> tuple[RankingCriterion, ...]:
    return office.rulebooks.version(computation.rulebook_version).ranking


def _notes(allocation: Allocation) -> SealedFields:
    """What the group said of its order, which is about many people: the dwelling's."""
    agreed = allocation.agreed
    texts = {"reasons": agreed.reasons, "dissent": agreed.dissent} if agreed else {}
    return {name: OwnedBy(allocation.dwelling, text) if text else None for name, text in texts.items()}


def _opened(
    office: Installation, context: Context, allocation: UUID, standings: list[Standing], notes: SealedFields
) -> Mapping[UUID, Seen]:
    """What opens for the actor, entry by entry: names, and to whom all open, the group's notes, which are about all."""
    permits = office.gate.permits(context, [standing.case for standing in standings])
    kinds = {s.entry: seen_in_comparison(context, allocation, permits[s.case]) for s in standings}
    shown = [standing for standing in standings if kinds[standing.entry]]
    notes = notes if len(shown) == len(standings) else {}
    streams = office.case_log.load_many(id for s in shown for id in (s.person, s.entry))
    entries = [
        ListEntry(s.case, s.person, {"name": streams.load(Person, s.person).details.name, **notes}) for s in shown
    ]
    opened = zip(shown, office.gate.open_list(context, "allocation", entries, permits), strict=True)
    return {
        s.entry: Seen(kinds[s.entry], each.texts, each.closed, streams.find(WaitingListEntry, s.entry))
        for s, each in opened
        if each is not None
    }


def _refuse_strangers(
    office: Installation, context: Context, allocation: UUID, standings: list[Standing], opened: Mapping[UUID, Seen]
) -> None:
    """Whoever is to compare may know how many there are, also where nobody has consented (M14)."""
    if context.actor.is_saksbehandler or opened or office.gate.compares(context, allocation):
        return
    if not standings:
        raise not_compared(office, context, "show_allocation")
    office.gate.permit(context, Action.READ, standings[0].case, purpose="allocation")
    raise NotFoundError


def _computed(context: Context, computation: Computation, opened: Mapping[UUID, Seen]) -> ComputedPart:
    ranked = computation.order.ranked
    assessed = [
        p.standing.entry in opened and InformationKind.ASSESSMENT in opened[p.standing.entry].kinds for p in ranked
    ]
    places = [
        PlacePart(
            place=number, separated_by=place.separated_by if all(assessed[max(number - 2, 0) : number]) else None,
            **_place(place.standing, opened),
        )
        for number, place in enumerate(ranked, start=1)
    ]  # fmt: skip
    unfit = computation.order.unfit if context.actor.is_saksbehandler else ()
    return ComputedPart(
        rulebook_version=computation.rulebook_version, places=places,
        unfit=[UnfitPart.model_validate(each) for each in unfit],
    )  # fmt: skip


def _place(standing: Standing, opened: Mapping[UUID, Seen]) -> dict[str, Any]:
    seen = opened.get(standing.entry)
    if seen is None:
        return {}
    entry = seen.entry if InformationKind.HOUSEHOLD in seen.kinds else None
    facts = standing.facts if InformationKind.ASSESSMENT in seen.kinds else ()
    return {
        **vars(standing), "facts": facts, "need": entry.need if entry else None, "name": seen.texts["name"],
        "withheld": seen.withheld,
    }  # fmt: skip


def _agreed(context: Context, allocation: Allocation, opened: Mapping[UUID, Seen]) -> AgreedPart | None:
    agreed, index = allocation.agreed, allocation.agreed_on_computation
    if agreed is None or index is None:
        return None
    notes = next(iter(opened.values())).texts if opened else {}
    return AgreedPart(
        entries=[_known(context, opened, entry) for entry in agreed.entries],
        differs=agreed.entries != allocation.computations[index].order.entries, reasons=notes.get("reasons"),
        dissent=notes.get("dissent"), present=agreed.present, item=agreed.item, meeting=agreed.meeting,
    )  # fmt: skip


def _known(context: Context, opened: Mapping[UUID, Seen], entry: UUID) -> UUID | None:
    """The entry, for who may know that it is there: an id without a name for a saksbehandler."""
    return entry if entry in opened or context.actor.is_saksbehandler else None
