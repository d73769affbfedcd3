"""The municipality's dwellings: registered, changed, vacant, out of use. Where they are is sealed with their own key (D3)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.authority import require_saksbehandler
from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingKind, OutOfUseReason
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day
from services.commands.people import ShortText
from services.context import Context
from services.installation import Installation


class DwellingDetails(Body):
    """Where a dwelling is, and what it is like."""

    address: Annotated[ShortText, Field(description="Sealed.", examples=["Testveien 12, 0000 Eksempel"])]
    area: Annotated[Code, Field(description="The municipality's code for a part of it.", examples=["centre"])]
    kind: Annotated[DwellingKind, Field(examples=["flat"])]
    rooms: Annotated[int, Field(ge=1, le=20, description="Living room and bedrooms.", examples=[2])]
    square_metres: Annotated[int, Field(ge=1, le=1000, examples=[48])]
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


def register_dwelling(office: Installation, context: Context, body: DwellingDetails) -> Outcome:
    """Register a dwelling, not yet vacant."""
    require_saksbehandler(context.by)
    id = uuid4()
    dwelling = Dwelling.register(
        id=id, address=_address(office, id, body), facts=_facts(body), by=context.by, at=context.at
    )
    return Outcome((dwelling,), {"dwelling": id}, tagged=dwelling, status=HTTPStatus.CREATED)


def change_dwelling(office: Installation, context: Context, dwelling_id: UUID, body: DwellingDetails) -> Outcome:
    """Say what the dwelling is like now."""
    dwelling = _dwelling(office, context, dwelling_id)
    dwelling.change(address=_address(office, dwelling_id, body), facts=_facts(body), by=context.by, at=context.at)
    return _answer(dwelling)


def dwelling_became_vacant(
    office: Installation, context: Context, dwelling_id: UUID, body: DwellingBecameVacant
) -> Outcome:
    """Report that somebody can move in from a date."""
    dwelling = _dwelling(office, context, dwelling_id)
    dwelling.become_vacant(vacant_from=body.vacant_from, by=context.by, at=context.at)
    return _answer(dwelling)


def take_dwelling_out_of_use(
    office: Installation, context: Context, dwelling_id: UUID, body: TakeDwellingOutOfUse
) -> Outcome:
    """Report that nobody can live there now."""
    dwelling = _dwelling(office, context, dwelling_id)
    dwelling.take_out_of_use(reason=body.reason, by=context.by, at=context.at)
    return _answer(dwelling)


def _dwelling(office: Installation, context: Context, dwelling_id: UUID) -> Dwelling:
    require_saksbehandler(context.by)
    dwelling = office.case_log.load(Dwelling, dwelling_id)
    context.expect(dwelling)
    return dwelling


def _address(office: Installation, dwelling_id: UUID, body: DwellingDetails) -> Sealed:
    return office.vault.seal(dwelling_id, None, "address.street", body.address)


def _facts(body: DwellingDetails) -> DwellingFacts:
    return DwellingFacts(**body.model_dump(exclude={"address"}))


def _answer(dwelling: Dwelling) -> Outcome:
    return Outcome((dwelling,), {"dwelling": dwelling.id, "state": dwelling.state}, tagged=dwelling)
