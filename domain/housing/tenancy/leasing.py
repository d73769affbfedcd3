"""The lease: signed, extended by vedtak, and what happens at its end (M18, M19, LL1-LL6)."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.actors import By, CaseId, PersonId, Role
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.housing.lease_rules import (
    ONE_DAY,
    LeaseEndsBeforeItStartsError,
    LeaseTerms,
    MoveOutDemandTooLateError,
    NewEndNotLaterError,
    refuse_unlawful_terms,
)
from domain.housing.tenancy import lease_events as events
from domain.housing.tenancy.refusals import (
    ExtensionNotGrantedError,
    ExtensionSignedError,
    MoveOutDemandNotWrittenError,
    NoExtensionVedtakError,
    NothingAppliedForError,
    NotYetOpenEndedError,
    OnlyTheSystemError,
)
from domain.housing.tenancy.tenancy_base import TenancyBase
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Sealed


class Leasing(TenancyBase):
    """The tenancy as a lease with an end."""

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
    ) -> Self:
        """Record a signed lease. Raises the refusals of `lease_rules`.

        `short_before`: an ended tenancy of `person` in `dwelling` had a term under `lease_years` (LL4).
        """
        refuse_unlawful_terms(terms, short_before=short_before, lease_years=lease_years)
        return cls.begin(
            events.LeaseSigned, id=id, by=by, at=at, dwelling=dwelling, person=person, case=case,
            allocation=allocation, care_housing=care_housing, terms=terms,
            is_short=short_before or terms.is_short(lease_years=lease_years),
        )  # fmt: skip

    @classmethod
    def record_running_lease(
        cls,
        *,
        id: UUID,
        dwelling: UUID,
        person: PersonId,
        case: CaseId,
        terms: LeaseTerms,
        care_housing: bool = False,
        lease_years: int = 3,
        by: By,
        at: datetime,
    ) -> Self:
        """Record a lease that ran before this system, as it was agreed: its terms are facts, lawful or not (M01).

        A short one counts all the same (LL4). Raises `LeaseEndsBeforeItStartsError`.
        """
        if terms.ends_on < terms.starts_on:
            raise LeaseEndsBeforeItStartsError()
        return cls.begin(
            events.LeaseSigned, id=id, by=by, at=at, dwelling=dwelling, person=person, case=case, allocation=None,
            care_housing=care_housing, terms=terms, is_short=terms.is_short(lease_years=lease_years),
        )  # fmt: skip

    def apply_for_extension(self, *, application: UUID, case: CaseId, by: By, at: datetime) -> None:
        """Record that an extension is applied for, in `application` of `case` (M18, M19)."""
        self._refuse_when_open_ended()
        if self.applied_for is not None or self.granted is not None:
            raise WrongStateError()
        self.record(events.ExtensionAppliedFor, by=by, at=at, application=application, case=case)

    def withdraw_extension(self, *, application: UUID, case: CaseId, by: By, at: datetime) -> None:
        """Record that `application` waits for no answer any more, so that another can be made (M18, M19).

        Nothing happens unless that is the application the lease waits on.
        """
        if self.applied_for == application:
            self.record(events.ExtensionWithdrawn, by=by, at=at, application=application, case=case)

    def grant_extension(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Record that a new vedtak grants the extension (M19). The lease runs on only when it is signed."""
        self._refuse_when_open_ended()
        self._refuse_unless_answered_by(vedtak, Outcome.GRANT)
        new_end = vedtak.extension.new_end if vedtak.extension else None
        if new_end is None or new_end <= self.terms.ends_on:
            raise NewEndNotLaterError()
        self.record(
            events.ExtensionGranted, by=by, at=at, application=vedtak.application, case=vedtak.case,
            vedtak=vedtak.id, new_end=new_end,
        )  # fmt: skip

    def extend_lease(self, *, terms: LeaseTerms, lease_years: int = 3, by: By, at: datetime) -> None:
        """Record the signed extension: `terms` run from the day after the old end to the granted new end.

        An extension under `lease_years` is a short lease of its own: special grounds for the first one (LL1, LL3),
        weighty grounds after that (LL4). Raises `ExtensionNotGrantedError` and the refusals of `lease_rules`.
        """
        self._refuse_when_open_ended()
        if self.granted is None:
            raise ExtensionNotGrantedError()
        vedtak, new_end = self.granted
        if (terms.starts_on, terms.ends_on) != (self.terms.ends_on + ONE_DAY, new_end):
            raise NoExtensionVedtakError()
        refuse_unlawful_terms(terms, short_before=self.had_short_term, lease_years=lease_years)
        self.record(
            events.LeaseExtended, by=by, at=at, case=self.case, person=self.person, dwelling=self.dwelling,
            vedtak=vedtak, old_end=self.terms.ends_on, new_end=new_end, terms=terms,
            is_short=terms.is_short(lease_years=lease_years),
        )  # fmt: skip

    def refuse_extension(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Record that a new vedtak refuses the extension (M19). The end date stands."""
        self._refuse_unless_answered_by(vedtak, Outcome.REFUSE)
        self.record(
            events.ExtensionRefused, by=by, at=at, application=vedtak.application, case=vedtak.case, vedtak=vedtak.id
        )

    def reopen_extension(self, *, replaced: VedtakFacts, by: By, at: datetime) -> None:
        """Let a new vedtak answer what `replaced` answered, in the save that issues it (LD6, M19).

        Raises `ExtensionSignedError` when the lease has run on, or has been applied for again, since then.
        """
        self._refuse_when_ended()
        if self.answered != (replaced.application, replaced.id) or self.applied_for is not None:
            raise ExtensionSignedError()
        self.record(
            events.ExtensionReopened, by=by, at=at, application=replaced.application, case=replaced.case,
            vedtak=replaced.id,
        )  # fmt: skip

    def demand_move_out(
        self,
        *,
        demanded_on: date,
        last_day: date,
        in_writing: bool = True,
        reasons: Sealed | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Record the written demand to move out. `last_day`: last day it is in time (LL6, LH9). Oslo dates.

        Raises `MoveOutDemandNotWrittenError`, `MoveOutDemandTooLateError`, `TenancyEndedError`.
        """
        self._refuse_when_ended()
        if not in_writing:
            raise MoveOutDemandNotWrittenError()
        if self.is_open_ended or demanded_on > last_day:
            raise MoveOutDemandTooLateError()
        self.record(events.MoveOutDemanded, by=by, at=at, case=self.case, demanded_on=demanded_on, reasons=reasons)

    def become_open_ended(self, *, today: date, last_day: date, by: By, at: datetime) -> None:
        """Record that the lease has no end any more: the tenant stays and nobody demanded moving out (LL6).

        The system says so, once the day after `last_day` has come (Oslo dates).
        """
        if by.role is not Role.SYSTEM:
            raise OnlyTheSystemError()
        if self.open_ended_from is None or today <= last_day:
            raise NotYetOpenEndedError()
        self.record(events.BecameOpenEnded, by=by, at=at, case=self.case, person=self.person, ended_on=self.ends_on)

    def _refuse_unless_answered_by(self, vedtak: VedtakFacts, outcome: Outcome) -> None:
        self._refuse_when_ended()
        if self.applied_for is None:
            raise NothingAppliedForError()
        about_this = vedtak.extension is not None and vedtak.extension.tenancy == self.id
        answers_it = vedtak.application == self.applied_for and vedtak.subject is DecisionSubject.EXTENSION
        if not (vedtak.in_force and about_this and answers_it and vedtak.outcome is outcome):
            raise NoExtensionVedtakError()
