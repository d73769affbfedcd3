"""Who sits in the boligsosial arbeidsgruppe, for which unit, and when (M02, M03)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, By, EmployeeId, Unit
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import Refusal

WORKING_GROUP_ID = UUID("6f0c3b1e-7d52-4a0e-9a3c-2b8e5d41c7a9")
"""The one group of an installation (design D12)."""


@dataclass(frozen=True)
class Member:
    """A member on one day. `permanent`: from a unit that comes to every meeting, not only on demand."""

    id: EmployeeId
    unit: Unit
    permanent: bool
    substitute_for: EmployeeId | None = None


@dataclass(frozen=True)
class Appointment:
    """A membership between two Oslo dates, both included; None has no end."""

    member: EmployeeId
    unit: Unit
    valid_from: date
    valid_to: date | None
    substitute_for: EmployeeId | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and not self.ends_before(day)

    def ends_before(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def overlaps(self, other: "Appointment") -> bool:
        return not (self.ends_before(other.valid_from) or other.ends_before(self.valid_from))

    def spans(self, other: "Appointment") -> bool:
        """Whether it lasts the whole of `other`."""
        open_ended_inside = self.valid_to is None or other.valid_to is not None
        last_day = other.valid_to or other.valid_from
        return self.holds_on(other.valid_from) and self.holds_on(last_day) and open_ended_inside

    def released(self, on: date) -> "Appointment | None":
        """What is left of it when the member is out from `on`; None when nothing is."""
        if self.ends_before(on):
            return self
        return replace(self, valid_to=on - timedelta(days=1)) if self.valid_from < on else None


class UnitsOfGroupError(Refusal):
    code = "units_of_group"
    rule = "M02"
    missing = "Enhetene i gruppa er ikke gyldige: Service og tildeling må være fast, og ingen enhet kan stå to ganger."
    next_step = "Rett listen over faste enheter og enheter som deltar ved behov."


class UnitHasMembersError(Refusal):
    code = "unit_has_members"
    rule = "M02"
    missing = "En enhet som skal ut av gruppa, har fortsatt medlemmer:"
    next_step = "Avslutt medlemskapene i enheten først."


class UnitNotInGroupError(Refusal):
    code = "unit_not_in_group"
    rule = "M02"
    missing = "Enheten er ikke med i gruppa."
    next_step = "Velg en enhet som er med i gruppa, fast eller ved behov."


class MembershipDatesError(Refusal):
    code = "membership_dates"
    rule = "M02"
    missing = "Medlemskapet slutter før det begynner."
    next_step = "Kontroller fra- og til-dato."


class AlreadyMemberError(Refusal):
    code = "already_member"
    rule = "M02"
    missing = "Personen er allerede medlem eller vara i denne perioden."
    next_step = "Avslutt det andre medlemskapet, eller velg en periode som ikke overlapper."


class NotAMemberError(Refusal):
    code = "not_a_member"
    rule = "M02"
    missing = "Personen er ikke medlem fra enheten i hele perioden."
    next_step = "Kontroller hvem som er medlem, fra hvilken enhet og når."


class WorkingGroup(HusromAggregate):
    """The group: its units, its members and their substitutes, with dates (M02). Who may change it is for D4."""

    TOPIC = "working_group"

    class Established(CreatedEvent):
        TOPIC: ClassVar[str] = "working_group.Established"
        permanent_units: tuple[Unit, ...]
        on_demand_units: tuple[Unit, ...]

        def apply(self, group: "WorkingGroup") -> None:
            group.permanent_units, group.on_demand_units = self.permanent_units, self.on_demand_units

    class UnitsChanged(Event):
        TOPIC: ClassVar[str] = "working_group.UnitsChanged"
        permanent_units: tuple[Unit, ...]
        on_demand_units: tuple[Unit, ...]

        def apply(self, group: "WorkingGroup") -> None:
            group.permanent_units, group.on_demand_units = self.permanent_units, self.on_demand_units

    class MemberAppointed(Event):
        """Valid from and to are Oslo dates, both included."""

        TOPIC: ClassVar[str] = "working_group.MemberAppointed"
        member: EmployeeId
        unit: Unit
        valid_from: date
        valid_to: date | None

        def apply(self, group: "WorkingGroup") -> None:
            group.appointments += (Appointment(self.member, self.unit, self.valid_from, self.valid_to),)

    class MemberReleased(Event):
        """Out from `on` (an Oslo date): the first day that the person is no longer a member or substitute.

        `ended`: each appointment that ends by it, as it was: the person's own, and those of who stood in for them.
        """

        TOPIC: ClassVar[str] = "working_group.MemberReleased"
        member: EmployeeId
        on: date
        ended: tuple[Appointment, ...]

        def apply(self, group: "WorkingGroup") -> None:
            left = (a.released(self.on) if a in self.ended else a for a in group.appointments)
            group.appointments = tuple(appointment for appointment in left if appointment is not None)

    class SubstituteNamed(Event):
        """Valid from and to are Oslo dates, both included."""

        TOPIC: ClassVar[str] = "working_group.SubstituteNamed"
        substitute: EmployeeId
        for_member: EmployeeId
        unit: Unit
        valid_from: date
        valid_to: date | None

        def apply(self, group: "WorkingGroup") -> None:
            group.appointments += (
                Appointment(self.substitute, self.unit, self.valid_from, self.valid_to, self.for_member),
            )

    def __init__(self) -> None:
        self.permanent_units: tuple[Unit, ...] = ()
        self.on_demand_units: tuple[Unit, ...] = ()
        self.appointments: tuple[Appointment, ...] = ()

    @classmethod
    def establish(
        cls, *, permanent_units: tuple[Unit, ...], on_demand_units: tuple[Unit, ...], by: By, at: datetime
    ) -> "WorkingGroup":
        """Begin the installation's one group, under `WORKING_GROUP_ID`. Raises `UnitsOfGroupError` (M02, M03)."""
        _require_sound_units(permanent_units, on_demand_units)
        return cls.begin(
            cls.Established, id=WORKING_GROUP_ID, by=by, at=at,
            permanent_units=permanent_units, on_demand_units=on_demand_units,
        )  # fmt: skip

    def change_units(
        self, *, permanent_units: tuple[Unit, ...], on_demand_units: tuple[Unit, ...], today: date, by: By, at: datetime
    ) -> None:
        """Follow changed configuration (design D11). `today` is the Oslo date.

        Raises `UnitsOfGroupError`, or `UnitHasMembersError` while a unit that goes out has members now or later.
        """
        _require_sound_units(permanent_units, on_demand_units)
        kept = permanent_units + on_demand_units
        orphaned = {a.unit for a in self.appointments if a.unit not in kept and not a.ends_before(today)}
        if orphaned:
            raise UnitHasMembersError(codes=sorted(orphaned))
        self.record(self.UnitsChanged, by=by, at=at, permanent_units=permanent_units, on_demand_units=on_demand_units)

    def appoint_member(
        self, *, member: EmployeeId, unit: Unit, valid_from: date, valid_to: date | None = None, by: By, at: datetime
    ) -> None:
        """Appoint a representative of a unit; a unit may have several. Oslo dates, both included (M02).

        Raises `UnitNotInGroupError`, `MembershipDatesError`, `AlreadyMemberError`.
        """
        self._require_possible(Appointment(member, unit, valid_from, valid_to))
        self.record(
            self.MemberAppointed, by=by, at=at, member=member, unit=unit, valid_from=valid_from, valid_to=valid_to
        )

    def release_member(self, *, member: EmployeeId, on: date, by: By, at: datetime) -> None:
        """Let a member or substitute go: from `on` (Oslo date) no longer in the group.

        Raises `NotAMemberError` when nothing of the person's membership lies on or after that date.
        """
        running = tuple(a for a in self.appointments if not a.ends_before(on))
        if not any(a.member == member for a in running):
            raise NotAMemberError()
        ended = tuple(a for a in running if member in (a.member, a.substitute_for))
        self.record(self.MemberReleased, by=by, at=at, member=member, on=on, ended=ended)

    def name_substitute(
        self,
        *,
        substitute: EmployeeId,
        for_member: EmployeeId,
        unit: Unit,
        valid_from: date,
        valid_to: date | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Name who stands in for a member of the same unit. Oslo dates, both included (M02).

        Raises `UnitNotInGroupError`, `MembershipDatesError`, `AlreadyMemberError`, and `NotAMemberError` unless
        the one stood in for is a member of that unit for the whole period.
        """
        wanted = Appointment(substitute, unit, valid_from, valid_to, for_member)
        self._require_possible(wanted)
        if not any(a.member == for_member and a.unit == unit and a.spans(wanted) for a in self._own_seats()):
            raise NotAMemberError()
        self.record(
            self.SubstituteNamed, by=by, at=at, substitute=substitute, for_member=for_member, unit=unit,
            valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Everybody who is a member on that Oslo date, and the substitutes of those who are."""
        seated = {a.member for a in self._own_seats() if a.holds_on(day)}
        return tuple(
            Member(a.member, a.unit, a.unit in self.permanent_units, a.substitute_for)
            for a in self.appointments
            if a.holds_on(day) and (a.substitute_for is None or a.substitute_for in seated)
        )

    def to_be_called_on(self, day: date) -> tuple[Member, ...]:
        """Whom a meeting on that Oslo date calls in: the permanent units', a substitute in the member's place."""
        permanent = tuple(member for member in self.members_on(day) if member.permanent)
        replaced = {member.substitute_for for member in permanent}
        return tuple(member for member in permanent if member.id not in replaced)

    def _own_seats(self) -> tuple[Appointment, ...]:
        return tuple(a for a in self.appointments if a.substitute_for is None)

    def _require_possible(self, wanted: Appointment) -> None:
        if wanted.unit not in self.permanent_units + self.on_demand_units:
            raise UnitNotInGroupError()
        if wanted.ends_before(wanted.valid_from):
            raise MembershipDatesError()
        if any(a.member == wanted.member and a.overlaps(wanted) for a in self.appointments):
            raise AlreadyMemberError()


def _require_sound_units(permanent: tuple[Unit, ...], on_demand: tuple[Unit, ...]) -> None:
    units = permanent + on_demand
    if SERVICE_OG_TILDELING not in permanent or len(set(units)) != len(units):
        raise UnitsOfGroupError()
