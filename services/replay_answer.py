"""What a replay answers: who could know, who did, on what ground, and what the case said then (B01)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from domain.actors import Role
from domain.cases.consent_facts import ConsentState
from services.sealed_state import Plain

Rules = Annotated[list[str], Field(description="On which rules.", examples=[["M09_called_to_item_within_consent"]])]
Unit = Annotated[str, Field(description="The unit's code.", examples=["nav"])]


class Judged(BaseModel):
    """One employee, judged by the decision of then with the facts of then."""

    employee: UUID
    unit: Unit
    role: Role
    rules: Annotated[list[Rule], Field(description="Why, or why not.")]
    kinds: list[InformationKind] = Field(description="The kinds of information that were open.")
    on_stated_reason: bool = Field(description="Whether it took a stated reason, as for a colleague's case.")


class Line(BaseModel):
    """One line of the access log."""

    what: str = Field(
        description="viewed, list_viewed, exported, addressed, told_in_meeting, told_in_dialogue or refused.",
        examples=["viewed"],
    )
    at: datetime = Field(description="When; for somebody told in the room, from when. UTC.")
    actor: UUID
    unit: Unit
    role: Role | None = Field(description="Unknown for somebody told in the room.")
    purpose: str = Field(description="What for, or the stated reason, as a code.", examples=["case_overview"])
    rules: Rules
    fields: list[str] = Field(description="The texts that were opened, by name.", examples=[["health.situation"]])
    meeting: UUID | None
    item: UUID | None
    decided_at: int = Field(description="The position in the case log on which it was decided.")


class ScopeThen(BaseModel):
    """What one unit might be told."""

    unit: Unit
    kinds: list[InformationKind]


class ConsentThen(BaseModel):
    """The consent as it stood. Dates are Oslo dates."""

    state: ConsentState
    scopes: list[ScopeThen]
    given_on: date | None
    expires_on: date | None
    valid: bool = Field(description="Whether it was in force on that day.")


class SaidThen(BaseModel):
    """One part of the case at the version it had. Texts are opened; null where one stays closed."""

    what: str = Field(examples=["application"])
    id: UUID
    version: int
    says: dict[str, Plain] = Field(examples=[{"received_on": "2026-11-20", "closed": False}])


class HappenedThen(BaseModel):
    """One event up to then, by its permanent topic."""

    what: str = Field(examples=["consent.Given"])
    id: UUID = Field(description="What it happened to.")
    version: int
    recorded_at: datetime


class Content(BaseModel):
    """What the case said then. Only inside an open review."""

    parts: list[SaidThen]
    events: list[HappenedThen]
    withheld: list[str] = Field(description="Texts that stayed closed, by where they stand.")


class Replay(BaseModel):
    """Who could know what of one case at one moment, who did, and what it said."""

    case: UUID
    at: datetime
    position: int = Field(description="The position in the case log of the last event recorded by then; 0: none.")
    could_see: list[Judged] = Field(description="Every registered employee to whom something was open.")
    could_not_see: list[Judged] = Field(description="Those with a relation to the case whom a rule kept out.")
    did_see: list[Line]
    was_told: list[Line] = Field(description="In the room while the case was discussed (M08).")
    was_refused: list[Line]
    consent: ConsentThen | None = Field(description="Null before anybody was asked.")
    content: Content | None = Field(description="Null without an open review of this case.")
