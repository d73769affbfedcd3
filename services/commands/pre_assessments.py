"""Forhåndskartlegging before the meeting (M10)."""

from uuid import UUID

from domain.access.decision import Action
from domain.cases.case import Case
from domain.cases.pre_assessment import (
    TOPIC_FIELDS,
    PreAssessment,
    PreAssessmentNotStartedError,
    Topic,
    pre_assessment_id,
)
from services.command_desk import Outcome
from services.commands.body import Body, Text
from services.context import Context
from services.installation import Installation


class RecordPreAssessment(Body):
    """What was found out on one topic."""

    topic: Topic
    text: Text


def record_pre_assessment(office: Installation, context: Context, case: UUID, body: RecordPreAssessment) -> Outcome:
    """Write down what was found on one topic; the first text begins the pre-assessment."""
    person = _case(office, context, case, "record_pre_assessment").person
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case))
    if assessment is None:
        assessment = PreAssessment.start(case=case, by=context.by, at=context.at)
    else:
        context.expect(assessment)
    text = office.vault.seal(person, case, TOPIC_FIELDS[body.topic], body.text)
    assessment.write(topic=body.topic, text=text, by=context.by, at=context.at)
    return Outcome((assessment,), {"case": case, "topic": body.topic}, tagged=assessment)


def complete_pre_assessment(office: Installation, context: Context, case: UUID) -> Outcome:
    """Declare it complete; from now on the case can be put on an agenda (M10)."""
    assessment = _assessment(office, context, case, "complete_pre_assessment")
    assessment.complete(by=context.by, at=context.at)
    return Outcome((assessment,), {"case": case, "completed": True}, tagged=assessment)


def reopen_pre_assessment(office: Installation, context: Context, case: UUID) -> Outcome:
    """Open it again because something new has come up."""
    assessment = _assessment(office, context, case, "reopen_pre_assessment")
    assessment.reopen(by=context.by, at=context.at)
    return Outcome((assessment,), {"case": case, "completed": False}, tagged=assessment)


def _case(office: Installation, context: Context, case: UUID, purpose: str) -> Case:
    office.gate.permit(context, Action.HANDLE, case, purpose=purpose)
    return office.case_log.load(Case, case)


def _assessment(office: Installation, context: Context, case: UUID, purpose: str) -> PreAssessment:
    _case(office, context, case, purpose)
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case))
    if assessment is None:
        raise PreAssessmentNotStartedError
    context.expect(assessment)
    return assessment
