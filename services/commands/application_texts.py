"""What an application says, as it is sent: codes, dates and counts as they are, every sentence sealed (design D3)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.cases.application import (
    ApplicationContent,
    ContentPart,
    CorrectionDoesNotFitError,
    Household,
    PresentHousing,
    RightContent,
    Urgency,
    Wishes,
)
from domain.sealed import Sealed
from services.commands.body import Attachments, Body, Code, Count, Day, Text
from services.installation import Installation

SEALED_AS = {
    "reason": "housing.reason",
    "residence_permit": "identity.residence_permit",
    "economy": "economy.situation",
    "health": "health.situation",
    "adaptations": "health.adaptations",
    "follow_up_need": "follow_up.need",
}
"""Under which permanent name each text of an application is sealed."""

NOT_TOLD = Household(adults=0)
"""The household of somebody who has not said who belongs to it yet (LR1)."""


class HouseholdBody(Body):
    """Head counts of the household."""

    adults: Annotated[int, Field(ge=1, le=20)]
    children: Count = 0
    children_part_time: Count = 0


class UrgencyBody(Body):
    """What makes it urgent."""

    eviction_on: Day | None = None
    discharge_on: Day | None = None
    violence: bool = False


class WishesBody(Body):
    """What the applicant wants (LV3)."""

    areas: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    rooms_at_least: Annotated[int, Field(ge=1, le=12)] | None = None
    step_free: bool = False
    lift: bool = False
    pets: bool = False


YearsHere = Annotated[int, Field(ge=0, le=120, examples=[4], description="Never bars help after § 6 (LR2).")]


class ContentBody(Body):
    """What is told along with an application. A telephone call may say little more than why (LR1)."""

    household: HouseholdBody | None = None
    present_housing: PresentHousing = PresentHousing.NOT_TOLD
    lease_ends_on: Day | None = None
    reason: Annotated[Text, Field(description="Why help is asked for, in the applicant's words.")]
    residence_permit: Text | None = None
    years_in_municipality: YearsHere | None = None
    urgency: UrgencyBody = UrgencyBody()
    economy: Annotated[Text, Field(description="Income, benefits, wealth, debt, rent arrears.")] | None = None
    health: Text | None = None
    adaptations: Text | None = None
    wishes: WishesBody = WishesBody()
    follow_up_need: Text | None = None
    attachments: Attachments = ()


class RightBody(Body):
    """What is right, in the one field with the name of the part that was wrong."""

    household: HouseholdBody | None = None
    present_housing: PresentHousing | None = None
    lease_ends_on: Day | None = None
    years_in_municipality: YearsHere | None = None
    urgency: UrgencyBody | None = None
    wishes: WishesBody | None = None
    text: Annotated[Text | None, Field(description="For every part that is a text.")] = None


def sealed_content(office: Installation, case: UUID, person: UUID, body: ContentBody) -> ApplicationContent:
    """The content with every text closed for that case."""
    plain = {field: getattr(body, part) for part, field in SEALED_AS.items()}
    sealed = office.vault.seal_many(person, case, {field: text for field, text in plain.items() if text is not None})
    return ApplicationContent(
        household=Household(**body.household.model_dump()) if body.household else NOT_TOLD,
        present_housing=body.present_housing,
        reason=sealed["housing.reason"],
        lease_ends_on=body.lease_ends_on,
        residence_permit=sealed.get("identity.residence_permit"),
        years_in_municipality=body.years_in_municipality,
        urgency=Urgency(**body.urgency.model_dump()),
        economy=sealed.get("economy.situation"),
        health=sealed.get("health.situation"),
        adaptations=sealed.get("health.adaptations"),
        wishes=Wishes(**body.wishes.model_dump()),
        follow_up_need=sealed.get("follow_up.need"),
        attachments=body.attachments,
    )


def right_content(office: Installation, case: UUID, person: UUID, part: ContentPart, body: RightBody) -> RightContent:
    """What is right about `part`. Raises `CorrectionDoesNotFitError` for a text about a part that is none."""
    texts: dict[str, Sealed] = {}
    if body.text is not None:
        if part.value not in SEALED_AS:
            raise CorrectionDoesNotFitError()
        texts[part.value] = office.vault.seal(person, case, SEALED_AS[part.value], body.text)
    return RightContent(
        household=Household(**body.household.model_dump()) if body.household else None,
        present_housing=body.present_housing,
        lease_ends_on=body.lease_ends_on,
        years_in_municipality=body.years_in_municipality,
        urgency=Urgency(**body.urgency.model_dump()) if body.urgency else None,
        wishes=Wishes(**body.wishes.model_dump()) if body.wishes else None,
        **texts,
    )
