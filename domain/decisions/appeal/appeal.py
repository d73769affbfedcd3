"""The appeal as it is stored: its name, its events, and its rules, first the municipality's part (LK3–LK8)."""

from datetime import date, datetime
from uuid import UUID, uuid5

from domain import base
from domain.actors import By, EmployeeId, PersonId
from domain.authority import require_saksbehandler
from domain.cases.application import WayIn
from domain.decisions.appeal import events
from domain.decisions.appeal.appeal_base import AppealBase
from domain.decisions.appeal.facts import (
    AppealedVedtak,
    AppealOutcome,
    AppealState,
    DismissalGround,
    LateGround,
    SentPapers,
    TookPart,
)
from domain.decisions.appeal.refusals import (
    AppealHardStopError,
    AppealNotLateError,
    AssessmentsNeedReasonError,
    DismissalNotAppealableError,
    NotInFavourError,
    NotItsReplacementError,
    NotMunicipalBodyError,
    PoolMissingError,
    SecretaryMissingError,
    StatementNotCopiedError,
)
from domain.decisions.appeal.rules import refuse_who_took_part, refuse_worse_too_late
from domain.decisions.vedtak_rules import Outcome, Track, VedtakFacts
from domain.law.rulebook import AppealBody, AppealBodyKind
from domain.refusals import WrongStateError
from domain.sealed import Sealed


def appeal_id(vedtak: UUID, person: PersonId, number: int) -> UUID:
    """The id of a party's appeal on a vedtak, counted from 1: two at the same time are one (LK6)."""
    return uuid5(vedtak, f"appeal {person} {number}")


