"""Forhåndskartlegging before the meeting (M10)."""

from dataclasses import dataclass
from uuid import UUID

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
from services.core.permits.casework import HandlesCase
from services.core.registry import Area, command
from services.installation import Installation
from services.permits import Permit


class RecordPreAssessment(Body):
    """What was found out on one topic."""

    topic: Topic
    text: Text


@dataclass(frozen=True)
class PreAssessmentWritten:
    """The topic on which something was written down."""

    case: UUID
    topic: Topic


@dataclass(frozen=True)
class PreAssessmentChanged:
    """Whether the pre-assessment is complete."""

    case: UUID
    completed: bool


@command("/cases/{case}/pre-assessment", Area.CASES, HandlesCase())
def record_pre_assessment(
    office: Installation, context: Context, permit: Permit, body: RecordPreAssessment
) -> Outcome[PreAssessmentWritten]:
    """Write down what was found on one topic before the meeting (M10). The first text begins the pre-assessment."""
    case = permit.case
    person = office.case_log.load(Case, case).person
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case))
    if assessment is None:
        assessment = PreAssessment.start(case=case, by=context.by, at=context.at)
    else:
        context.expect(assessment)
    text = office.vault.seal(person, case, TOPIC_FIELDS[body.topic], body.text)
    assessment.write(topic=body.topic, text=text, by=context.by, at=context.at)
    return Outcome((assessment,), PreAssessmentWritten(case, body.topic), tagged=assessment)


@command("/cases/{case}/pre-assessment/completion", Area.CASES, HandlesCase())
def complete_pre_assessment(office: Installation, context: Context, permit: Permit) -> Outcome[PreAssessmentChanged]:
    """Declare the pre-assessment complete; from now on the case can be put on an agenda (M10)."""
    assessment = _assessment(office, context, permit.case)
    assessment.complete(by=context.by, at=context.at)
    return Outcome((assessment,), PreAssessmentChanged(permit.case, completed=True), tagged=assessment)


@command("/cases/{case}/pre-assessment/reopening", Area.CASES, HandlesCase())
def reopen_pre_assessment(office: Installation, context: Context, permit: Permit) -> Outcome[PreAssessmentChanged]:
    """Open the pre-assessment again because something new has come up."""
    assessment = _assessment(office, context, permit.case)
    assessment.reopen(by=context.by, at=context.at)
    return Outcome((assessment,), PreAssessmentChanged(permit.case, completed=False), tagged=assessment)


def _assessment(office: Installation, context: Context, case: UUID) -> PreAssessment:
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case))
    if assessment is None:
        raise PreAssessmentNotStartedError
    context.expect(assessment)
    return assessment
