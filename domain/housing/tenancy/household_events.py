"""The events around those who live there: eviction, the household, challenges, and the end (M16, M17, LL9, LL10)."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, PersonId
from domain.base import Event
from domain.housing.tenancy.words import (
    CHALLENGE_FIELDS,
    ChallengeKind,
    EndingReason,
    EvictionWarning,
    HouseholdChange,
    Takeover,
    TakeoverState,
)
from domain.sealed import Named, NamedBy, Sealed

if TYPE_CHECKING:
    from domain.housing.tenancy.tenancy_base import TenancyBase


class EvictionWarned(Event):
    """The tenant has a copy of the warning and knows of the right to keep the social services out (LL9)."""

    TOPIC: ClassVar[str] = "tenancy.EvictionWarned"
    case: CaseId
    person: PersonId
    warned_on: date
    opt_out_by: date

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.eviction = EvictionWarning(opt_out_by=self.opt_out_by)


class EvictionWarningOptedOut(Event):
    TOPIC: ClassVar[str] = "tenancy.EvictionWarningOptedOut"
    case: CaseId
    opted_out_on: date

    def apply(self, tenancy: "TenancyBase") -> None:
        if tenancy.eviction is not None:
            tenancy.eviction = replace(tenancy.eviction, opted_out=True)


class SocialServicesWarned(Event):
    TOPIC: ClassVar[str] = "tenancy.SocialServicesWarned"
    case: CaseId
    warned_on: date

    def apply(self, tenancy: "TenancyBase") -> None:
        if tenancy.eviction is not None:
            tenancy.eviction = replace(tenancy.eviction, passed_on=True)


class HouseholdChanged(Event):
    """`case`: the one opened for it. `who`: who may take the lease over. `needs_agenda`: it is to go on one by itself."""

    TOPIC: ClassVar[str] = "tenancy.HouseholdChanged"
    case: CaseId
    person: PersonId
    change: HouseholdChange
    changed_on: date
    who: Annotated[Sealed, Named("household.may_take_over")]
    reply_by: date
    needs_agenda: bool

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.takeover = Takeover(case=self.case, change=self.change, reply_by=self.reply_by)


class TakeoverEvent(Event):
    """What every later event about a takeover says."""

    case: CaseId

    def answer(self, tenancy: "TenancyBase", state: TakeoverState) -> None:
        """Assign where the takeover stands from now on."""
        if tenancy.takeover is not None:
            tenancy.takeover = replace(tenancy.takeover, state=state)


class TakeoverClaimed(TakeoverEvent):
    """Somebody wants to take over. `in_time`: within the time set for a reply."""

    TOPIC: ClassVar[str] = "tenancy.TakeoverClaimed"
    claimant: Annotated[Sealed, Named("household.claimant")]
    claimed_on: date
    in_time: bool

    def apply(self, tenancy: "TenancyBase") -> None:
        self.answer(tenancy, TakeoverState.CLAIMED)


class TakeoverAccepted(TakeoverEvent):
    TOPIC: ClassVar[str] = "tenancy.TakeoverAccepted"

    def apply(self, tenancy: "TenancyBase") -> None:
        self.answer(tenancy, TakeoverState.ACCEPTED)


class TakeoverRefused(TakeoverEvent):
    TOPIC: ClassVar[str] = "tenancy.TakeoverRefused"
    reasons: Annotated[Sealed, Named("housing.takeover_refused")]

    def apply(self, tenancy: "TenancyBase") -> None:
        self.answer(tenancy, TakeoverState.REFUSED)


class ChallengeReported(Event):
    """`case`: the one opened for the challenge. `vedtak`: the granted help it is about (M17)."""

    TOPIC: ClassVar[str] = "tenancy.ChallengeReported"
    case: CaseId
    kind: ChallengeKind
    text: Annotated[Sealed, NamedBy("kind", CHALLENGE_FIELDS)]
    vedtak: UUID | None


class Ended(Event):
    TOPIC: ClassVar[str] = "tenancy.Ended"
    case: CaseId
    dwelling: UUID
    ended_on: date
    reason: EndingReason

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.ended_on, tenancy.ended_because = self.ended_on, self.reason
