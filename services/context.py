"""Who asks, in which request, when, and on what: what every command and every look gets."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.actors import Actor, By
from domain.base import HusromAggregate
from domain.law.deadlines import oslo_date
from services.versions import Etags


class ReadReason(StrEnum):
    """Why a saksbehandler opens a colleague's case. Stands in the disclosure log."""

    SUBSTITUTING = "substituting"
    URGENT = "urgent"
    ENQUIRY_FROM_APPLICANT = "enquiry_from_applicant"
    GUIDANCE = "guidance"


@dataclass(frozen=True)
class Context:
    """One request or job. `at` is the office clock's time (UTC); `cause` what set it off."""

    actor: Actor
    correlation: UUID
    cause: UUID
    at: datetime
    if_match: str | None = None
    reason: ReadReason | None = None
    etags: Etags | None = None
    """What `if_match` is compared by; None where nobody can send one."""

    @property
    def by(self) -> By:
        return By.of(self.actor, correlation=self.correlation, cause=self.cause)

    @property
    def without_reason(self) -> "Context":
        """The same without the stated reason: where several cases are looked at, since a reason opens one."""
        return replace(self, reason=None)

    @property
    def today(self) -> date:
        """The date in Oslo."""
        return oslo_date(self.at)

    def expect(self, aggregate: HusromAggregate) -> None:
        """Refuse when the caller built on another version of `aggregate` (If-Match)."""
        if self.etags is not None:
            self.etags.require_match(aggregate, self.if_match)
