"""The words of an agenda item: what it is about, where it stands, and what it tells and is told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId, Unit
from domain.sealed import Named, Sealed


class Matter(StrEnum):
    """What the group is to talk about."""

    NEW_CASE = "new_case"
    SUBMITTED = "submitted"
    EXTENSION = "extension"
    LEASE_ENDING = "lease_ending"
    TENANCY_CHALLENGE = "tenancy_challenge"
    ASSISTANCE_CHALLENGE = "assistance_challenge"
    VACANCY = "vacancy"

    @property
    def is_new(self) -> bool:
        """A case the group has not seen: it must be pre-mapped (M04, M10)."""
        return self in (Matter.NEW_CASE, Matter.SUBMITTED)

    @property
    def is_challenge(self) -> bool:
        """Something difficult in a tenancy (M16) or in help already granted (M17)."""
        return self in (Matter.TENANCY_CHALLENGE, Matter.ASSISTANCE_CHALLENGE)

    @property
    def is_about_a_tenancy(self) -> bool:
        return self in (Matter.EXTENSION, Matter.LEASE_ENDING, Matter.TENANCY_CHALLENGE)

    @property
    def needs_conclusion(self) -> bool:
        """Whether it ends in a Conclusion that a vedtak can stand on, and nothing less (M11, M19)."""
        return self.is_new or self is Matter.EXTENSION


class AddedBy(StrEnum):
    """How it came on the agenda: by a rule (M18), by the saksbehandler, or from a submission (M04)."""

    RULE = "rule"
    SAKSBEHANDLER = "saksbehandler"
    SUBMISSION = "submission"


class ItemState(StrEnum):
    """How far the talk has come. Whether it is settled, and its minutes, are matters of their own."""

    PLANNED = "planned"
    UNDER_DISCUSSION = "under_discussion"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    REMOVED = "removed"


class Presence(StrEnum):
    """What is noted about somebody and one item."""

    PRESENT = "present"
    LEFT = "left"
    RETURNED = "returned"
    ABSENT = "absent"


class InhabilGround(StrEnum):
    """Why somebody is inhabil (LI1): a code only, the story stays with the person."""

    PARTY = "party"
    FAMILY = "family"
    REPRESENTATIVE = "representative"
    HOLDS_OFFICE = "holds_office"
    SUPERIOR_INHABIL = "superior_inhabil"
    SPECIAL_CIRCUMSTANCES = "special_circumstances"


class StoppedBecause(StrEnum):
    """Why a discussion ended."""

    FINISHED = "finished"
    CONSENT_WITHDRAWN = "consent_withdrawn"


class RemovalReason(StrEnum):
    """Why an item was taken off without being settled."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    CARE_HOUSING = "care_housing"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    APPLICATION_FORWARDED = "application_forwarded"
    DECIDED_WITHOUT_GROUP = "decided_without_group"
    DUPLICATE = "duplicate"
    LEASE_ENDED = "lease_ended"

    @property
    def may_end_a_lease_item(self) -> bool:
        """Whether an expiring lease may leave the agenda for this reason without slipping past (M18)."""
        return self in (RemovalReason.CARE_HOUSING, RemovalReason.DUPLICATE, RemovalReason.LEASE_ENDED)


class ReopenReason(StrEnum):
    """Why approved minutes are written anew."""

    FACTUAL_ERROR = "factual_error"
    OMISSION = "omission"
    CONCLUSION_CHANGED = "conclusion_changed"


@dataclass(frozen=True)
class CaseFacts:
    """What an agenda needs to know about a case, as it stands now."""

    case: CaseId
    person: PersonId
    care_housing: bool


@dataclass(frozen=True)
class Guest:
    """Somebody invited to this one item (M03)."""

    guest: EmployeeId
    unit: Unit


@dataclass(frozen=True)
class Inhabil:
    """Somebody who may not take part, and who stands in from the same unit, if anybody (LI1, LI3)."""

    person: EmployeeId
    unit: Unit
    substitute: EmployeeId | None


@dataclass(frozen=True)
class MinutesRevision:
    """One version of the minutes: facts and assessment apart (LP2)."""

    revision: int
    facts: Annotated[Sealed, Named("minutes.facts")]
    assessment: Annotated[Sealed, Named("minutes.assessment")]
    approved: bool = False


@dataclass(frozen=True)
class DiscussedItem:
    """What a conclusion needs to know of its item. `units`: those that were in the room while it was discussed."""

    item: UUID
    meeting: UUID
    matter: Matter
    case: CaseId | None
    person: PersonId | None
    units: tuple[Unit, ...]
    consent_needed: bool
