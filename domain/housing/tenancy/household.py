"""Those who live there: what is difficult, and who takes over when the household changes (M16, M17, LL10)."""

from datetime import date, datetime

from domain.actors import By, CaseId
from domain.decisions.vedtak_rules import VedtakFacts
from domain.housing.tenancy import household_events as events
from domain.housing.tenancy.refusals import GrantedHelpMissingError, NoTakeoverError, TakeoverUnsettledError
from domain.housing.tenancy.tenancy_base import TenancyBase
from domain.housing.tenancy.words import ChallengeKind, HouseholdChange, Takeover, TakeoverState
from domain.law.rulebook import DecisionSubject
from domain.sealed import Sealed


class Household(TenancyBase):
    """The tenancy as people's home."""

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
        self.record(events.ChallengeReported, by=by, at=at, case=case, kind=kind, text=text, vedtak=vedtak)

    def change_household(
        self,
        *,
        case: CaseId,
        change: HouseholdChange,
        changed_on: date,
        who: Sealed,
        reply_by: date,
        needs_agenda: bool = True,
        by: By,
        at: datetime,
    ) -> None:
        """Record a death or break-up, and `who` may take the lease over when they say so by `reply_by` (LL10).

        `case` is opened for it. `needs_agenda`: unless the lease stands on one already, or never may (M20). Oslo dates.
        Raises `TakeoverUnsettledError` while somebody's claim after an earlier change is not answered.
        """
        self._refuse_when_ended()
        if self.takeover is not None and self.takeover.state is TakeoverState.CLAIMED:
            raise TakeoverUnsettledError()
        self.record(
            events.HouseholdChanged, by=by, at=at, case=case, person=self.person, change=change,
            changed_on=changed_on, who=who, reply_by=reply_by, needs_agenda=needs_agenda,
        )  # fmt: skip

    def claim_takeover(self, *, claimant: Sealed, claimed_on: date, by: By, at: datetime) -> None:
        """Record that somebody wants to take over, in time or not: what follows from that is for people (LL10)."""
        takeover = self._takeover(TakeoverState.OPEN)
        self.record(
            events.TakeoverClaimed, by=by, at=at, case=takeover.case, claimant=claimant, claimed_on=claimed_on,
            in_time=claimed_on <= takeover.reply_by,
        )  # fmt: skip

    def accept_takeover(self, *, by: By, at: datetime) -> None:
        """Record that whoever claimed it takes the lease over (LL10)."""
        takeover = self._takeover(TakeoverState.CLAIMED)
        self.record(events.TakeoverAccepted, by=by, at=at, case=takeover.case)

    def refuse_takeover(self, *, reasons: Sealed, by: By, at: datetime) -> None:
        """Record that whoever claimed it does not take the lease over, and why (LL10)."""
        takeover = self._takeover(TakeoverState.CLAIMED)
        self.record(events.TakeoverRefused, by=by, at=at, case=takeover.case, reasons=reasons)

    def _takeover(self, state: TakeoverState) -> Takeover:
        self._refuse_when_ended()
        if self.takeover is None or self.takeover.state is not state:
            raise NoTakeoverError()
        return self.takeover
