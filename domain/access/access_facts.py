"""What the facts say together: about one case at one moment, and about the candidates for one vacancy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from domain.access.facts import Fact, FactName
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, EmployeeId, Unit


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

    def away_on(self, day: date) -> frozenset[EmployeeId]:
        """Who is absent on that day (Oslo)."""
        return frozenset(row.key.subject for row in self.named(FactName.ABSENT) if row.value.valid_on(day))

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
