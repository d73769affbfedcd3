"""The words of a tenancy: its codes, and what it remembers of a notice, a warning and a change in the household."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.actors import CaseId
from domain.housing.lease_rules import LeaseTerms


class ChallengeKind(StrEnum):
    """What is difficult: the tenancy itself (M16), or giving the help that a vedtak has granted (M17)."""

    TENANCY = "tenancy"
    ASSISTANCE = "assistance"


CHALLENGE_FIELDS = {
    ChallengeKind.TENANCY: "housing.challenge",
    ChallengeKind.ASSISTANCE: "follow_up.challenge",
}
"""What the text about each kind of challenge is called."""


class EndingReason(StrEnum):
    """Why a tenancy ended."""

    MOVED_OUT = "moved_out"
    TERMINATED = "terminated"
    EVICTED = "evicted"
    TAKEN_OVER = "taken_over"
    DEATH = "death"


class TerminationGround(StrEnum):
    """The grounds on which a landlord may terminate (LL7): husleieloven § 9-5, second paragraph, letters a to d."""

    OWN_USE = "own_use"
    DEMOLITION_OR_REBUILDING = "demolition_or_rebuilding"
    BREACH = "breach"
    OTHER_JUST_CAUSE = "other_just_cause"


class ActionVenue(StrEnum):
    """Where a protested notice is brought (LL8)."""

    COURT = "court"
    HUSLEIETVISTUTVALGET = "husleietvistutvalget"


class HouseholdChange(StrEnum):
    """What has happened in the household, so that somebody else may take the lease over (LL10)."""

    TENANT_DIED = "tenant_died"
    BREAK_UP = "break_up"
    MEMBER_MOVED_OUT = "member_moved_out"


class TakeoverState(StrEnum):
    """Where the question of who takes the lease over stands (LL10)."""

    OPEN = "open"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class NoticeForm:
    """What a written notice of termination must hold to be valid (LL7). `in_writing`: that it is written at all."""

    in_writing: bool
    right_to_protest: bool
    consequence_of_silence: bool
    eviction: bool

    @property
    def is_complete(self) -> bool:
        return self.in_writing and self.right_to_protest and self.consequence_of_silence and self.eviction


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The municipality's notice of termination. `action_by`: once it is protested (LL8). Oslo dates, last days."""

    given_on: date
    ends_on: date
    protest_by: date
    action_by: date | None = None
    action_brought: bool = False

    @property
    def is_disputed(self) -> bool:
        """Protested, and nobody has brought it before anybody yet: it may still fall away (LL8)."""
        return self.action_by is not None and not self.action_brought


@dataclass(frozen=True, kw_only=True)
class EvictionWarning:
    """The tenant's copy of the warning: `opt_out_by` is the last Oslo date to keep the social services out (LL9)."""

    opt_out_by: date
    opted_out: bool = False
    passed_on: bool = False


@dataclass(frozen=True, kw_only=True)
class Takeover:
    """Who takes over after a change in the household, in a case of its own (LL10). `reply_by` is an Oslo date."""

    case: CaseId
    change: HouseholdChange
    reply_by: date
    state: TakeoverState = TakeoverState.OPEN


@dataclass(frozen=True, kw_only=True)
class RunningLease:
    """A lease that somebody else steps into as it runs, with what has been said of its end so far (LL10).

    `had_short_term`: these terms count towards LL4 for whoever steps in too. `move_out_demanded_on`: an Oslo date.
    """

    tenancy: UUID
    dwelling: UUID
    care_housing: bool
    terms: LeaseTerms
    had_short_term: bool
    is_open_ended: bool
    move_out_demanded_on: date | None


Granted = tuple[UUID, date]
"""The vedtak that grants an extension, and the new end it gives (M19)."""
