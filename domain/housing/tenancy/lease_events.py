"""The events of a lease: signed, extended, run out, terminated. They only assign; the rules are in `Tenancy`.

Dates are Oslo dates; an end is a last day.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, PersonId
from domain.base import CreatedEvent, Event
from domain.housing.lease_rules import LeaseTerms
from domain.housing.tenancy.words import ActionVenue, Notice, TerminationGround
from domain.sealed import Named, Sealed

if TYPE_CHECKING:
    from domain.housing.tenancy.tenancy_base import TenancyBase


def terms_without_notified_ground(state: dict[str, object]) -> None:
    """Version 1 knew no ground that is notified at signing (LL3)."""
    terms = state["terms"]
    if isinstance(terms, dict):
        terms.setdefault("notified_ground", None)


class LeaseSigned(CreatedEvent):
    TOPIC: ClassVar[str] = "tenancy.LeaseSigned"
    class_version: ClassVar[int] = 2
    dwelling: UUID
    person: PersonId
    case: CaseId
    allocation: UUID | None
    care_housing: bool
    terms: LeaseTerms
    is_short: bool

    upcast_v1_v2 = staticmethod(terms_without_notified_ground)

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.dwelling, tenancy.person, tenancy.case = self.dwelling, self.person, self.case
        tenancy.care_housing, tenancy.terms = self.care_housing, self.terms
        tenancy.had_short_term = self.is_short


class LeaseTakenOver(LeaseSigned):
    """The lease that `predecessor` was, as it runs, for somebody who steps into it from that day (LL10).

    Whoever follows leases follows it as any other. `is_short` counts the one term that it is, not a second (LL4).
    """

    TOPIC: ClassVar[str] = "tenancy.LeaseTakenOver"
    class_version: ClassVar[int] = 1
    predecessor: UUID
    taken_over_on: date


class ExtensionAppliedFor(Event):
    TOPIC: ClassVar[str] = "tenancy.ExtensionAppliedFor"
    application: UUID
    case: CaseId

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.applied_for = self.application


class ExtensionWithdrawn(Event):
    """The application to extend is not to be answered here after all: withdrawn, sent on, or a duplicate of another."""

    TOPIC: ClassVar[str] = "tenancy.ExtensionWithdrawn"
    application: UUID
    case: CaseId

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.applied_for = None


class ExtensionGranted(Event):
    TOPIC: ClassVar[str] = "tenancy.ExtensionGranted"
    application: UUID
    case: CaseId
    vedtak: UUID
    new_end: date

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.applied_for, tenancy.granted = None, (self.vedtak, self.new_end)
        tenancy.answered = (self.application, self.vedtak)


class LeaseExtended(Event):
    """`terms`: the added term, from the day after the old end."""

    TOPIC: ClassVar[str] = "tenancy.LeaseExtended"
    class_version: ClassVar[int] = 2
    case: CaseId
    person: PersonId
    dwelling: UUID
    vedtak: UUID
    old_end: date
    new_end: date
    terms: LeaseTerms
    is_short: bool

    upcast_v1_v2 = staticmethod(terms_without_notified_ground)

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.terms, tenancy.granted, tenancy.answered = self.terms, None, None
        tenancy.had_short_term = tenancy.had_short_term or self.is_short
        tenancy.move_out_demanded_on = None


class ExtensionRefused(Event):
    TOPIC: ClassVar[str] = "tenancy.ExtensionRefused"
    application: UUID
    case: CaseId
    vedtak: UUID

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.applied_for, tenancy.answered = None, (self.application, self.vedtak)


class ExtensionReopened(Event):
    """`vedtak`, which answered the application, is being replaced (LD6); the new one answers it next."""

    TOPIC: ClassVar[str] = "tenancy.ExtensionReopened"
    application: UUID
    case: CaseId
    vedtak: UUID

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.applied_for, tenancy.granted, tenancy.answered = self.application, None, None


class MoveOutDemanded(Event):
    """In writing. Version 1 held no reasons."""

    TOPIC: ClassVar[str] = "tenancy.MoveOutDemanded"
    class_version: ClassVar[int] = 2
    case: CaseId
    demanded_on: date
    reasons: Annotated[Sealed, Named("housing.move_out_reasons")] | None

    @staticmethod
    def upcast_v1_v2(state: dict[str, object]) -> None:
        state["reasons"] = None

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.move_out_demanded_on = self.demanded_on


class BecameOpenEnded(Event):
    """Nobody demanded moving out in time, and the tenant lives there still (LL6). `ended_on`: the term's last day."""

    TOPIC: ClassVar[str] = "tenancy.BecameOpenEnded"
    case: CaseId
    person: PersonId
    ended_on: date

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.is_open_ended, tenancy.granted = True, None


class NoticeGiven(Event):
    """The municipality's notice of termination, with all that the law asks of its form (LL7)."""

    TOPIC: ClassVar[str] = "tenancy.NoticeGiven"
    case: CaseId
    person: PersonId
    ground: TerminationGround
    reasons: Annotated[Sealed, Named("housing.notice_reasons")]
    given_on: date
    ends_on: date
    protest_by: date

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.notice = Notice(given_on=self.given_on, ends_on=self.ends_on, protest_by=self.protest_by)


class NoticeProtested(Event):
    TOPIC: ClassVar[str] = "tenancy.NoticeProtested"
    case: CaseId
    person: PersonId
    protested_on: date
    action_by: date

    def apply(self, tenancy: "TenancyBase") -> None:
        if tenancy.notice is not None:
            tenancy.notice = replace(tenancy.notice, action_by=self.action_by)


class ActionBrought(Event):
    TOPIC: ClassVar[str] = "tenancy.ActionBrought"
    case: CaseId
    venue: ActionVenue
    brought_on: date

    def apply(self, tenancy: "TenancyBase") -> None:
        if tenancy.notice is not None:
            tenancy.notice = replace(tenancy.notice, action_brought=True)


class NoticeLapsed(Event):
    """Protested, and nobody brought it before anybody in time (LL8)."""

    TOPIC: ClassVar[str] = "tenancy.NoticeLapsed"
    case: CaseId
    person: PersonId

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.notice = None


class NoticeReceived(Event):
    """The tenant's own notice (LL7)."""

    TOPIC: ClassVar[str] = "tenancy.NoticeReceived"
    case: CaseId
    received_on: date
    ends_on: date

    def apply(self, tenancy: "TenancyBase") -> None:
        tenancy.tenants_notice_ends_on = self.ends_on
