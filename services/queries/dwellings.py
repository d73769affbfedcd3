"""The municipality's dwellings, without where they are (D3)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.housing.dwelling import DwellingKind, DwellingState
from projections import dwellings
from projections.dwellings import Key
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Slice


class DwellingRow(Answer):
    """One dwelling. Who lives there is in the tenancy, and where it is too."""

    dwelling: UUID
    area: str
    kind: DwellingKind
    rooms: int
    square_metres: int
    floor: int = Field(description="0 is the basement, 1 the ground floor.")
    step_free: bool
    care_housing: bool
    lift: bool | None = Field(description="Null when not known.")
    pets: bool | None = Field(description="Whether pets may come along; null when not known.")
    state: DwellingState
    vacant_from: date | None
    allocation: UUID | None = Field(description="The allocation that has reserved it.")
    tenancy: UUID | None = Field(description="The running tenancy; for Service og tildeling only.")


class AskedDwellings(Paged):
    """Which dwellings."""

    state: DwellingState | None = Field(default=None, description="Only dwellings in this state.")


@query("/dwellings", Area.DWELLINGS, ReadsEach())
def list_dwellings(office: Installation, context: Context, _: None, asked: AskedDwellings) -> Page[DwellingRow]:
    """The municipality's dwellings by area; care housing to Service og tildeling only (M20)."""
    ours, limit = context.actor.is_saksbehandler, asked.limit
    with office.views.connect() as connection:
        rows = dwellings.page(connection, state=asked.state, care_housing=ours, after=asked.after(Key), limit=limit + 1)
    items = [
        DwellingRow.model_validate({**row._asdict(), "tenancy": row.tenancy if ours else None}) for row in rows[:limit]
    ]
    return page_of(Slice(items, Key(items[-1].area, items[-1].dwelling) if len(rows) > limit else None))
