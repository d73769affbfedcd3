"""The vedtak: what the municipality decides on one track of one application, and what it stands on."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.decisions.vedtak_rules import (
    Ground,
    GroundFacts,
    GroundMissingError,
    LegalBasis,
    Outcome,
    Track,
    VedtakContent,
    VedtakFacts,
    refuse_incomplete,
    refuse_second_answer,
    refuse_unlawful,
    refuse_unready,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Sealed


class VedtakState(StrEnum):
    """How far a vedtak has come."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    NOTIFIED = "notified"
    REPLACED = "replaced"


class NotificationChannel(StrEnum):
    """How the party was told; when the appeal period starts hangs on it (LK3)."""

    DIGITAL = "digital"
    POST = "post"
    IN_PERSON = "in_person"


class CorrectedPart(StrEnum):
    """What a correction may touch. An outcome is never corrected, only replaced (LD6)."""

    REASONS = "reasons"
    MAIN_CONTENT = "main_content"


class AppealDeadlineError(Refusal):
    code = "appeal_deadline"
    rule = "LK3"
    missing = "Klagefristen må være etter dagen parten fikk vite om vedtaket."
    next_step = "Regn ut klagefristen fra dagen vedtaket kom fram."


class NothingToCorrectError(Refusal):
    code = "nothing_to_correct"
    rule = "LA5"
    missing = "Rettelsen viser ikke til noe som står i vedtaket."
    next_step = "Vis til nummeret på hendelsen som skal rettes."


class NotItsSuccessorError(Refusal):
    code = "not_its_successor"
    rule = "LD6"
    missing = "Vedtaket kan bare erstattes av et gyldig vedtak om det samme i samme søknad."
    next_step = "Fatt det nye vedtaket først, og vis til vedtaket det erstatter."


