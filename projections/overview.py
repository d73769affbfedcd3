"""What the municipality's overview of need is counted from (LR4): one short row each for what was applied for, decided,
offered and let. Nobody's name is here, and an answer never says whose row it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Row,
    String,
    Table,
    Uuid,
    delete,
    func,
    select,
    update,
)

from domain.base import Event
from domain.cases.application import Application
from domain.cases.application_content import ContentPart
from domain.cases.application_events import Corrected
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import Vedtak
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from domain.law.deadlines import oslo_date
from domain.statistics.need import HouseholdType
from projections.rows import add, change, remove
from projections.view import METADATA, Source, View

NEEDS = Table(
    "overview_needs",
    METADATA,
    Column("application", Uuid, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("received_on", Date, nullable=False, index=True),
    Column("household", String, nullable=False),
    Column("lift", Boolean, nullable=False),
    Column("step_free", Boolean, nullable=False),
    Column("adapted", Boolean, nullable=False),
    Column("answered_on", Date, index=True),
)
"""One thing applied for. What was forwarded, or turned out to be registered twice, is no need of its own."""

VEDTAK = Table(
    "overview_vedtak",
    METADATA,
    Column("vedtak", Uuid, primary_key=True),
    Column("subject", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("issued_on", Date, nullable=False, index=True),
)
"""Vedtak that have not been replaced."""

OFFERS = Table(
    "overview_offers",
    METADATA,
    Column("allocation", Uuid, primary_key=True),
    Column("entry", Uuid, primary_key=True),
    Column("offered_on", Date, nullable=False, index=True),
    Column("answer", String, nullable=False),
)

PLACES = Table(
    "overview_places",
    METADATA,
    Column("entry", Uuid, primary_key=True),
    Column("registered_on", Date, nullable=False),
    Column("housed_on", Date, index=True),
)
"""Places on the waiting list, and when a lease ended the wait."""

LEASES = Table(
    "overview_leases",
    METADATA,
    Column("tenancy", Uuid, primary_key=True),
    Column("starts_on", Date, nullable=False, index=True),
    Column("way", String, nullable=False),
)

Counted = Row[*tuple[Any, ...]]
DISMISSED = "dismiss"
OPEN = "open"


@dataclass(frozen=True)
class Period:
    """The Oslo dates an overview is about, both included."""

    first: date
    last: date

    def holds(self, column: Column[Any]) -> ColumnElement[bool]:
        return column.between(self.first, self.last)


def apply(connection: Connection, event: Event, _position: int) -> None:
    _applications(connection, event)
    _decisions(connection, event)
    _housing(connection, event)


def _applications(connection: Connection, event: Event) -> None:
    match event:
        case Application.Received():
            content = event.content
            for kind in dict.fromkeys(event.kinds):
                add(
                    connection, NEEDS, application=event.originator_id, kind=kind, received_on=event.received_on,
                    household=HouseholdType.of(content.household), lift=content.wishes.lift,
                    step_free=content.wishes.step_free, adapted=content.adaptations is not None,
                )  # fmt: skip
        case Application.Corrected():
            _corrected(connection, event)
        case Application.DuplicateJoined() | Application.ReceivedDateCorrected():
            change(connection, NEEDS, event.originator_id, received_on=event.counts_from)
        case Application.FoundDuplicate():
            remove(connection, NEEDS, event.originator_id)
        case Application.Forwarded():
            forwarded = NEEDS.c.kind.in_(event.kinds)
            connection.execute(delete(NEEDS).where(NEEDS.c.application == event.originator_id, forwarded))
        case Application.Answered():
            answered = (NEEDS.c.application == event.originator_id, NEEDS.c.kind == event.kind)
            connection.execute(update(NEEDS).where(*answered).values(answered_on=oslo_date(event.timestamp)))


def _corrected(connection: Connection, event: Corrected) -> None:
    right = event.right
    if right.household is not None:
        change(connection, NEEDS, event.originator_id, household=HouseholdType.of(right.household))
    if right.wishes is not None:
        change(connection, NEEDS, event.originator_id, lift=right.wishes.lift, step_free=right.wishes.step_free)
    if event.part is ContentPart.ADAPTATIONS:
        change(connection, NEEDS, event.originator_id, adapted=right.adaptations is not None)


def _decisions(connection: Connection, event: Event) -> None:
    match event:
        case Vedtak.Issued():
            dismissed = event.ground.without_group is WithoutGroupGround.FORMALLY_DISMISSED
            outcome = DISMISSED if dismissed else event.outcome
            add(
                connection, VEDTAK, vedtak=event.originator_id, subject=event.subject, outcome=outcome,
                issued_on=event.issued_on,
            )  # fmt: skip
        case Vedtak.Replaced():
            remove(connection, VEDTAK, event.originator_id)


def _housing(connection: Connection, event: Event) -> None:
    match event:
        case Allocation.Offered():
            day = oslo_date(event.timestamp)
            add(connection, OFFERS, allocation=event.originator_id, entry=event.entry, offered_on=day, answer=OPEN)
        case Allocation.Accepted() | Allocation.Declined() | Allocation.Lapsed() | Allocation.Withdrawn():
            _answered(connection, event.originator_id, event.entry, type(event).__name__.lower())
        case WaitingListEntry.Entered():
            add(connection, PLACES, entry=event.originator_id, registered_on=event.registered_on)
        case WaitingListEntry.Left(reason=LeavingReason.LEASE):
            change(connection, PLACES, event.originator_id, housed_on=oslo_date(event.timestamp))
        case Tenancy.LeaseTakenOver():
            pass  # nothing is let anew: the lease goes on for another tenant (LL10)
        case Tenancy.LeaseSigned():
            way = "care_housing" if event.care_housing else "allocated" if event.allocation else "registered"
            add(connection, LEASES, tenancy=event.originator_id, starts_on=event.terms.starts_on, way=way)


def _answered(connection: Connection, allocation: UUID, entry: UUID, answer: str) -> None:
    offer = (OFFERS.c.allocation == allocation, OFFERS.c.entry == entry)
    connection.execute(update(OFFERS).where(*offer).values(answer=answer))


VIEW = View("overview", "1", Source.CASE_LOG, (NEEDS, VEDTAK, OFFERS, PLACES, LEASES), apply)


def needs(connection: Connection, period: Period) -> Sequence[Counted]:
    """How many applied for what in the period, by kind, household and what the dwelling has to be like."""
    by = (NEEDS.c.kind, NEEDS.c.household, NEEDS.c.lift, NEEDS.c.step_free, NEEDS.c.adapted)
    return _counted(connection, by, period.holds(NEEDS.c.received_on))


def outcomes(connection: Connection, period: Period) -> Sequence[Counted]:
    """How many vedtak were issued in the period, by subject and outcome."""
    return _counted(connection, (VEDTAK.c.subject, VEDTAK.c.outcome), period.holds(VEDTAK.c.issued_on))


def offers(connection: Connection, period: Period) -> Sequence[Counted]:
    """How many offers were made in the period, by what became of them since."""
    return _counted(connection, (OFFERS.c.answer,), period.holds(OFFERS.c.offered_on))


def leases(connection: Connection, period: Period) -> Sequence[Counted]:
    """How many leases began in the period, by the way to them."""
    return _counted(connection, (LEASES.c.way,), period.holds(LEASES.c.starts_on))


def answers(connection: Connection, period: Period) -> Sequence[Counted]:
    """For what was answered in the period: its kind, when it was applied for and when it was answered."""
    columns = (NEEDS.c.kind, NEEDS.c.received_on, NEEDS.c.answered_on)
    return connection.execute(select(*columns).where(period.holds(NEEDS.c.answered_on))).all()


def housed(connection: Connection, period: Period) -> Sequence[Counted]:
    """For whoever left the waiting list with a lease in the period: when they were registered, and when they left."""
    columns = (PLACES.c.registered_on, PLACES.c.housed_on)
    return connection.execute(select(*columns).where(period.holds(PLACES.c.housed_on))).all()


def _counted(connection: Connection, by: tuple[Column[Any], ...], condition: ColumnElement[bool]) -> Sequence[Counted]:
    return connection.execute(select(*by, func.count().label("number")).where(condition).group_by(*by)).all()
