"""What a tenancy remembers, what it tells, and the checks that several of its rules share."""

from datetime import date
from uuid import UUID

from domain.actors import CaseId, PersonId
from domain.base import HusromAggregate
from domain.housing.lease_rules import LeaseTerms, open_ended_from
from domain.housing.tenancy.refusals import LeaseIsOpenEndedError, TenancyEndedError
from domain.housing.tenancy.words import EndingReason, EvictionWarning, Granted, Notice, Takeover


class TenancyBase(HusromAggregate):
    """State, queries and shared checks. Only `Tenancy` is stored."""

    def __init__(self) -> None:
        self.dwelling: UUID
        self.person: PersonId
        self.case: CaseId
        self.terms: LeaseTerms
        self.care_housing = False
        self.had_short_term = False
        self.applied_for: UUID | None = None
        self.granted: Granted | None = None
        self.answered: tuple[UUID, UUID] | None = None
        self.move_out_demanded_on: date | None = None
        self.is_open_ended = False
        self.notice: Notice | None = None
        self.tenants_notice_ends_on: date | None = None
        self.eviction: EvictionWarning | None = None
        self.takeover: Takeover | None = None
        self.ended_on: date | None = None
        self.ended_because: EndingReason | None = None

    @property
    def ends_on(self) -> date:
        """The last day of the running term, or of the last one when it has become open-ended."""
        return self.terms.ends_on

    @property
    def can_be_terminated(self) -> bool:
        """Whether either party can terminate it: open-ended, or nobody was told in writing that they cannot (LL5)."""
        return self.is_open_ended or not self.terms.notice_no_termination

    @property
    def open_ended_from(self) -> date | None:
        """The day the lease turns open-ended if nobody demands moving out (LL6); None when that can no longer happen."""
        is_settled = self.move_out_demanded_on is not None or self.is_open_ended
        return None if self.ended_on else open_ended_from(self.ends_on, move_out_demanded=is_settled)

    def _refuse_when_ended(self) -> None:
        if self.ended_on is not None:
            raise TenancyEndedError()

    def _refuse_when_open_ended(self) -> None:
        self._refuse_when_ended()
        if self.is_open_ended:
            raise LeaseIsOpenEndedError()
