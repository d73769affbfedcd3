"""What an agenda item remembers, what it tells, and the checks that several of its rules share."""

from datetime import date, datetime
from uuid import UUID

from domain.actors import By, CaseId, EmployeeId, PersonId, Unit
from domain.base import EventClass, HusromAggregate
from domain.cases.consent_facts import ConsentFacts
from domain.group.agenda_item.facts import CaseFacts, DiscussedItem, Guest, Inhabil, ItemState, Matter, MinutesRevision
from domain.group.agenda_item.refusals import (
    CareHousingOnAgendaError,
    InhabilPresentError,
    MinutesApprovedError,
    RestrictedItemError,
)
from domain.group.agenda_item.room import Room, Told
from domain.group.meeting import ItemOutcome
from domain.group.together import require_consent
from domain.refusals import WrongStateError


class ItemBase(HusromAggregate):
    """State, queries and shared checks. Only `AgendaItem` is stored."""

    def __init__(self) -> None:
        self.meeting: UUID
        self.meeting_date: date
        self.matter: Matter
        self.case: CaseId | None = None
        self.person: PersonId | None = None
        self.tenancy: UUID | None = None
        self.allocation: UUID | None = None
        self.consent_needed = True
        self.restricted = False
        self.state = ItemState.PLANNED
        self.position: int | None = None
        self.guests: tuple[Guest, ...] = ()
        self.inhabil: tuple[Inhabil, ...] = ()
        self.room = Room()
        self.conclusion: UUID | None = None
        self.has_settlement = False
        self.minutes: tuple[MinutesRevision, ...] = ()
        self.revision = 1

    @property
    def is_concluded(self) -> bool:
        """Whether the group (or, for a restricted lease, Service og tildeling) has come to an end with it."""
        return self.conclusion is not None or self.has_settlement

    @property
    def outcome(self) -> ItemOutcome:
        """What the meeting asks before it closes (M07)."""
        is_off = self.state in (ItemState.POSTPONED, ItemState.REMOVED)
        return ItemOutcome(self.id, settled=self.is_concluded or is_off)

    @property
    def as_discussed(self) -> DiscussedItem:
        """What a conclusion needs to know of it. Raises `WrongStateError` before it has been discussed."""
        self._require_discussed()
        return DiscussedItem(
            self.id, self.meeting, self.matter, self.case, self.person, self.room.units_told, self.consent_needed
        )

    @property
    def minutes_are_approved(self) -> bool:
        """Whether the latest revision is approved."""
        return any(minutes.approved and minutes.revision == self.revision for minutes in self.minutes)

    @property
    def revision_in_force(self) -> int | None:
        """The newest approved revision of the minutes; it holds while a later one is being written (M07)."""
        return max((minutes.revision for minutes in self.minutes if minutes.approved), default=None)

    def told(self) -> tuple[Told, ...]:
        """Everybody who heard it discussed, and from when to when (M08)."""
        return self.room.told()

    def _note(
        self, event_class: EventClass, *, by: By, at: datetime, happened_at: datetime | None = None, **fields: object
    ) -> None:
        """Record an event that names its meeting and case."""
        self.record(event_class, by=by, at=at, happened_at=happened_at, meeting=self.meeting, case=self.case, **fields)

    def _require(self, *states: ItemState) -> None:
        if self.state not in states:
            raise WrongStateError()

    def _require_discussed(self) -> None:
        if not self.room.discussions or self.state is ItemState.REMOVED:
            raise WrongStateError()

    def _require_consent(self, consent: ConsentFacts | None, units: tuple[Unit, ...], day: date) -> None:
        if self.consent_needed:
            require_consent(consent, units, day)

    def _refuse_restricted(self) -> None:
        if self.restricted:
            raise RestrictedItemError()

    def _refuse_inhabil(self, persons: tuple[EmployeeId, ...], elsewhere: tuple[EmployeeId, ...] = ()) -> None:
        declared = {inhabil.person for inhabil in self.inhabil} | set(elsewhere)
        if declared & set(persons):
            raise InhabilPresentError()

    def _refuse_approved_minutes(self) -> None:
        if self.minutes_are_approved:
            raise MinutesApprovedError()


def refuse_care_housing(case: CaseFacts | None) -> None:
    """Raise `CareHousingOnAgendaError` for a case about care housing, whatever else holds (M20, B10)."""
    if case is not None and case.care_housing:
        raise CareHousingOnAgendaError()
