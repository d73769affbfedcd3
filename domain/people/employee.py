"""The people who work with the cases, and the machines that call: how they sign in, where they sit, where mail goes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.access.facts import EMPLOYEES, NOBODY, WAITING_LIST
from domain.actors import THE_OPERATOR, THE_SYSTEM, By, Role, Unit
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.people.directory import require_may_keep
from domain.people.seats import Seat, SeatId, first_seat
from domain.refusals import NotFoundError, WrongStateError
from domain.sealed import Named, Sealed

LoginId = UUID
"""A sign-in as the log knows it: the keyed digest of issuer and subject. Under the installation's own issuer a subject
that is an employee's id is that employee's first login, by the id itself."""

RESERVED_IDS = frozenset({NOBODY, EMPLOYEES, WAITING_LIST, THE_SYSTEM, THE_OPERATOR})
"""Ids that the system uses itself: no employee has one, and no token may name one."""


class EmployeeAlreadyGoneError(WrongStateError):
    code = "employee_already_gone"
    missing = "Den ansatte er allerede registrert som sluttet."
    next_step = "Registrer at den ansatte er tilbake, dersom hun eller han er det."


class EmployeeGoneError(WrongStateError):
    code = "employee_gone"
    rule = "M02"
    missing = "Den ansatte har sluttet."
    next_step = "Velg en annen, eller registrer først at den ansatte er tilbake."


class EmployeeNotGoneError(WrongStateError):
    code = "employee_not_gone"
    missing = "Den ansatte er ikke registrert som sluttet."
    next_step = "Gi den ansatte en plass til, dersom det er det som trengs."


class ReservedIdError(WrongStateError):
    code = "reserved_id"
    rule = "D16"
    missing = "Denne id-en bruker systemet selv."
    next_step = "Bruk id-en som innloggingstjenesten gir den ansatte."


class SeatAlreadyHeldError(WrongStateError):
    code = "seat_already_held"
    missing = "Den ansatte har allerede en slik plass i samme tidsrom."
    next_step = "Se plassene den ansatte har, og rett datoene på den som finnes."


class MachineSitsAloneError(WrongStateError):
    code = "machine_sits_alone"
    rule = "D16"
    missing = "En oppføring er enten et menneske eller et fagsystem, ikke begge deler."
    next_step = "Registrer fagsystemet for seg selv."


class SeveralSeatsError(WrongStateError):
    code = "several_seats"
    rule = "D16"
    missing = "Den ansatte har flere plasser, og det er ikke oppgitt hvilken det gjelder."
    next_step = "Oppgi enheten i «unit»."


class NoSuchSeatError(WrongStateError):
    code = "no_such_seat"
    rule = "D16"
    missing = "Den ansatte har ingen slik plass på denne datoen."
    next_step = "Velg en annen, eller gi først den ansatte plassen."


class Employee(HusromAggregate):
    """Somebody who can be a member, a guest, an assignee or a leader; or a machine that calls."""

    TOPIC = "employee"

    class Registered(CreatedEvent):
        """Opens the first seat, from then on. The id is also the subject under the installation's own issuer."""

        TOPIC: ClassVar[str] = "employee.Registered"
        unit: Unit
        role: Role
        name: Annotated[Sealed, Named("employee.name")]
        email: Annotated[Sealed, Named("employee.email")]

        def apply(self, employee: "Employee") -> None:
            employee.seats = (Seat(first_seat(self.originator_id), self.unit, self.role),)
            employee.logins = (self.originator_id,)
            employee.name, employee.email = self.name, self.email

    class DetailsCorrected(Event):
        """What was entered wrong. None: that was right and stays."""

        TOPIC: ClassVar[str] = "employee.DetailsCorrected"
        name: Annotated[Sealed, Named("employee.name")] | None
        email: Annotated[Sealed, Named("employee.email")] | None

        def apply(self, employee: "Employee") -> None:
            employee.name = self.name or employee.name
            employee.email = self.email or employee.email

    class SeatGiven(Event):
        TOPIC: ClassVar[str] = "employee.SeatGiven"
        seat: Seat

        def apply(self, employee: "Employee") -> None:
            employee.seats += (self.seat,)

    class SeatEnded(Event):
        """`on`: the first day (Oslo) without it. `seat`: as it was."""

        TOPIC: ClassVar[str] = "employee.SeatEnded"
        seat: Seat
        on: date

        def apply(self, employee: "Employee") -> None:
            employee._put(self.seat, self.seat.ended(self.on))

    class SeatCorrected(Event):
        """`was`: what was entered wrong; `seat`: what is right."""

        TOPIC: ClassVar[str] = "employee.SeatCorrected"
        was: Seat
        seat: Seat

        def apply(self, employee: "Employee") -> None:
            employee._put(self.was, self.seat)

    class LoginLinked(Event):
        TOPIC: ClassVar[str] = "employee.LoginLinked"
        login: LoginId

        def apply(self, employee: "Employee") -> None:
            employee.logins += (self.login,)

    class LoginUnlinked(Event):
        TOPIC: ClassVar[str] = "employee.LoginUnlinked"
        login: LoginId

        def apply(self, employee: "Employee") -> None:
            employee.logins = tuple(login for login in employee.logins if login != self.login)

    class Gone(Event):
        """No longer employed: every seat ends, and nothing opens for them any more (M02)."""

        TOPIC: ClassVar[str] = "employee.Gone"

        def apply(self, employee: "Employee") -> None:
            employee.employed = False

    class Returned(Event):
        """Employed again, in a new seat; also when the leaving was recorded by mistake."""

        TOPIC: ClassVar[str] = "employee.Returned"
        seat: Seat

        def apply(self, employee: "Employee") -> None:
            employee.employed, employee.seats = True, (self.seat,)

    def __init__(self) -> None:
        self.name: Sealed
        self.email: Sealed
        self.seats: tuple[Seat, ...] = ()
        self.logins: tuple[LoginId, ...] = ()
        self.employed = True

    @classmethod
    def register(
        cls, *, id: UUID, unit: Unit, role: Role, name: Sealed, email: Sealed, by: By, at: datetime
    ) -> "Employee":
        """Enter an employee into the directory, with a first seat and the id itself as the first login.

        Raises what `require_may_keep` does, and `ReservedIdError`.
        """
        require_may_keep(by, id, [role])
        if id in RESERVED_IDS:
            raise ReservedIdError
        return cls.begin(cls.Registered, id=id, by=by, at=at, unit=unit, role=role, name=name, email=email)

    def seats_on(self, day: date) -> tuple[Seat, ...]:
        """The seats that hold on that day (Oslo); none for somebody who has left."""
        return tuple(seat for seat in self.seats if self.employed and seat.holds_on(day))

    def seat_on(self, day: date, unit: Unit | None = None) -> Seat:
        """The seat that is meant on that day (Oslo): in `unit`, or the only one.

        Raises `NoSuchSeatError`, and `SeveralSeatsError` when there are several units to choose from.
        """
        found = [seat for seat in self.seats_on(day) if unit in (None, seat.unit)]
        if not found:
            raise NoSuchSeatError
        if len({seat.unit for seat in found}) > 1:
            raise SeveralSeatsError(codes=sorted({seat.unit for seat in found}))
        return found[0]

    def correct_details(self, *, name: Sealed | None, email: Sealed | None, by: By, at: datetime) -> None:
        """Put a wrong name or mail address right; None for what is right already."""
        self._require_kept_by(by)
        self.record(self.DetailsCorrected, by=by, at=at, name=name, email=email)

    def give_seat(self, seat: Seat, *, by: By, at: datetime) -> None:
        """Give one more seat. Raises `EmployeeGoneError`, `SeatAlreadyHeldError`, `MachineSitsAloneError`."""
        self._require_kept_by(by, seat.role)
        self._require_room_for(seat, self.seats)
        self.record(self.SeatGiven, by=by, at=at, seat=seat)

    def end_seat(self, seat: SeatId, *, on: date, by: By, at: datetime) -> None:
        """End a seat; `on` is the first day (Oslo) without it. Raises `NoSuchSeatError`."""
        self._require_kept_by(by)
        self.record(self.SeatEnded, by=by, at=at, seat=self._seat(seat), on=on)

    def correct_seat(self, seat: Seat, *, by: By, at: datetime) -> None:
        """Put a seat that was entered wrong right; its id stays. Raises as `give_seat`, and `NoSuchSeatError`."""
        self._require_kept_by(by, seat.role)
        was = self._seat(seat.id)
        self._require_room_for(seat, [other for other in self.seats if other.id != seat.id])
        self.record(self.SeatCorrected, by=by, at=at, was=was, seat=seat)

    def link_login(self, login: LoginId, *, by: By, at: datetime) -> None:
        """Let a sign-in stand for this employee. The caller has seen that it stands for nobody else."""
        self._require_kept_by(by)
        if login not in self.logins:
            self.record(self.LoginLinked, by=by, at=at, login=login)

    def unlink_login(self, login: LoginId, *, by: By, at: datetime) -> None:
        """Take a sign-in away again. Raises `NotFoundError` for one that is not this employee's."""
        self._require_kept_by(by)
        if login not in self.logins:
            raise NotFoundError
        self.record(self.LoginUnlinked, by=by, at=at, login=login)

    def leave(self, *, by: By, at: datetime) -> None:
        """Record that the employee has left. Raises `EmployeeAlreadyGoneError` the second time."""
        require_may_keep(by, self.id, [seat.role for seat in self.seats])
        if not self.employed:
            raise EmployeeAlreadyGoneError
        self.record(self.Gone, by=by, at=at)

    def come_back(self, seat: Seat, *, by: By, at: datetime) -> None:
        """Record that somebody who left is back, in `seat`. Raises `EmployeeNotGoneError`."""
        require_may_keep(by, self.id, [seat.role])
        if self.employed:
            raise EmployeeNotGoneError
        self.record(self.Returned, by=by, at=at, seat=seat)

    def _require_kept_by(self, by: By, *more: Role) -> None:
        require_may_keep(by, self.id, [*(seat.role for seat in self.seats), *more])
        if not self.employed:
            raise EmployeeGoneError

    def _require_room_for(self, wanted: Seat, others: Sequence[Seat]) -> None:
        if any((other.role is Role.MACHINE) != (wanted.role is Role.MACHINE) for other in others):
            raise MachineSitsAloneError
        if any((s.unit, s.role) == (wanted.unit, wanted.role) and s.meets(wanted) for s in others):
            raise SeatAlreadyHeldError

    def _seat(self, id: SeatId) -> Seat:
        found = next((seat for seat in self.seats if seat.id == id), None)
        if found is None:
            raise NoSuchSeatError
        return found

    def _put(self, was: Seat, seat: Seat | None) -> None:
        """Assign what an event says of one seat."""
        there = (seat if each.id == was.id else each for each in self.seats)
        self.seats = tuple(each for each in there if each is not None)
