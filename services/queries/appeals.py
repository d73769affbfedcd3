"""Reading appeals: those that are not over, and one with all that was said in it (LK3–LK8)."""

from datetime import date
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.kinds import InformationKind
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealOutcome, AppealState, SentPaper
from domain.law.rulebook import AppealBodyKind, DecisionSubject
from projections import appeals
from projections.appeals import Key
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import Read, Reads, ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.case_parts import Part
from services.queries.listing import Listing, named, shown
from services.queries.reading import Reading, read_as
from services.versions import version_of


class AppealRow(ListRow):
    """One appeal in the list."""

    appeal: UUID
    vedtak: UUID
    case: UUID
    person: UUID
    name: str | None
    subject: DecisionSubject
    body: AppealBodyKind = Field(description="Who hears it (LK1, LK2, LO2).")
    received_on: date
    state: AppealState
    late: bool = Field(description="Whether it came after the last day (LK3).")
    copied: bool = Field(description="Whether the party has a copy of the municipality's statement (LK6).")
    secretary: UUID | None = Field(description="Who prepares it for the municipality's appeal body (LI4).")
    forwarded_on: date | None
    decided_on: date | None
    outcome: AppealOutcome | None
    awaits_new_vedtak: bool = Field(description="What the body changed or quashed, and no new vedtak is there yet.")


class AppealView(Part):
    """One appeal."""

    appeal: UUID
    vedtak: UUID
    case: UUID
    person: UUID
    subject: DecisionSubject
    body: AppealBodyKind
    body_name: str
    allocation: UUID | None
    received_on: date
    late: bool
    state: AppealState
    grounds: list[str | None]
    accepted_because: str | None
    dismissed_because: str | None
    dismissal_deadline: date | None = Field(description="The last day to appeal a dismissal (LK8).")
    investigation: list[str | None]
    statement: str | None
    copied: bool
    successor: UUID | None = Field(
        description="The new vedtak: a reversal by the municipality (LK6), or what the decision called for (LK7)."
    )
    needs_pool: bool = Field(description="Whether the anonymised pool must go with it (B14).")
    secretary: UUID | None
    members: tuple[UUID, ...]
    forwarded_on: date | None
    sent: tuple[SentPaper, ...] = Field(description="What was sent, each at the version it had.")
    pool_checksum: str | None
    with_assessments: bool | None = Field(description="Whether internal assessments were sent as well (LP2).")
    assessments_because: str | None
    outcome: AppealOutcome | None
    decided_on: date | None
    summary: str | None
    withheld: list[str]


class AskedAppeals(Paged):
    """Which appeals."""

    over: bool = Field(default=False, description="Whether to show those that are over as well.")
    case: UUID | None = Field(default=None, description="Only appeals in this case.")


@query("/appeals", Area.APPEALS, ReadsEach())
def list_appeals(office: Installation, context: Context, _: None, asked: AskedAppeals) -> Page[AppealRow]:
    """The appeals that are not over, and those after which a new vedtak is still to be made, the oldest first."""
    wanted: list[ColumnElement[bool]] = [] if asked.over else [appeals.OPEN]
    if asked.case is not None:
        wanted.append(appeals.of_case(asked.case))
    with office.views.connect() as connection:
        listing = Listing(
            view="appeals", needs=InformationKind.VEDTAK, fields=named,
            read=lambda reach, after, limit: appeals.page(connection, *wanted, reach=reach, after=after, limit=limit),
            key=lambda row: Key(row.received_on, row.recorded_at),
            show=lambda row, opened: AppealRow(**shown(row, opened)),
        )  # fmt: skip
        return page_of(listing.page(office, context, asked.after(Key), asked.limit))


@query("/appeals/{appeal}", Area.APPEALS, Reads(Appeal, purpose="appeal"))
def show_appeal(office: Installation, context: Context, read: Read[Appeal]) -> AppealView:
    """One appeal with its texts, and what was sent to the appeal body (LK6).

    For who may see what vedtak in the case say; a task or submission in it opens none.
    """
    if not read.permit.decision.opens_in_case(InformationKind.VEDTAK):
        office.gate.refuse(context, read.permit, purpose="appeal")
    return read_as(office, context, read.permit, lambda reading: _build(read.subject, reading), purpose="appeal")


def _build(appeal: Appeal, reading: Reading) -> AppealView:
    text, sent = reading.text, appeal.sent
    reading.sees(InformationKind.VEDTAK)
    return AppealView(
        etag=version_of(appeal), appeal=appeal.id, vedtak=appeal.vedtak, case=appeal.case,
        person=appeal.person, subject=appeal.subject, body=appeal.body.kind, body_name=appeal.body.name_nb,
        allocation=appeal.allocation, received_on=appeal.received_on, late=appeal.late, state=appeal.state,
        grounds=[text(each) for each in appeal.grounds], accepted_because=text(appeal.accepted_because),
        dismissed_because=text(appeal.dismissed_because), dismissal_deadline=appeal.dismissal_deadline,
        investigation=[text(each) for each in appeal.investigation], statement=text(appeal.statement),
        copied=appeal.copied, successor=appeal.successor, needs_pool=appeal.needs_pool, secretary=appeal.secretary,
        members=appeal.members, forwarded_on=appeal.forwarded_on, sent=sent.papers if sent else (),
        pool_checksum=sent.pool_checksum if sent else None, with_assessments=sent.with_assessments if sent else None,
        assessments_because=text(appeal.assessments_because), outcome=appeal.outcome, decided_on=appeal.decided_on,
        summary=text(appeal.summary), withheld=reading.withheld,
    )  # fmt: skip
