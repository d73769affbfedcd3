"""The seats of an employee: in which unit and role somebody works, from which day to which (design D16)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from domain.actors import SERVICE_OG_TILDELING, EmployeeId, Role, Unit
from domain.refusals import WrongStateError

SeatId = UUID


class SeatDatesError(WrongStateError):
    code = "seat_dates_out_of_order"
    missing = "Plassen slutter før den begynner."
    next_step = "Oppgi en sluttdato som ikke er før den første dagen."


@dataclass(frozen=True)
class Seat:
    """One place to work from. Both dates are Oslo dates and included.

    Without `valid_from` it holds from when it was recorded, without `valid_to` until somebody ends it.
    """

    id: SeatId
    unit: Unit
    role: Role
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise SeatDatesError

    @property
    def is_saksbehandler(self) -> bool:
        """Whether who sits here can be responsible for a case (M13)."""
        return self.role is Role.SAKSBEHANDLER and self.unit == SERVICE_OG_TILDELING

    def holds_on(self, day: date) -> bool:
        """Whether somebody sits here on that day (Oslo)."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def meets(self, other: "Seat") -> bool:
        """Whether there is a day on which both hold."""
        return _begins(self) <= _ends(other) and _begins(other) <= _ends(self)

    def ended(self, on: date) -> "Seat | None":
        """What is left when `on` is the first day without it; None when that is nothing."""
        last_day = on - timedelta(days=1)
        if self.valid_from is not None and last_day < self.valid_from:
            return None
        return replace(self, valid_to=min(last_day, _ends(self)))


def first_seat(employee: EmployeeId) -> SeatId:
    """The id of the seat that somebody was registered in."""
    return uuid5(employee, "first seat")


def _begins(seat: Seat) -> date:
    return seat.valid_from or date.min


def _ends(seat: Seat) -> date:
    return seat.valid_to or date.max
