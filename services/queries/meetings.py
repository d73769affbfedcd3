"""Meetings and their agendas (M05, M06, M18)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from domain.group.agenda_item import AddedBy, ItemState, Matter
from domain.group.meeting import CalledMember, MeetingState
from domain.refusals import NotFoundError
from projections import agenda, meetings
from projections.meetings import Key
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.gate import ListEntry
from services.installation import Installation
from services.permits import Permit
from services.queries.agenda_items import invited_as, opens_item
from services.queries.answer import Answer, ListRow
from services.queries.listing import Slice, ViewRow, named


class MeetingRow(Answer):
    """One meeting in the calendar. Times are UTC, the day is Oslo's."""

    meeting: UUID
    plan: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str | None
    state: MeetingState
    called: tuple[CalledMember, ...]
    sequence: int = Field(description="Of the calendar entry; one more for every change that was sent out.")


class AgendaRow(ListRow):
    """One thing on the agenda."""

    number: int = Field(description="Its place among what the reader may know of.")
    item: UUID
    matter: Matter
    case: UUID | None
    person: UUID | None = Field(description="Null for a vacancy, and where the case does not open for the reader.")
    name: str | None
    tenancy: UUID | None
    allocation: UUID | None
    added_by: AddedBy
    restricted: bool = Field(description="Only for Service og tildeling: consent is missing (M18).")
    state: ItemState
    settled: bool
    conclusion: UUID | None
    minutes: str = Field(description="missing, written or approved.", examples=["approved"])
    postponed_to: UUID | None


class AgendaView(Answer):
    """A meeting and what stands on its agenda."""

    meeting: MeetingRow
    items: list[AgendaRow]


class AskedMeetings(Paged):
    """From which day the calendar is to show."""

    since: date | None = Field(default=None, description="The first day to show, in Oslo; today when left out.")


@query("/meetings", Area.MEETINGS, ReadsEach())
def list_meetings(office: Installation, context: Context, _: None, asked: AskedMeetings) -> Page[MeetingRow]:
    """The calendar of meetings, soonest first, moved and cancelled ones too (M05, M06).

    No applicant is in it, so everybody may see it.
    """
    since, limit = asked.since or context.today, asked.limit
    with office.views.connect() as connection:
        rows = meetings.calendar(connection, since=since, after=asked.after(Key), limit=limit + 1)
    items = [MeetingRow.model_validate(row) for row in rows[:limit]]
    return page_of(Slice(items, Key(items[-1].day, items[-1].meeting) if len(rows) > limit else None))


@query("/meetings/{meeting}/agenda", Area.MEETINGS, ReadsEach())
def show_agenda(office: Installation, context: Context, _: None, meeting: UUID) -> AgendaView:
    """What stands on the agenda, as far as the caller may know: within consent, without the inhabil (M09, LI1, M18).

    A saksbehandler sees that an item is there, whoever's it is.
    """
    with office.views.connect() as connection:
        found = meetings.one(connection, meeting)
        rows = agenda.of_meeting(connection, meeting)
    if found is None:
        raise NotFoundError
    shown = _opened(office, context, found, rows)
    items = [AgendaRow(**{**values, "number": number}) for number, values in enumerate(shown, start=1)]
    return AgendaView(meeting=MeetingRow.model_validate(found), items=items)


def _opened(office: Installation, context: Context, meeting: ViewRow, rows: Any) -> list[dict[str, Any]]:
    called = any(member.member == context.actor.id for member in meeting.called)
    permits = office.gate.permits(context, [row.case for row in rows if row.case])
    vacancies = office.gate.vacancies(context, [row.item for row in rows if row.case is None])
    inhabil = {case for case, permit in permits.items() if Rule.INHABIL in permit.decision.rules}
    opens = [row for row in rows if row.case and _opens(context, row, permits[row.case], called=called)]
    entries = [ListEntry(row.case, row.person, named(row)) for row in opens]
    opened_list = office.gate.open_list(context, "agenda", entries, permits)
    names = dict(zip((row.item for row in opens), opened_list, strict=True))
    shown: list[dict[str, Any]] = []
    for row in rows:
        if (opened := names.get(row.item)) is not None:
            shown.append({**row._asdict(), **opened.texts, "withheld": opened.closed})
        elif row.case is None:
            if vacancies[row.item].decision.allowed:
                shown.append({**row._asdict(), "name": None})
        elif context.actor.is_saksbehandler and row.case not in inhabil:
            shown.append({**row._asdict(), "person": None, "name": None})
    return shown


def _opens(context: Context, row: ViewRow, permit: Permit, *, called: bool) -> bool:
    """Whether the row opens: being called opens this agenda, an invitation one item, a task or submission none (M03)."""
    as_guest = invited_as(context, row.item, permit)
    decision, identity = permit.decision, InformationKind.IDENTITY
    opens_name = decision.opens_in_case(identity) or (as_guest is not None and decision.opens_by(as_guest, identity))
    if not opens_name or (row.restricted and not context.actor.is_saksbehandler):
        return False
    return (called and Rule.CALLED_AND_CONSENTED in decision.rules) or opens_item(context, row.item, permit)
