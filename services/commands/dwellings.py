"""The municipality's dwellings: registered, changed, vacant, out of use. Where they are is sealed with their own key (D3)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingKind, DwellingState, OutOfUseReason
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day
from services.commands.people import ShortText
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.keeping import Holds, Keeps
from services.core.registry import Area, command
from services.installation import Installation


class DwellingDetails(Body):
    """Where a dwelling is, and what it is like."""

    address: Annotated[ShortText, Field(description="Sealed.", examples=["Testveien 12, 0000 Eksempel"])]
    area: Annotated[Code, Field(description="The municipality's code for a part of it.", examples=["centre"])]
    kind: Annotated[DwellingKind, Field(examples=["flat"])]
    rooms: Annotated[int, Field(ge=1, le=20, description="Living room and bedrooms.", examples=[2])]
    square_metres: Annotated[int, Field(ge=1, le=1000, description="Floor area.", examples=[48])]
    floor: Annotated[int, Field(ge=0, le=60, description="0 is the basement, 1 the ground floor.", examples=[1])]
    step_free: Annotated[bool, Field(description="Reached and used without a step.")]
    care_housing: Annotated[bool, Field(description="An omsorgsbolig, never allocated by the group (M20).")] = False
    lift: Annotated[bool | None, Field(description="Whether there is a lift; null when not known.")] = None
    pets: Annotated[bool | None, Field(description="Whether pets may come along; null when not known.")] = None


class DwellingBecameVacant(Body):
    """From when somebody can move in."""

    vacant_from: Day


class TakeDwellingOutOfUse(Body):
    """Why nobody can live there now."""

    reason: OutOfUseReason


@dataclass(frozen=True)
class DwellingRegistered:
    """The id of the new dwelling."""

    dwelling: UUID


@dataclass(frozen=True)
class DwellingChanged:
    """Whether somebody lives there, or can."""

    dwelling: UUID
    state: DwellingState


@command("/dwellings", Area.DWELLINGS, Holds(SAKSBEHANDLER), status=HTTPStatus.CREATED)
def register_dwelling(
    office: Installation, context: Context, _: None, body: DwellingDetails
) -> Outcome[DwellingRegistered]:
    """Register a dwelling, not yet vacant. Its address is sealed with the dwelling's own key."""
    id = uuid4()
    dwelling = Dwelling.register(
        id=id, address=_address(office, id, body), facts=_facts(body), by=context.by, at=context.at
    )
    return Outcome((dwelling,), DwellingRegistered(id), tagged=dwelling)


@command("/dwellings/{dwelling}/details", Area.DWELLINGS, Keeps(Dwelling))
def change_dwelling(
    office: Installation, context: Context, dwelling: Dwelling, body: DwellingDetails
) -> Outcome[DwellingChanged]:
    """Say what a dwelling is like now."""
    dwelling.change(address=_address(office, dwelling.id, body), facts=_facts(body), by=context.by, at=context.at)
    return _changed(dwelling)


@command("/dwellings/{dwelling}/vacancy", Area.DWELLINGS, Keeps(Dwelling))
def dwelling_became_vacant(
    _office: Installation, context: Context, dwelling: Dwelling, body: DwellingBecameVacant
) -> Outcome[DwellingChanged]:
    """Report that somebody can move in from a date."""
    dwelling.become_vacant(vacant_from=body.vacant_from, by=context.by, at=context.at)
    return _changed(dwelling)


@command("/dwellings/{dwelling}/out-of-use", Area.DWELLINGS, Keeps(Dwelling))
def take_dwelling_out_of_use(
    _office: Installation, context: Context, dwelling: Dwelling, body: TakeDwellingOutOfUse
) -> Outcome[DwellingChanged]:
    """Report that nobody can live there now."""
    dwelling.take_out_of_use(reason=body.reason, by=context.by, at=context.at)
    return _changed(dwelling)


def _address(office: Installation, dwelling_id: UUID, body: DwellingDetails) -> Sealed:
    return office.vault.seal(dwelling_id, None, "address.street", body.address)


def _facts(body: DwellingDetails) -> DwellingFacts:
    return DwellingFacts(**body.model_dump(exclude={"address"}))


def _changed(dwelling: Dwelling) -> Outcome[DwellingChanged]:
    return Outcome((dwelling,), DwellingChanged(dwelling.id, dwelling.state), tagged=dwelling)
