"""The waiting list: the facts that place an entry, and its way on and off (M12, M14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from domain.cases.application import Application
from domain.housing.fit import HousingNeed
from domain.housing.ranking import Answer, CriterionFact, refuse_wrong_kind
from domain.housing.waiting_list_entry import EntryState, LeavingReason, PauseReason, WaitingListEntry
from domain.law.rulebook import Rulebook
from domain.law.waiting_list_guidelines import RankingCriterion
from services.command_desk import Outcome
from services.commands.body import Body, Code, Count, Day, Id, Text
from services.context import Context
from services.core.codes import CRITERIA
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation

Number = Annotated[StrictInt, Field(ge=0, le=1_000_000)]
Answers = Annotated[
    dict[Code, StrictBool | Number | Day],
    CRITERIA,
    Field(
        max_length=50,
        description="Answers to the ranking criteria of the rulebook. What is left out is unknown.",
        examples=[{"without_dwelling": True, "children_in_household": False}],
    ),
]
Rooms = Annotated[int, Field(ge=1, le=12, examples=[2])]
Areas = Annotated[
    tuple[Code, ...], Field(max_length=20, description="The only areas that will do; empty when any will.")
]


class NeedBody(Body):
    """What the household needs of a dwelling."""

    adults: Annotated[int, Field(ge=1, le=20)]
    children: Annotated[Count, Field(description="Who live there all the time.")] = 0
    children_part_time: Annotated[Count, Field(description="Who live there a part of the time.")] = 0
    rooms_at_least: Rooms = 1
    step_free: Annotated[bool, Field(description="Must be reached and used without a step.")] = False
    lift: bool = False
    pets: Annotated[bool, Field(description="There are pets that come along.")] = False
    areas: Areas = ()


class PlacementBody(Body):
    """What places somebody on the list. Without `need` the application says it; without `effective_from` as well."""

    answers: Answers = Field(default_factory=dict)
    need: NeedBody | None = None
    effective_from: Annotated[
        Day | None, Field(description="The date that counts in a tie, where it is not the day of registration.")
    ] = None
    effective_because: Annotated[
        Text | None, Field(description="Why; a date never moves silently.", examples=["Sto på listen til i fjor."])
    ] = None


class UpdateWaitingListFacts(Body):
    """What is so now, all of it: the answers and the need replace the earlier ones."""

    answers: Answers
    need: NeedBody
    source: Annotated[Id, Field(description="Id of the record the answers were taken from, such as an application.")]


class MoveEffectiveDate(Body):
    """The date that counts from now on, and why."""

    effective_from: Day
    because: Annotated[Text, Field(examples=["Søknaden lå hos feil kommune i to måneder."])]


class PauseWaitingListEntry(Body):
    """Why the entry is out of the comparison for a while."""

    reason: PauseReason


class LeaveWaitingList(Body):
    """Why somebody leaves the list. A lease or a new vedtak takes them off by itself."""

    reason: Annotated[
        Literal[LeavingReason.WITHDRAWN, LeavingReason.LAPSED],
        Field(description="Withdrawn by the applicant, or lapsed by a decision."),
    ]


@dataclass(frozen=True)
class EntryChanged:
    """A place on the waiting list as it is now."""

    waiting_list_entry: UUID
    state: EntryState


@command("/waiting-list/{entry}/facts", Area.WAITING_LIST, Handles(WaitingListEntry))
def update_waiting_list_facts(
    office: Installation, context: Context, entry: WaitingListEntry, body: UpdateWaitingListFacts
) -> Outcome[EntryChanged]:
    """Replace the facts that place an entry. The saksbehandler alone does, with or without consent (M14)."""
    facts = criterion_facts(office.rules(context), body.answers, source=body.source)
    entry.update_facts(facts=facts, need=_need(body.need), by=context.by, at=context.at)
    return changed(entry)


@command("/waiting-list/{entry}/effective-date", Area.WAITING_LIST, Handles(WaitingListEntry))
def move_effective_date(
    office: Installation, context: Context, entry: WaitingListEntry, body: MoveEffectiveDate
) -> Outcome[EntryChanged]:
    """Move the date that counts, with the reason. The date of registration stays."""
    because = office.vault.seal(entry.person, entry.case, "assessment.effective_date", body.because)
    entry.move_effective_date(to=body.effective_from, because=because, by=context.by, at=context.at)
    return changed(entry)


@command("/waiting-list/{entry}/pause", Area.WAITING_LIST, Handles(WaitingListEntry))
def pause_waiting_list_entry(
    _office: Installation, context: Context, entry: WaitingListEntry, body: PauseWaitingListEntry
) -> Outcome[EntryChanged]:
    """Take an entry out of the comparison for a while; it keeps its dates."""
    entry.pause(reason=body.reason, by=context.by, at=context.at)
    return changed(entry)


@command("/waiting-list/{entry}/resumption", Area.WAITING_LIST, Handles(WaitingListEntry))
def resume_waiting_list_entry(
    _office: Installation, context: Context, entry: WaitingListEntry
) -> Outcome[EntryChanged]:
    """Bring a paused entry back among the candidates."""
    entry.resume(by=context.by, at=context.at)
    return changed(entry)


@command("/waiting-list/{entry}/leaving", Area.WAITING_LIST, Handles(WaitingListEntry))
def leave_waiting_list(
    _office: Installation, context: Context, entry: WaitingListEntry, body: LeaveWaitingList
) -> Outcome[EntryChanged]:
    """Take an entry off the list for good. A person decides that, never a machine (LV5)."""
    entry.leave(reason=body.reason, by=context.by, at=context.at)
    return changed(entry)


def changed(entry: WaitingListEntry) -> Outcome[EntryChanged]:
    """What every command about one place answers with."""
    return Outcome((entry,), EntryChanged(entry.id, entry.state), tagged=entry)


def criterion_facts(rules: Rulebook, answers: Mapping[str, Answer], *, source: UUID) -> tuple[CriterionFact, ...]:
    """The answers as facts taken from `source`, in the rulebook's order.

    Raises `WrongKindOfAnswerError`.
    """
    answered = (criterion for criterion in rules.ranking if criterion.code in answers)
    return tuple(_fact(criterion, answers[criterion.code], source) for criterion in answered)


def placement_need(body: PlacementBody, application: Application) -> HousingNeed:
    """The need as the saksbehandler states it, else as it stands in the application."""
    if body.need is not None:
        return _need(body.need)
    household, wishes = application.content.household, application.content.wishes
    return HousingNeed(
        adults=household.adults, children=household.children, children_part_time=household.children_part_time,
        rooms_at_least=wishes.rooms_at_least or 1, step_free=wishes.step_free, lift=wishes.lift, pets=wishes.pets,
        areas=wishes.areas,
    )  # fmt: skip


def _need(body: NeedBody) -> HousingNeed:
    return HousingNeed(**body.model_dump())


def _fact(criterion: RankingCriterion, answer: Answer, source: UUID) -> CriterionFact:
    refuse_wrong_kind(criterion, answer)
    return CriterionFact(criterion=criterion.code, value=answer, source=source)
