"""Reading which vedtak depart from the conclusion (B08)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from projections.departing_vedtak import Key
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import departing_vedtak

router = APIRouter(responses=QUERY_ERRORS, tags=["vedtak"])
Paged = Annotated[Paging, Depends()]


@router.get("/meetings/{meeting}/departures", operation_id="list_departures")
def list_departures(meeting: UUID, look: Looking, paging: Paged) -> Page[departing_vedtak.DepartureRow]:
    """The vedtak that depart from the group's conclusion, which this meeting has heard of or is to hear of (B08).

    Who was called to the case and is within its consent can read why; where the municipality does not tell its group,
    nothing is listed.
    """
    after = paging.after(Key)
    return page_of(departing_vedtak.departures_for(look.office, look.context, meeting, after=after, limit=paging.limit))
