"""The vedtak as it is stored: its name, its events and its rules."""

from datetime import date, datetime
from uuid import UUID

from domain import base
from domain.actors import SERVICE_OG_TILDELING, By, CaseId, EmployeeId, PersonId, Role
from domain.authority import require_saksbehandler
from domain.base import HusromAggregate
from domain.decisions.appeal.facts import AppealOutcome
from domain.decisions.vedtak import events
from domain.decisions.vedtak.refusals import (
    AlreadyToldError,
    AppealDeadlineError,
    DepartureNotForGroupError,
    LeaderOutsideOnlyError,
    NothingToCorrectError,
    NotItsSuccessorError,
    NotSentDigitallyError,
    ReservedAgainstDigitalError,
)
from domain.decisions.vedtak.words import CorrectedPart, DiscardReason, NotificationChannel, VedtakState
from domain.decisions.vedtak_rules import (
    Ground,
    GroundFacts,
    GroundMissingError,
    LegalBasis,
    Outcome,
    ReversalGround,
    Track,
    VedtakContent,
    VedtakFacts,
    refuse_baseless,
    refuse_incomplete,
    refuse_second_answer,
    refuse_unfinished,
    refuse_unlawful,
    refuse_unready,
    refuse_without_appeal,
    reversal_ground,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Sealed


class Vedtak(HusromAggregate):
    """One decision on one track of one application, issued by a saksbehandler (M12, M13, M19).

    Hjemmel, appeal body, delegation and the version of the rules stand on it. A vedtak is replaced, never undone.
    """

    TOPIC = "vedtak"

    # Named here, the library takes the events below as they are instead of subclassing each of them.
    Event = base.Event

    Drafted = events.Drafted
    DraftDiscarded = events.DraftDiscarded
    DeciderSetIn = events.DeciderSetIn
    Issued = events.Issued
    FollowUpAdded = events.FollowUpAdded
    DigitalContactReserved = events.DigitalContactReserved
    Notified = events.Notified
    OpenedByParty = events.OpenedByParty
    NotifiedAgain = events.NotifiedAgain
    Corrected = events.Corrected
    Replaced = events.Replaced
    DepartureTold = events.DepartureTold

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
        self.reversal_ground: ReversalGround | None = None
        self.state = VedtakState.DRAFTED
        self.set_in: EmployeeId | None = None
        self.issued_on: date | None = None
        self.follow_ups: tuple[UUID, ...] = ()
        self.channel: NotificationChannel | None = None
        self.notified_on: date | None = None
        self.notified_again_on: date | None = None
        self.opened_on: date | None = None
        self.appeal_deadline: date | None = None
        self.corrections: tuple[tuple[CorrectedPart, Sealed], ...] = ()
        self.successor: UUID | None = None
        self.departure_told_at: UUID | None = None

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
        replaces: VedtakFacts | None = None,
        reversed_on: ReversalGround | None = None,
        appeal: AppealOutcome | None = None,
        by: By,
        at: datetime,
    ) -> "Vedtak":
        """Write a vedtak that can be issued as it stands, but for what `issue` asks. Saksbehandler only (M13).

        `answered_by`: the vedtak in force on the same subject, which `replaces` must then be; `reversed_on`: why it
        may be changed (LD6); `appeal`: what an appeal body has decided about that one, which calls for this (LK7).
        Raises the refusals of `vedtak_rules`.
        """
        require_saksbehandler(by)
        if ground is None:
            raise GroundMissingError()
        refuse_second_answer(answered_by=answered_by, replaces=replaces.id if replaces else None)
        refuse_baseless(basis=basis, ground=Ground.of(ground))
        refuse_without_appeal(ground=Ground.of(ground), reversed_on=reversed_on if replaces else None)
        refuse_unlawful(subject=subject, outcome=outcome, ground=ground, departs=content.departs_because is not None)
        refuse_incomplete(subject=subject, outcome=outcome, content=content)
        return cls.begin(
            cls.Drafted, id=id, by=by, at=at, case=case, application=application, person=person,
            track=Track.of(subject), subject=subject, outcome=outcome, ground=Ground.of(ground), content=content,
            basis=basis, replaces=replaces.id if replaces else None,
            reversal_ground=reversal_ground(old=replaces, outcome=outcome, given=reversed_on, appeal=appeal)
            if replaces else None,
        )  # fmt: skip

    def discard(self, *, reason: DiscardReason, by: By, at: datetime) -> None:
        """Give the draft up; a new one may be written. Saksbehandler only. An issued vedtak is replaced instead (LD6)."""
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.DRAFTED)
        self.record(self.DraftDiscarded, by=by, at=at, case=self.case, application=self.application, reason=reason)

    def set_in_decider(self, *, decider: EmployeeId, by: By, at: datetime) -> None:
        """Let `decider` make it although the unit's own leader is inhabil (LI2, LI3).

        Only a leader outside Service og tildeling can, who is nobody's subordinate there. Raises `LeaderOutsideOnlyError`.
        """
        if by.role is not Role.LEADER or by.unit == SERVICE_OG_TILDELING:
            raise LeaderOutsideOnlyError()
        self._refuse_unless(VedtakState.DRAFTED)
        self.record(self.DeciderSetIn, by=by, at=at, case=self.case, decider=decider)

    def issue(
        self,
        *,
        issued_on: date,
        ground: GroundFacts,
        follow_ups: tuple[UUID, ...] = (),
        answered_by: UUID | None = None,
        replaced: VedtakFacts | None = None,
        appeal: AppealOutcome | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Make the vedtak. Saksbehandler only (M13); not before the facts are settled (LH6) and all is written (LD3).

        `issued_on`: Oslo date. `ground`, `answered_by`, `replaced`, `appeal`: as they are now, since each may have
        changed since the draft.
        """
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.DRAFTED)
        refuse_second_answer(answered_by=answered_by, replaces=self.replaces)
        refuse_unready(drafted_on=self.ground, ground=ground)
        refuse_baseless(basis=self.basis, ground=self.ground)
        refuse_unlawful(subject=self.subject, outcome=self.outcome, ground=ground, departs=self.departs)
        refuse_unfinished(subject=self.subject, outcome=self.outcome, content=self.content)
        if replaced is not None:
            reversal_ground(old=replaced, outcome=self.outcome, given=self.reversal_ground, appeal=appeal)
        self.record(
            self.Issued, by=by, at=at, case=self.case, application=self.application, person=self.person,
            track=Track.of(self.subject), subject=self.subject, outcome=self.outcome, ground=self.ground,
            departs=self.departs, issued_on=issued_on, follow_ups=follow_ups,
        )  # fmt: skip

    def add_follow_up(self, *, follow_up: UUID, by: By, at: datetime) -> None:
        """Note a task shared out under it, in the save of `FollowUp.assign_by_vedtak` (M15). Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.ISSUED, VedtakState.NOTIFIED)
        self.record(self.FollowUpAdded, by=by, at=at, case=self.case, follow_up=follow_up)

    def notify(
        self,
        *,
        notified_on: date,
        channel: NotificationChannel,
        appeal_deadline: date,
        to_representative: bool = False,
        reserved: bool = False,
        by: By,
        at: datetime,
    ) -> None:
        """Record that the party was told on `notified_on`, and the last day to appeal (Oslo dates, LK3).

        `reserved`: against digital contact, so it goes by post (LD5). Raises `ReservedAgainstDigitalError`.
        """
        require_saksbehandler(by)
        self._refuse_unless(VedtakState.ISSUED)
        if appeal_deadline <= notified_on:
            raise AppealDeadlineError()
        if reserved and channel is NotificationChannel.DIGITAL:
            raise ReservedAgainstDigitalError()
        if reserved:
            self.record(self.DigitalContactReserved, by=by, at=at, case=self.case, person=self.person)
        self.record(
            self.Notified, by=by, at=at, case=self.case, person=self.person, notified_on=notified_on, channel=channel,
            to_representative=to_representative, appeal_deadline=appeal_deadline,
        )  # fmt: skip

    def open_by_party(self, *, opened_on: date, by: By, at: datetime) -> None:
        """Record that the party opened the digital vedtak (LD5), once. Whoever runs the mailbox says so."""
        self._refuse_unless_unopened()
        self.record(self.OpenedByParty, by=by, at=at, case=self.case, person=self.person, opened_on=opened_on)

    def notify_again(self, *, notified_on: date, by: By, at: datetime) -> None:
        """Record that a second notice goes out, once, since the first one was not opened (LD5). The rule does it."""
        self._refuse_unless_unopened()
        if self.notified_again_on is not None:
            raise WrongStateError()
        self.record(self.NotifiedAgain, by=by, at=at, case=self.case, person=self.person, notified_on=notified_on)

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

    def tell_departure(self, *, meeting: UUID, told: tuple[EmployeeId, ...], by: By, at: datetime) -> None:
        """Record that the group has heard at `meeting` why it departs from the conclusion (B08). Saksbehandler only.

        Raises `DepartureNotForGroupError`, `AlreadyToldError`.
        """
        require_saksbehandler(by)
        if self.issued_on is None or not self.departs or self.ground.conclusion is None:
            raise DepartureNotForGroupError()
        if self.departure_told_at is not None:
            raise AlreadyToldError()
        self.record(self.DepartureTold, by=by, at=at, case=self.case, meeting=meeting, told=told)

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
            extension=self.content.extension, notified=self.notified_on is not None,
        )  # fmt: skip

    def _refuse_unless(self, *states: VedtakState) -> None:
        if self.state not in states:
            raise WrongStateError()

    def _refuse_unless_unopened(self) -> None:
        if self.channel is not NotificationChannel.DIGITAL or self.opened_on is not None:
            raise NotSentDigitallyError()
