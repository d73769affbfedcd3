"""Reading cases."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from projections.case_overview import Key
from services.api.desk import QUERY_ERRORS, Looking
from services.api.paging import Page, Paging, page_of
from services.queries import case as one_case
from services.queries import cases, possible_duplicates
from services.queries.cases import WhoseCases

router = APIRouter(tags=["cases"], responses=QUERY_ERRORS)


@router.get("/cases", operation_id="list_cases")
def list_cases(
    look: Looking,
    paging: Annotated[Paging, Depends()],
    whose: Annotated[
        WhoseCases,
        Query(description="For a saksbehandler: her own cases, all she may see, or those nobody is responsible for."),
    ] = WhoseCases.MINE,
    care_housing: Annotated[bool | None, Query(description="Only cases about care housing, or none of them.")] = None,
    closed: Annotated[bool, Query(description="Whether to show closed cases too.")] = False,
) -> Page[cases.CaseRow]:
    """The cases that the caller may see, the newest first. Care housing only at Service og tildeling (M20)."""
    return page_of(
        cases.cases(
            look.office, look.context, whose=whose, care_housing=care_housing, closed=closed, after=paging.after(Key),
            limit=paging.limit,
        )
    )  # fmt: skip


@router.get("/cases/{case}", operation_id="show_case")
def show_case(case: UUID, look: Looking, response: Response) -> one_case.CaseView:
    """One case as the caller may see it: application, consent, pre-assessment, conclusion, vedtak. Logged (D3)."""
    answer = one_case.case(look.office, look.context, case)
    response.headers["ETag"] = answer.etag
    return answer


@router.get("/cases/{case}/possible-duplicates", operation_id="list_possible_duplicates")
def list_possible_duplicates(case: UUID, look: Looking) -> list[possible_duplicates.PossibleDuplicate]:
    """Other requests of the same person that wait for an answer, and other open cases, as far as the caller may know.

    Of a colleague's case a saksbehandler sees that it exists; care housing stays with Service og tildeling (M20, LH4).
    """
    return possible_duplicates.possible_duplicates(look.office, look.context, case)
