"""What a reviewer looks at first: the cases that somebody opened in an emergency (D4)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from domain.actors import Role
from projections import emergencies
from services.context import Context
from services.core.asked import Paged
from services.core.duties import REVIEWER
from services.core.pages import Page, page_of
from services.core.permits.keeping import Holds
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Slice


class EmergencyRow(Answer):
    """One case that somebody opened to herself. Why stands in the case, and opens in a review of it."""

    emergency_access: UUID
    case: UUID
    employee: UUID = Field(description="Who opened it.")
    role: Role
    opened_at: datetime
    last_day: date = Field(description="The last day of it, in Oslo.")
    reviewed: bool = Field(description="Whether a review of the case was opened since.")


class AskedEmergencies(Paged):
    """A page of them."""


@query("/emergency-accesses", Area.REVIEWS, Holds(REVIEWER))
def list_emergency_accesses(
    office: Installation, context: Context, _: None, asked: AskedEmergencies
) -> Page[EmergencyRow]:
    """The cases that were opened in an emergency. Those that no review has looked at come first."""
    with office.views.connect() as connection:
        rows = emergencies.page(connection, after=asked.after(emergencies.Key), limit=asked.limit + 1)
    shown = rows[: asked.limit]
    if shown:
        office.gate.audit_list(context, (row.case for row in shown), ())
    last = shown[-1] if len(rows) > asked.limit else None
    key = emergencies.Key(last.reviewed, last.opened_at, last.emergency_access) if last else None
    return page_of(Slice([EmergencyRow.model_validate(row) for row in shown], key))
