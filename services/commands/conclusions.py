"""What the group came to together, and what must happen to it before a vedtak (M11, M12, M15, M19, LH6)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.base import HusromAggregate
from domain.decisions.heard import FactsException
from domain.decisions.vedtak_rules import Outcome as Recommendation
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import DissenterNotPresentError, GroupAnswers, HelpKind, NotForConclusionError
from domain.group.proposed_task import ProposedTask
from domain.law.deadlines import days_after
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.agenda import consent_facts
from services.commands.body import Body, Id, Text
from services.commands.hearings import PutFactsToApplicant, RecordApplicantAnswer, RecordFactsException
from services.commands.tasks import TaskAfterVedtakBody, assigned, proposed_tasks, replaced
from services.context import Context
from services.core.permits.casework import Handles
from services.core.permits.door import Door
from services.core.registry import Area, command
from services.installation import Installation

Help = Annotated[tuple[HelpKind, ...], Field(max_length=10, examples=[["advice", "practical_help"]])]
Recommended = Annotated[
    Recommendation | None, Field(description="What the group recommends; null when not asked for.", examples=["grant"])
]


class ReachConclusion(Body):
    """Whether the applicant is vanskeligstilt, with reasons, and which help may and shall be offered (M11).

    An empty list of help is an answer, leaving it out is not.
    """

    vanskeligstilt: Annotated[
        bool | None, Field(description="Whether the applicant is so on the housing market.", examples=[True])
    ] = None
    reasons: Annotated[Text | None, Field(examples=["Søkeren får ikke leid på det private markedet."])] = None
    may_offer: Help | None = None
    shall_offer: Help | None = None
    dwelling: Recommended = None
    extension: Recommended = None
    help_description: Annotated[Text | None, Field(description="The main content of the help.")] = None
    tasks: Annotated[tuple[TaskAfterVedtakBody, ...], Field(max_length=30)] = ()
    facts_from_others: Annotated[
        bool, Field(description="Whether others than the applicant brought facts (LH6).", examples=[False])
    ]
    supersedes: Annotated[Id | None, Field(description="The item's conclusion so far, when it is changed.")] = None


class RecordDissent(Body):
    """What somebody in the room held against it. Without `dissenter`: oneself."""

    dissenter: Id | None = None
    text: Text


@dataclass(frozen=True)
class ConclusionReached:
    """What the group came to about an item, and the tasks that were shared out."""

    conclusion: UUID
    item: UUID
    follow_ups: tuple[UUID, ...]


@dataclass(frozen=True)
class DissentRecorded:
    """Who disagreed with a conclusion."""

    conclusion: UUID
    dissenter: UUID


@dataclass(frozen=True)
class FactsPutToApplicant:
    """A conclusion whose facts the applicant can answer until that day (Oslo)."""

    conclusion: UUID
    answer_by: date


@dataclass(frozen=True)
class ApplicantAnswerRecorded:
    """A conclusion whose facts the applicant has answered."""

    conclusion: UUID


@dataclass(frozen=True)
class FactsNotPut:
    """A conclusion whose facts are not put to the applicant, and on what ground."""

    conclusion: UUID
    ground: FactsException


def is_own_dissent(door: Door, _: Conclusion) -> bool:
    """Whether somebody records her own disagreement, which takes no more than to see the case."""
    return door.sent.dissenter in (None, door.context.actor.id)


@command("/agenda-items/{item}/conclusion", Area.AGENDA_ITEMS, Handles(AgendaItem), status=HTTPStatus.CREATED)
def reach_conclusion(
    office: Installation, context: Context, item: AgendaItem, body: ReachConclusion
) -> Outcome[ConclusionReached]:
    """Record what the group came to, with the tasks it shared out (M11, M12, M15).

    Tasks wait for the vedtak they name. Superseding another conclusion cancels its open tasks.
    """
    if item.case is None or item.person is None:
        raise NotForConclusionError()
    tasks = proposed_tasks(office, context, item.person, item.case, body.tasks)
    conclusion = _reached(office, context, item, body, tasks)
    item.conclude(conclusion=conclusion.id, supersedes=body.supersedes, by=context.by, at=context.at)
    follow_ups = assigned(context, item, case=item.case, person=item.person, conclusion=conclusion.id, tasks=tasks)
    earlier = _superseded(office, context, body.supersedes, conclusion.id)
    reached = ConclusionReached(conclusion.id, item.id, tuple(follow_up.id for follow_up in follow_ups))
    return Outcome((conclusion, item, *follow_ups, *earlier), reached, tagged=conclusion)


@command("/conclusions/{conclusion}/dissent", Area.CONCLUSIONS, Handles(Conclusion, own=is_own_dissent))
def record_dissent(
    office: Installation, context: Context, conclusion: Conclusion, body: RecordDissent
) -> Outcome[DissentRecorded]:
    """Record disagreement, one's own or as saksbehandler somebody else's (M11). Who was not told cannot disagree."""
    dissenter = body.dissenter or context.actor.id
    item = office.case_log.load(AgendaItem, conclusion.item)
    told = next((told for told in item.told() if told.person == dissenter), None)
    if told is None:
        raise DissenterNotPresentError()
    text = office.vault.seal(conclusion.person, conclusion.case, "assessment.dissent", body.text)
    conclusion.record_dissent(dissenter=dissenter, unit=told.unit, text=text, by=context.by, at=context.at)
    return Outcome((conclusion,), DissentRecorded(conclusion.id, dissenter), tagged=conclusion)


@command("/conclusions/{conclusion}/facts", Area.CONCLUSIONS, Handles(Conclusion))
def put_facts_to_applicant(
    office: Installation, context: Context, conclusion: Conclusion, body: PutFactsToApplicant
) -> Outcome[FactsPutToApplicant]:
    """Put what others told to the applicant, with a deadline; until then no vedtak can be issued (LH6)."""
    days = office.rules(context).deadlines.applicant_answer_days
    answer_by = body.answer_by or days_after(context.today, days, office.working_days)
    facts = office.vault.seal(conclusion.person, conclusion.case, "vedtak.facts_to_applicant", body.facts)
    conclusion.put_facts_to_applicant(
        facts=facts, answer_by=answer_by, today=context.today, by=context.by, at=context.at
    )
    return Outcome((conclusion,), FactsPutToApplicant(conclusion.id, answer_by), tagged=conclusion)


@command("/conclusions/{conclusion}/facts/answer", Area.CONCLUSIONS, Handles(Conclusion))
def record_applicant_answer(
    office: Installation, context: Context, conclusion: Conclusion, body: RecordApplicantAnswer
) -> Outcome[ApplicantAnswerRecorded]:
    """Record what the applicant answered, or that there was nothing to say (LH6)."""
    person, case = conclusion.person, conclusion.case
    answer = office.vault.seal(person, case, "vedtak.applicant_answer", body.answer) if body.answer else None
    conclusion.record_answer(answer=answer, by=context.by, at=context.at)
    return Outcome((conclusion,), ApplicantAnswerRecorded(conclusion.id), tagged=conclusion)


@command("/conclusions/{conclusion}/facts/exception", Area.CONCLUSIONS, Handles(Conclusion))
def record_facts_exception(
    office: Installation, context: Context, conclusion: Conclusion, body: RecordFactsException
) -> Outcome[FactsNotPut]:
    """Record on what ground, and why, the facts are not put to the applicant (LH6)."""
    because = office.vault.seal(conclusion.person, conclusion.case, "vedtak.facts_exception", body.because)
    conclusion.record_facts_exception(ground=body.ground, because=because, by=context.by, at=context.at)
    return Outcome((conclusion,), FactsNotPut(conclusion.id, body.ground), tagged=conclusion)


def _reached(
    office: Installation, context: Context, item: AgendaItem, body: ReachConclusion, tasks: tuple[ProposedTask, ...]
) -> Conclusion:
    return Conclusion.reach(
        id=uuid4(), item=item.as_discussed, answers=_answers(office, item, body), tasks=tasks,
        facts_from_others=body.facts_from_others, supersedes=body.supersedes,
        consent=consent_facts(office, item.case), day=context.today,
        least_units=office.rules(context).choices.least_units_in_room, by=context.by, at=context.at,
    )  # fmt: skip


def _answers(office: Installation, item: AgendaItem, body: ReachConclusion) -> GroupAnswers:
    texts = _sealed(office, item, body)
    return GroupAnswers(
        vanskeligstilt=body.vanskeligstilt, reasons=texts.get("assessment.reasons"), may_offer=body.may_offer,
        shall_offer=body.shall_offer, dwelling=body.dwelling, extension=body.extension,
        help_description=texts.get("follow_up.help"),
    )  # fmt: skip


def _sealed(office: Installation, item: AgendaItem, body: ReachConclusion) -> dict[str, Sealed]:
    assert item.person is not None
    plain = {"assessment.reasons": body.reasons, "follow_up.help": body.help_description}
    written = {field: text for field, text in plain.items() if text is not None}
    return office.vault.seal_many(item.person, item.case, written)


def _superseded(
    office: Installation, context: Context, earlier_id: UUID | None, later: UUID
) -> tuple[HusromAggregate, ...]:
    """The conclusion that gives way, and its tasks that fall away with it."""
    if earlier_id is None:
        return ()
    earlier = office.case_log.load(Conclusion, earlier_id)
    earlier.supersede(by_conclusion=later, by=context.by, at=context.at)
    return (earlier, *replaced(office, context, earlier.tasks))
