"""A saksbehandler who is away for some days, and who stands in for her meanwhile.

Whoever stands in sees and handles the cases that the other one has, on those days and no longer. Without a stand-in
they are listed to Service og tildeling as cases without saksbehandler.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, By, EmployeeId, Role
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import NotAllowedError, Refusal, WrongStateError


class AbsenceNotYoursError(NotAllowedError):
    code = "absence_not_yours"
    rule = "D4"
    missing = "Bare saksbehandlerne og lederen på Service og tildeling registrerer fravær og stedfortreder."
    next_step = "Be en av dem om å gjøre det."


class AbsenceDaysError(Refusal):
    code = "absence_days"
    rule = "D4"
    missing = "Fraværet slutter før det begynner, eller det er over."
    next_step = "Kontroller første og siste dag."


class StandsInForOneselfError(Refusal):
    code = "stands_in_for_oneself"
    rule = "D4"
    missing = "Ingen er stedfortreder for seg selv."
    next_step = "Velg en annen."


class AbsenceOverError(WrongStateError):
    code = "absence_over"
    rule = "D4"
    missing = "Fraværet er over."
    next_step = "Registrer et nytt fravær dersom det er nødvendig."


def require_absence_duty(by: By) -> None:
    """Raise `AbsenceNotYoursError` unless `by` acts as saksbehandler or leader at Service og tildeling."""
    if by.unit != SERVICE_OG_TILDELING or by.role not in (Role.SAKSBEHANDLER, Role.LEADER):
        raise AbsenceNotYoursError()


class Absence(HusromAggregate):
    """One absence of one saksbehandler. All days are Oslo dates, both ends included."""

    TOPIC = "absence"

    class Recorded(CreatedEvent):
        """`stand_in`: None when nobody is named yet."""

        TOPIC: ClassVar[str] = "absence.Recorded"
        absent: EmployeeId
        from_day: date
        last_day: date
        stand_in: EmployeeId | None

        def apply(self, absence: "Absence") -> None:
            absence.absent, absence.stand_in = self.absent, self.stand_in
            absence.from_day, absence.last_day = self.from_day, self.last_day

    class StandInNamed(Event):
        """`replaces`: who stood in until now, and sees the cases no more."""

        TOPIC: ClassVar[str] = "absence.StandInNamed"
        absent: EmployeeId
        from_day: date
        last_day: date
        stand_in: EmployeeId
        replaces: EmployeeId | None

        def apply(self, absence: "Absence") -> None:
            absence.stand_in = self.stand_in

    class Ended(Event):
        """Back: from now on nobody stands in."""

        TOPIC: ClassVar[str] = "absence.Ended"
        absent: EmployeeId
        stand_in: EmployeeId | None

        def apply(self, absence: "Absence") -> None:
            absence.ended = True

    def __init__(self) -> None:
        self.absent: EmployeeId
        self.stand_in: EmployeeId | None = None
        self.from_day: date
        self.last_day: date
        self.ended = False

    @classmethod
    def record_days(
        cls, *, id: UUID, absent: EmployeeId, from_day: date, last_day: date, stand_in: EmployeeId | None, today: date,
        by: By, at: datetime,
    ) -> "Absence":  # fmt: skip
        """Record that `absent` is away, and who stands in. Raises `AbsenceNotYoursError`, `AbsenceDaysError`,
        `StandsInForOneselfError`."""
        require_absence_duty(by)
        if last_day < max(from_day, today):
            raise AbsenceDaysError()
        if stand_in == absent:
            raise StandsInForOneselfError()
        return cls.begin(
            cls.Recorded, id=id, by=by, at=at, absent=absent, from_day=from_day, last_day=last_day, stand_in=stand_in
        )

    def name_stand_in(self, stand_in: EmployeeId, *, today: date, by: By, at: datetime) -> None:
        """Say who stands in from now on. Raises as `record_days`, and `AbsenceOverError`."""
        self._require_running(today, by)
        if stand_in == self.absent:
            raise StandsInForOneselfError()
        self.record(
            self.StandInNamed, by=by, at=at, absent=self.absent, from_day=self.from_day, last_day=self.last_day,
            stand_in=stand_in, replaces=self.stand_in,
        )  # fmt: skip

    def end(self, *, today: date, by: By, at: datetime) -> None:
        """Record that the saksbehandler is back before the last day. Raises as `name_stand_in`."""
        self._require_running(today, by)
        self.record(self.Ended, by=by, at=at, absent=self.absent, stand_in=self.stand_in)

    def _require_running(self, today: date, by: By) -> None:
        require_absence_duty(by)
        if self.ended or self.last_day < today:
            raise AbsenceOverError()
