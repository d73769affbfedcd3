"""For a case decided without the group: what others told, put to the applicant before the vedtak (LH6, M13)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.cases.case import Case
from domain.decisions.heard import FactsException
from domain.decisions.hearing import Hearing, hearing_id
from domain.group.agenda_item import AgendaItem, ReopenReason
from domain.group.conclusion import Conclusion
from domain.law.deadlines import days_after
from services.command_desk import Outcome
from services.commands.body import Body, Day, Text
from services.context import Context
from services.installation import Installation


class PutFactsToApplicant(Body):
    """What others told, for the applicant to answer. Without `answer_by`: as many days as the rulebook gives (LH6)."""

    facts: Annotated[Text, Field(examples=["En annen enhet opplyser at leieforholdet ble sagt opp."])]
    answer_by: Day | None = None


class RecordApplicantAnswer(Body):
    """What the applicant answered; null when there was nothing to say."""

    answer: Text | None


class RecordFactsException(Body):
    """On what ground, and why, the facts are not put to the applicant."""

    ground: Annotated[FactsException, Field(examples=["known_to_applicant"])]
    because: Annotated[Text, Field(examples=["Søkeren fortalte det samme i samtalen 12. januar."])]


def hear_applicant(office: Installation, context: Context, case: UUID, body: PutFactsToApplicant) -> Outcome:
    """Put what others told to the applicant, with a deadline; until then no vedtak can be issued."""
    hearing = hearing_in(office, context, case, "hear_applicant")
    days = office.rules(context).deadlines.applicant_answer_days
    answer_by = body.answer_by or days_after(context.today, days, office.working_days)
    facts = office.vault.seal(hearing.person, case, "vedtak.facts_to_applicant", body.facts)
    hearing.put_facts_to_applicant(facts=facts, answer_by=answer_by, today=context.today, by=context.by, at=context.at)
    return Outcome((hearing,), {"case": case, "answer_by": answer_by}, tagged=hearing)


def record_hearing_answer(office: Installation, context: Context, case: UUID, body: RecordApplicantAnswer) -> Outcome:
    """Record what the applicant answered, or that there was nothing to say."""
    hearing = hearing_in(office, context, case, "record_hearing_answer")
    answer = office.vault.seal(hearing.person, case, "vedtak.applicant_answer", body.answer) if body.answer else None
    hearing.record_answer(answer=answer, by=context.by, at=context.at)
    return Outcome((hearing,), {"case": case}, tagged=hearing)


def record_hearing_exception(office: Installation, context: Context, case: UUID, body: RecordFactsException) -> Outcome:
    """Record why the facts need not be put to the applicant."""
    hearing = hearing_in(office, context, case, "record_hearing_exception")
    because = office.vault.seal(hearing.person, case, "vedtak.facts_exception", body.because)
    hearing.record_exception(ground=body.ground, because=because, by=context.by, at=context.at)
    return Outcome((hearing,), {"case": case, "ground": body.ground}, tagged=hearing)


def record_nothing_told(office: Installation, context: Context, case: UUID) -> Outcome:
    """Record that nobody but the applicant has told anything about the applicant."""
    hearing = hearing_in(office, context, case, "record_nothing_told")
    hearing.record_nothing_told(by=context.by, at=context.at)
    return Outcome((hearing,), {"case": case}, tagged=hearing)


def hearing_in(office: Installation, context: Context, case: UUID, purpose: str) -> Hearing:
    """The hearing of the case, begun when there is none yet, for whoever handles it."""
    office.gate.permit(context, Action.HANDLE, case, purpose=purpose)
    hearing = hearing_of(office, context, office.case_log.load(Case, case))
    if hearing.version > 1:
        context.expect(hearing)
    return hearing


def hearing_of(office: Installation, context: Context, case: Case) -> Hearing:
    """The hearing of the case, begun when there is none yet."""
    hearing = office.case_log.find(Hearing, hearing_id(case.id))
    return hearing or Hearing.begin_in(case=case.id, person=case.person, by=context.by, at=context.at)


def facts_reopened(
    office: Installation, context: Context, item: AgendaItem, reason: ReopenReason
) -> tuple[Conclusion | Hearing, ...]:
    """What has to hear that the item's minutes will say something else of the facts: new ones go to the applicant."""
    if item.case is None or reason is ReopenReason.CONCLUSION_CHANGED:
        return ()
    conclusion = office.case_log.load(Conclusion, item.conclusion) if item.conclusion else None
    told = tuple(one for one in (conclusion, office.case_log.find(Hearing, hearing_id(item.case))) if one is not None)
    for one in told:
        one.reopen_facts(by=context.by, at=context.at)
    return told
