"""For a case decided without the group: what others told, put to the applicant before the vedtak (LH6, M13)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.cases.case import Case
from domain.decisions.heard import FactsException
from domain.decisions.hearing import Hearing, hearing_id
from domain.group.agenda_item import AgendaItem, ReopenReason
from domain.group.conclusion import Conclusion
from domain.law.deadlines import days_after
from services.command_desk import Outcome
from services.commands.body import Body, Day, Text
from services.context import Context
from services.core.permits.casework import HandlesCase
from services.core.registry import Area, command
from services.installation import Installation
from services.permits import Permit


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


@dataclass(frozen=True)
class ApplicantHeard:
    """The case, and the last day (Oslo) on which the applicant can answer what others told."""

    case: UUID
    answer_by: date


@dataclass(frozen=True)
class HearingChanged:
    """The case in which was recorded what came of the hearing."""

    case: UUID


@dataclass(frozen=True)
class HearingExcepted:
    """The case in which the facts are not put to the applicant, and on what ground."""

    case: UUID
    ground: FactsException


@command("/cases/{case}/facts", Area.VEDTAK, HandlesCase())
def hear_applicant(
    office: Installation, context: Context, permit: Permit, body: PutFactsToApplicant
) -> Outcome[ApplicantHeard]:
    """Put what others told to the applicant, with a deadline (LH6). Facts of a conclusion go by the conclusion.

    Until the applicant has answered, or the time is over, no vedtak can be issued.
    """
    case, hearing = permit.case, _hearing_in(office, context, permit.case)
    days = office.rules(context).deadlines.applicant_answer_days
    answer_by = body.answer_by or days_after(context.today, days, office.working_days)
    facts = office.vault.seal(hearing.person, case, "vedtak.facts_to_applicant", body.facts)
    hearing.put_facts_to_applicant(facts=facts, answer_by=answer_by, today=context.today, by=context.by, at=context.at)
    return Outcome((hearing,), ApplicantHeard(case, answer_by), tagged=hearing)


@command("/cases/{case}/facts/answer", Area.VEDTAK, HandlesCase())
def record_hearing_answer(
    office: Installation, context: Context, permit: Permit, body: RecordApplicantAnswer
) -> Outcome[HearingChanged]:
    """Record what the applicant answered, or that there was nothing to say (LH6)."""
    case, hearing = permit.case, _hearing_in(office, context, permit.case)
    answer = office.vault.seal(hearing.person, case, "vedtak.applicant_answer", body.answer) if body.answer else None
    hearing.record_answer(answer=answer, by=context.by, at=context.at)
    return Outcome((hearing,), HearingChanged(case), tagged=hearing)


@command("/cases/{case}/facts/exception", Area.VEDTAK, HandlesCase())
def record_hearing_exception(
    office: Installation, context: Context, permit: Permit, body: RecordFactsException
) -> Outcome[HearingExcepted]:
    """Record on what ground, and why, the facts are not put to the applicant (LH6)."""
    case, hearing = permit.case, _hearing_in(office, context, permit.case)
    because = office.vault.seal(hearing.person, case, "vedtak.facts_exception", body.because)
    hearing.record_exception(ground=body.ground, because=because, by=context.by, at=context.at)
    return Outcome((hearing,), HearingExcepted(case, body.ground), tagged=hearing)


@command("/cases/{case}/facts/none", Area.VEDTAK, HandlesCase())
def record_nothing_told(office: Installation, context: Context, permit: Permit) -> Outcome[HearingChanged]:
    """Record that nobody but the applicant has told anything about the applicant (LH6)."""
    hearing = _hearing_in(office, context, permit.case)
    hearing.record_nothing_told(by=context.by, at=context.at)
    return Outcome((hearing,), HearingChanged(permit.case), tagged=hearing)


def _hearing_in(office: Installation, context: Context, case: UUID) -> Hearing:
    """The hearing of the case, in the version that the sender built on; begun when there is none yet."""
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
