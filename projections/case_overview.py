"""The cases: who is responsible, how far each has come, and what it still lacks (M01, M09, M10, M20)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    select,
    true,
    update,
)

from domain.base import Event
from domain.cases.application import Application
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.cases.consent_facts import ConsentState
from domain.cases.pre_assessment import PreAssessment
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import oslo_date
from projections import absences, people
from projections.columns import Json
from projections.deadline_rows import next_deadline
from projections.reach import Reach
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View


class Stage(StrEnum):
    """The last milestone a case has passed."""

    OPENED = "opened"
    SUBMITTED = "submitted"
    PRE_ASSESSED = "pre_assessed"
    ON_AGENDA = "on_agenda"
    OFF_AGENDA = "off_agenda"
    DISCUSSED = "discussed"
    CONCLUDED = "concluded"
    DECIDED = "decided"
    NOTIFIED = "notified"
    WAITING = "waiting"
    OFFERED = "offered"
    HOUSED = "housed"
    CLOSED = "closed"


TABLE = Table(
    "case_overview",
    METADATA,
    Column("case", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("care_housing", Boolean, nullable=False),
    Column("tenancy", Uuid),
    Column("responsible", Uuid, index=True),
    Column("stage", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("consent_expires_on", Date),
    Column("pre_assessed", Boolean, nullable=False),
    Column("submitted", Boolean, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("kinds", Json(tuple[str, ...]), nullable=False),
    Column("received_on", Date),
    Column("without_group", String),
    Column("meeting", Uuid),
    Column("conclusion", Uuid),
    Column("closed_because", String),
    Index("case_overview_newest", "opened_on", "case"),
)
"""`submitted`: somebody at the table wants it discussed. `waiting`: how many applications in it are still to be answered.

