"""The municipality's overview of need, waiting times and outcomes (LR4)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.api.desk import QUERY_ERRORS, Looking
from services.commands.body import Day
from services.queries import overview
from services.queries.overview_csv import overview_csv

router = APIRouter(tags=["overview"], responses=QUERY_ERRORS)


class CsvResponse(Response):
    """A table for a spreadsheet."""

    media_type = "text/csv"


class Wanted:
    """The period asked for."""

    def __init__(
        self,
        first: Annotated[Day | None, Query(alias="from", description="First day; 1 January when left out.")] = None,
        last: Annotated[Day | None, Query(alias="to", description="Last day, included; today when left out.")] = None,
    ) -> None:
        self.first, self.last = first, last


Period = Annotated[Wanted, Depends()]


@router.get("/overview", operation_id="show_overview")
def show_overview(look: Looking, period: Period) -> overview.Overview:
    """Need by kind, household and accessibility, waiting times and outcomes of a period (LR4).

    For saksbehandlere at Service og tildeling, leaders and reviewers, and machines with this scope; to leaders of
    other units without care housing (M20). One to four is shown as `<5`; what would give such a number away as `x`.
    """
    return overview.the_overview(look.office, look.context, period.first, period.last)


@router.get("/overview.csv", operation_id="export_overview", response_class=CsvResponse)
def export_overview(look: Looking, period: Period) -> CsvResponse:
    """The same figures for a spreadsheet: UTF-8 with byte order mark, semicolons, bokmål, no cell a formula (LR4, R12)."""
    table = overview_csv(overview.the_overview(look.office, look.context, period.first, period.last))
    headers = {"Content-Disposition": 'attachment; filename="oversikt.csv"', "Cache-Control": "no-store"}
    return CsvResponse(table, headers=headers)
