"""Reading meetings, agendas and minutes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from projections.meetings import Key
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import agenda_items, meetings, suggestions

router = APIRouter(tags=["meetings"], responses=QUERY_ERRORS)


@router.get("/meetings", operation_id="list_meetings")
def list_meetings(
    look: Looking,
    paging: Annotated[Paging, Depends()],
    since: Annotated[date | None, Query(description="The first day to show, in Oslo; today when left out.")] = None,
) -> Page[meetings.MeetingRow]:
    """The calendar of meetings, soonest first, moved and cancelled ones too (M05, M06). No applicant is in it."""
    return page_of(
        meetings.calendar(look.office, look.context, since=since, after=paging.after(Key), limit=paging.limit)
    )


@router.get("/meetings/{meeting}/agenda", operation_id="show_agenda")
def show_agenda(meeting: UUID, look: Looking) -> meetings.AgendaView:
    """What stands on the agenda, as far as the caller may know: within consent, without the inhabil (M09, LI1, M18)."""
    return meetings.agenda_of(look.office, look.context, meeting)


@router.get("/meetings/{meeting}/suggestions", operation_id="list_suggestions")
def list_suggestions(meeting: UUID, look: Looking) -> suggestions.Suggestions:
    """What by rule belongs on the agenda and is on none, with what each still lacks (M04, M10, M14, M16–M19)."""
    return suggestions.suggestions(look.office, look.context, meeting)


@router.get("/agenda-items/{item}", operation_id="show_agenda_item")
def show_agenda_item(item: UUID, look: Looking, response: Response) -> agenda_items.ItemView:
    """One item: who was in the room, conclusion, tasks and minutes (M07, M08). A guest's ends with approval (M03)."""
    answer = agenda_items.agenda_item(look.office, look.context, item)
    response.headers["ETag"] = answer.etag
    return answer