`opened_on`: Oslo date. `kinds`, `received_on`: of the latest application. `meeting`: where it is or was last up."""


class Key(NamedTuple):
    """Where a page ends."""

    opened_on: date
    case: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:  # noqa: C901  (a view is one match)
    match event:
        case Case.Opened():
            _open(connection, event)
        case Case.ResponsibilityAssigned():
            change(connection, TABLE, event.originator_id, responsible=event.responsible)
        case Case.SubmittedToGroup():
            change(connection, TABLE, event.originator_id, stage=Stage.SUBMITTED, submitted=True)
        case Case.DecidedWithoutGroup():
            change(connection, TABLE, event.originator_id, without_group=event.ground)
        case Case.Closed():
            change(connection, TABLE, event.originator_id, stage=Stage.CLOSED, closed_because=event.reason)
        case Application.Received():
            one_more = TABLE.c.waiting + 1
            change(connection, TABLE, event.case, kinds=event.kinds, received_on=event.received_on, waiting=one_more)
        case (
            Application.Withdrawn() | Application.FoundDuplicate() | Application.PartWithdrawn(left=())
            | Application.Forwarded(left=())
        ):  # fmt: skip
            change(connection, TABLE, event.case, waiting=TABLE.c.waiting - 1)
        case Application.ReceivedDateCorrected():
            shown = (TABLE.c.case == event.case) & (TABLE.c.received_on == event.was)
            connection.execute(update(TABLE).where(shown).values(received_on=event.received_on))
        case Consent.Given() | Consent.Refused() | Consent.Withdrawn() | Consent.Expired():
            _consent(connection, event)
        case PreAssessment.Completed():
            change(connection, TABLE, event.case, pre_assessed=True, stage=Stage.PRE_ASSESSED)
        case PreAssessment.Reopened():
            change(connection, TABLE, event.case, pre_assessed=False)
        case AgendaItem.Added() if event.case:
            change(connection, TABLE, event.case, stage=Stage.ON_AGENDA, meeting=event.meeting)
        case AgendaItem.Removed() if event.case:
            change(connection, TABLE, event.case, stage=Stage.OFF_AGENDA, meeting=None)
        case AgendaItem.DiscussionClosed() if event.case:
            change(connection, TABLE, event.case, stage=Stage.DISCUSSED)
        case Conclusion.Reached():
            change(connection, TABLE, event.case, stage=Stage.CONCLUDED, conclusion=event.originator_id)
        case _:
            _after_conclusion(connection, event)


def _after_conclusion(connection: Connection, event: Event) -> None:
    match event:
        case Vedtak.Issued():
            change(connection, TABLE, event.case, stage=Stage.DECIDED)
        case Vedtak.Notified():
            change(connection, TABLE, event.case, stage=Stage.NOTIFIED)
        case WaitingListEntry.Entered() | Allocation.Declined() | Allocation.Lapsed() | Allocation.Withdrawn():
            change(connection, TABLE, event.case, stage=Stage.WAITING)
        case Allocation.Offered():
            change(connection, TABLE, event.case, stage=Stage.OFFERED)
        case Tenancy.LeaseSigned() | Tenancy.LeaseExtended():
            change(connection, TABLE, event.case, stage=Stage.HOUSED)


def _consent(
    connection: Connection, event: Consent.Given | Consent.Refused | Consent.Withdrawn | Consent.Expired
) -> None:
    match event:
        case Consent.Given():
            given = {"consent": ConsentState.GIVEN, "consent_expires_on": event.expires_on}
            change(connection, TABLE, event.case, **given)
        case Consent.Refused():
            change(connection, TABLE, event.case, consent=ConsentState.REFUSED, consent_expires_on=None)
        case Consent.Withdrawn():
            change(connection, TABLE, event.case, consent=ConsentState.WITHDRAWN, consent_expires_on=None)
        case Consent.Expired():
            change(connection, TABLE, event.case, consent=ConsentState.EXPIRED)


def _open(connection: Connection, event: Case.Opened) -> None:
    add(
        connection, TABLE, case=event.originator_id, person=event.person, opened_by=event.opened_by,
        opened_on=oslo_date(event.happened_at), care_housing=event.care_housing, tenancy=event.tenancy,
        stage=Stage.OPENED, consent=ConsentState.ASKED, pre_assessed=False, submitted=False, waiting=0, kinds=(),
    )  # fmt: skip


VIEW = View("case_overview", "3", Source.CASE_LOG, (TABLE,), apply)

OPEN: ColumnElement[bool] = TABLE.c.stage != Stage.CLOSED


def page(
    connection: Connection, *wanted: ColumnElement[bool], reach: Reach, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """The cases that are `wanted` and within reach, the newest first. Every row is about its whole case, and so the reader's own."""
    columns = (TABLE.c.opened_on, TABLE.c.case)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    registered = (people.TABLE.c.registered_name, people.TABLE.c.registered_by)
    query = (
        select(TABLE, people.TABLE.c.name, next_deadline(TABLE.c.case), *registered)
        .select_from(named)
        .where(*wanted)
        .limit(limit)
    )
    query = query.where(reach.of(connection, TABLE.c.case, own=true()))
    query = query.order_by(*(column.desc() for column in columns))
    return connection.execute(query.where(beyond(columns, after, descending=True)) if after else query).all()


def is_had_by(employee: UUID, day: date) -> ColumnElement[bool]:
    """Whether the case is the employee's on that Oslo date, her own or as stand-in."""
    return absences.has(TABLE.c.responsible, employee, day)


def is_had_by_nobody(day: date) -> ColumnElement[bool]:
    """Whether nobody who is at work on that Oslo date has the case."""
    return absences.nobody_has(TABLE.c.responsible, day)


def has_nothing_left(row: Row[Any]) -> bool:
    """Whether a case that an application began has nothing more to answer, and nobody wants it discussed (LH4)."""
    return row.opened_by == OpenedBy.APPLICATION and bool(row.kinds) and row.waiting == 0 and not row.submitted


def is_care_housing(wanted: bool) -> ColumnElement[bool]:
    return TABLE.c.care_housing.is_(wanted)