class Vedtak(HusromAggregate):
    """One decision on one track of one application, issued by a saksbehandler (M12, M13, M19).

    Hjemmel, appeal body and the version of the rules stand on it. A vedtak is replaced, never undone.
    """

    TOPIC = "vedtak"

    class Drafted(CreatedEvent):
        TOPIC: ClassVar[str] = "vedtak.Drafted"
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

        def apply(self, vedtak: "Vedtak") -> None:
            vedtak.case, vedtak.application, vedtak.person = self.case, self.application, self.person
            vedtak.subject, vedtak.outcome, vedtak.ground = self.subject, self.outcome, self.ground
            vedtak.content, vedtak.basis, vedtak.replaces = self.content, self.basis, self.replaces

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

    class Notified(Event):
        TOPIC: ClassVar[str] = "vedtak.Notified"
        case: CaseId
        person: PersonId
        notified_on: date
        channel: NotificationChannel
        to_representative: bool
        appeal_deadline: date

        def apply(self, vedtak: "Vedtak") -> None:
            vedtak.state, vedtak.appeal_deadline = VedtakState.NOTIFIED, self.appeal_deadline

    class Corrected(Event):
        """`corrects`: the version of the event in this stream that said it wrong."""

        TOPIC: ClassVar[str] = "vedtak.Corrected"
        case: CaseId
        corrects: int
        part: CorrectedPart
        text: Sealed
        because: Sealed

        def apply(self, vedtak: "Vedtak") -> None:
            vedtak.corrections += ((self.part, self.text),)

    class Replaced(Event):
        TOPIC: ClassVar[str] = "vedtak.Replaced"
        case: CaseId
        application: UUID
        successor: UUID
        because: Sealed

        def apply(self, vedtak: "Vedtak") -> None:
            vedtak.state, vedtak.successor = VedtakState.REPLACED, self.successor

    def __init__(self) -> None:
        self.case: CaseId
        self.application: UUID
        self.person: PersonId
        self.subject: DecisionSubject
        self.outcome: Outcome
        self.ground: Ground
        self.content: VedtakContent
        self.basis: LegalBasis
        self.replaces: UUID | None = None
        self.state = VedtakState.DRAFTED
        self.issued_on: date | None = None
        self.appeal_deadline: date | None = None
        self.corrections: tuple[tuple[CorrectedPart, Sealed], ...] = ()
        self.successor: UUID | None = None

    @classmethod
    def draft(
        cls,
        *,
        id: UUID,
        case: CaseId,
        application: UUID,
        person: PersonId,
        subject: DecisionSubject,
        outcome: Outcome,
        ground: GroundFacts | None,
        content: VedtakContent,
        basis: LegalBasis,
        answered_by: UUID | None = None,
        replaces: UUID | None = None,
        by: By,
        at: datetime,
    ) -> "Vedtak":
        """Write a vedtak that the ground carries. Saksbehandler only (M13).

        `answered_by`: the vedtak in force that already answers this track of `application`, if any; then `replaces`
        must name it. Raises the refusals of `vedtak_rules`.
        """
        require_saksbehandler(by)
        refuse_second_answer(answered_by=answered_by, replaces=replaces)
        if ground is None:
            raise GroundMissingError()
        refuse_unlawful(subject=subject, outcome=outcome, ground=ground, departs=content.departs_because is not None)
        refuse_incomplete(subject=subject, outcome=outcome, content=content)
        return cls.begin(
            cls.Drafted, id=id, by=by, at=at, case=case, application=application, person=person,
            track=Track.of(subject), subject=subject, outcome=outcome, ground=Ground.of(ground), content=content,
            basis=basis, replaces=replaces,
        )  # fmt: skip

    def issue(
        self,
        *,
        issued_on: date,
        ground: GroundFacts,
        follow_ups: tuple[UUID, ...] = (),
        answered_by: UUID | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Make the vedtak. Saksbehandler only (M13); not before the facts are settled (LH6).

        `issued_on`: Oslo date. `ground`, `answered_by`: as they are now, since both may have changed since the draft.
        """
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.DRAFTED)
        refuse_second_answer(answered_by=answered_by, replaces=self.replaces)
        refuse_unready(drafted_on=self.ground, ground=ground)
        refuse_unlawful(subject=self.subject, outcome=self.outcome, ground=ground, departs=self.departs)
        self.record(
            self.Issued, by=by, at=at, case=self.case, application=self.application, person=self.person,
            track=Track.of(self.subject), subject=self.subject, outcome=self.outcome, ground=self.ground,
            departs=self.departs, issued_on=issued_on, follow_ups=follow_ups,
        )  # fmt: skip

    def notify(
        self,
        *,
        notified_on: date,
        channel: NotificationChannel,
        appeal_deadline: date,
        to_representative: bool = False,
        by: By,
        at: datetime,
    ) -> None:
        """Record that the party was told on `notified_on`, and the last day to appeal (Oslo dates, LK3)."""
        self._refuse_unless(VedtakState.ISSUED)
        if appeal_deadline <= notified_on:
            raise AppealDeadlineError()
        self.record(
            self.Notified, by=by, at=at, case=self.case, person=self.person, notified_on=notified_on, channel=channel,
            to_representative=to_representative, appeal_deadline=appeal_deadline,
        )  # fmt: skip

    def correct(
        self, *, corrects: int, part: CorrectedPart, text: Sealed, because: Sealed, by: By, at: datetime
    ) -> None:
        """Add the right wording beside the wrong one (LA5). `corrects`: version of the event that said it wrong."""
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.ISSUED, VedtakState.NOTIFIED)
        if not 1 <= corrects <= self.version:
            raise NothingToCorrectError()
        self.record(
            self.Corrected, by=by, at=at, case=self.case, corrects=corrects, part=part, text=text, because=because
        )

    def replace(self, *, successor: VedtakFacts, because: Sealed, by: By, at: datetime) -> None:
        """End this vedtak by a new one on the same matter, in the same save as the new one's `issue` (LD6)."""
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.ISSUED, VedtakState.NOTIFIED)
        same_matter = (successor.application, successor.subject) == (self.application, self.subject)
        if successor.id == self.id or not successor.in_force or not same_matter:
            raise NotItsSuccessorError()
        self.record(
            self.Replaced, by=by, at=at, case=self.case, application=self.application, successor=successor.id,
            because=because,
        )  # fmt: skip

    @property
    def departs(self) -> bool:
        """Whether it departs from the group's conclusion, with a reason (B08)."""
        return self.content.departs_because is not None

    @property
    def facts(self) -> VedtakFacts:
        """What other aggregates need to know of it."""
        return VedtakFacts(
            id=self.id, case=self.case, application=self.application, person=self.person, subject=self.subject,
            outcome=self.outcome, in_force=self.state in (VedtakState.ISSUED, VedtakState.NOTIFIED),
            extension=self.content.extension,
        )  # fmt: skip

    def _refuse_unless(self, *states: VedtakState) -> None:
        if self.state not in states:
            raise WrongStateError()
