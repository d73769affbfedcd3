"""A place on the waiting list: by which vedtak, since when, and the facts that place it. Its number is computed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.decisions.vedtak_rules import VedtakFacts
from domain.event_id import EventId
from domain.housing.fit import HousingNeed
from domain.housing.ranking import EFFECTIVE_DATE, REGISTERED_DATE, Candidate, CriterionFact, Standing
from domain.housing.referred_decline import DeclineOutcome, ReferredDecline
from domain.housing.waiting_list_refusals import (
    CauseMissingError,
    FactTwiceError,
    ImpossibleHouseholdError,
    NoDeclineToAssessError,
    NoGrantedDwellingError,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Named, Sealed


class EntryState(StrEnum):
    """Whether the entry is among the candidates."""

    WAITING = "waiting"
    PAUSED = "paused"
    LEFT = "left"


class PauseReason(StrEnum):
    """Why an entry is out of the comparison for a while."""

    OWN_WISH = "own_wish"
    NOT_REACHED = "not_reached"
    NOT_READY_TO_MOVE = "not_ready_to_move"


class LeavingReason(StrEnum):
    """Why an entry left the list for good."""

    LEASE = "lease"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    NEW_VEDTAK = "new_vedtak"


CAUSED = frozenset({LeavingReason.LEASE, LeavingReason.NEW_VEDTAK})
"""The reasons that must name the tenancy or vedtak behind them."""


def waiting_list_entry_id(vedtak: UUID) -> UUID:
    """The id of the one place on the list that a granting vedtak gives."""
    return uuid5(vedtak, "waiting list entry")


class WaitingListEntry(HusromAggregate):
    """One person's place on the waiting list, entered by a vedtak that grants a dwelling (M12, M14).

    `registered_on` (when the application was registered) and `effective_from` (the date that counts in a tie) are
    two facts. They begin alike; the first never changes, the second only by an event that says why.
    """

    TOPIC = "waiting_list_entry"

    class Entered(CreatedEvent):
        TOPIC: ClassVar[str] = "waiting_list_entry.Entered"
        class_version: ClassVar[int] = 2
        case: CaseId
        person: PersonId
        vedtak: UUID
        registered_on: date
        effective_from: date
        facts: tuple[CriterionFact, ...]
        need: HousingNeed

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            HousingNeed.upcast_v1(state["need"])

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.case, entry.person, entry.vedtak = self.case, self.person, self.vedtak
            entry.registered_on, entry.effective_from = self.registered_on, self.effective_from
            entry.facts, entry.need = self.facts, self.need
            stated = (REGISTERED_DATE, EFFECTIVE_DATE, *(fact.criterion for fact in self.facts))
            entry.stated_in = dict.fromkeys(stated, self.originator_version)

    class FactsUpdated(Event):
        TOPIC: ClassVar[str] = "waiting_list_entry.FactsUpdated"
        class_version: ClassVar[int] = 2
        case: CaseId
        facts: tuple[CriterionFact, ...]
        need: HousingNeed

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            HousingNeed.upcast_v1(state["need"])

        def apply(self, entry: "WaitingListEntry") -> None:
            changed = (fact.criterion for fact in self.facts if fact not in entry.facts)
            entry.stated_in = {**entry.stated_in, **dict.fromkeys(changed, self.originator_version)}
            entry.facts, entry.need = self.facts, self.need

    class EffectiveDateMoved(Event):
        TOPIC: ClassVar[str] = "waiting_list_entry.EffectiveDateMoved"
        case: CaseId
        effective_from: date
        because: Annotated[Sealed, Named("assessment.effective_date")]

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.effective_from = self.effective_from
            entry.stated_in = {**entry.stated_in, EFFECTIVE_DATE: self.originator_version}

    class Paused(Event):
        TOPIC: ClassVar[str] = "waiting_list_entry.Paused"
        case: CaseId
        reason: PauseReason

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.state = EntryState.PAUSED

    class Resumed(Event):
        TOPIC: ClassVar[str] = "waiting_list_entry.Resumed"
        case: CaseId

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.state = EntryState.WAITING

    class DeclineReferred(Event):
        """The guidelines leave what an offer's decline leads to, to a saksbehandler. The place is kept meanwhile (LV5)."""

        TOPIC: ClassVar[str] = "waiting_list_entry.DeclineReferred"
        case: CaseId
        allocation: UUID
        reason: str

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.to_assess = ReferredDecline(allocation=self.allocation, reason=self.reason)

    class DeclineAssessed(Event):
        """What the saksbehandler made of it, and why."""

        TOPIC: ClassVar[str] = "waiting_list_entry.DeclineAssessed"
        case: CaseId
        allocation: UUID
        outcome: DeclineOutcome
        because: Annotated[Sealed, Named("assessment.decline")]

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.to_assess = None

    class Left(Event):
        """`cause`: the tenancy or the new vedtak, for the reasons that have one."""

        TOPIC: ClassVar[str] = "waiting_list_entry.Left"
        case: CaseId
        person: PersonId
        reason: LeavingReason
        cause: UUID | None

        def apply(self, entry: "WaitingListEntry") -> None:
            entry.state, entry.left_because, entry.to_assess = EntryState.LEFT, self.reason, None

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.vedtak: UUID
        self.registered_on: date
        self.effective_from: date
        self.facts: tuple[CriterionFact, ...]
        self.need: HousingNeed
        self.state = EntryState.WAITING
        self.left_because: LeavingReason | None = None
        self.to_assess: ReferredDecline | None = None
        self.stated_in: dict[str, int] = {}

    @classmethod
    def enter(
        cls,
        *,
        id: UUID,
        vedtak: VedtakFacts,
        registered_on: date,
        facts: tuple[CriterionFact, ...],
        need: HousingNeed,
        by: By,
        at: datetime,
    ) -> "WaitingListEntry":
        """Put the person of a granting dwelling `vedtak` on the list. Saksbehandler only.

        `registered_on` (Oslo date) is the date that counts until `move_effective_date` says otherwise and why. Raises `NoGrantedDwellingError`, `FactTwiceError`, `ImpossibleHouseholdError`.
        """
        require_saksbehandler(by)
        if not vedtak.grants(DecisionSubject.DWELLING):
            raise NoGrantedDwellingError()
        _refuse_faulty(facts, need)
        return cls.begin(
            cls.Entered, id=id, by=by, at=at, case=vedtak.case, person=vedtak.person, vedtak=vedtak.id,
            registered_on=registered_on, effective_from=registered_on, facts=facts, need=need,
        )  # fmt: skip

    def update_facts(self, *, facts: tuple[CriterionFact, ...], need: HousingNeed, by: By, at: datetime) -> None:
        """Say what is so now, all of it. The saksbehandler alone adds facts, with or without consent (M14)."""
        require_saksbehandler(by)
        self._refuse_when_left()
        _refuse_faulty(facts, need)
        self.record(self.FactsUpdated, by=by, at=at, case=self.case, facts=facts, need=need)

    def move_effective_date(self, *, to: date, because: Sealed, by: By, at: datetime) -> None:
        """Move the date that counts (Oslo date), with the reason. Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_when_left()
        self.record(self.EffectiveDateMoved, by=by, at=at, case=self.case, effective_from=to, because=because)

    def pause(self, *, reason: PauseReason, by: By, at: datetime) -> None:
        """Take the entry out of the comparison for a while. It keeps its dates. Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_unless(EntryState.WAITING)
        self.record(self.Paused, by=by, at=at, case=self.case, reason=reason)

    def resume(self, *, by: By, at: datetime) -> None:
        """Bring a paused entry back among the candidates. Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_unless(EntryState.PAUSED)
        self.record(self.Resumed, by=by, at=at, case=self.case)

    def refer_decline(self, *, allocation: UUID, reason: str, by: By, at: datetime) -> None:
        """Leave it to a saksbehandler what the coded `reason` leads to. Anybody may; nothing else changes (LV5)."""
        self._refuse_when_left()
        self.record(self.DeclineReferred, by=by, at=at, case=self.case, allocation=allocation, reason=reason)

    def assess_decline(self, *, outcome: DeclineOutcome, because: Sealed, by: By, at: datetime) -> None:
        """Decide whether the place is kept after a decline, with the reason. Saksbehandler only (LV5)."""
        require_saksbehandler(by)
        if self.to_assess is None:
            raise NoDeclineToAssessError()
        self.record(
            self.DeclineAssessed, by=by, at=at, case=self.case, allocation=self.to_assess.allocation, outcome=outcome,
            because=because,
        )  # fmt: skip
        if outcome is DeclineOutcome.LEAVES:
            self.leave(reason=LeavingReason.LAPSED, by=by, at=at)

    def leave(self, *, reason: LeavingReason, cause: UUID | None = None, by: By, at: datetime) -> None:
        """Take the entry off the list for good. Saksbehandler only: a machine never removes anyone (LV5).

        `cause`: the tenancy or the new vedtak; `CauseMissingError` where the reason needs one.
        """
        require_saksbehandler(by)
        self._refuse_when_left()
        if reason in CAUSED and cause is None:
            raise CauseMissingError()
        self.record(self.Left, by=by, at=at, case=self.case, person=self.person, reason=reason, cause=cause)

    @property
    def is_waiting(self) -> bool:
        """Whether it is among the candidates for a vacant dwelling."""
        return self.state is EntryState.WAITING

    @property
    def candidate(self) -> Candidate:
        """The entry as `ranking.compute_order` takes it."""
        standing = Standing(
            entry=self.id, case=self.case, person=self.person, registered_on=self.registered_on,
            effective_from=self.effective_from, facts=self.facts,
        )  # fmt: skip
        return Candidate(standing=standing, need=self.need, paused=self.state is EntryState.PAUSED)

    def stated_by(self, criterion: str) -> EventId | None:
        """The event that gave the answer to `criterion`, or that date, as it stands; None for what is unknown (B06)."""
        known = self.candidate.standing.fact(criterion) is not None or criterion in (EFFECTIVE_DATE, REGISTERED_DATE)
        return EventId(aggregate=self.id, version=self.stated_in[criterion]) if known else None

    def _refuse_when_left(self) -> None:
        self._refuse_unless(EntryState.WAITING, EntryState.PAUSED)

    def _refuse_unless(self, *states: EntryState) -> None:
        if self.state not in states:
            raise WrongStateError()


def _refuse_faulty(facts: tuple[CriterionFact, ...], need: HousingNeed) -> None:
    if len({fact.criterion for fact in facts}) < len(facts):
        raise FactTwiceError()
    if need.adults < 1 or min(need.children, need.children_part_time) < 0 or need.rooms_at_least < 1:
        raise ImpossibleHouseholdError()
