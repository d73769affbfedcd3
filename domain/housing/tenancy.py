"""A municipal tenancy: its lease, its extensions by vedtak, challenges in it, and how it ends."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By, CaseId, PersonId
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.housing.lease_rules import (
    ONE_DAY,
    LeaseTerms,
    MoveOutDemandTooLateError,
    NewEndNotLaterError,
    open_ended_from,
    refuse_unlawful_terms,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Sealed


class ChallengeKind(StrEnum):
    """What is difficult: the tenancy itself (M16), or giving the help that a vedtak has granted (M17)."""

    TENANCY = "tenancy"
    ASSISTANCE = "assistance"


class EndingReason(StrEnum):
    """Why a tenancy ended."""

    MOVED_OUT = "moved_out"
    TERMINATED = "terminated"
    EVICTED = "evicted"
    TAKEN_OVER = "taken_over"
    DEATH = "death"


class NoExtensionVedtakError(Refusal):
    code = "no_extension_vedtak"
    rule = "M19"
    missing = "En leiekontrakt forlenges eller nektes forlenget bare ved et nytt, gyldig vedtak om søknaden."
    next_step = "Fatt vedtaket om forlengelse først."


class NothingAppliedForError(WrongStateError):
    code = "no_extension_applied_for"
    rule = "M19"
    missing = "Det er ikke søkt om forlengelse av denne leiekontrakten."
    next_step = "Registrer søknaden om forlengelse først."


class ExtensionNotGrantedError(WrongStateError):
    code = "extension_not_granted"
    rule = "M19"
    missing = "Det er ikke innvilget noen forlengelse som venter på å bli avtalt."
    next_step = "Registrer vedtaket om forlengelse først."


class GrantedHelpMissingError(Refusal):
    code = "granted_help_missing"
    rule = "M17"
    missing = "Det mangler hvilket vedtak om bistand utfordringen gjelder."
    next_step = "Vis til et gyldig vedtak som innvilger bistand, eller meld det som en utfordring i leieforholdet."


class TenancyEndedError(WrongStateError):
    code = "tenancy_ended"
    rule = "C01"
    missing = "Leieforholdet er avsluttet."
    next_step = "Registrer en ny leiekontrakt dersom det er inngått en."


class Tenancy(HusromAggregate):
    """One household's lease of one dwelling, from signing to moving out (M01, M16-M19, LL1-LL6)."""

    TOPIC = "tenancy"

    class LeaseSigned(CreatedEvent):
        TOPIC: ClassVar[str] = "tenancy.LeaseSigned"
        dwelling: UUID
        person: PersonId
        case: CaseId
        allocation: UUID | None
        care_housing: bool
        terms: LeaseTerms
        is_short: bool

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.dwelling, tenancy.person, tenancy.case = self.dwelling, self.person, self.case
            tenancy.care_housing, tenancy.terms = self.care_housing, self.terms
            tenancy.had_short_term = self.is_short

    class ExtensionAppliedFor(Event):
        TOPIC: ClassVar[str] = "tenancy.ExtensionAppliedFor"
        application: UUID
        case: CaseId

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.applied_for = self.application

    class ExtensionGranted(Event):
        TOPIC: ClassVar[str] = "tenancy.ExtensionGranted"
        application: UUID
        case: CaseId
        vedtak: UUID
        new_end: date

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.applied_for, tenancy.granted = None, (self.vedtak, self.new_end)

    class LeaseExtended(Event):
        """`terms`: the added term, from the day after the old end."""

        TOPIC: ClassVar[str] = "tenancy.LeaseExtended"
        case: CaseId
        person: PersonId
        dwelling: UUID
        vedtak: UUID
        old_end: date
        new_end: date
        terms: LeaseTerms
        is_short: bool

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.terms, tenancy.granted = self.terms, None
            tenancy.had_short_term = tenancy.had_short_term or self.is_short
            tenancy.move_out_demanded_on = None

    class ExtensionRefused(Event):
        TOPIC: ClassVar[str] = "tenancy.ExtensionRefused"
        application: UUID
        case: CaseId
        vedtak: UUID

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.applied_for = None

    class MoveOutDemanded(Event):
        TOPIC: ClassVar[str] = "tenancy.MoveOutDemanded"
        case: CaseId
        demanded_on: date

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.move_out_demanded_on = self.demanded_on

    class ChallengeReported(Event):
        """`case`: the one opened for the challenge. `vedtak`: the granted help it is about (M17)."""

        TOPIC: ClassVar[str] = "tenancy.ChallengeReported"
        case: CaseId
        kind: ChallengeKind
        text: Sealed
        vedtak: UUID | None

    class Ended(Event):
        TOPIC: ClassVar[str] = "tenancy.Ended"
        case: CaseId
        dwelling: UUID
        ended_on: date
        reason: EndingReason

        def apply(self, tenancy: "Tenancy") -> None:
            tenancy.ended_on = self.ended_on

    def __init__(self) -> None:
        self.dwelling: UUID
        self.person: PersonId
        self.case: CaseId
        self.terms: LeaseTerms
        self.care_housing = False
        self.had_short_term = False
        self.applied_for: UUID | None = None
        self.granted: tuple[UUID, date] | None = None
        self.move_out_demanded_on: date | None = None
        self.ended_on: date | None = None

    @classmethod
    def sign_lease(
        cls,
        *,
        id: UUID,
        dwelling: UUID,
        person: PersonId,
        case: CaseId,
        terms: LeaseTerms,
        allocation: UUID | None = None,
        care_housing: bool = False,
        short_before: bool = False,
        lease_years: int = 3,
        by: By,
        at: datetime,
    ) -> "Tenancy":
        """Record a signed lease. Raises the refusals of `lease_rules`.

        `short_before`: an ended tenancy of `person` in `dwelling` had a term under `lease_years` (LL4).
        """
        refuse_unlawful_terms(terms, short_before=short_before, lease_years=lease_years)
        return cls.begin(
            cls.LeaseSigned, id=id, by=by, at=at, dwelling=dwelling, person=person, case=case, allocation=allocation,
            care_housing=care_housing, terms=terms, is_short=short_before or terms.is_short(lease_years=lease_years),
        )  # fmt: skip

    def apply_for_extension(self, *, application: UUID, case: CaseId, by: By, at: datetime) -> None:
        """Record that an extension is applied for, in `application` of `case` (M18, M19)."""
        self._refuse_when_ended()
        if self.applied_for is not None or self.granted is not None:
            raise WrongStateError()
        self.record(self.ExtensionAppliedFor, by=by, at=at, application=application, case=case)

    def grant_extension(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Record that a new vedtak grants the extension (M19). The lease runs on only when it is signed."""
        self._refuse_unless_answered_by(vedtak, Outcome.GRANT)
        new_end = vedtak.extension.new_end if vedtak.extension else None
        if new_end is None or new_end <= self.terms.ends_on:
            raise NewEndNotLaterError()
        self.record(
            self.ExtensionGranted, by=by, at=at, application=vedtak.application, case=vedtak.case, vedtak=vedtak.id,
            new_end=new_end,
        )  # fmt: skip

    def extend_lease(self, *, terms: LeaseTerms, lease_years: int = 3, by: By, at: datetime) -> None:
        """Record the signed extension: `terms` run from the day after the old end to the granted new end.

        An extension under `lease_years` is a short lease of its own: special grounds for the first one (LL1, LL3),
        weighty grounds after that (LL4). Raises `ExtensionNotGrantedError` and the refusals of `lease_rules`.
        """
        self._refuse_when_ended()
        if self.granted is None:
            raise ExtensionNotGrantedError()
        vedtak, new_end = self.granted
        if (terms.starts_on, terms.ends_on) != (self.terms.ends_on + ONE_DAY, new_end):
            raise NoExtensionVedtakError()
        refuse_unlawful_terms(terms, short_before=self.had_short_term, lease_years=lease_years)
        self.record(
            self.LeaseExtended, by=by, at=at, case=self.case, person=self.person, dwelling=self.dwelling,
            vedtak=vedtak, old_end=self.terms.ends_on, new_end=new_end, terms=terms,
            is_short=terms.is_short(lease_years=lease_years),
        )  # fmt: skip

    def refuse_extension(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Record that a new vedtak refuses the extension (M19). The end date stands."""
        self._refuse_unless_answered_by(vedtak, Outcome.REFUSE)
        self.record(
            self.ExtensionRefused, by=by, at=at, application=vedtak.application, case=vedtak.case, vedtak=vedtak.id
        )

    def demand_move_out(self, *, demanded_on: date, last_day: date, by: By, at: datetime) -> None:
        """Record the written demand to move out. `last_day`: last day it is in time (LL6, LH9). Oslo dates."""
        self._refuse_when_ended()
        if demanded_on > last_day:
            raise MoveOutDemandTooLateError()
        self.record(self.MoveOutDemanded, by=by, at=at, case=self.case, demanded_on=demanded_on)

    def report_challenge(
        self,
        *,
        case: CaseId,
        kind: ChallengeKind,
        text: Sealed,
        granted_help: VedtakFacts | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Report something difficult, without any application (M16). Help that is hard to give names its grant (M17)."""
        self._refuse_when_ended()
        is_granted = granted_help is not None and granted_help.grants(DecisionSubject.ASSISTANCE)
        if kind is ChallengeKind.ASSISTANCE and not is_granted:
            raise GrantedHelpMissingError()
        vedtak = granted_help.id if granted_help else None
        self.record(self.ChallengeReported, by=by, at=at, case=case, kind=kind, text=text, vedtak=vedtak)

    def end(self, *, ended_on: date, reason: EndingReason, by: By, at: datetime) -> None:
        """Record that the tenancy is over; `ended_on` is its last day (Oslo date)."""
        self._refuse_when_ended()
        self.record(self.Ended, by=by, at=at, case=self.case, dwelling=self.dwelling, ended_on=ended_on, reason=reason)

    @property
    def ends_on(self) -> date:
        """The last day of the running term."""
        return self.terms.ends_on

    @property
    def can_be_terminated(self) -> bool:
        """Whether either party can terminate it while it runs: when nobody was told in writing that they cannot (LL5)."""
        return not self.terms.notice_no_termination

    @property
    def open_ended_from(self) -> date | None:
        """The day the lease turns open-ended if nobody demands moving out (LL6); None when ended or demanded."""
        demanded = self.move_out_demanded_on is not None
        return None if self.ended_on else open_ended_from(self.ends_on, move_out_demanded=demanded)

    def _refuse_when_ended(self) -> None:
        if self.ended_on is not None:
            raise TenancyEndedError()

    def _refuse_unless_answered_by(self, vedtak: VedtakFacts, outcome: Outcome) -> None:
        self._refuse_when_ended()
        if self.applied_for is None:
            raise NothingAppliedForError()
        about_this = vedtak.extension is not None and vedtak.extension.tenancy == self.id
        answers_it = vedtak.application == self.applied_for and vedtak.subject is DecisionSubject.EXTENSION
        if not (vedtak.in_force and about_this and answers_it and vedtak.outcome is outcome):
            raise NoExtensionVedtakError()
