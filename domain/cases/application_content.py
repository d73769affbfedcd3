"""What an application says: what is applied for, how it came in, for whom somebody else asks, and what is told along."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

from domain.actors import Unit
from domain.sealed import Named, Sealed


class ApplicationKind(StrEnum):
    """What can be applied for."""

    DWELLING = "dwelling"
    ASSISTANCE = "assistance"
    EXTENSION = "extension"
    CARE_HOUSING = "care_housing"


class WayIn(StrEnum):
    """How it reached the municipality. Any way counts (LR1)."""

    FORM = "form"
    LETTER = "letter"
    TELEPHONE = "telephone"
    VISIT = "visit"


class PresentHousing(StrEnum):
    """How the applicant lives now."""

    NONE = "none"
    WITH_OTHERS = "with_others"
    TEMPORARY = "temporary"
    INSTITUTION = "institution"
    PRISON = "prison"
    UNSUITABLE = "unsuitable"
    OWN_LEASE = "own_lease"
    MUNICIPAL_LEASE = "municipal_lease"
    NOT_TOLD = "not_told"


class SubmitterRelation(StrEnum):
    """Who asks for help for somebody else. Only the first two speak for the applicant (LH7)."""

    FULLMAKT = "fullmakt"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    MUNICIPAL_UNIT = "municipal_unit"
    ANOTHER_AUTHORITY = "another_authority"
    OTHER = "other"

    @property
    def speaks_for_applicant(self) -> bool:
        return self in (SubmitterRelation.FULLMAKT, SubmitterRelation.GUARDIAN)


class ForwardedTo(StrEnum):
    """What kind of authority a misdirected application is sent on to (LH5)."""

    ANOTHER_MUNICIPALITY = "another_municipality"
    NAV_STATE = "nav_state"
    HEALTH_SERVICE = "health_service"
    STATSFORVALTEREN = "statsforvalteren"
    HUSBANKEN = "husbanken"
    MUNICIPAL_UNIT = "municipal_unit"
    OTHER = "other"


class PutAway(StrEnum):
    """Why something applied for is not to be answered here after all."""

    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Household:
    """Head counts; names and ages stay sealed in the free text. No `adults`: not told yet (LR1)."""

    adults: int
    children: int = 0
    children_part_time: int = 0


@dataclass(frozen=True)
class Urgency:
    """Dates and yes/no answers that make a case urgent. Dates are Oslo dates."""

    eviction_on: date | None = None
    discharge_on: date | None = None
    violence: bool = False


@dataclass(frozen=True)
class Wishes:
    """What the applicant wants (LV3): area codes, rooms, floor and so on."""

    areas: tuple[str, ...] = ()
    rooms_at_least: int | None = None
    step_free: bool = False
    lift: bool = False
    pets: bool = False


@dataclass(frozen=True)
class Submitter:
    """Who asked on somebody's behalf. `authority`: their fullmakt or guardianship, when there is one (LH7)."""

    relation: SubmitterRelation
    name: Annotated[Sealed, Named("identity.submitter")]
    contact: Annotated[Sealed, Named("contact.submitter")] | None = None
    unit: Unit | None = None
    authority: UUID | None = None


@dataclass(frozen=True)
class ApplicationContent:
    """All that an application holds. Plain codes, dates and counts; every sentence and figure about a life is sealed.

    `attachments` are references (random ids) to files kept elsewhere.
    """

    household: Household
    present_housing: PresentHousing
    reason: Annotated[Sealed, Named("housing.reason")]
    lease_ends_on: date | None = None
    residence_permit: Annotated[Sealed, Named("identity.residence_permit")] | None = None
    years_in_municipality: int | None = None
    urgency: Urgency = Urgency()
    economy: Annotated[Sealed, Named("economy.situation")] | None = None
    health: Annotated[Sealed, Named("health.situation")] | None = None
    adaptations: Annotated[Sealed, Named("health.adaptations")] | None = None
    wishes: Wishes = Wishes()
    follow_up_need: Annotated[Sealed, Named("follow_up.need")] | None = None
    attachments: tuple[UUID, ...] = ()


class ContentPart(StrEnum):
    """One part of an application, by its name in `ApplicationContent`: what one correction is about (LA5)."""

    HOUSEHOLD = "household"
    PRESENT_HOUSING = "present_housing"
    LEASE_ENDS_ON = "lease_ends_on"
    YEARS_IN_MUNICIPALITY = "years_in_municipality"
    URGENCY = "urgency"
    WISHES = "wishes"
    REASON = "reason"
    RESIDENCE_PERMIT = "residence_permit"
    ECONOMY = "economy"
    HEALTH = "health"
    ADAPTATIONS = "adaptations"
    FOLLOW_UP_NEED = "follow_up_need"


@dataclass(frozen=True)
class Correction:
    """That a part was corrected, and when (UTC)."""

    part: ContentPart
    at: datetime


@dataclass(frozen=True)
class RightContent:
    """What is right, in the one field that the correction's part names; the others are None."""

    household: Household | None = None
    present_housing: PresentHousing | None = None
    lease_ends_on: date | None = None
    years_in_municipality: int | None = None
    urgency: Urgency | None = None
    wishes: Wishes | None = None
    reason: Annotated[Sealed, Named("housing.reason")] | None = None
    residence_permit: Annotated[Sealed, Named("identity.residence_permit")] | None = None
    economy: Annotated[Sealed, Named("economy.situation")] | None = None
    health: Annotated[Sealed, Named("health.situation")] | None = None
    adaptations: Annotated[Sealed, Named("health.adaptations")] | None = None
    follow_up_need: Annotated[Sealed, Named("follow_up.need")] | None = None

    def is_about(self, part: ContentPart) -> bool:
        """Whether it says what is right about `part`, and about nothing else."""
        return {name for name, value in vars(self).items() if value is not None} == {part.value}

    def put_into(self, content: ApplicationContent, part: ContentPart) -> ApplicationContent:
        """`content` with what is right in place of what was wrong."""
        right: RightValue = getattr(self, part.value)
        return replace(content, **{part.value: right})  # type: ignore[arg-type]  # `is_about` held when it was recorded


RightValue: TypeAlias = Household | PresentHousing | Urgency | Wishes | Sealed | date | int | None
