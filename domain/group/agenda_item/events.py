"""The events of an agenda item. They only assign; the rules are in `AgendaItem`'s methods.

Each carries its meeting and, when it is about one, its case, so that a view needs no look-up.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId, Unit
from domain.base import CreatedEvent, Event
from domain.group.agenda_item.facts import (
    AddedBy,
    Guest,
    Inhabil,
    InhabilGround,
    ItemState,
    Matter,
    MinutesRevision,
    Presence,
    RemovalReason,
    ReopenReason,
    StoppedBecause,
)
from domain.group.agenda_item.room import PersonPresent
from domain.group.proposed_task import ProposedTask
from domain.sealed import Named, Sealed

if TYPE_CHECKING:
    from domain.group.agenda_item.item_base import ItemBase


class ItemEvent(Event):
    """What every later event of an item says."""

    meeting: UUID
    case: CaseId | None


class Added(CreatedEvent):
    """`meeting_date`: the Oslo date as it was then. `restricted`: only for Service og tildeling (M18).

    `guest_days`: how many days after the meeting somebody let in to this item alone still sees it (M03).
    """

    TOPIC: ClassVar[str] = "agenda_item.Added"
    class_version: ClassVar[int] = 2
    meeting: UUID
    meeting_date: date
    matter: Matter
    case: CaseId | None
    person: PersonId | None
    tenancy: UUID | None
    allocation: UUID | None
    added_by: AddedBy
    consent_needed: bool
    restricted: bool
    guest_days: int

    @staticmethod
    def upcast_v1_v2(state: dict[str, object]) -> None:
        """Version 1 came before there was a choice; thirty days is the careful one."""
        state["guest_days"] = 30

    def apply(self, item: "ItemBase") -> None:
        item.meeting, item.meeting_date, item.matter = self.meeting, self.meeting_date, self.matter
        item.case, item.person = self.case, self.person
        item.tenancy, item.allocation = self.tenancy, self.allocation
        item.consent_needed, item.restricted = self.consent_needed, self.restricted


class Ordered(ItemEvent):
    """The place on the agenda, from 1."""

    TOPIC: ClassVar[str] = "agenda_item.Ordered"
    position: int

    def apply(self, item: "ItemBase") -> None:
        item.position = self.position


class Restricted(ItemEvent):
    """Consent was withdrawn: from now on an expiring lease is for Service og tildeling alone (M18)."""

    TOPIC: ClassVar[str] = "agenda_item.Restricted"

    def apply(self, item: "ItemBase") -> None:
        item.restricted = True


class RestrictionLifted(ItemEvent):
    """Consent came: the group may discuss the expiring lease after all (M18)."""

    TOPIC: ClassVar[str] = "agenda_item.RestrictionLifted"
    consent: UUID

    def apply(self, item: "ItemBase") -> None:
        item.restricted = False


class GuestInvited(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.GuestInvited"
    guest: EmployeeId
    unit: Unit

    def apply(self, item: "ItemBase") -> None:
        item.guests += (Guest(self.guest, self.unit),)


class GuestUninvited(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.GuestUninvited"
    guest: EmployeeId

    def apply(self, item: "ItemBase") -> None:
        item.guests = tuple(invited for invited in item.guests if invited.guest != self.guest)


class AttendanceRecorded(ItemEvent):
    """`person` is the employee in (or out of) the room; `happened_at` says when."""

    TOPIC: ClassVar[str] = "agenda_item.AttendanceRecorded"
    person: EmployeeId
    unit: Unit
    presence: Presence
    substitute_for: EmployeeId | None

    def apply(self, item: "ItemBase") -> None:
        if self.presence in (Presence.PRESENT, Presence.RETURNED):
            who = PersonPresent(self.person, self.unit, self.substitute_for)
            item.room = item.room.entered(who, self.happened_at)
        elif self.presence is Presence.LEFT:
            item.room = item.room.left(self.person, self.happened_at)


class InhabilDeclared(ItemEvent):
    """`person` is the employee; out of the room from `happened_at`."""

    TOPIC: ClassVar[str] = "agenda_item.InhabilDeclared"
    person: EmployeeId
    unit: Unit
    ground: InhabilGround
    substitute: EmployeeId | None

    def apply(self, item: "ItemBase") -> None:
        item.inhabil += (Inhabil(self.person, self.unit, self.substitute),)
        item.room = item.room.left(self.person, self.happened_at)


class DiscussionOpened(ItemEvent):
    """`consent`: the one relied on, recorded there in the same save (D1); None where none is needed."""

    TOPIC: ClassVar[str] = "agenda_item.DiscussionOpened"
    present: tuple[PersonPresent, ...]
    consent: UUID | None

    def apply(self, item: "ItemBase") -> None:
        item.state = ItemState.UNDER_DISCUSSION
        item.room = item.room.discussion_opened(self.happened_at)


class DiscussionClosed(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.DiscussionClosed"
    because: StoppedBecause

    def apply(self, item: "ItemBase") -> None:
        item.state = ItemState.DISCUSSED
        item.room = item.room.discussion_closed(self.happened_at)


class Concluded(ItemEvent):
    """The item's conclusion, recorded in the same save as `Conclusion.Reached`; a later one supersedes it."""

    TOPIC: ClassVar[str] = "agenda_item.Concluded"
    conclusion: UUID

    def apply(self, item: "ItemBase") -> None:
        item.conclusion = self.conclusion


class Settled(ItemEvent):
    """The end of an item that needs no Conclusion.

    `outcome`: what it came to; for a lease, its status (M18). `application_received`: whether an application to
    extend the lease has come; None for other matters. `tasks`: who does what next.
    """

    TOPIC: ClassVar[str] = "agenda_item.Settled"
    tenancy: UUID | None
    allocation: UUID | None
    outcome: Annotated[Sealed, Named("assessment.outcome")] | None
    application_received: bool | None
    tasks: tuple[ProposedTask, ...]

    def apply(self, item: "ItemBase") -> None:
        item.has_settlement = True


class MinutesWritten(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.MinutesWritten"
    facts: Annotated[Sealed, Named("minutes.facts")]
    assessment: Annotated[Sealed, Named("minutes.assessment")]
    revision: int

    def apply(self, item: "ItemBase") -> None:
        earlier = tuple(minutes for minutes in item.minutes if minutes.revision < self.revision)
        item.minutes = (*earlier, MinutesRevision(self.revision, self.facts, self.assessment))


class MinutesApproved(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.MinutesApproved"
    revision: int

    def apply(self, item: "ItemBase") -> None:
        *earlier, last = item.minutes
        item.minutes = (*earlier, replace(last, approved=True))


class MinutesReopened(ItemEvent):
    """`revision`: the new one, to be written beside the approved one."""

    TOPIC: ClassVar[str] = "agenda_item.MinutesReopened"
    revision: int
    reason: ReopenReason

    def apply(self, item: "ItemBase") -> None:
        item.revision = self.revision


class Postponed(ItemEvent):
    """The matter comes back at `to_meeting` as an item of its own."""

    TOPIC: ClassVar[str] = "agenda_item.Postponed"
    to_meeting: UUID

    def apply(self, item: "ItemBase") -> None:
        item.state = ItemState.POSTPONED


class Removed(ItemEvent):
    TOPIC: ClassVar[str] = "agenda_item.Removed"
    reason: RemovalReason

    def apply(self, item: "ItemBase") -> None:
        item.state = ItemState.REMOVED
