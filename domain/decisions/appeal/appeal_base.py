"""What an appeal remembers and tells, and the checks that several of its rules share."""

from datetime import date
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId
from domain.base import HusromAggregate
from domain.decisions.appeal.facts import NEEDS_POOL, OVER, AppealOutcome, AppealState, SentPapers
from domain.decisions.appeal.refusals import AppealIsLateError
from domain.law.rulebook import AppealBody, DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Sealed


class AppealBase(HusromAggregate):
    """State, queries and shared checks. Only `Appeal` is stored."""

    def __init__(self) -> None:
        self.case: CaseId
        self.vedtak: UUID
        self.person: PersonId
        self.subject: DecisionSubject
        self.body: AppealBody
        self.allocation: UUID | None = None
        self.received_on: date
        self.hard_stop: date
        self.state = AppealState.RECEIVED
        self.late = False
        self.grounds: tuple[Sealed, ...] = ()
        self.accepted_because: Sealed | None = None
        self.dismissed_because: Sealed | None = None
        self.investigation: tuple[Sealed, ...] = ()
        self.statement: Sealed | None = None
        self.copied = False
        self.successor: UUID | None = None
        self.secretary: EmployeeId | None = None
        self.members: tuple[EmployeeId, ...] = ()
        self.sent: SentPapers | None = None
        self.assessments_because: Sealed | None = None
        self.forwarded_on: date | None = None
        self.outcome: AppealOutcome | None = None
        self.decided_on: date | None = None
        self.summary: Sealed | None = None
        self.dismissal_deadline: date | None = None

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def needs_pool(self) -> bool:
        """Whether it can only be tried with the anonymised pool of those who waited (B14)."""
        return self.subject in NEEDS_POOL

    @property
    def calls_for(self) -> AppealOutcome | None:
        """What the appeal body decided, while the municipality has still to make the vedtak it calls for (LK7)."""
        is_carried_out = self.successor is not None
        calls = self.outcome is not None and self.outcome.needs_new_vedtak and not is_carried_out
        return self.outcome if calls else None

    def _refuse_late(self) -> None:
        if self.state is AppealState.LATE:
            raise AppealIsLateError()

    def _refuse_unless(self, *states: AppealState) -> None:
        if self.state not in states:
            raise WrongStateError()
