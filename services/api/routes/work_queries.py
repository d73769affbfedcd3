"""Reading what is to be done: tasks and deadlines."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from domain.law.deadline_kinds import DeadlineKind
from projections import deadline_rows, task_inbox
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import deadlines, follow_ups, my_day
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
    assignee_left: Annotated[
        bool, Query(description="Only tasks whose assignee has left employment or the group since getting them.")
    ] = False,
) -> Page[follow_ups.FollowUpRow]:
    """The task inbox, overdue tasks first (M15)."""
    after = paging.after(task_inbox.Key)
    return page_of(
        follow_ups.follow_ups(
            look.office, look.context, whose=whose, case=case, after=after, limit=paging.limit,
            assignee_left=assignee_left,
        )
    )  # fmt: skip


@router.get("/follow-ups/escalated", operation_id="list_escalated_follow_ups", tags=["follow-ups"])
def list_escalated_follow_ups(look: Looking, paging: Paged) -> Page[follow_ups.LeaderRow]:
    """For a unit's leader: tasks that are overdue and escalated, or whose assignee has left. No case content (M15)."""
    after = paging.after(task_inbox.Key)
    return page_of(follow_ups.escalated(look.office, look.context, after=after, limit=paging.limit))


@router.get("/deadlines", operation_id="list_deadlines", tags=["deadlines"])
def list_deadlines(
    look: Looking,
    paging: Paged,
    kind: Annotated[DeadlineKind | None, Query(description="Only deadlines of this kind.")] = None,
    until: Annotated[date | None, Query(description="Only those due by this day, in Oslo.")] = None,
) -> Page[deadlines.DeadlineRow]:
    """The deadlines that run in the saksbehandler's cases, overdue ones first (LH2, LK3, LL6, B08)."""
    after = paging.after(deadline_rows.Key)
    return page_of(
        deadlines.running_deadlines(look.office, look.context, kind=kind, until=until, after=after, limit=paging.limit)
    )


@router.get("/my-day", operation_id="show_my_day", tags=["deadlines"])
def show_my_day(look: Looking) -> my_day.MyDay:
    """Everything the saksbehandler has to do, overdue first, each with the next lawful step and the date it is due.

    Deadlines and tasks of the next fortnight, tasks whose assignee has left, leases that end, cases on their way to a
    meeting, and applicants for care housing (M09, M10, M15, M18, M20, LH2-LH9).
    """
    return my_day.my_day(look.office, look.context)
