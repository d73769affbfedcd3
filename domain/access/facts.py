"""The facts an access decision stands on, as rows that open and close at positions in the case log.

A row is true from the event at `since` until the event at `until`. The live decision reads the rows that
are open; the audit reads those that were open at a position. Both turn them into one `AccessFacts`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, EmployeeId, Role, Unit

NOBODY = UUID(int=0)
"""Stands in a row's `subject` or `about` where there is none."""

EMPLOYEES = UUID(int=1)
"""The scope of facts about employees, whatever the case."""


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


@dataclass(frozen=True)
class AccessFacts:
    """All facts about one case (and the group) at one moment, and the comparisons the case is in (M14).

    An agenda item about a vacancy is about no case: its facts are those of the item.
    """

    case: UUID
    rows: tuple[Fact, ...] = field(default=())
    comparisons: tuple["Comparison", ...] = ()

    @classmethod
    def of(cls, case: UUID, rows: Iterable[Fact], comparisons: Iterable["Comparison"] = ()) -> "AccessFacts":
        return cls(case, tuple(rows), tuple(comparisons))

    def named(self, name: FactName, *, subject: UUID | None = None) -> tuple[Fact, ...]:
        """The open rows with that name, for that subject when one is given."""
        rows = self._by_name.get(name, ())
        return rows if subject is None else tuple(row for row in rows if row.key.subject == subject)

    @property
    def names(self) -> Set[FactName]:
        """The names that some row has."""
        return self._by_name.keys()

    @cached_property
    def _by_name(self) -> Mapping[FactName, tuple[Fact, ...]]:
        rows = defaultdict[FactName, list[Fact]](list)
        for row in self.rows:
            rows[row.key.name].append(row)
        return {name: tuple(its) for name, its in rows.items()}

    @property
    def case_exists(self) -> bool:
        return bool(self.named(FactName.CASE))

    @property
    def is_care_housing(self) -> bool:
        return bool(self.named(FactName.CARE_HOUSING))

    @property
    def person(self) -> UUID | None:
        """The person the case is about."""
        return next((row.value.person for row in self.named(FactName.CASE)), None)

    @property
    def seated(self) -> tuple[Actor, ...]:
        """Each seat in the directory as who sits there, whatever its dates."""
        return tuple(actor for row in self.named(FactName.SEAT) if (actor := row.seated) is not None)

    def seats_on(self, day: date) -> tuple[Fact, ...]:
        """The seats in the directory that hold on that day (Oslo)."""
        return tuple(row for row in self.named(FactName.SEAT) if row.value.valid_on(day))

    def member(self, employee: EmployeeId, day: date) -> Fact | None:
        """The employee's membership of the group on that day (Oslo), if any (M02)."""
        return next((m for m in self.named(FactName.MEMBER, subject=employee) if m.value.valid_on(day)), None)

    def items_called_to(self, employee: EmployeeId) -> tuple[Fact, ...]:
        """The case's agenda items at meetings the employee is called to, without restricted ones (M18)."""
        meetings = {row.key.scope for row in self.named(FactName.CALLED, subject=employee)}
        restricted = self.items_with(FactName.RESTRICTED)
        called_to = (item for item in self.named(FactName.AGENDA) if item.key.subject in meetings)
        return tuple(item for item in called_to if item.key.about not in restricted)

    def is_still_called(self, employee: EmployeeId) -> bool:
        """Whether minutes are outstanding of one of them, so that the case is on an agenda, or on a later one."""
        approved = self.items_with(FactName.MINUTES_APPROVED)
        return any(item.key.about not in approved for item in self.items_called_to(employee))

    def items_open_to(self, invited_as: FactName, employee: EmployeeId, day: date) -> frozenset[UUID]:
        """The case's agenda items that somebody may attend as GUEST (M03) or SUBSTITUTE (LI3) on that day (Oslo).

        Until the minutes are approved, or so many days after the meeting as the item says, whichever comes first.
        """
        over = self.items_with(FactName.MINUTES_APPROVED) | self.items_with(FactName.RESTRICTED)
        invited_to = {row.key.about for row in self.named(invited_as, subject=employee)}
        held = frozenset(row.key.about for row in self.named(FactName.AGENDA) if not self._is_long_ago(row, day))
        return (held & invited_to) - over

    def _is_long_ago(self, item: Fact, day: date) -> bool:
        days = [row.value.valid_from for row in self.named(FactName.MEETING_DAY) if row.key.scope == item.key.subject]
        met_on, stays = next(iter(days), None), item.value.days
        return met_on is not None and stays is not None and day > met_on + timedelta(days=stays)

    def is_over(self, day: date) -> bool:
        """Whether the case is closed, nothing in it can be appealed or is, and no lease runs in it, on that day (Oslo)."""
        runs = (FactName.APPEALABLE, FactName.APPEAL, FactName.LEASE)
        is_running = any(row.value.valid_on(day) for name in runs for row in self.named(name))
        return bool(self.named(FactName.CLOSED)) and not is_running

    def is_responsible(self, employee: EmployeeId, day: date) -> bool:
        """Whether the employee has the case: until it is over, or until the day to which it was taken up again."""
        rows = self.named(FactName.RESPONSIBLE, subject=employee)
        return any(not self.is_over(day) or (r.value.valid_to is not None and r.value.valid_on(day)) for r in rows)

    def is_reviewed_by(self, employee: EmployeeId, day: date) -> bool:
        """Whether the employee has a review of the case open on that day (Oslo) (C05)."""
        return any(row.value.valid_on(day) for row in self.named(FactName.REVIEW, subject=employee))

    def stood_in_for(self, employee: EmployeeId, day: date) -> frozenset[EmployeeId]:
        """For whom the employee stands in on that day (Oslo)."""
        rows = self.named(FactName.STAND_IN, subject=employee)
        return frozenset(r.value.person for r in rows if r.value.valid_on(day) and r.value.person is not None)

    def was_member(self, employee: EmployeeId, day: date) -> bool:
        """Whether the employee has been a member of the group and is none on that day (Oslo) (M02)."""
        began = (row.value.valid_from for row in self.named(FactName.MEMBER, subject=employee))
        return self.member(employee, day) is None and any(since is None or since <= day for since in began)

    def items_with(self, name: FactName) -> frozenset[UUID]:
        """The agenda items about which `name` holds."""
        return frozenset(row.key.about for row in self.named(name))

    def consented_kinds(self, unit: Unit, day: date) -> frozenset[InformationKind]:
        """The kinds of information a consent that is valid on that day (Oslo) lets this unit be told (M09)."""
        if unit == SERVICE_OG_TILDELING:
            return frozenset(InformationKind)
        scopes = (s for row in self.named(FactName.CONSENT) if row.value.valid_on(day) for s in row.value.scopes)
        return frozenset(kind for scope in scopes if scope.unit == unit for kind in scope.kinds)


