"""Care housing: for Service og tildeling alone; to everybody else none of it is there (M20)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response, status

from projections.care_housing import Key, PlaceKey
from services.api.desk import COMMAND_ERRORS, QUERY_ERRORS, CommandAnswer, CommandDesk, Looking
from services.api.paging import Page, Paging, page_of
from services.commands import care_housing
from services.queries import care_housing as queries

router = APIRouter(tags=["care housing"])
Paged = Annotated[Paging, Depends()]


@router.post(
    "/cases/{case}/care-needs", operation_id="map_care_needs", response_model=CommandAnswer, responses=COMMAND_ERRORS
)
def map_care_needs(case: UUID, body: care_housing.MapCareNeeds, desk: CommandDesk) -> Response:
    """Map what an applicant for care housing needs, of housing and of health and care services; or map it anew (M20)."""
    return desk.carry_out(care_housing.map_care_needs, case, body)


@router.post(
    "/cases/{case}/care-dialogues", operation_id="ask_for_care_input", response_model=CommandAnswer,
    responses=COMMAND_ERRORS, status_code=status.HTTP_201_CREATED,
)  # fmt: skip
def ask_for_care_input(case: UUID, body: care_housing.AskForCareInput, desk: CommandDesk) -> Response:
    """Ask hjemmetjenesten or botjenesten (M20). What the question says is told on consent or another ground (LC2)."""
    return desk.carry_out(care_housing.ask_for_care_input, case, body)


@router.post(
    "/care-dialogues/{dialogue}/answer", operation_id="record_care_input", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def record_care_input(dialogue: UUID, body: care_housing.RecordCareInput, desk: CommandDesk) -> Response:
    """Write down what the other unit answered (M20)."""
    return desk.carry_out(care_housing.record_care_input, dialogue, body)


@router.post(
    "/care-dialogues/{dialogue}/withdrawal", operation_id="withdraw_care_question", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def withdraw_care_question(dialogue: UUID, desk: CommandDesk) -> Response:
    """Take a question back that needs no answer any more (M20)."""
    return desk.carry_out(care_housing.withdraw_care_question, dialogue)


@router.post(
    "/cases/{case}/care-place", operation_id="await_care_place", response_model=CommandAnswer, responses=COMMAND_ERRORS
)
def await_care_place(case: UUID, body: care_housing.AwaitCarePlace, desk: CommandDesk) -> Response:
    """Enter an applicant on the waiting list for a place with care day and night, on a granting vedtak (LO1)."""
    return desk.carry_out(care_housing.await_care_place, case, body)


@router.post(
    "/cases/{case}/care-place/leaving", operation_id="leave_care_waiting_list", response_model=CommandAnswer,
    responses=COMMAND_ERRORS,
)  # fmt: skip
def leave_care_waiting_list(case: UUID, body: care_housing.LeaveCareWaitingList, desk: CommandDesk) -> Response:
    """Take an applicant off the waiting list for a place with care day and night, for a coded reason (LO1)."""
    return desk.carry_out(care_housing.leave_care_waiting_list, case, body)


@router.get("/cases/{case}/care-needs", operation_id="show_care_needs", responses=QUERY_ERRORS)
def show_care_needs(case: UUID, look: Looking) -> queries.CareView:
    """One applicant's needs, and what hjemmetjenesten and botjenesten were asked and answered. Logged (D3, M20)."""
    return queries.care_needs(look.office, look.context, case)


@router.get("/care-housing/overview", operation_id="list_care_needs", responses=QUERY_ERRORS)
def list_care_needs(look: Looking, paging: Paged) -> Page[queries.CareRow]:
    """What every open applicant needs: those nobody has mapped first, then the most urgent (M20).

    A colleague's applicants are on it when a reason is stated.
    """
    return page_of(queries.overview(look.office, look.context, after=paging.after(Key), limit=paging.limit))


@router.get("/care-housing/waiting-list", operation_id="list_care_waiting_list", responses=QUERY_ERRORS)
def list_care_waiting_list(look: Looking, paging: Paged) -> Page[queries.CareRow]:
    """Who waits for a place with care day and night: the most urgent first, then by the vedtak's date (LO1)."""
    return page_of(queries.waiting_list(look.office, look.context, after=paging.after(PlaceKey), limit=paging.limit))


@router.get("/care-housing/counts", operation_id="count_care_needs", responses=QUERY_ERRORS)
def count_care_needs(look: Looking) -> queries.CareCounts:
    """How many need what. The unit's leader sees it too, with small numbers hidden (M20, LR4)."""
    return queries.counts(look.office, look.context)
