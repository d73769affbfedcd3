"""Reading the access log and the deliveries."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from domain.delivery import DeliveryState
from projections import access_log, deliveries
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import logs

router = APIRouter(responses=QUERY_ERRORS)
Paged = Annotated[Paging, Depends()]


@router.get("/access-log", operation_id="list_accesses", tags=["reviews"])
def list_accesses(
    look: Looking,
    paging: Paged,
    case: Annotated[UUID | None, Query(description="Only what is about this case.")] = None,
) -> Page[logs.AccessRow]:
    """Who saw, was told or was refused what, the newest first; for reviewers (C05, M08)."""
    after = paging.after(access_log.Key)
    return page_of(logs.accesses(look.office, look.context, case=case, after=after, limit=paging.limit))


@router.get("/deliveries", operation_id="list_deliveries", tags=["deliveries"])
def list_deliveries(
    look: Looking,
    paging: Paged,
    state: Annotated[DeliveryState | None, Query(description="Only deliveries in this state.")] = None,
) -> Page[logs.DeliveryRow]:
    """Messages and what became of them, the newest due first; also those of which nobody knows (D8)."""
    after = paging.after(deliveries.Key)
    return page_of(logs.sent_and_unsent(look.office, look.context, state=state, after=after, limit=paging.limit))
