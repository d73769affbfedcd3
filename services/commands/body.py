"""What bodies of commands have in common: nothing unknown gets in, and nothing sent comes back in an error."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from domain.actors import Unit
from domain.law.requirement import CODE
from services.core.codes import UNITS
from services.vault import MAX_TEXT


def _in_living_memory(day: date) -> date:
    if not date(1900, 1, 1) <= day <= date(2200, 1, 1):
        raise ValueError("must be between 1900 and 2200")
    return day


Day = Annotated[date, AfterValidator(_in_living_memory), Field(description="A date in Oslo.", examples=["2027-01-12"])]
Id = Annotated[UUID, Field(examples=["3f2b9c1e-5d0a-4b7e-9c44-0d1f6a2b8e70"])]
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TEXT),
    Field(description="Free text, sealed before it is stored.", examples=["Det søkeren eller gruppa forteller."]),
]
"""Free text about a person; sealed before anything else happens to it."""

Code = Annotated[str, StringConstraints(pattern=f"^{CODE.pattern}$")]
UnitCode = Annotated[
    Unit, StringConstraints(pattern=f"^{CODE.pattern}$"), Field(description="A unit's code.", examples=["nav"])
]
KnownUnit = Annotated[UnitCode, UNITS]
"""A unit that the rulebook names."""
SeatUnit = Annotated[
    KnownUnit | None,
    Field(description="The unit of the seat that is meant; needed only for an employee with several."),
]
Count = Annotated[int, Field(ge=0, le=30)]
Attachments = Annotated[tuple[UUID, ...], Field(max_length=50, description="References to files kept elsewhere.")]


class Body(BaseModel):
    """A command as it is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
