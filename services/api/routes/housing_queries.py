"""Reading dwellings, allocations and leases."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from domain.housing.dwelling import DwellingState
from projections import dwellings as dwellings_view
from projections import leases_ending
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.api.problems import answers
from services.queries import allocations, dwellings, leases

router = APIRouter(responses=QUERY_ERRORS)
Paged = Annotated[Paging, Depends()]


@router.get("/dwellings", operation_id="list_dwellings", tags=["dwellings"])
def list_dwellings(
    look: Looking,
    paging: Paged,
    state: Annotated[DwellingState | None, Query(description="Only dwellings in this state.")] = None,
) -> Page[dwellings.DwellingRow]:
    """The municipality's dwellings by area; care housing to Service og tildeling only (M20)."""
    after = paging.after(dwellings_view.Key)
    return page_of(dwellings.all_dwellings(look.office, look.context, state=state, after=after, limit=paging.limit))


@router.get("/allocations/{allocation}", operation_id="show_allocation", tags=["allocations"])
def show_allocation(allocation: UUID, look: Looking, response: Response) -> allocations.AllocationView:
    """The computed order with its reasons, the group's beside it, and the offers (M14, B07)."""
    answer = allocations.allocation(look.office, look.context, allocation)
    response.headers["ETag"] = answer.etag
    return answer


@router.get(
    "/allocations/{allocation}/comparison",
    operation_id="compare_candidates",
    tags=["allocations"],
    responses=answers(409),
)
def compare_candidates(
    allocation: UUID,
    look: Looking,
    a: Annotated[UUID, Query(description="One waiting list entry.")],
    b: Annotated[UUID, Query(description="Another one.")],
) -> allocations.Comparison:
    """Why one stands before the other, and what would swap them (B06)."""
    return allocations.comparison(look.office, look.context, allocation, a, b)


@router.get("/leases-ending", operation_id="list_leases_ending", tags=["tenancies"])
def list_leases_ending(look: Looking, paging: Paged) -> Page[leases.LeaseRow]:
    """Leases within six months of their end, whether or not an extension was applied for (M18)."""
    after = paging.after(leases_ending.Key)
    return page_of(leases.ending(look.office, look.context, after=after, limit=paging.limit))


@router.get("/tenancies/{tenancy}", operation_id="show_tenancy", tags=["tenancies"])
def show_tenancy(tenancy: UUID, look: Looking, response: Response) -> leases.TenancyView:
    """One tenancy: where, until when, and what was agreed (M19, LL1-LL6)."""
    answer = leases.tenancy(look.office, look.context, tenancy)
    response.headers["ETag"] = answer.etag
    return answer
