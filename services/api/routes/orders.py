"""Looking at orders: why one before another, what if, and one candidate's own reasons (M14, B06, LW1, LV5)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from domain.housing.dwelling import DwellingFacts, DwellingKind
from services.api.desk import QUERY_ERRORS, Looking
from services.api.problems import answers
from services.commands.body import Code, Day
from services.queries import allocation_reasons, orders, why

router = APIRouter(responses=QUERY_ERRORS)

Entry = Annotated[UUID, Query(description="A waiting list entry.")]


class Profile:
    """A dwelling as it might be, to hold the waiting list against."""

    def __init__(
        self,
        area: Annotated[Code, Query(description="The municipality's code for a part of it.", examples=["centre"])],
        rooms: Annotated[int, Query(ge=1, le=20, description="Living room and bedrooms.")],
        step_free: Annotated[bool, Query(description="Reached and used without a step.")] = False,
        floor: Annotated[int, Query(ge=0, le=60, description="0 is the basement, 1 the ground floor.")] = 1,
        lift: Annotated[bool | None, Query(description="Left out when not known.")] = None,
        pets: Annotated[bool | None, Query(description="Whether pets may come along; left out when not known.")] = None,
    ) -> None:
        self.facts = DwellingFacts(
            area=area, kind=DwellingKind.FLAT, rooms=rooms, square_metres=1, floor=floor, step_free=step_free,
            lift=lift, pets=pets,
        )  # fmt: skip


class Supposed:
    """A change to try out: one answer of one candidate, or the guidelines of another day."""

    def __init__(
        self,
        entry: Annotated[UUID | None, Query(description="Whose answer is changed.")] = None,
        criterion: Annotated[Code | None, Query(description="The criterion, or effective_date.")] = None,
        answer: Annotated[
            str | None, Query(max_length=20, description="true, false, a whole number or a date.", examples=["true"])
        ] = None,
        guidelines_on: Annotated[Day | None, Query(description="The guidelines in force on that day.")] = None,
    ) -> None:
        self.what_if = orders.WhatIf(entry, criterion, answer, guidelines_on)


@router.get("/allocations/{allocation}/why", operation_id="why_before", tags=["allocations"], responses=answers(409))
def why_before(allocation: UUID, look: Looking, first: Entry, second: Entry) -> why.Why:
    """Why one of two stands before the other in the newest computed order, each fact with the event that said so, by which
    version of the guidelines, and every smallest single change that would swap them (B06).
    """
    return why.why_in_allocation(look.office, look.context, allocation, first, second)


@router.get(
    "/allocations/{allocation}/reasons", operation_id="show_allocation_reasons", tags=["allocations"],
    responses=answers(409),
)  # fmt: skip
def show_allocation_reasons(allocation: UUID, look: Looking, entry: Entry) -> allocation_reasons.AllocationReasons:
    """The reasons for one candidate's place, to be given on demand; nobody else is in them (LW1)."""
    return allocation_reasons.allocation_reasons(look.office, look.context, allocation, entry)


@router.get("/dwellings/{dwelling}/proposal", operation_id="propose_order", tags=["dwellings"], responses=answers(409))
def propose_order(dwelling: UUID, look: Looking, supposed: Annotated[Supposed, Depends()]) -> orders.Proposal:
    """What the order for this dwelling would be now, or if something were otherwise. Nothing is stored (M14, LV5).

    Everybody on the list is in the answer: with a place, or with every reason why not.
    """
    return orders.proposal_for(look.office, look.context, dwelling, supposed.what_if)


@router.get("/waiting-list/proposal", operation_id="propose_order_for", tags=["waiting list"], responses=answers(409))
def propose_order_for(
    look: Looking, profile: Annotated[Profile, Depends()], supposed: Annotated[Supposed, Depends()]
) -> orders.Proposal:
    """What the order for a dwelling like that would be, without there being one. Nothing is stored (M14, LV5)."""
    return orders.proposal(look.office, look.context, profile.facts, supposed.what_if)


@router.get("/waiting-list/why", operation_id="why_before_on_list", tags=["waiting list"], responses=answers(409))
def why_before_on_list(look: Looking, profile: Annotated[Profile, Depends()], first: Entry, second: Entry) -> why.Why:
    """Why one of two would stand before the other for a dwelling like that, and what would swap them (B06)."""
    return why.why_on_the_list(look.office, look.context, profile.facts, first, second)
