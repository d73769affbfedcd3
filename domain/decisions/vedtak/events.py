"""The events of a vedtak. They only assign; the rules are in `Vedtak`'s methods and in `vedtak_rules`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId
from domain.base import CreatedEvent, Event
from domain.decisions.vedtak.words import (
    CORRECTED_FIELDS,
    CorrectedPart,
    DiscardReason,
    NotificationChannel,
    VedtakState,
)
from domain.decisions.vedtak_rules import Ground, LegalBasis, Outcome, ReversalGround, Track, VedtakContent
from domain.law.rulebook import DecisionSubject
from domain.sealed import Named, NamedBy, Sealed

if TYPE_CHECKING:
    from domain.decisions.vedtak.vedtak import Vedtak


class Drafted(CreatedEvent):
    """`replaces`: the vedtak that ends when this one is issued, and `reversal_ground` why that is lawful (LD6).

    Version 1 knew neither delegation (LR6), nor what bars an application (LR2), nor facts apart from reasons (LD3),
    nor wishes (LV3).
    """

    TOPIC: ClassVar[str] = "vedtak.Drafted"
    class_version: ClassVar[int] = 2
    case: CaseId
    application: UUID
    person: PersonId
    track: Track
    subject: DecisionSubject
    outcome: Outcome
    ground: Ground
    content: VedtakContent
    basis: LegalBasis
    replaces: UUID | None
    reversal_ground: ReversalGround | None

    @staticmethod
    def upcast_v1_v2(state: dict[str, object]) -> None:
        """What version 1 did not know is left out of its content and basis, and reads as None."""
        state["reversal_ground"] = None

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.case, vedtak.application, vedtak.person = self.case, self.application, self.person
        vedtak.subject, vedtak.outcome, vedtak.ground = self.subject, self.outcome, self.ground
        vedtak.content, vedtak.basis, vedtak.replaces = self.content, self.basis, self.replaces
        vedtak.reversal_ground = self.reversal_ground


class DraftDiscarded(Event):
    TOPIC: ClassVar[str] = "vedtak.DraftDiscarded"
    case: CaseId
    application: UUID
    reason: DiscardReason

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.state = VedtakState.DISCARDED


class DeciderSetIn(Event):
    """`decider` makes the vedtak although the leader of the unit is inhabil: set in by somebody above or beside (LI2)."""

    TOPIC: ClassVar[str] = "vedtak.DeciderSetIn"
    case: CaseId
    decider: EmployeeId

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.set_in = self.decider


class Issued(Event):
    """`follow_ups`: those that take effect with it; a granted § 6 vedtak without any is listed (M15)."""

    TOPIC: ClassVar[str] = "vedtak.Issued"
    case: CaseId
    application: UUID
    person: PersonId
    track: Track
    subject: DecisionSubject
    outcome: Outcome
    ground: Ground
    departs: bool
    issued_on: date
    follow_ups: tuple[UUID, ...]

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.state, vedtak.issued_on = VedtakState.ISSUED, self.issued_on
        vedtak.follow_ups = self.follow_ups


class FollowUpAdded(Event):
    """Shared out under the vedtak after it was issued, in the same save as the follow-up itself (M15)."""

    TOPIC: ClassVar[str] = "vedtak.FollowUpAdded"
    case: CaseId
    follow_up: UUID

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.follow_ups += (self.follow_up,)


class DigitalContactReserved(Event):
    """The register of contact information shows that the party gets letters by post (LD5)."""

    TOPIC: ClassVar[str] = "vedtak.DigitalContactReserved"
    case: CaseId
    person: PersonId


class Notified(Event):
    """The first notice: the period to appeal runs from it, whatever comes later (LK3)."""

    TOPIC: ClassVar[str] = "vedtak.Notified"
    case: CaseId
    person: PersonId
    notified_on: date
    channel: NotificationChannel
    to_representative: bool
    appeal_deadline: date

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.state, vedtak.appeal_deadline = VedtakState.NOTIFIED, self.appeal_deadline
        vedtak.channel, vedtak.notified_on = self.channel, self.notified_on


class OpenedByParty(Event):
    """The party, or the representative, opened the digital vedtak on that Oslo date (LD5)."""

    TOPIC: ClassVar[str] = "vedtak.OpenedByParty"
    case: CaseId
    person: PersonId
    opened_on: date

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.opened_on = self.opened_on


class NotifiedAgain(Event):
    """Not opened in a week: a second notice is due, which moves no deadline (LD5, LK3)."""

    TOPIC: ClassVar[str] = "vedtak.NotifiedAgain"
    case: CaseId
    person: PersonId
    notified_on: date

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.notified_again_on = self.notified_on


class Corrected(Event):
    """`corrects`: the version of the event in this stream that said it wrong."""

    TOPIC: ClassVar[str] = "vedtak.Corrected"
    case: CaseId
    corrects: int
    part: CorrectedPart
    text: Annotated[Sealed, NamedBy("part", CORRECTED_FIELDS)]
    because: Annotated[Sealed, Named("vedtak.corrected_because")]

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.corrections += ((self.part, self.text),)


class Replaced(Event):
    TOPIC: ClassVar[str] = "vedtak.Replaced"
    case: CaseId
    application: UUID
    successor: UUID
    because: Annotated[Sealed, Named("vedtak.replaced_because")]

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.state, vedtak.successor = VedtakState.REPLACED, self.successor


class DepartureTold(Event):
    """The group heard at `meeting` why the vedtak departs from its conclusion (B08). `told`: those who were there."""

    TOPIC: ClassVar[str] = "vedtak.DepartureTold"
    case: CaseId
    meeting: UUID
    told: tuple[EmployeeId, ...]

    def apply(self, vedtak: "Vedtak") -> None:
        vedtak.departure_told_at = self.meeting