@dataclass(frozen=True)
class Comparison:
    """The candidates for one vacancy, held against each other at its agenda items (M14).

    `items`: the facts of each item. `inhabil`: everybody inhabil at one of them or for one of the candidates (B05).
    """

    allocation: UUID
    items: tuple[AccessFacts, ...] = ()
    inhabil: frozenset[EmployeeId] = frozenset()

    def calls(self, employee: EmployeeId) -> bool:
        """Whether an item that is not settled stands on the agenda of a meeting the employee is called to."""
        return any(item.is_still_called(employee) for item in self._open)

    def invites(self, employee: EmployeeId, day: date) -> bool:
        """Whether the employee is guest or substitute on that day (Oslo) at an item that is not settled."""
        ways = (FactName.GUEST, FactName.SUBSTITUTE)
        return any(item.items_open_to(way, employee, day) for item in self._open for way in ways)

    def is_open_to(self, employee: EmployeeId, day: date) -> bool:
        """Whether the employee has a seat at it on that day (Oslo) and is inhabil for nobody in it (B05)."""
        return (self.calls(employee) or self.invites(employee, day)) and employee not in self.inhabil

    @property
    def _open(self) -> tuple[AccessFacts, ...]:
        return tuple(item for item in self.items if not item.named(FactName.SETTLED))
