"""Demands for reasons, of a vedtak or of an allocation that went out without any (LK5, LW1)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.decisions.reasons_demand import NotInComparisonError, PeriodState, ReasonsDemand, reasons_demand_id
from domain.decisions.vedtak import Vedtak
from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import weeks_after
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.refusals import WrongStateError
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, Text
from services.commands.days import require_happened
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class DemandReasons(Body):
    """When the party asked for the reasons of the vedtak."""

    demanded_on: Day


class DemandReasonsOfAllocation(Body):
    """Which candidate asks why somebody else got the dwelling, when, and since when they know."""

    entry: Annotated[Id, Field(description="The candidate's place on the waiting list.")]
    told_on: Annotated[Day, Field(description="The day they learnt of it; the time to appeal runs from then (LK3).")]
    demanded_on: Day


class GiveReasons(Body):
    """The reasons, and the day they reached the party."""

    reasons: Annotated[Text, Field(examples=["Boligen gikk til en som er uten bolig; det veier først."])]
    arrived_on: Day


class ReasonsDemandedError(WrongStateError):
    code = "reasons_demanded"
    rule = "LK5"
    missing = "Parten har allerede krevd begrunnelse for dette."
    next_step = "Gi begrunnelsen, eller se den som er gitt."


@dataclass(frozen=True)
class ReasonsDemandChanged:
    """A demand for reasons, and the time to appeal because of it. `appeal_deadline`: an Oslo date, while it runs."""

    reasons_demand: UUID
    case: UUID
    period: PeriodState
    appeal_deadline: date | None


@command("/vedtak/{vedtak}/reasons-demand", Area.APPEALS, Handles(Vedtak), status=HTTPStatus.CREATED)
def demand_reasons(
    office: Installation, context: Context, vedtak: Vedtak, body: DemandReasons
) -> Outcome[ReasonsDemandChanged]:
    """Record that the party demands the reasons; in time it breaks off the time to appeal (LK5)."""
    require_happened(context, body.demanded_on, since=vedtak.issued_on)
    _refuse_second(office, vedtak.id, vedtak.case)
    demand = ReasonsDemand.demand(
        case=vedtak.case, person=vedtak.person, vedtak=vedtak.id, demanded_on=body.demanded_on,
        deadline=vedtak.appeal_deadline, by=context.by, at=context.at,
    )  # fmt: skip
    return _changed(demand)


@command(
    "/allocations/{allocation}/reasons-demand",
    Area.APPEALS,
    Handles(WaitingListEntry, named_in="entry"),
    status=HTTPStatus.CREATED,
)
def demand_reasons_of_allocation(
    office: Installation, context: Context, entry: WaitingListEntry, allocation: UUID, body: DemandReasonsOfAllocation
) -> Outcome[ReasonsDemandChanged]:
    """Record that a candidate asks why somebody else got the dwelling (LW1)."""
    refuse_unless_compared(office, allocation, entry.id)
    require_happened(context, body.told_on)
    require_happened(context, body.demanded_on, since=body.told_on)
    _refuse_second(office, allocation, entry.case)
    deadline = weeks_after(body.told_on, _weeks(office.rules(context), DecisionSubject.DWELLING), office.working_days)
    demand = ReasonsDemand.demand(
        case=entry.case, person=entry.person, allocation=allocation, entry=entry.id, demanded_on=body.demanded_on,
        deadline=deadline, by=context.by, at=context.at,
    )  # fmt: skip
    return _changed(demand)


@command("/reasons-demands/{reasons_demand}/reasons", Area.APPEALS, Handles(ReasonsDemand))
def give_reasons(
    office: Installation, context: Context, demand: ReasonsDemand, body: GiveReasons
) -> Outcome[ReasonsDemandChanged]:
    """Record the reasons; the time to appeal begins anew on the day they arrived (LK5)."""
    require_happened(context, body.arrived_on, since=demand.demanded_on)
    demand.give(
        reasons=office.vault.seal(demand.person, demand.case, "vedtak.reasons_on_demand", body.reasons),
        arrived_on=body.arrived_on, appeal_deadline=_anew(office, context, demand, body.arrived_on), by=context.by,
        at=context.at,
    )  # fmt: skip
    return _changed(demand)


def refuse_unless_compared(office: Installation, allocation_id: UUID, entry: UUID) -> Allocation:
    """The allocation, if the entry was compared in it, whether or not the dwelling fitted. `NotInComparisonError`."""
    allocation = office.case_log.load(Allocation, allocation_id)
    orders = [computed.order for computed in allocation.computations]
    compared = {entry for order in orders for entry in (*order.entries, *(unfit.entry for unfit in order.unfit))}
    if entry not in compared:
        raise NotInComparisonError
    return allocation


def _refuse_second(office: Installation, about: UUID, case: UUID) -> None:
    if office.case_log.find(ReasonsDemand, reasons_demand_id(about, case)) is not None:
        raise ReasonsDemandedError


def _anew(office: Installation, context: Context, demand: ReasonsDemand, arrived_on: date) -> date:
    if demand.vedtak is None:
        weeks = _weeks(office.rules(context), DecisionSubject.DWELLING)
    else:
        vedtak = office.case_log.load(Vedtak, demand.vedtak)
        weeks = _weeks(office.rulebooks.version(vedtak.basis.rulebook_version), vedtak.subject)
    return weeks_after(arrived_on, weeks, office.working_days)


def _weeks(rules: Rulebook, subject: DecisionSubject) -> int:
    return rules.deadlines.appeal_weeks_for(subject)


def _changed(demand: ReasonsDemand) -> Outcome[ReasonsDemandChanged]:
    period = demand.period
    answer = ReasonsDemandChanged(demand.id, demand.case, period.state, period.last_day)
    return Outcome((demand,), answer, tagged=demand)
