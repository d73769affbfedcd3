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
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Listing, Slice, ViewRow, shown


class DepartureRow(Answer):
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


def departures_for(
    office: Installation, context: Context, meeting_id: UUID, *, after: Key | None, limit: int
) -> Slice[DepartureRow]:
    """What the meeting has heard of or is to hear of, in the cases that open to the actor. Raises `NotFoundError`."""
    meeting = office.case_log.load(Meeting, meeting_id)
    with office.views.connect() as connection:
        listing = Listing(
            view="departing_vedtak", needs=InformationKind.VEDTAK, fields=_closed,
            read=lambda after, limit: departing_vedtak.page(
                connection, meeting=meeting_id, day=meeting.day, after=after, limit=limit
            ),
            key=lambda row: Key(row.issued_on, row.vedtak),
            show=lambda row, opened: DepartureRow(**shown(row, opened)),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


def _closed(row: ViewRow) -> SealedFields:
    return {"name": row.name, "departs_because": row.departs_because}
