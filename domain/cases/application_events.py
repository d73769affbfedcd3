"""The events of an application. They only assign; the rules are in `Application`'s methods.

Each says its case. `left`, where it stands, is what is still to be answered afterwards.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, PersonId
from domain.base import CreatedEvent, Event
from domain.cases.application_content import (
    ApplicationContent,
    ApplicationKind,
    ContentPart,
    Correction,
    ForwardedTo,
    PutAway,
    RightContent,
    Submitter,
    WayIn,
)
from domain.sealed import Named, Sealed

if TYPE_CHECKING:
    from domain.cases.application_base import ApplicationBase


class Received(CreatedEvent):
    """What came in. Version 1 knew one kind only; an application for both was entered twice."""

    TOPIC: ClassVar[str] = "application.Received"
    class_version: ClassVar[int] = 2
    case: CaseId
    person: PersonId
    kinds: tuple[ApplicationKind, ...]
    way_in: WayIn
    received_on: date
    content: ApplicationContent
    tenancy: UUID | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, object]) -> None:
        """Version 1 knew one kind only and called it `kind`."""
        state["kinds"] = [state.pop("kind")]

    def apply(self, application: "ApplicationBase") -> None:
        application.case, application.person = self.case, self.person
        application.kinds, application.way_in = self.kinds, self.way_in
        application.received_on = application.counts_from = self.received_on
        application.content, application.tenancy = self.content, self.tenancy


class MadeOnBehalf(Event):
    """Somebody else than the applicant asked."""

    TOPIC: ClassVar[str] = "application.MadeOnBehalf"
    case: CaseId
    person: PersonId
    submitter: Submitter

    def apply(self, application: "ApplicationBase") -> None:
        application.submitter = self.submitter


class Supplemented(Event):
    TOPIC: ClassVar[str] = "application.Supplemented"
    case: CaseId
    text: Annotated[Sealed, Named("housing.supplement")]
    attachments: tuple[UUID, ...]

    def apply(self, application: "ApplicationBase") -> None:
        application.supplements += (self.text,)


class Corrected(Event):
    """What is right, beside what was wrong (LA5). `corrects`: version of the event that said it wrong."""

    TOPIC: ClassVar[str] = "application.Corrected"
    case: CaseId
    corrects: int
    part: ContentPart
    right: RightContent
    because: Annotated[Sealed, Named("note.corrected_because")]

    def apply(self, application: "ApplicationBase") -> None:
        application.content = self.right.put_into(application.content, self.part)
        application.corrections += (Correction(self.part, self.timestamp),)


class ReceivedDateCorrected(Event):
    """It came in on `received_on`, not on the day it says it `was` (LA5). Oslo dates.

    `counts_from`: the day that counts from now on, a duplicate's included. `answer_expected_on`: what is promised
    already, which stands. A place on the waiting list keeps its date until it is moved there.
    """

    TOPIC: ClassVar[str] = "application.ReceivedDateCorrected"
    case: CaseId
    was: date
    received_on: date
    counts_from: date
    answer_expected_on: date | None
    left: tuple[ApplicationKind, ...]
    because: Annotated[Sealed, Named("note.corrected_because")]

    def apply(self, application: "ApplicationBase") -> None:
        application.received_on, application.counts_from = self.received_on, self.counts_from


class InterimReplySent(Event):
    """The applicant was told why it takes time and when to expect an answer (LH2)."""

    TOPIC: ClassVar[str] = "application.InterimReplySent"
    case: CaseId
    reason: str
    expected_on: date

    def apply(self, application: "ApplicationBase") -> None:
        application.answer_expected_on = self.expected_on


class DelayNoticeSent(Event):
    """The promised day slips: the applicant was told anew why, and when to expect an answer (LH3)."""

    TOPIC: ClassVar[str] = "application.DelayNoticeSent"
    case: CaseId
    reason: str
    promised_on: date
    expected_on: date

    def apply(self, application: "ApplicationBase") -> None:
        application.answer_expected_on = self.expected_on


class Withdrawn(Event):
    """The applicant takes all of it back."""

    TOPIC: ClassVar[str] = "application.Withdrawn"
    case: CaseId

    def apply(self, application: "ApplicationBase") -> None:
        application.put_away_kinds(application.unanswered, PutAway.WITHDRAWN)
        application.withdrawn = True


class PartWithdrawn(Event):
    """The applicant takes back one of the things applied for."""

    TOPIC: ClassVar[str] = "application.PartWithdrawn"
    case: CaseId
    kind: ApplicationKind
    left: tuple[ApplicationKind, ...]

    def apply(self, application: "ApplicationBase") -> None:
        application.put_away_kinds((self.kind,), PutAway.WITHDRAWN)


class Forwarded(Event):
    """Sent on to the authority it should have gone to, and the sender told so (LH5). Oslo dates."""

    TOPIC: ClassVar[str] = "application.Forwarded"
    case: CaseId
    person: PersonId
    kinds: tuple[ApplicationKind, ...]
    left: tuple[ApplicationKind, ...]
    to: ForwardedTo
    name: Annotated[Sealed, Named("note.forwarded_to")]
    forwarded_on: date
    sender_told_on: date

    def apply(self, application: "ApplicationBase") -> None:
        application.put_away_kinds(self.kinds, PutAway.FORWARDED)


class FoundDuplicate(Event):
    """The same request as `of`, where it is answered; this one keeps the date it was received."""

    TOPIC: ClassVar[str] = "application.FoundDuplicate"
    case: CaseId
    person: PersonId
    of: UUID
    of_case: CaseId
    received_on: date

    def apply(self, application: "ApplicationBase") -> None:
        application.put_away_kinds(application.unanswered, PutAway.DUPLICATE)
        application.duplicate_of = self.of


class DuplicateJoined(Event):
    """Another registration of the same request was closed into this one: the earliest received date counts.

    `answer_expected_on`: what an interim reply has promised already; then no deadline moves.
    """

    TOPIC: ClassVar[str] = "application.DuplicateJoined"
    case: CaseId
    duplicate: UUID
    duplicate_case: CaseId
    counts_from: date
    answer_expected_on: date | None

    def apply(self, application: "ApplicationBase") -> None:
        application.counts_from = self.counts_from
        application.joined += (self.duplicate,)


class Answered(Event):
    """A vedtak answers one thing; when nothing applied for is left, the application is closed."""

    TOPIC: ClassVar[str] = "application.Answered"
    case: CaseId
    kind: ApplicationKind
    vedtak: UUID

    def apply(self, application: "ApplicationBase") -> None:
        application.answers = {**application.answers, self.kind: self.vedtak}
