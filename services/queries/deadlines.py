"""The deadlines that run, for those who must keep them: Service og tildeling (LH2, LK3, LL6, B08)."""

from datetime import date
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.kinds import InformationKind
from domain.law.deadline_kinds import DeadlineKind
from projections import deadline_rows
from projections.deadline_rows import Key
from services.context import Context
from services.core.asked import Paged
from services.core.duties import SAKSBEHANDLER
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.listing import Listing, Slice, named, shown


class DeadlineRow(ListRow):
    """One deadline."""

    kind: DeadlineKind
    subject: UUID = Field(description="The application, conclusion, vedtak, allocation, tenancy or follow-up.")
    part: str = Field(description="Which of several about one subject; else empty.", examples=["assistance"])
    case: UUID
    person: UUID
    name: str | None
    due_on: date = Field(description="The last day in time, in Oslo.")
    overdue: bool
    ground: str | None = Field(
        description="The paragraph or guideline it stands on.",
        examples=["forvaltningsloven (1967) § 11 a andre og tredje ledd"],
    )


def running_deadlines(
    office: Installation, context: Context, *, kind: DeadlineKind | None, until: date | None, after: Key | None,
    limit: int,
) -> Slice[DeadlineRow]:  # fmt: skip
    """The deadlines in the saksbehandler's cases, overdue ones first."""
    wanted: list[ColumnElement[bool]] = []
    if kind is not None:
        wanted.append(deadline_rows.of_kind(kind))
    if until is not None:
        wanted.append(deadline_rows.due_by(until))
    today, rules = context.today, office.rules(context)
    with office.views.connect() as connection:
        listing = Listing(
            view="deadlines", needs=InformationKind.ASSESSMENT, fields=named,
            read=lambda reach, after, limit: deadline_rows.page(
                connection, *wanted, reach=reach, today=today, after=after, limit=limit
            ),
            key=lambda row: Key(row.due_on, row.kind, row.subject, row.part),
            show=lambda row, opened: DeadlineRow(
                **shown(row, opened), overdue=row.due_on < today, ground=rules.ground_of(row.kind, today)
            ),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


class AskedDeadlines(Paged):
    """Which deadlines."""

    kind: DeadlineKind | None = Field(default=None, description="Only deadlines of this kind.")
    until: date | None = Field(default=None, description="Only those due by this day, in Oslo.")


@query("/deadlines", Area.DEADLINES, ReadsEach(first=SAKSBEHANDLER))
def list_deadlines(office: Installation, context: Context, _: None, asked: AskedDeadlines) -> Page[DeadlineRow]:
    """The deadlines that run in the saksbehandler's cases, overdue ones first (LH2, LK3, LL6, B08)."""
    after = asked.after(Key)
    return page_of(
        running_deadlines(office, context, kind=asked.kind, until=asked.until, after=after, limit=asked.limit)
    )
