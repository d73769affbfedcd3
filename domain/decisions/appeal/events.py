"""The events of an appeal. They only assign; the rules are in `Appeal`'s methods. Each names its case and vedtak."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId
from domain.base import CreatedEvent, Event
from domain.cases.application import WayIn
from domain.decisions.appeal.facts import (
    AppealOutcome,
    AppealState,
    DismissalGround,
    LateGround,
    SentPaper,
    SentPapers,
)
from domain.decisions.vedtak_rules import Track
from domain.law.rulebook import AppealBody, DecisionSubject
from domain.sealed import Named, Sealed

if TYPE_CHECKING:
    from domain.decisions.appeal.appeal_base import AppealBase


class AppealEvent(Event):
    """What every later event of an appeal says."""

    case: CaseId
    vedtak: UUID


class Received(CreatedEvent):
    """`deadline`: the last day in time that day, None when it did not run. `allocation`: whose order it is about.

    `counts_from`: the day that counts: when it came, or when it was posted (F67 § 30). Oslo dates.
    """

    TOPIC: ClassVar[str] = "appeal.Received"
    case: CaseId
    vedtak: UUID
    person: PersonId
    track: Track
    subject: DecisionSubject
    received_on: date
    counts_from: date
    deadline: date | None
    hard_stop: date
    way_in: WayIn
    by_representative: bool
    grounds: Annotated[Sealed, Named("vedtak.appeal_grounds")]
    body: AppealBody
    allocation: UUID | None

    def apply(self, appeal: "AppealBase") -> None:
        appeal.case, appeal.vedtak, appeal.person = self.case, self.vedtak, self.person
        appeal.subject, appeal.body, appeal.allocation = self.subject, self.body, self.allocation
        appeal.received_on, appeal.hard_stop, appeal.grounds = self.received_on, self.hard_stop, (self.grounds,)


class FoundLate(AppealEvent):
    """After the last day to appeal (LK3)."""

    TOPIC: ClassVar[str] = "appeal.FoundLate"
    deadline: date

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.late = AppealState.LATE, True


class AcceptedThoughLate(AppealEvent):
    TOPIC: ClassVar[str] = "appeal.AcceptedThoughLate"
    ground: LateGround
    because: Annotated[Sealed, Named("vedtak.appeal_late_because")]

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.accepted_because = AppealState.RECEIVED, self.because


class InvestigationNoted(AppealEvent):
    TOPIC: ClassVar[str] = "appeal.InvestigationNoted"
    note: Annotated[Sealed, Named("vedtak.appeal_investigation")]

    def apply(self, appeal: "AppealBase") -> None:
        appeal.investigation += (self.note,)


class Upheld(AppealEvent):
    """The municipality keeps its vedtak, and says why (LK6)."""

    TOPIC: ClassVar[str] = "appeal.Upheld"
    person: PersonId
    statement: Annotated[Sealed, Named("vedtak.appeal_statement")]

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.statement, appeal.copied = AppealState.UPHELD, self.statement, False


class StatementCopied(AppealEvent):
    """The party has a copy of the statement (LK6)."""

    TOPIC: ClassVar[str] = "appeal.StatementCopied"
    sent_on: date
    to_representative: bool

    def apply(self, appeal: "AppealBase") -> None:
        appeal.copied = True


class ReversedByMunicipality(AppealEvent):
    """`successor`: the new vedtak, in the party's favour."""

    TOPIC: ClassVar[str] = "appeal.ReversedByMunicipality"
    successor: UUID

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.successor = AppealState.REVERSED, self.successor


class Dismissed(AppealEvent):
    """Not tried by the municipality. `deadline`: the last day to appeal the dismissal."""

    TOPIC: ClassVar[str] = "appeal.Dismissed"
    ground: DismissalGround
    because: Annotated[Sealed, Named("vedtak.appeal_dismissed_because")]
    told_on: date
    deadline: date

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.dismissal_deadline = AppealState.DISMISSED, self.deadline
        appeal.dismissed_because = self.because


class SecretaryNamed(AppealEvent):
    """Who prepares it for the municipality's appeal body, and who sits there, as far as they have an id (LI4)."""

    TOPIC: ClassVar[str] = "appeal.SecretaryNamed"
    secretary: EmployeeId
    members: tuple[EmployeeId, ...]

    def apply(self, appeal: "AppealBase") -> None:
        appeal.secretary, appeal.members = self.secretary, self.members


class Forwarded(AppealEvent):
    """Sent to the appeal body. `papers`: what was sent, each at its version (LA1)."""

    TOPIC: ClassVar[str] = "appeal.Forwarded"
    body: AppealBody
    forwarded_on: date
    papers: tuple[SentPaper, ...]
    pool_checksum: str | None
    with_assessments: bool
    assessments_because: Annotated[Sealed, Named("vedtak.appeal_assessments_because")] | None

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.forwarded_on = AppealState.FORWARDED, self.forwarded_on
        appeal.assessments_because = self.assessments_because
        appeal.sent = SentPapers(
            papers=self.papers, pool_checksum=self.pool_checksum, with_assessments=self.with_assessments
        )


class Decided(AppealEvent):
    """What the appeal body came to. `dismissal_deadline`: the last day to take its dismissal further (LK8)."""

    TOPIC: ClassVar[str] = "appeal.Decided"
    person: PersonId
    subject: DecisionSubject
    body: AppealBody
    outcome: AppealOutcome
    decided_on: date
    told_on: date
    summary: Annotated[Sealed, Named("vedtak.appeal_summary")]
    dismissal_deadline: date | None

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.outcome, appeal.decided_on = AppealState.DECIDED, self.outcome, self.decided_on
        appeal.summary, appeal.dismissal_deadline = self.summary, self.dismissal_deadline


class CarriedOut(AppealEvent):
    """The municipality has made the vedtak that the decision calls for: `successor`, in the same save (LK7)."""

    TOPIC: ClassVar[str] = "appeal.CarriedOut"
    successor: UUID

    def apply(self, appeal: "AppealBase") -> None:
        appeal.successor = self.successor


class DismissalAppealed(AppealEvent):
    """A dismissal is taken further: the municipality's own to the appeal body, that body's to the state (LK8)."""

    TOPIC: ClassVar[str] = "appeal.DismissalAppealed"
    received_on: date
    deadline: date
    grounds: Annotated[Sealed, Named("vedtak.appeal_grounds")]
    body: AppealBody

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state, appeal.body = AppealState.RECEIVED, self.body
        appeal.grounds += (self.grounds,)
        appeal.late, appeal.outcome, appeal.dismissal_deadline = False, None, None


class Withdrawn(AppealEvent):
    TOPIC: ClassVar[str] = "appeal.Withdrawn"
    received_on: date

    def apply(self, appeal: "AppealBase") -> None:
        appeal.state = AppealState.WITHDRAWN
