"""Appeals to their end, and demands for reasons (LK3–LK8, LI4, LW1, B14)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from projections.appeals import Key
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.api.problems import answers
from services.queries import appeal_package, appeals
from services.queries import reasons as reasons_read

router = APIRouter(tags=["appeals"])
CREATED = status.HTTP_201_CREATED


@router.get("/appeals", operation_id="list_appeals", responses=QUERY_ERRORS)
def list_appeals(
    look: Looking,
    paging: Annotated[Paging, Depends()],
    over: Annotated[bool, Query(description="Whether to show those that are over as well.")] = False,
    case: Annotated[UUID | None, Query(description="Only appeals in this case.")] = None,
) -> Page[appeals.AppealRow]:
    """The appeals that are not over, and those after which a new vedtak is still to be made, the oldest first."""
    after = paging.after(Key)
    return page_of(
        appeals.all_appeals(look.office, look.context, over=over, case=case, after=after, limit=paging.limit)
    )


@router.get("/appeals/{appeal}", operation_id="show_appeal", responses=QUERY_ERRORS)
def show_appeal(appeal: UUID, look: Looking, response: Response) -> appeals.AppealView:
    """One appeal with its texts, and what was sent to the appeal body (LK6)."""
    answer = appeals.appeal(look.office, look.context, appeal)
    response.headers["ETag"] = answer.etag
    return answer


@router.get("/appeals/{appeal}/pool", operation_id="show_appeal_pool", responses={**QUERY_ERRORS, **answers(409)})
def show_appeal_pool(appeal: UUID, look: Looking) -> appeal_package.PoolView:
    """Everybody who stood on the waiting list when it was decided, without names, by that day's guidelines (B14).

    The log is replayed to that moment, so the pool is the same whenever it is asked for.
    """
    return appeal_package.pool(look.office, look.context, appeal)


@router.get("/appeals/{appeal}/package", operation_id="export_appeal", responses={**QUERY_ERRORS, **answers(409)})
def export_appeal(appeal: UUID, look: Looking) -> appeal_package.PackageView:
    """What was forwarded, for the appeal body or its secretary, who gets nothing live (LI4). Logged as an export.

    Facts from the minutes are in it; internal assessments only when that was chosen and why was recorded (LP2).
    """
    return appeal_package.package(look.office, look.context, appeal)


@router.get("/reasons-demands/{reasons_demand}", operation_id="show_reasons_demand", responses=QUERY_ERRORS)
def show_reasons_demand(reasons_demand: UUID, look: Looking, response: Response) -> reasons_read.ReasonsDemandView:
    """One demand, and the time to appeal as it stands because of it (LK5, LW1)."""
    answer = reasons_read.reasons_demand(look.office, look.context, reasons_demand)
    response.headers["ETag"] = answer.etag
    return answer
