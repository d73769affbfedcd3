"""Care housing: what every open applicant needs, of housing and of health and care services, and who waits for a place (M20, LO1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    select,
    update,
)

from domain.base import Event
from domain.care.dialogue import CareDialogue
from domain.care.needs import CareNeeds, CareService, NeedsBecauseOf
from domain.cases.application import Application
from domain.cases.case import Case
from domain.decisions.hearing import Hearing
from domain.decisions.vedtak import Vedtak
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from projections import absences, people
from projections.columns import Json, SealedText
from projections.reach import Reach
from projections.rows import add, beyond, change, remove
from projections.view import METADATA, Source, View

UNMAPPED = -1
"""Before the most urgent: nobody knows how urgent it is."""

TABLE = Table(
    "care_housing",
    METADATA,
    Column("case", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("received_on", Date),
    Column("responsible", Uuid),
    Column("housing", String),
    Column("because_of", Json(tuple[NeedsBecauseOf, ...]), nullable=False),
    Column("services", Json(tuple[CareService, ...]), nullable=False),
    Column("urgency", String),
    Column("urgency_order", Integer, nullable=False),
    Column("step_free", Boolean),
    Column("about_housing", SealedText("housing.care")),
    Column("about_services", SealedText("health.care")),
    Column("open_questions", Integer, nullable=False),
    Column("unheard", Boolean, nullable=False),
    Column("outcome", String),
    Column("awaits_place_since", Date),
)
"""One row for each open case about care housing. Dates are Oslo dates. `outcome`: of the latest vedtak.

`unheard`: another unit has told something that is not put to the applicant (LH6).

What is needed is null until it is mapped.
"""


class Key(NamedTuple):
    """Where a page ends."""

    urgency_order: int
    opened_on: date
    case: UUID


class PlaceKey(NamedTuple):
    """Where a page of the waiting list ends."""

    urgency_order: int
    awaits_place_since: date
    case: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    match event:
        case Case.Opened() if event.care_housing:
            add(
                connection, TABLE, case=event.originator_id, person=event.person,
                opened_on=oslo_date(event.happened_at), because_of=(), services=(), urgency_order=UNMAPPED,
                open_questions=0, unheard=False,
            )  # fmt: skip
        case Case.ResponsibilityAssigned():
            change(connection, TABLE, event.originator_id, responsible=event.responsible)
        case Case.Closed():
            remove(connection, TABLE, event.originator_id)
        case Application.Received():
            change(connection, TABLE, event.case, received_on=event.received_on)
        case Application.ReceivedDateCorrected():
            shown = (TABLE.c.case == event.case) & (TABLE.c.received_on == event.was)
            connection.execute(update(TABLE).where(shown).values(received_on=event.received_on))
        case CareNeeds.Mapped() | CareNeeds.Revised():
            _map(connection, event)
        case CareNeeds.PlaceAwaited():
            change(connection, TABLE, event.case, awaits_place_since=event.since)
        case CareNeeds.PlaceNoLongerAwaited():
            change(connection, TABLE, event.case, awaits_place_since=None)
        case Vedtak.Issued(subject=DecisionSubject.CARE_HOUSING):
            change(connection, TABLE, event.case, outcome=event.outcome)
        case _:
            _talk(connection, event)


def _talk(connection: Connection, event: Event) -> None:
    """What other units are asked and answer, and whether the applicant has heard of it (M20, LH6)."""
    match event:
        case CareDialogue.InputAsked():
            _count_question(connection, event.case, 1)
        case CareDialogue.InputGiven() | CareDialogue.QuestionWithdrawn():
            _count_question(connection, event.case, -1)
        case Hearing.OthersTold():
            change(connection, TABLE, event.case, unheard=True)
        case Hearing.FactsPutToApplicant() | Hearing.ExceptionRecorded():
            change(connection, TABLE, event.case, unheard=False)


def _map(connection: Connection, event: CareNeeds.Mapped | CareNeeds.Revised) -> None:
    found = event.found
    change(
        connection, TABLE, event.case, housing=found.housing, because_of=found.because_of, services=found.services,
        urgency=found.urgency, urgency_order=found.urgency.order, step_free=found.step_free,
        about_housing=event.about_housing, about_services=event.about_services,
    )  # fmt: skip


def _count_question(connection: Connection, case: UUID, more: int) -> None:
    counted = TABLE.c.open_questions + more
    connection.execute(update(TABLE).where(TABLE.c.case == case).values(open_questions=counted))


VIEW = View("care_housing", "1", Source.CASE_LOG, (TABLE,), apply)


def page(
    connection: Connection, *wanted: ColumnElement[bool], reach: Reach, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """Those `wanted` of who applies, within reach: those whose needs nobody has mapped first, then the most urgent."""
    return _page(connection, Key._fields, wanted, reach, after, limit)


def waiting(connection: Connection, *, reach: Reach, after: PlaceKey | None, limit: int) -> Sequence[Row[Any]]:
    """Who waits for a place with care day and night, within reach: the most urgent first, then who has waited longest (LO1)."""
    return _page(connection, PlaceKey._fields, [TABLE.c.awaits_place_since.is_not(None)], reach, after, limit)


def is_had_by(employee: UUID, day: date) -> ColumnElement[bool]:
    """Whether the case is the employee's on that Oslo date, her own or as stand-in."""
    return absences.has(TABLE.c.responsible, employee, day)


def everybody(connection: Connection) -> Sequence[Row[Any]]:
    """What each applicant needs, as codes, to count."""
    counted: Sequence[Column[Any]] = (
        TABLE.c.housing,
        TABLE.c.because_of,
        TABLE.c.services,
        TABLE.c.urgency,
        TABLE.c.awaits_place_since,
    )
    return connection.execute(select(*counted)).all()


def _page(
    connection: Connection,
    order: Sequence[str],
    wanted: Sequence[ColumnElement[bool]],
    reach: Reach,
    after: Key | PlaceKey | None,
    limit: int,
) -> Sequence[Row[Any]]:
    columns = [TABLE.c[name] for name in order]
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name).select_from(named).order_by(*columns).limit(limit)
    query = query.where(*wanted, reach.of(connection, TABLE.c.case))
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
