"""One demand for reasons. For an allocation, what they build on is read there (LW1)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.decisions.reasons_demand import PeriodState, ReasonsDemand
from services.context import Context
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.case_parts import Part
from services.queries.reading import Reading, read_as
from services.versions import version_of


class ReasonsDemandView(Part):
    """One demand for reasons, and the time to appeal as it stands because of it."""

    reasons_demand: UUID
    case: UUID
    person: UUID
    vedtak: UUID | None
    allocation: UUID | None
    entry: UUID | None = Field(description="The candidate's place on the waiting list, to read its reasons by (LW1).")
    demanded_on: date
    reasons: str | None
    arrived_on: date | None
    period: PeriodState
    appeal_deadline: date | None


@query("/reasons-demands/{reasons_demand}", Area.APPEALS, Reads(ReasonsDemand, purpose="reasons_demand"))
def show_reasons_demand(office: Installation, context: Context, read: Read[ReasonsDemand]) -> ReasonsDemandView:
    """One demand, and the time to appeal as it stands because of it (LK5, LW1).

    For who may see what vedtak in the case say.
    """
    if not read.permit.decision.opens_in_case(InformationKind.VEDTAK):
        office.gate.refuse(context, read.permit, purpose="reasons_demand")
    return read_as(
        office, context, read.permit, lambda reading: _build(read.subject, reading), purpose="reasons_demand"
    )


def _build(demand: ReasonsDemand, reading: Reading) -> ReasonsDemandView:
    return ReasonsDemandView(
        etag=version_of(demand), reasons_demand=demand.id, case=demand.case, person=demand.person,
        vedtak=demand.vedtak, allocation=demand.allocation, entry=demand.entry, demanded_on=demand.demanded_on,
        reasons=reading.text(demand.reasons), arrived_on=demand.arrived_on, period=demand.period.state,
        appeal_deadline=demand.period.last_day,
    )  # fmt: skip