class Appeal(AppealBase):
    """One party's appeal on one vedtak. The appeal body is the vedtak's, never the case's (LK1, LK2, LO2)."""

    TOPIC = "appeal"

    # Named here, the library takes the events below as they are instead of subclassing each of them.
    Event = base.Event

    Received = events.Received
    FoundLate = events.FoundLate
    AcceptedThoughLate = events.AcceptedThoughLate
    InvestigationNoted = events.InvestigationNoted
    Upheld = events.Upheld
    StatementCopied = events.StatementCopied
    ReversedByMunicipality = events.ReversedByMunicipality
    Dismissed = events.Dismissed
    SecretaryNamed = events.SecretaryNamed
    Forwarded = events.Forwarded
    Decided = events.Decided
    CarriedOut = events.CarriedOut
    DismissalAppealed = events.DismissalAppealed
    Withdrawn = events.Withdrawn

    @classmethod
    def receive(
        cls,
        *,
        number: int,
        vedtak: AppealedVedtak,
        body: AppealBody,
        received_on: date,
        posted_on: date | None = None,
        way_in: WayIn,
        by_representative: bool,
        grounds: Sealed,
        allocation: UUID | None = None,
        by: By,
        at: datetime,
    ) -> "Appeal":
        """Receive the party's appeal number `number` on `vedtak`. Saksbehandler only. Oslo dates.

        One that came after the last day is received as well, and found late in the same save (LK3, LK4).
        """
        require_saksbehandler(by)
        counts_from = posted_on or received_on
        appeal = cls.begin(
            cls.Received, id=appeal_id(vedtak.id, vedtak.person, number), by=by, at=at, case=vedtak.case,
            vedtak=vedtak.id, person=vedtak.person, track=Track.of(vedtak.subject), subject=vedtak.subject,
            received_on=received_on, counts_from=counts_from, deadline=vedtak.deadline, hard_stop=vedtak.hard_stop,
            way_in=way_in, by_representative=by_representative, grounds=grounds, body=body, allocation=allocation,
        )  # fmt: skip
        appeal._find_late(counts_from, vedtak.deadline, by, at)
        return appeal

    def accept_though_late(self, *, ground: LateGround, because: Sealed, by: By, at: datetime) -> None:
        """Try it though it is late: no fault, or special reasons (LK4). Raises `AppealHardStopError`."""
        require_saksbehandler(by)
        self._refuse_unless(AppealState.LATE)
        if self.received_on > self.hard_stop:
            raise AppealHardStopError()
        self.record(
            self.AcceptedThoughLate, by=by, at=at, case=self.case, vedtak=self.vedtak, ground=ground, because=because
        )

    def note_investigation(self, *, note: Sealed, by: By, at: datetime) -> None:
        """Add what was found out because of the appeal (LK6). Saksbehandler only; until it is forwarded."""
        require_saksbehandler(by)
        self._refuse_late()
        self._refuse_unless(AppealState.RECEIVED, AppealState.UPHELD)
        self.record(self.InvestigationNoted, by=by, at=at, case=self.case, vedtak=self.vedtak, note=note)

    def uphold(self, *, statement: Sealed, by: By, at: datetime) -> None:
        """Keep the vedtak, with a statement to the appeal body (LK6). Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_late()
        self._refuse_unless(AppealState.RECEIVED)
        self.record(
            self.Upheld, by=by, at=at, case=self.case, vedtak=self.vedtak, person=self.person, statement=statement
        )

    def copy_statement(self, *, sent_on: date, to_representative: bool, by: By, at: datetime) -> None:
        """Record that the party, or the representative (LH7), got a copy of the statement (LK6). Oslo date."""
        require_saksbehandler(by)
        self._refuse_unless(AppealState.UPHELD)
        self.record(
            self.StatementCopied, by=by, at=at, case=self.case, vedtak=self.vedtak, sent_on=sent_on,
            to_representative=to_representative,
        )  # fmt: skip

    def reverse(self, *, successor: VedtakFacts, replaced_by: UUID | None, by: By, at: datetime) -> None:
        """End the appeal by a new vedtak in the party's favour (LK6). `replaced_by`: what replaced the appealed one."""
        require_saksbehandler(by)
        self._refuse_late()
        self._refuse_unless(AppealState.RECEIVED, AppealState.UPHELD)
        if successor.id != replaced_by or not successor.in_force:
            raise NotItsReplacementError()
        if successor.outcome is not Outcome.GRANT:
            raise NotInFavourError()
        self.record(
            self.ReversedByMunicipality, by=by, at=at, case=self.case, vedtak=self.vedtak, successor=successor.id
        )

    def dismiss(
        self, *, ground: DismissalGround, because: Sealed, told_on: date, deadline: date, by: By, at: datetime
    ) -> None:
        """Refuse to try it, on a formal ground. Saksbehandler only; `deadline` to appeal that. Oslo dates."""
        require_saksbehandler(by)
        self._refuse_unless(AppealState.RECEIVED, AppealState.LATE)
        if ground is DismissalGround.TOO_LATE and self.state is not AppealState.LATE:
            raise AppealNotLateError()
        self.record(
            self.Dismissed, by=by, at=at, case=self.case, vedtak=self.vedtak, ground=ground, because=because,
            told_on=told_on, deadline=deadline,
        )  # fmt: skip

    def name_secretary(
        self,
        *,
        secretary: EmployeeId,
        members: tuple[EmployeeId, ...] = (),
        took_part: tuple[TookPart, ...],
        by: By,
        at: datetime,
    ) -> None:
        """Name who prepares it for the municipality's appeal body, and who sits there: never who took part (LI4)."""
        require_saksbehandler(by)
        if self.body.kind is not AppealBodyKind.KLAGENEMND:
            raise NotMunicipalBodyError()
        self._refuse_unless(AppealState.RECEIVED, AppealState.UPHELD)
        refuse_who_took_part((secretary, *members), took_part)
        self.record(
            self.SecretaryNamed, by=by, at=at, case=self.case, vedtak=self.vedtak, secretary=secretary, members=members
        )

    def forward(
        self,
        *,
        forwarded_on: date,
        papers: SentPapers,
        assessments_because: Sealed | None = None,
        took_part: tuple[TookPart, ...],
        by: By,
        at: datetime,
    ) -> None:
        """Send it to the appeal body, as soon as it is prepared (LK6). Saksbehandler only. Oslo date.

        `took_part`: as it is now; somebody may have come into the case since the secretary was named. Raises
        `StatementNotCopiedError`, `SecretaryMissingError`, `TookPartError` (LI4), `PoolMissingError` (B14),
        `AssessmentsNeedReasonError` (LP2).
        """
        require_saksbehandler(by)
        self._refuse_unless(AppealState.UPHELD)
        if not self.copied:
            raise StatementNotCopiedError()
        self._refuse_unfit_body(took_part)
        if self.needs_pool and papers.pool_checksum is None:
            raise PoolMissingError()
        if papers.with_assessments and assessments_because is None:
            raise AssessmentsNeedReasonError()
        self.record(
            self.Forwarded, by=by, at=at, case=self.case, vedtak=self.vedtak, body=self.body, forwarded_on=forwarded_on,
            papers=papers.papers, pool_checksum=papers.pool_checksum, with_assessments=papers.with_assessments,
            assessments_because=assessments_because,
        )  # fmt: skip

    def decide(
        self,
        *,
        outcome: AppealOutcome,
        decided_on: date,
        told_on: date,
        summary: Sealed,
        worse_within_months: int,
        dismissal_deadline: date,
        by: By,
        at: datetime,
    ) -> None:
        """Record what the appeal body decided, and when the party was told (LK7). Saksbehandler only. Oslo dates."""
        require_saksbehandler(by)
        self._refuse_unless(AppealState.FORWARDED)
        refuse_worse_too_late(outcome, received_on=self.received_on, told_on=told_on, months=worse_within_months)
        goes_on = outcome is AppealOutcome.DISMISSED and self.body.kind is AppealBodyKind.KLAGENEMND
        self.record(
            self.Decided, by=by, at=at, case=self.case, vedtak=self.vedtak, person=self.person, subject=self.subject,
            body=self.body, outcome=outcome, decided_on=decided_on, told_on=told_on, summary=summary,
            dismissal_deadline=dismissal_deadline if goes_on else None,
        )  # fmt: skip

    def carry_out(self, *, successor: UUID, by: By, at: datetime) -> None:
        """Record the vedtak that the decision calls for, in the save of its `issue` (LK7). Saksbehandler only."""
        require_saksbehandler(by)
        if self.calls_for is None:
            raise WrongStateError()
        self.record(self.CarriedOut, by=by, at=at, case=self.case, vedtak=self.vedtak, successor=successor)

    def appeal_dismissal(
        self, *, received_on: date, grounds: Sealed, state_body: AppealBody, by: By, at: datetime
    ) -> None:
        """Take a dismissal further (LK8): the municipality's own to the appeal body, that body's to `state_body`."""
        require_saksbehandler(by)
        if self.dismissal_deadline is None:
            raise DismissalNotAppealableError()
        deadline = self.dismissal_deadline
        body = state_body if self.outcome is AppealOutcome.DISMISSED else self.body
        self.record(
            self.DismissalAppealed, by=by, at=at, case=self.case, vedtak=self.vedtak, received_on=received_on,
            deadline=deadline, grounds=grounds, body=body,
        )  # fmt: skip
        self._find_late(received_on, deadline, by, at)

    def withdraw(self, *, received_on: date, by: By, at: datetime) -> None:
        """The party takes it back; that came in on `received_on` (Oslo date)."""
        require_saksbehandler(by)
        if self.is_over:
            raise WrongStateError()
        self.record(self.Withdrawn, by=by, at=at, case=self.case, vedtak=self.vedtak, received_on=received_on)

    def _find_late(self, day: date, deadline: date | None, by: By, at: datetime) -> None:
        if deadline is not None and day > deadline:
            self.record(self.FoundLate, by=by, at=at, case=self.case, vedtak=self.vedtak, deadline=deadline)

    def _refuse_unfit_body(self, took_part: tuple[TookPart, ...]) -> None:
        if self.body.kind is not AppealBodyKind.KLAGENEMND:
            return
        if self.secretary is None:
            raise SecretaryMissingError()
        refuse_who_took_part((self.secretary, *self.members), took_part)
