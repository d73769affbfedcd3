"""What the group came to together, and what must happen to it before a vedtak (M11, M12, M15, M19, LH6)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.base import HusromAggregate
from domain.decisions.vedtak_rules import Outcome as Recommendation
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import DissenterNotPresentError, HelpKind, NotForConclusionError
from domain.group.proposed_task import ProposedTask
from domain.law.deadlines import days_after
from domain.people.employee import Employee
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.agenda import consent_facts, handled_item
from services.commands.body import Body, Id, Text
from services.commands.hearings import PutFactsToApplicant, RecordApplicantAnswer, RecordFactsException
from services.commands.tasks import TaskAfterVedtakBody, assigned, proposed_tasks, replaced
from services.context import Context
from services.installation import Installation

Help = Annotated[tuple[HelpKind, ...], Field(max_length=10, examples=[["advice", "practical_help"]])]
Recommended = Annotated[
    Recommendation | None, Field(description="What the group recommends; null when not asked for.", examples=["grant"])
]


class ReachConclusion(Body):
    """Whether the applicant is vanskeligstilt, with reasons, and which help may and shall be offered (M11).

    An empty list of help is an answer, leaving it out is not.
    """

    vanskeligstilt: Annotated[bool | None, Field(examples=[True])] = None
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


def reach_conclusion(office: Installation, context: Context, item_id: UUID, body: ReachConclusion) -> Outcome:
    """Record the conclusion, tie the item to it and share out its tasks, in one save.

    Tasks wait for the vedtak they name. Superseding another conclusion cancels its open tasks.
    """
    item = handled_item(office, context, item_id, "reach_conclusion")
    if item.case is None or item.person is None:
        raise NotForConclusionError()
    tasks = proposed_tasks(office, item.person, item.case, body.tasks)
    conclusion = _reached(office, context, item, body, tasks)
    item.conclude(conclusion=conclusion.id, supersedes=body.supersedes, by=context.by, at=context.at)
    follow_ups = assigned(context, item, case=item.case, person=item.person, conclusion=conclusion.id, tasks=tasks)
    earlier = _superseded(office, context, body.supersedes, conclusion.id)
    return Outcome(
        (conclusion, item, *follow_ups, *earlier),
        {"conclusion": conclusion.id, "item": item_id, "follow_ups": tuple(follow_up.id for follow_up in follow_ups)},
        tagged=conclusion,
        status=HTTPStatus.CREATED,
    )


def record_dissent(office: Installation, context: Context, conclusion_id: UUID, body: RecordDissent) -> Outcome:
    """Record disagreement: one's own, or as saksbehandler somebody else's. Who was not told cannot disagree."""
    dissenter = body.dissenter or context.actor.id
    own = dissenter == context.actor.id
    conclusion = _conclusion(office, context, conclusion_id, "record_dissent", Action.READ if own else Action.HANDLE)
    item = office.case_log.load(AgendaItem, conclusion.item)
    if not any(told.person == dissenter for told in item.told()):
        raise DissenterNotPresentError()
    unit = context.actor.unit if own else office.case_log.load(Employee, dissenter).unit
    text = office.vault.seal(conclusion.person, conclusion.case, "assessment.dissent", body.text)
    conclusion.record_dissent(dissenter=dissenter, unit=unit, text=text, by=context.by, at=context.at)
    return Outcome((conclusion,), {"conclusion": conclusion_id, "dissenter": dissenter}, tagged=conclusion)


def put_facts_to_applicant(
    office: Installation, context: Context, conclusion_id: UUID, body: PutFactsToApplicant
) -> Outcome:
    """Put what others told to the applicant, with a deadline; until then no vedtak can be issued (LH6)."""
    conclusion = _conclusion(office, context, conclusion_id, "put_facts_to_applicant")
    days = office.rules(context).deadlines.applicant_answer_days
    answer_by = body.answer_by or days_after(context.today, days, office.working_days)
    facts = office.vault.seal(conclusion.person, conclusion.case, "vedtak.facts_to_applicant", body.facts)
    conclusion.put_facts_to_applicant(
        facts=facts, answer_by=answer_by, today=context.today, by=context.by, at=context.at
    )
    return Outcome((conclusion,), {"conclusion": conclusion_id, "answer_by": answer_by}, tagged=conclusion)


def record_applicant_answer(
    office: Installation, context: Context, conclusion_id: UUID, body: RecordApplicantAnswer
) -> Outcome:
    """Record what the applicant answered, or that there was nothing to say."""
    conclusion = _conclusion(office, context, conclusion_id, "record_applicant_answer")
    person, case = conclusion.person, conclusion.case
    answer = office.vault.seal(person, case, "vedtak.applicant_answer", body.answer) if body.answer else None
    conclusion.record_answer(answer=answer, by=context.by, at=context.at)
    return Outcome((conclusion,), {"conclusion": conclusion_id}, tagged=conclusion)


def record_facts_exception(
    office: Installation, context: Context, conclusion_id: UUID, body: RecordFactsException
) -> Outcome:
    """Record on what ground, and why, the facts are not put to the applicant (LH6)."""
    conclusion = _conclusion(office, context, conclusion_id, "record_facts_exception")
    because = office.vault.seal(conclusion.person, conclusion.case, "vedtak.facts_exception", body.because)
    conclusion.record_facts_exception(ground=body.ground, because=because, by=context.by, at=context.at)
    return Outcome((conclusion,), {"conclusion": conclusion_id, "ground": body.ground}, tagged=conclusion)


def _reached(
    office: Installation, context: Context, item: AgendaItem, body: ReachConclusion, tasks: tuple[ProposedTask, ...]
) -> Conclusion:
    texts = _sealed(office, item, body)
    return Conclusion.reach(
        id=uuid4(), item=item.as_discussed, vanskeligstilt=body.vanskeligstilt, reasons=texts.get("assessment.reasons"),
        may_offer=body.may_offer, shall_offer=body.shall_offer, dwelling=body.dwelling, extension=body.extension,
        help_description=texts.get("follow_up.help"), tasks=tasks, facts_from_others=body.facts_from_others,
        supersedes=body.supersedes, consent=consent_facts(office, item.case), day=context.today,
        least_units=office.rules(context).choices.least_units_in_room, by=context.by, at=context.at,
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


def _conclusion(
    office: Installation, context: Context, id: UUID, purpose: str, action: Action = Action.HANDLE
) -> Conclusion:
    conclusion = office.case_log.load(Conclusion, id)
    office.gate.permit(context, action, conclusion.case, purpose=purpose)
    context.expect(conclusion)
    return conclusion
