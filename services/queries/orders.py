"""Orders that are computed to be looked at, and leave no event: for a vacancy, a dwelling like that, or a what if (M14).

What is shown is a list that somebody looked at, and stands in the log as one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.facts import NOBODY
from domain.access.kinds import InformationKind
from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingKind
from domain.housing.fit import Misfit
from domain.housing.ranking import (
    BY_EFFECTIVE_DATE,
    ComputedOrder,
    CriterionFact,
    Ranked,
    Standing,
    compute_order,
)
from domain.housing.ranking import (
    Answer as Reply,
)
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.requirement import RulebookError
from domain.law.rulebook import Rulebook
from domain.law.waiting_list_guidelines import CriterionKind
from domain.people.person import Person
from services.commands.body import Code, Day
from services.context import Context
from services.core.asked import Asked
from services.core.codes import RANKED_BY
from services.core.duties import SAKSBEHANDLER
from services.core.permits.keeping import Holds, Keeps
from services.core.registry import Area, query
from services.facts.candidates import on_the_list
from services.gate import ListEntry, Opened
from services.installation import Installation
from services.queries.answer import Answer, ListRow
from services.refusals import InvalidInputError

YES_NO = {"true": True, "false": False}


class AskedWhatIf(Asked):
    """A change to try out: one answer of one candidate, or the guidelines of another day."""

    entry: UUID | None = Field(default=None, description="Whose answer is changed.")
    criterion: Annotated[Code | None, RANKED_BY] = Field(default=None, description="The criterion, or effective_date.")
    answer: Annotated[str, Field(max_length=20)] | None = Field(
        default=None, description="true, false, a whole number or a date.", examples=["true"]
    )
    guidelines_on: Day | None = Field(default=None, description="The guidelines in force on that day.")

    def rules(self, office: Installation, context: Context) -> Rulebook:
        """Those of that day. Raises `NoGuidelinesThenError`."""
        try:
            return office.rulebooks.on(self.guidelines_on) if self.guidelines_on else super().rules(office, context)
        except RulebookError:
            raise NoGuidelinesThenError from None


class AskedDwelling(Asked):
    """A dwelling as it might be, to hold the waiting list against."""

    area: Code = Field(description="The municipality's code for a part of it.", examples=["centre"])
    rooms: int = Field(ge=1, le=20, description="Living room and bedrooms.")
    step_free: bool = Field(default=False, description="Reached and used without a step.")
    floor: int = Field(default=1, ge=0, le=60, description="0 is the basement, 1 the ground floor.")
    lift: bool | None = Field(default=None, description="Left out when not known.")
    pets: bool | None = Field(default=None, description="Whether pets may come along; left out when not known.")

    @property
    def facts(self) -> DwellingFacts:
        return DwellingFacts(
            area=self.area, kind=DwellingKind.FLAT, rooms=self.rooms, square_metres=1, floor=self.floor,
            step_free=self.step_free, lift=self.lift, pets=self.pets,
        )  # fmt: skip


class AskedDwellingAndWhatIf(AskedDwelling, AskedWhatIf):
    """A dwelling as it might be, and a change to try out."""


class WhatIfError(InvalidInputError):
    code = "what_if_incomplete"
    rule = "M14"
    missing = "Det er ikke oppgitt hvilket svar som skal prøves, for hvem og på hvilket kriterium."
    next_step = "Send entry, criterion og answer sammen. Svaret er true eller false, et heltall eller en dato."


class NoGuidelinesThenError(InvalidInputError):
    code = "no_guidelines_then"
    rule = "M14"
    missing = "Det finnes ingen retningslinjer for denne datoen."
    next_step = "Velg en dato retningslinjene gjelder for."


class ProposedPlace(ListRow):
    """One place. For a candidate whose case does not open for the reader, only that it is there."""

    place: int = Field(examples=[1])
    was: int | None = Field(description="The place without the what if; null for who was not in the order.")
    entry: UUID | None = None
    case: UUID | None = None
    person: UUID | None = None
    name: str | None = None
    registered_on: date | None = None
    effective_from: date | None = None
    facts: tuple[CriterionFact, ...] = ()
    separated_by: str | None = Field(default=None, description="What puts the one before ahead; null for the first.")


class NotInOrder(Answer):
    """Somebody on the list who is not in the order, and every reason why."""

    entry: UUID
    reasons: tuple[Misfit, ...]


class Proposal(Answer):
    """What the order would be. Nothing is stored, and nobody is offered anything on it (LV5)."""

    rulebook_version: str
    places: list[ProposedPlace]
    not_in_order: list[NotInOrder]


@query("/dwellings/{dwelling}/proposal", Area.DWELLINGS, Keeps(Dwelling))
def propose_order(office: Installation, context: Context, dwelling: Dwelling, asked: AskedWhatIf) -> Proposal:
    """What the order for this dwelling would be now, or if something were otherwise. Nothing is stored (M14, LV5).

    Everybody on the list is in the answer: with a place, or with every reason why not.
    """
    return proposal(office, context, dwelling.facts, asked)


@query("/waiting-list/proposal", Area.WAITING_LIST, Holds(SAKSBEHANDLER))
def propose_order_for(office: Installation, context: Context, _: None, asked: AskedDwellingAndWhatIf) -> Proposal:
    """What the order for a dwelling like that would be, without there being one. Nothing is stored (M14, LV5)."""
    return proposal(office, context, asked.facts, asked)


def proposal(office: Installation, context: Context, dwelling: DwellingFacts, what_if: AskedWhatIf) -> Proposal:
    """What the order for a dwelling like that would be.

    Raises `WhatIfError`, `NoGuidelinesThenError`, `NotAllowedError` for who is inhabil (B05).
    """
    entries = compared_on_the_list(office, context, purpose="proposal")
    rules = what_if.rules(office, context)
    order = order_now(rules, entries, dwelling, what_if)
    before = order_now(office.rules(context), entries, dwelling)
    was = {entry: place for place, entry in enumerate(before.entries, start=1)}
    opened = _opened(office, context, [place.standing for place in order.ranked])
    return Proposal(
        rulebook_version=rules.version,
        places=[_place(number, place, was, opened) for number, place in enumerate(order.ranked, start=1)],
        not_in_order=[NotInOrder.model_validate(each) for each in order.unfit],
    )


def compared_on_the_list(office: Installation, context: Context, *, purpose: str) -> list[WaitingListEntry]:
    """Everybody on the list. Raises `NotAllowedError` for who is inhabil for one of those who wait (B05)."""
    entries = on_the_list(office)
    cases = [entry.case for entry in entries if entry.is_waiting]
    office.gate.permit_comparison(context, NOBODY, cases, purpose=purpose)
    return entries


def order_now(
    rules: Rulebook, entries: Sequence[WaitingListEntry], dwelling: DwellingFacts, what_if: AskedWhatIf | None = None
) -> ComputedOrder:
    """The order for a dwelling like that by these rules, with the answer of `what_if` in place of the one that is."""
    candidates = tuple(entry.candidate for entry in entries)
    if what_if is not None and (what_if.entry or what_if.criterion or what_if.answer):
        standings = {c.standing.entry: c.standing for c in candidates}
        changed = _changed(rules, standings, what_if)
        candidates = tuple(replace(c, standing=changed) if c.standing.entry == changed.entry else c for c in candidates)
    return compute_order(criteria=rules.ranking, candidates=candidates, dwelling=dwelling, limits=rules.fit)


def entries_at(office: Installation, entries: Iterable[UUID], moment: datetime) -> dict[UUID, WaitingListEntry]:
    """Each of these places on the list as it stood at `moment` (UTC)."""
    streams = office.case_log.load_many(wanted := list(entries))
    versions = {id: sum(event.timestamp <= moment for event in streams.stream(id)) for id in wanted}
    return {id: streams.load_at(WaitingListEntry, id, version) for id, version in versions.items()}


def _changed(rules: Rulebook, standings: Mapping[UUID, Standing], what_if: AskedWhatIf) -> Standing:
    standing = standings.get(what_if.entry) if what_if.entry else None
    if standing is None or what_if.criterion is None or what_if.answer is None:
        raise WhatIfError
    kinds = {criterion.code: criterion.kind for criterion in (BY_EFFECTIVE_DATE, *rules.ranking)}
    answer = _read(kinds[what_if.criterion], what_if.answer)
    return standing.answering(what_if.criterion, answer)


def _read(kind: CriterionKind, text: str) -> Reply:
    try:
        if kind is CriterionKind.YES_NO:
            return YES_NO[text]
        return date.fromisoformat(text) if kind is CriterionKind.DATE else _number(text)
    except (ValueError, KeyError):
        raise WhatIfError from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError
    return int(text)


def _opened(office: Installation, context: Context, standings: list[Standing]) -> dict[UUID, Opened]:
    """What opens by entry, for the candidates whose cases open; they stand in the log as a list."""
    permits = office.gate.permits(context, [standing.case for standing in standings])
    shown = [s for s in standings if permits[s.case].decision.opens_in_case(InformationKind.ASSESSMENT)]
    people = office.case_log.load_many(standing.person for standing in shown)
    rows = [ListEntry(s.case, s.person, {"name": people.load(Person, s.person).details.name}) for s in shown]
    opened = zip(shown, office.gate.open_list(context, "proposal", rows, permits), strict=True)
    return {standing.entry: each for standing, each in opened if each is not None}


def _place(number: int, place: Ranked, was: Mapping[UUID, int], opened: Mapping[UUID, Opened]) -> ProposedPlace:
    standing = place.standing
    if (seen := opened.get(standing.entry)) is None:
        return ProposedPlace(place=number, was=was.get(standing.entry))
    return ProposedPlace(
        place=number, was=was.get(standing.entry), name=seen.texts["name"], withheld=seen.closed,
        separated_by=place.separated_by, **vars(standing),
    )  # fmt: skip
