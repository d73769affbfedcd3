"""The facts an access decision stands on, as rows that open and close at positions in the case log.

A row is true from the event at `since` until the event at `until`. The live decision reads the rows that
are open; the audit reads those that were open at a position. Both turn them into one `AccessFacts` (`access_facts`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access.kinds import InformationKind
from domain.actors import Actor, Role, Unit

NOBODY = UUID(int=0)
"""Stands in a row's `subject` or `about` where there is none."""

EMPLOYEES = UUID(int=1)
"""The scope of facts about employees, whatever the case."""

WAITING_LIST = UUID(int=2)
"""The scope of the places on the waiting list."""


class FactName(StrEnum):
    """What a row says. `scope` is a case unless it stands otherwise."""

    CASE = "case"
    CARE_HOUSING = "care_housing"
    RESPONSIBLE = "responsible"
    SUBMITTED = "submitted"
    CONSENT = "consent"
    AGENDA = "agenda"
    """subject: the meeting; about: the item. About a vacancy the scope is the item itself, as in the four below."""
    MEETING_ITEM = "meeting_item"
    """scope: a meeting; about: an item on its agenda, whatever the item is about (M07)."""
    RESTRICTED = "restricted"
    """about: an item that only Service og tildeling may see (M18)."""
    MINUTES_APPROVED = "minutes_approved"
    """about: an item whose minutes are approved; guests' access has ended (M03)."""
    GUEST = "guest"
    """subject: who is invited; about: the item."""
    SUBSTITUTE = "substitute"
    """subject: who stands in for somebody inhabil; about: the item (LI3)."""
    INHABIL = "inhabil"
    """subject: who is inhabil. In a comparison the scope is its agenda item (B05)."""
    VACANCY_ITEM = "vacancy_item"
    """scope: an allocation; about: the agenda item at which it is discussed."""
    SETTLED = "settled"
    """scope and about: an item about a vacancy that has come to its end (M14)."""
    COMPARED = "compared"
    """scope: a candidate's case; about: the allocation in whose newest computed order it stands (M14)."""
    TASK = "task"
    REVIEW = "review"
    CASE_OF = "case_of"
    """scope: a person; about: a case of theirs, whatever it is about and whatever has become of it (LI1)."""
    OPEN_CASE = "open_case"
    """scope: a person; about: an ordinary case of theirs that is not closed."""
    APPLICATION = "application"
    """scope: a case, and the person it is about; about: an application, whatever has become of it."""
    SAME_PERSON = "same_person"
    """scope: a person; about: who is the same, registered twice."""
    EMERGENCY = "emergency"
    """subject: who opened the case in an emergency; about: that access; value: its days."""
    CLOSED = "closed"
    """The case is closed."""
    APPEALABLE = "appealable"
    """about: a vedtak that may be appealed; value: until when, without an end before the party has been told."""
    APPEAL = "appeal"
    """about: an appeal that is not over; value: until when a dismissal may be taken further."""
    LEASE = "lease"
    """about: a tenancy that began or goes on in the case, until it ends."""
    WAITING = "waiting"
    """scope: WAITING_LIST; about: a place on it that has not been left (M14)."""
    MEETING_DAY = "meeting_day"
    """scope: a meeting; value: its day."""
    CALLED = "called"
    """scope: a meeting; subject: who is called."""
    MEMBER = "member"
    """scope: EMPLOYEES; subject: the member; about: the appointment."""
    LOGIN = "login"
    """scope: a sign-in, by its id; subject: the employee it stands for (D16)."""
    SEAT = "seat"
    """scope: EMPLOYEES; subject: the employee; about: the seat, with unit, role and dates (D16)."""
    ABSENT = "absent"
    """scope: EMPLOYEES; subject: who is away; about: the absence; value: its days."""
    STAND_IN = "stand_in"
    """scope: EMPLOYEES; subject: who stands in; about: the absence; value: its days, and for whom."""
    GONE = "gone"
    """scope: EMPLOYEES; subject: somebody who is no longer employed (M02)."""


@dataclass(frozen=True)
class FactKey:
    """Which fact: `subject` is usually an employee, `about` the item, task, meeting or review it hangs on."""

    name: FactName
    scope: UUID
    subject: UUID = NOBODY
    about: UUID = NOBODY


@dataclass(frozen=True)
class ConsentScope:
    """One unit's part of a consent: the kinds of information it may be told (M09, LC2)."""

    unit: Unit
    kinds: tuple[InformationKind, ...]


@dataclass(frozen=True)
class FactValue:
    """What a fact says beyond being true. Only the parts that its name uses are filled in."""

    unit: Unit | None = None
    role: Role | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    permanent: bool = False
    days: int | None = None
    person: UUID | None = None
    scopes: tuple[ConsentScope, ...] = ()

    def valid_on(self, day: date) -> bool:
        """Whether `day` (Oslo) lies within the dates, both included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Fact:
    """A row that is true at the moment asked about."""

    key: FactKey
    value: FactValue = FactValue()

    @property
    def seated(self) -> Actor | None:
        """Of a seat: who sits there."""
        unit, role = self.value.unit, self.value.role
        return Actor(self.key.subject, unit, role) if unit is not None and role is not None else None


@dataclass(frozen=True)
class FactChange:
    """What an event does to the facts: opens `key` with `value` (replacing an open one), or closes it."""

    key: FactKey
    value: FactValue | None

    @classmethod
    def opened(cls, key: FactKey, value: FactValue | None = None) -> "FactChange":
        return cls(key, value or FactValue())

    @classmethod
    def closed(cls, key: FactKey) -> "FactChange":
        return cls(key, None)


@dataclass(frozen=True)
class FactSweep:
    """What an event does to many facts at once: closes all of that name in `scope`, of `subject` or about `about`."""

    name: FactName
    scope: UUID | None = None
    subject: UUID | None = None
    about: UUID | None = None
