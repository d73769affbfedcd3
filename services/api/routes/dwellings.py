"""The municipality's dwellings."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import dwellings

router = APIRouter(prefix="/dwellings", tags=["dwellings"], responses=COMMAND_ERRORS)


@router.post("", operation_id="register_dwelling", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def register_dwelling(body: dwellings.DwellingDetails, desk: CommandDesk) -> Response:
    """Register a dwelling, not yet vacant. Its address is sealed with the dwelling's own key."""
    return desk.carry_out(dwellings.register_dwelling, body)


@router.post("/{dwelling}/details", operation_id="change_dwelling", response_model=CommandAnswer)
def change_dwelling(dwelling: UUID, body: dwellings.DwellingDetails, desk: CommandDesk) -> Response:
    """Say what a dwelling is like now."""
    return desk.carry_out(dwellings.change_dwelling, dwelling, body)


@router.post("/{dwelling}/vacancy", operation_id="dwelling_became_vacant", response_model=CommandAnswer)
def dwelling_became_vacant(dwelling: UUID, body: dwellings.DwellingBecameVacant, desk: CommandDesk) -> Response:
    """Report that somebody can move in from a date."""
    return desk.carry_out(dwellings.dwelling_became_vacant, dwelling, body)


@router.post("/{dwelling}/out-of-use", operation_id="take_dwelling_out_of_use", response_model=CommandAnswer)
def take_dwelling_out_of_use(dwelling: UUID, body: dwellings.TakeDwellingOutOfUse, desk: CommandDesk) -> Response:
    """Report that nobody can live there now."""
    return desk.carry_out(dwellings.take_dwelling_out_of_use, dwelling, body)
