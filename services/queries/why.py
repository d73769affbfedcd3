"""Why one stands before another, with the facts as events, and what would swap them (B06)."""

from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.event_id import EventId
from domain.housing.allocation import Allocation
from domain.housing.ranking import Answer as Reply
from domain.housing.ranking import ComputedOrder, Separation, Standing, why
from domain.housing.swaps import Swap, swaps
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.rulebook import Rulebook
from domain.refusals import Refusal
from services.context import Context
from services.core.asked import Asked
from services.core.duties import SAKSBEHANDLER
from services.core.permits.comparing import Compared, Compares
from services.core.permits.keeping import Holds
from services.core.registry import Area, query
from services.facts.candidates import ranked_cases
from services.gate import ListEntry
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.compared import newest_computation, not_compared, seen_in_comparison
from services.queries.orders import AskedDwelling, compared_on_the_list, entries_at, order_now


class NotInOrderError(Refusal):
    code = "not_in_order"
    rule = "B06"
    missing = "Den ene av de to er ikke med i rekkefølgen for boligen."
    next_step = "Se hvorfor i oversikten over dem som ikke er med."


class Side(Answer):
    """One of the two, and their answer to what separates them."""

    entry: UUID
    answer: Reply | None = Field(description="Null when unknown.")
    source: UUID | None = Field(description="The record that the answer was taken from.")
    event: EventId | None = Field(
        description="The event that gave the answer, as it stood when the order was computed."
    )


class Change(Answer):
    """One change of one fact that would swap them."""

    entry: UUID
    criterion: str
    now: Reply | None = Field(description="The answer as it is; null when unknown.")
    to: Reply | None = Field(description="The answer it takes; null where any answer would do.")


class Why(Answer):
    """Why `ahead` stands before `behind`: the first thing on which they differ, and what would turn it."""

    ahead: Side
    behind: Side
    by: str = Field(examples=["without_dwelling"])
    text: str | None = Field(description="The criterion as the guidelines word it; null for a tie-break.")
    equal_on: tuple[str, ...] = Field(description="The weightier criteria, on which they are alike.")
    swaps: list[Change] = Field(description="Every smallest single change that swaps them.")
    no_single_change_swaps: bool = Field(description="True when nothing less than two changes would.")
    rulebook_version: str


class AskedPair(Asked):
    """Which two."""

    first: UUID = Field(description="A waiting list entry.")
    second: UUID = Field(description="A waiting list entry.")


class AskedDwellingAndPair(AskedDwelling, AskedPair):
    """A dwelling as it might be, and which two."""


@query(
    "/allocations/{allocation}/why", Area.ALLOCATIONS,
    Compares(Allocation, ranked_cases, first=None),
)  # fmt: skip
def why_before(office: Installation, context: Context, at: Compared[Allocation], asked: AskedPair) -> Why:
    """Why one of two stands before the other in the newest computed order, and what would swap them (B06).

    Each fact comes with the event that said so, and with the version of the guidelines. Every smallest single change
    that would swap the two is named.
    """
    computation = newest_computation(office, context, at.subject, "why_before")
    pair = _pair(office, context, computation.order, asked.first, asked.second)
    entries = entries_at(office, [standing.entry for standing in pair], computation.computed_at)
    _show_both(office, context, at.subject.id, pair)
    return _why(office.rulebooks.version(computation.rulebook_version), pair, entries)


@query("/waiting-list/why", Area.WAITING_LIST, Holds(SAKSBEHANDLER))
def why_before_on_list(office: Installation, context: Context, _: None, asked: AskedDwellingAndPair) -> Why:
    """Why one of two would stand before the other for a dwelling like that, and what would swap them (B06)."""
    entries = compared_on_the_list(office, context, purpose="why_on_the_list")
    rules = office.rules(context)
    pair = _pair(office, context, order_now(rules, entries, asked.facts), asked.first, asked.second)
    _show_both(office, context, None, pair)
    return _why(rules, pair, {entry.id: entry for entry in entries})


def _pair(
    office: Installation, context: Context, order: ComputedOrder, first: UUID, second: UUID
) -> tuple[Standing, Standing]:
    ranked = {place.standing.entry: place.standing for place in order.ranked}
    if {first, second} <= set(ranked):
        return ranked[first], ranked[second]
    is_known = {first, second} <= {*ranked, *(unfit.entry for unfit in order.unfit)}
    shown = is_known and context.actor.is_saksbehandler
    raise NotInOrderError if shown else not_compared(office, context, "why_before")


def _show_both(
    office: Installation, context: Context, allocation: UUID | None, pair: tuple[Standing, Standing]
) -> None:
    """Log that both are looked at, or refuse: what separates two tells of both."""
    context = context.without_reason
    permits = {s.case: office.gate.permit(context, Action.READ, s.case, purpose="why_before") for s in pair}
    for permit in permits.values():
        seen = permit.decision.opens_in_case(InformationKind.ASSESSMENT)
        if allocation is not None:
            seen = InformationKind.ASSESSMENT in seen_in_comparison(context, allocation, permit)
        if not seen:
            office.gate.refuse(context, permit, purpose="why_before")
    office.gate.open_list(context, "why_before", [ListEntry(s.case, s.person, {}) for s in pair], permits)


def _why(rules: Rulebook, pair: tuple[Standing, Standing], entries: dict[UUID, WaitingListEntry]) -> Why:
    separation = why(criteria=rules.ranking, a=pair[0], b=pair[1])
    changes = swaps(criteria=rules.ranking, a=pair[0], b=pair[1])
    return Why(
        ahead=_side(separation, entries[separation.ahead]), behind=_side(separation, entries[separation.behind]),
        by=separation.by, text=next((c.text_nb for c in rules.ranking if c.code == separation.by), None),
        equal_on=separation.equal_on, swaps=[_change(each) for each in changes], no_single_change_swaps=not changes,
        rulebook_version=rules.version,
    )  # fmt: skip


def _side(separation: Separation, entry: WaitingListEntry) -> Side:
    ahead = entry.id == separation.ahead
    return Side(
        entry=entry.id, answer=separation.ahead_answer if ahead else separation.behind_answer,
        source=separation.ahead_source if ahead else separation.behind_source, event=entry.stated_by(separation.by),
    )  # fmt: skip


def _change(swap: Swap) -> Change:
    return Change.model_validate(swap)
