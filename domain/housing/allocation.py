"""The allocation of one vacant dwelling: computed order, the group's order, and offers in that order."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from domain.actors import By, CaseId, EmployeeId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.housing.allocation_rules import (
    AgreedOrder,
    AnswerDateNotPassedError,
    AnswerDatePassedError,
    ClosingReason,
    Computation,
    DeclineReasonMissingError,
    NoOpenOfferError,
    NothingAgreedError,
    NothingComputedError,
    NotNextInOrderError,
    Offer,
    OfferOpenError,
    WithdrawalReason,
    refuse_unless_agreed_together,
)
from domain.housing.dwelling import CareDwellingNotForGroupError
from domain.housing.ranking import ComputedOrder
from domain.refusals import WrongStateError


class AllocationState(StrEnum):
    """How far an allocation has come."""

    OPENED = "opened"
    COMPUTED = "computed"
    AGREED = "agreed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class Allocation(HusromAggregate):
    """One vacancy from computed order to accepted offer.

    The computed order is a proposal, the group's is the decision, and both are kept (M14, B07). One offer is open at
    a time, and offers follow the group's order.
    """

    TOPIC = "allocation"

    class Opened(CreatedEvent):
        TOPIC: ClassVar[str] = "allocation.Opened"
        dwelling: UUID
        vacant_from: date

        def apply(self, allocation: "Allocation") -> None:
            allocation.dwelling, allocation.vacant_from = self.dwelling, self.vacant_from

    class OrderComputed(Event):
        TOPIC: ClassVar[str] = "allocation.OrderComputed"
        dwelling: UUID
        order: ComputedOrder
        rulebook_version: str

        def apply(self, allocation: "Allocation") -> None:
            computation = Computation(
                order=self.order, rulebook_version=self.rulebook_version, computed_at=self.timestamp
            )
            allocation.computations += (computation,)
            if allocation.agreed is None:
                allocation.state = AllocationState.COMPUTED

    class OrderAgreed(Event):
        """`computation`: index of the computed order it was held against. `differs`: whether it departs from it."""

        TOPIC: ClassVar[str] = "allocation.OrderAgreed"
        dwelling: UUID
        agreed: AgreedOrder
        computation: int
        differs: bool

        def apply(self, allocation: "Allocation") -> None:
            allocation.state, allocation.agreed = AllocationState.AGREED, self.agreed
            allocation.agreed_on_computation = self.computation

    class Offered(Event):
        """`passed_over`: entries ahead in the group's order that had paused or left by then."""

        TOPIC: ClassVar[str] = "allocation.Offered"
        dwelling: UUID
        entry: UUID
        case: CaseId
        person: PersonId
        answer_by: date
        passed_over: tuple[UUID, ...]

        def apply(self, allocation: "Allocation") -> None:
            allocation.state, allocation.offered = AllocationState.OFFERED, (*allocation.offered, self.entry)
            allocation.offer = Offer(entry=self.entry, case=self.case, person=self.person, answer_by=self.answer_by)

    class Accepted(Event):
        TOPIC: ClassVar[str] = "allocation.Accepted"
        dwelling: UUID
        entry: UUID
        case: CaseId
        person: PersonId

        def apply(self, allocation: "Allocation") -> None:
            allocation.state = AllocationState.ACCEPTED

    class Declined(Event):
        """`reason`: code of a `DeclineReason` in the rulebook."""

        TOPIC: ClassVar[str] = "allocation.Declined"
        dwelling: UUID
        entry: UUID
        case: CaseId
        person: PersonId
        reason: str

        def apply(self, allocation: "Allocation") -> None:
            allocation.state, allocation.offer = AllocationState.AGREED, None

    class Lapsed(Event):
        TOPIC: ClassVar[str] = "allocation.Lapsed"
        dwelling: UUID
        entry: UUID
        case: CaseId
        person: PersonId

        def apply(self, allocation: "Allocation") -> None:
            allocation.state, allocation.offer = AllocationState.AGREED, None

    class Withdrawn(Event):
        TOPIC: ClassVar[str] = "allocation.Withdrawn"
        dwelling: UUID
        entry: UUID
        case: CaseId
        person: PersonId
        reason: WithdrawalReason

        def apply(self, allocation: "Allocation") -> None:
            allocation.state, allocation.offer = AllocationState.AGREED, None

    class Closed(Event):
        TOPIC: ClassVar[str] = "allocation.Closed"
        dwelling: UUID
        reason: ClosingReason

        def apply(self, allocation: "Allocation") -> None:
            allocation.state = AllocationState.CLOSED

    def __init__(self) -> None:
        self.dwelling: UUID
        self.vacant_from: date
        self.state = AllocationState.OPENED
        self.computations: tuple[Computation, ...] = ()
        self.agreed: AgreedOrder | None = None
        self.agreed_on_computation: int | None = None
        self.offered: tuple[UUID, ...] = ()
        self.offer: Offer | None = None

    @classmethod
    def open(
        cls, *, id: UUID, dwelling: UUID, vacant_from: date, care_housing: bool, by: By, at: datetime
    ) -> "Allocation":
        """Open the allocation of `dwelling`, vacant from an Oslo date. Care housing is never the group's (M20)."""
        if care_housing:
            raise CareDwellingNotForGroupError()
        return cls.begin(cls.Opened, id=id, by=by, at=at, dwelling=dwelling, vacant_from=vacant_from)

    def compute(self, *, order: ComputedOrder, rulebook_version: str, by: By, at: datetime) -> None:
        """Add a computed order, beside any earlier one. What the group has agreed stands until it agrees anew."""
        self._refuse_unless(AllocationState.OPENED, AllocationState.COMPUTED, AllocationState.AGREED)
        self.record(
            self.OrderComputed, by=by, at=at, dwelling=self.dwelling, order=order, rulebook_version=rulebook_version
        )

    def agree(
        self, *, agreed: AgreedOrder, inhabil: frozenset[EmployeeId], least_units: int = 2, by: By, at: datetime
    ) -> None:
        """Record the order the group agreed on, held against the last computed one. Saksbehandler only.

        `inhabil`: everybody declared inhabil for any of the candidates (B05). `least_units`: what makes "together".
        """
        require_saksbehandler(by)
        if not self.computations:
            raise NothingComputedError()
        if self.offer is not None:
            raise OfferOpenError()
        self._refuse_unless(AllocationState.COMPUTED, AllocationState.AGREED)
        computed = self.computations[-1].order
        refuse_unless_agreed_together(agreed, computed=computed, inhabil=inhabil, least_units=least_units)
        self.record(
            self.OrderAgreed, by=by, at=at, dwelling=self.dwelling, agreed=agreed,
            computation=len(self.computations) - 1, differs=agreed.entries != computed.entries,
        )  # fmt: skip

    def make_offer(
        self, *, entry: UUID, answer_by: date, today: date, gone: frozenset[UUID] = frozenset(), by: By, at: datetime
    ) -> None:
        """Offer the dwelling to the next in the group's order. Saksbehandler only. Dates are Oslo dates.

        `gone`: entries that have paused or left since the group agreed; they are passed over.
        """
        require_saksbehandler(by)
        if self.offer is not None:
            raise OfferOpenError()
        self._refuse_unless(AllocationState.AGREED, error=NothingAgreedError)
        if entry != self.next_in_order(gone=gone):
            raise NotNextInOrderError()
        if answer_by < today:
            raise AnswerDatePassedError()
        standing = self._agreed_on.standing(entry)
        self.record(
            self.Offered, by=by, at=at, dwelling=self.dwelling, entry=entry, case=standing.case,
            person=standing.person, answer_by=answer_by, passed_over=self._ahead_of(entry),
        )  # fmt: skip

    def accept(self, *, by: By, at: datetime) -> None:
        """Record a yes to the open offer. Saksbehandler only."""
        require_saksbehandler(by)
        self._end_offer(self.Accepted, self._open_offer, by, at)

    def decline(self, *, reason: str, known_reasons: frozenset[str], by: By, at: datetime) -> None:
        """Record a no to the open offer, with one of the guidelines' coded reasons. Saksbehandler only."""
        require_saksbehandler(by)
        if reason not in known_reasons:
            raise DeclineReasonMissingError()
        self._end_offer(self.Declined, self._open_offer, by, at, reason=reason)

    def lapse(self, *, today: date, by: By, at: datetime) -> None:
        """Record that the open offer was not answered in time; from the day after `answer_by` (Oslo date)."""
        offer = self._open_offer
        if offer.answer_by >= today:
            raise AnswerDateNotPassedError()
        self._end_offer(self.Lapsed, offer, by, at)

    def withdraw(self, *, reason: WithdrawalReason, by: By, at: datetime) -> None:
        """Take back an offer, open or accepted; the next in order can be asked. Saksbehandler only."""
        require_saksbehandler(by)
        self._end_offer(self.Withdrawn, self._standing_offer, by, at, reason=reason)

    def close(self, *, reason: ClosingReason, by: By, at: datetime) -> None:
        """End the allocation without a lease. Saksbehandler only; an open or accepted offer is withdrawn first."""
        require_saksbehandler(by)
        if self.offer is not None:
            raise OfferOpenError()
        self._refuse_unless(AllocationState.OPENED, AllocationState.COMPUTED, AllocationState.AGREED)
        self.record(self.Closed, by=by, at=at, dwelling=self.dwelling, reason=reason)

    def next_in_order(self, *, gone: frozenset[UUID] = frozenset()) -> UUID | None:
        """The first in the group's order not yet offered and not `gone`; None when nobody is left."""
        entries = self.agreed.entries if self.agreed else ()
        return next((entry for entry in entries if entry not in gone and entry not in self.offered), None)

    @property
    def _agreed_on(self) -> ComputedOrder:
        if self.agreed_on_computation is None:
            raise NothingAgreedError()
        return self.computations[self.agreed_on_computation].order

    @property
    def _open_offer(self) -> Offer:
        if self.state is not AllocationState.OFFERED:
            raise NoOpenOfferError()
        return self._standing_offer

    @property
    def _standing_offer(self) -> Offer:
        if self.offer is None:
            raise NoOpenOfferError()
        return self.offer

    def _end_offer(self, event_class: type[Event], offer: Offer, by: By, at: datetime, **fields: Any) -> None:
        self.record(
            event_class, by=by, at=at, dwelling=self.dwelling, entry=offer.entry, case=offer.case, person=offer.person,
            **fields,
        )  # fmt: skip

    def _ahead_of(self, entry: UUID) -> tuple[UUID, ...]:
        entries = self.agreed.entries if self.agreed else ()
        return tuple(ahead for ahead in entries[: entries.index(entry)] if ahead not in self.offered)

    def _refuse_unless(self, *states: AllocationState, error: type[WrongStateError] = WrongStateError) -> None:
        if self.state not in states:
            raise error()
