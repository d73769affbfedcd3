"""Reading what is to be done: tasks and deadlines."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from projections import deadlines as deadlines_view
from projections import task_inbox
from projections.deadlines import DeadlineKind
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import deadlines, follow_ups
from services.queries.cases import Whose

router = APIRouter(responses=QUERY_ERRORS)
Paged = Annotated[Paging, Depends()]


@router.get("/follow-ups", operation_id="list_follow_ups", tags=["follow-ups"])
def list_follow_ups(
    look: Looking,
    paging: Paged,
    whose: Annotated[
        Whose, Query(description="One's own tasks that are in force, or all open ones in the cases one may see.")
    ] = Whose.MINE,
    case: Annotated[UUID | None, Query(description="Only tasks in this case.")] = None,
) -> Page[follow_ups.FollowUpRow]:
    """The task inbox, overdue tasks first (M15)."""
    after = paging.after(task_inbox.Key)
    return page_of(
        follow_ups.follow_ups(look.office, look.context, whose=whose, case=case, after=after, limit=paging.limit)
    )


@router.get("/deadlines", operation_id="list_deadlines", tags=["deadlines"])
def list_deadlines(
    look: Looking,
    paging: Paged,
    kind: Annotated[DeadlineKind | None, Query(description="Only deadlines of this kind.")] = None,
    until: Annotated[date | None, Query(description="Only those due by this day, in Oslo.")] = None,
) -> Page[deadlines.DeadlineRow]:
    """The deadlines that run in the saksbehandler's cases, overdue ones first (LH2, LK3, LL6, B08)."""
    after = paging.after(deadlines_view.Key)
    return page_of(
        deadlines.running_deadlines(look.office, look.context, kind=kind, until=until, after=after, limit=paging.limit)
    )
