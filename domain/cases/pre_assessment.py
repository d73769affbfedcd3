"""Forhåndskartlegging: what the saksbehandler finds out before the group meets (M10)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import WrongStateError
from domain.sealed import NamedBy, Sealed


class Topic(StrEnum):
    """What a pre-assessment must have looked at before it is complete."""

    HOUSING = "housing"
    ECONOMY = "economy"
    FOLLOW_UP = "follow_up"


TOPIC_FIELDS = {
    Topic.HOUSING: "housing.pre_assessment",
    Topic.ECONOMY: "economy.pre_assessment",
    Topic.FOLLOW_UP: "follow_up.pre_assessment",
}
"""What the text on each topic is called, and with it the kind of information it is."""


class PreAssessmentNotStartedError(WrongStateError):
    code = "pre_assessment_not_started"
    rule = "M10"
    missing = "Forhåndskartleggingen er ikke begynt."
    next_step = "Skriv inn det som er kartlagt om bolig, økonomi og oppfølging, og fullfør så."


class PreAssessmentIncompleteError(WrongStateError):
    code = "pre_assessment_incomplete"
    rule = "M10"
    missing = "Forhåndskartleggingen mangler noe:"
    next_step = "Skriv inn det som mangler, og fullfør kartleggingen på nytt."


class PreAssessmentCompletedError(WrongStateError):
    code = "pre_assessment_completed"
    rule = "M10"
    missing = "Forhåndskartleggingen er fullført."
    next_step = "Gjenåpne den dersom det har kommet nye opplysninger."


def pre_assessment_id(case: CaseId) -> UUID:
    """The id of the case's one pre-assessment."""
    return uuid5(case, "pre_assessment")


class PreAssessment(HusromAggregate):
    """What is known about the case before the meeting, topic by topic."""

    TOPIC = "pre_assessment"

    class Begun(CreatedEvent):
        TOPIC: ClassVar[str] = "pre_assessment.Begun"
        case: CaseId

        def apply(self, assessment: "PreAssessment") -> None:
            assessment.case = self.case

    class Recorded(Event):
        """A later text on the same topic stands beside the earlier one in the log."""

        TOPIC: ClassVar[str] = "pre_assessment.Recorded"
        case: CaseId
        topic: Topic
        text: Annotated[Sealed, NamedBy("topic", TOPIC_FIELDS)]

        def apply(self, assessment: "PreAssessment") -> None:
            assessment.texts[self.topic] = self.text

    class Completed(Event):
        TOPIC: ClassVar[str] = "pre_assessment.Completed"
        case: CaseId

        def apply(self, assessment: "PreAssessment") -> None:
            assessment.completed = True

    class Reopened(Event):
        TOPIC: ClassVar[str] = "pre_assessment.Reopened"
        case: CaseId

        def apply(self, assessment: "PreAssessment") -> None:
            assessment.completed = False

    def __init__(self) -> None:
        self.case: CaseId
        self.texts: dict[Topic, Sealed] = {}
        self.completed = False

    @classmethod
    def start(cls, *, case: CaseId, by: By, at: datetime) -> "PreAssessment":
        """Begin the case's pre-assessment. Saksbehandler only."""
        require_saksbehandler(by)
        return cls.begin(cls.Begun, id=pre_assessment_id(case), by=by, at=at, case=case)

    def write(self, *, topic: Topic, text: Sealed, by: By, at: datetime) -> None:
        """Record what was found on one topic. Raises `PreAssessmentCompletedError` once it is complete."""
        require_saksbehandler(by)
        if self.completed:
            raise PreAssessmentCompletedError()
        self.record(self.Recorded, by=by, at=at, case=self.case, topic=topic, text=text)

    def complete(self, *, by: By, at: datetime) -> None:
        """Declare it complete. Raises `PreAssessmentIncompleteError` naming the topics without a text (M10)."""
        require_saksbehandler(by)
        if self.completed:
            raise PreAssessmentCompletedError()
        if lacking := [topic.value for topic in Topic if topic not in self.texts]:
            raise PreAssessmentIncompleteError(codes=lacking)
        self.record(self.Completed, by=by, at=at, case=self.case)

    def reopen(self, *, by: By, at: datetime) -> None:
        """Open it again because something new has come up."""
        require_saksbehandler(by)
        if not self.completed:
            raise WrongStateError()
        self.record(self.Reopened, by=by, at=at, case=self.case)
