"""Vedtak that depart from the group's conclusion, for its next meeting (B08, M13)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.decisions.vedtak_rules import Outcome
from domain.group.meeting import Meeting
from domain.law.rulebook import DecisionSubject
from projections import departing_vedtak
from projections.departing_vedtak import Key
from services.boxes import SealedFields
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.listing import Listing, ViewRow, shown


class DepartureRow(ListRow):
    """A vedtak that departs from the group's conclusion, and why."""

    vedtak: UUID
    case: UUID
    person: UUID
    name: str | None
    subject: DecisionSubject
    outcome: Outcome
    conclusion: UUID
    departs_because: str | None
    issued_on: date
    told_at: UUID | None = Field(description="The meeting that has heard it.")


@query("/meetings/{meeting}/departures", Area.VEDTAK, ReadsEach())
def list_departures(office: Installation, context: Context, _: None, meeting: UUID, asked: Paged) -> Page[DepartureRow]:
    """The vedtak that depart from the group's conclusion, which this meeting has heard of or is to hear of (B08).

    Who was called to the case and is within its consent can read why; where the municipality does not tell its group,
    nothing is listed.
    """
    day = office.case_log.load(Meeting, meeting).day
    with office.views.connect() as connection:
        listing = Listing(
            view="departing_vedtak", needs=InformationKind.VEDTAK, fields=_closed,
            read=lambda reach, after, limit: departing_vedtak.page(
                connection, reach=reach, meeting=meeting, day=day, after=after, limit=limit
            ),
            key=lambda row: Key(row.issued_on, row.vedtak),
            show=lambda row, opened: DepartureRow(**shown(row, opened)),
        )  # fmt: skip
        return page_of(listing.page(office, context, asked.after(Key), asked.limit))


def _closed(row: ViewRow) -> SealedFields:
    return {"name": row.name, "departs_because": row.departs_because}
