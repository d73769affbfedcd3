"""Somebody of the household steps into the lease as it runs (LL10): it ends for the one, and goes on for the other."""

from dataclasses import replace
from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.actors import By, CaseId, PersonId
from domain.housing.lease_rules import ONE_DAY
from domain.housing.tenancy import lease_events as events
from domain.housing.tenancy.refusals import (
    TakeoverByTenantError,
    TakeoverNotAcceptedError,
    TakeoverUnderNoticeError,
    TenancyEndedError,
)
from domain.housing.tenancy.termination import Termination
from domain.housing.tenancy.words import EndingReason, RunningLease


class Succession(Termination):
    """The tenancy as something that passes from one tenant to the next."""

    def hand_over(self, *, to: PersonId, on: date, by: By, at: datetime) -> RunningLease:
        """End it the day before `on`, the new tenant's first day (Oslo date), and give what `to` steps into.

        The claim is accepted before; an ending as taken over may be recorded already. Raises `TenancyEndedError`,
        `TakeoverNotAcceptedError`, `TakeoverUnderNoticeError`, `TakeoverByTenantError`.
        """
        if not self._is_taken_over:
            raise TakeoverNotAcceptedError()
        if to == self.person:
            raise TakeoverByTenantError()
        if self.notice is not None or self.tenants_notice_ends_on is not None:
            raise TakeoverUnderNoticeError()
        if self.ended_on is None:
            self.end(ended_on=on - ONE_DAY, reason=EndingReason.TAKEN_OVER, by=by, at=at)
        elif self.ended_because is not EndingReason.TAKEN_OVER:
            raise TenancyEndedError()
        return RunningLease(
            tenancy=self.id, dwelling=self.dwelling, care_housing=self.care_housing, terms=self.terms,
            had_short_term=self.had_short_term, is_open_ended=self.is_open_ended,
            move_out_demanded_on=self.move_out_demanded_on,
        )  # fmt: skip

    @classmethod
    def take_over(
        cls, *, id: UUID, lease: RunningLease, person: PersonId, case: CaseId, on: date, by: By, at: datetime
    ) -> Self:
        """Begin the new tenant's tenancy on the terms that run, in the save that ends the old one.

        It is the same lease, so nothing is agreed anew and the rules on new terms do not apply (LL1, LL4). What was
        written of the former tenant stays with that tenancy.
        """
        terms = replace(lease.terms, special_grounds=None, weighty_grounds=None, notified_ground=None)
        tenancy = cls.begin(
            events.LeaseTakenOver, id=id, by=by, at=at, dwelling=lease.dwelling, person=person, case=case,
            allocation=None, care_housing=lease.care_housing, terms=terms, is_short=lease.had_short_term,
            predecessor=lease.tenancy, taken_over_on=on,
        )  # fmt: skip
        demanded_on = lease.move_out_demanded_on
        if demanded_on is not None:
            tenancy.record(events.MoveOutDemanded, by=by, at=at, case=case, demanded_on=demanded_on, reasons=None)
        if lease.is_open_ended:
            tenancy.record(events.BecameOpenEnded, by=by, at=at, case=case, person=person, ended_on=terms.ends_on)
        return tenancy
