"""Notice of termination, what the tenant may answer, the warning before an eviction, and the end (LL5-LL9)."""

from datetime import date, datetime

from domain.actors import By, Role
from domain.housing.tenancy import household_events, lease_events
from domain.housing.tenancy.refusals import (
    ActionTooLateError,
    EvictionCopyMissingError,
    EvictionOptedOutError,
    LeaseCannotBeTerminatedError,
    NoEvictionWarningError,
    NoNoticeError,
    NoticeAlreadyGivenError,
    NoticeVoidError,
    OnlyTheSystemError,
    OptOutStillRunsError,
    ProtestTooLateError,
    TakeoverNotAcceptedError,
    TerminationMissingError,
)
from domain.housing.tenancy.tenancy_base import TenancyBase
from domain.housing.tenancy.words import (
    ActionVenue,
    EndingReason,
    EvictionWarning,
    Notice,
    NoticeForm,
    TakeoverState,
    TerminationGround,
)
from domain.refusals import WrongStateError
from domain.sealed import Sealed

WITHOUT_NOTICE = (EndingReason.DEATH, EndingReason.TAKEN_OVER)
"""How even an open-ended lease ends without anybody having terminated it."""


class Termination(TenancyBase):
    """The tenancy on its way to an end that somebody wants."""

    def give_notice(
        self,
        *,
        ground: TerminationGround,
        reasons: Sealed,
        form: NoticeForm,
        given_on: date,
        ends_on: date,
        protest_by: date,
        by: By,
        at: datetime,
    ) -> None:
        """Record the municipality's notice, as the tenant got it on `given_on` (LL7). Oslo dates, last days.

        Raises `NoticeVoidError`, `LeaseCannotBeTerminatedError` (LL5), `NoticeAlreadyGivenError`.
        """
        self._refuse_unless_terminable()
        if self.notice is not None:
            raise NoticeAlreadyGivenError()
        if not form.is_complete:
            raise NoticeVoidError()
        self.record(
            lease_events.NoticeGiven, by=by, at=at, case=self.case, person=self.person, ground=ground,
            reasons=reasons, given_on=given_on, ends_on=ends_on, protest_by=protest_by,
        )  # fmt: skip

    def protest_notice(self, *, protested_on: date, action_by: date, by: By, at: datetime) -> None:
        """Record the tenant's written protest; it falls to the municipality to act by `action_by` (LL8)."""
        notice = self._notice()
        if notice.action_by is not None:
            raise WrongStateError()
        if not notice.given_on <= protested_on <= notice.protest_by:
            raise ProtestTooLateError()
        self.record(
            lease_events.NoticeProtested, by=by, at=at, case=self.case, person=self.person,
            protested_on=protested_on, action_by=action_by,
        )  # fmt: skip

    def bring_action(self, *, venue: ActionVenue, brought_on: date, by: By, at: datetime) -> None:
        """Record that the protested notice is before the court or Husleietvistutvalget (LL8)."""
        notice = self._notice()
        if notice.action_by is None or notice.action_brought:
            raise WrongStateError()
        if brought_on > notice.action_by:
            raise ActionTooLateError()
        self.record(lease_events.ActionBrought, by=by, at=at, case=self.case, venue=venue, brought_on=brought_on)

    def lapse_notice(self, *, today: date, by: By, at: datetime) -> None:
        """Record that a protested notice has fallen away, since nobody acted in time (LL8). The system says so."""
        if by.role is not Role.SYSTEM:
            raise OnlyTheSystemError()
        notice = self._notice()
        if notice.action_by is None or notice.action_brought or today <= notice.action_by:
            raise WrongStateError()
        self.record(lease_events.NoticeLapsed, by=by, at=at, case=self.case, person=self.person)

    def receive_notice(self, *, received_on: date, ends_on: date, by: By, at: datetime) -> None:
        """Record the tenant's own notice. Raises `LeaseCannotBeTerminatedError` (LL5), `NoticeAlreadyGivenError`."""
        self._refuse_unless_terminable()
        if self.tenants_notice_ends_on is not None:
            raise NoticeAlreadyGivenError()
        self.record(lease_events.NoticeReceived, by=by, at=at, case=self.case, received_on=received_on, ends_on=ends_on)

    def warn_of_eviction(
        self, *, warned_on: date, opt_out_by: date, tenant_has_copy: bool, by: By, at: datetime
    ) -> None:
        """Record that the tenant has a copy of the warning to the social services, and time to say no (LL9)."""
        self._refuse_when_ended()
        if self.eviction is not None and not (self.eviction.opted_out or self.eviction.passed_on):
            raise WrongStateError()
        if not tenant_has_copy:
            raise EvictionCopyMissingError()
        self.record(
            household_events.EvictionWarned, by=by, at=at, case=self.case, person=self.person, warned_on=warned_on,
            opt_out_by=opt_out_by,
        )  # fmt: skip

    def opt_out_of_eviction_warning(self, *, opted_out_on: date, by: By, at: datetime) -> None:
        """Record that the tenant keeps the social services out. Heard as long as they have not been told (LL9)."""
        self._waiting_warning()
        self.record(household_events.EvictionWarningOptedOut, by=by, at=at, case=self.case, opted_out_on=opted_out_on)

    def warn_social_services(self, *, today: date, by: By, at: datetime) -> None:
        """Record that the social services were warned. Raises `EvictionOptedOutError`, `OptOutStillRunsError` (LL9)."""
        if self.eviction is not None and self.eviction.opted_out:
            raise EvictionOptedOutError()
        if today <= self._waiting_warning().opt_out_by:
            raise OptOutStillRunsError()
        self.record(household_events.SocialServicesWarned, by=by, at=at, case=self.case, warned_on=today)

    def end(self, *, ended_on: date, reason: EndingReason, by: By, at: datetime) -> None:
        """Record that the tenancy is over; `ended_on` is its last day (Oslo date).

        A terminated one, and any that has become open-ended, ends by a notice that stands (LL6, LL7):
        `TerminationMissingError`. A lease is taken over when that was accepted (LL10): `TakeoverNotAcceptedError`.
        """
        self._refuse_when_ended()
        if reason is EndingReason.TAKEN_OVER and not self._is_taken_over:
            raise TakeoverNotAcceptedError()
        needs_notice = reason is EndingReason.TERMINATED or (self.is_open_ended and reason not in WITHOUT_NOTICE)
        if needs_notice and not self._is_terminated(ended_on, reason):
            raise TerminationMissingError()
        self.record(
            household_events.Ended, by=by, at=at, case=self.case, dwelling=self.dwelling, ended_on=ended_on,
            reason=reason,
        )  # fmt: skip

    @property
    def _is_taken_over(self) -> bool:
        return self.takeover is not None and self.takeover.state is TakeoverState.ACCEPTED

    def _is_terminated(self, ended_on: date, reason: EndingReason) -> bool:
        """Whether somebody's notice ends it on that day. Who moves because of a notice has accepted it."""
        if reason is EndingReason.MOVED_OUT and (self.notice or self.tenants_notice_ends_on):
            return True
        by_tenant = self.tenants_notice_ends_on is not None and ended_on >= self.tenants_notice_ends_on
        notice = self.notice
        return by_tenant or (notice is not None and not notice.is_disputed and ended_on >= notice.ends_on)

    def _notice(self) -> Notice:
        self._refuse_when_ended()
        if self.notice is None:
            raise NoNoticeError()
        return self.notice

    def _waiting_warning(self) -> EvictionWarning:
        self._refuse_when_ended()
        if self.eviction is None or self.eviction.passed_on or self.eviction.opted_out:
            raise NoEvictionWarningError()
        return self.eviction

    def _refuse_unless_terminable(self) -> None:
        self._refuse_when_ended()
        if not self.can_be_terminated:
            raise LeaseCannotBeTerminatedError()
