"""The directory of employees: who keeps it, and what an entry goes through (M02, D16)."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.actors import SERVICE_OG_TILDELING, THE_SYSTEM, By, Role, Unit
from domain.people.directory import DirectoryNotYoursError, OwnEntryError, SeatNotYoursToGiveError
from domain.people.employee import (
    RESERVED_IDS,
    Employee,
    EmployeeAlreadyGoneError,
    EmployeeGoneError,
    EmployeeNotGoneError,
    MachineSitsAloneError,
    NoSuchSeatError,
    ReservedIdError,
    SeatAlreadyHeldError,
    SeveralSeatsError,
)
from domain.people.seats import Seat, SeatDatesError, first_seat
from domain.refusals import NotFoundError
from tests.domain.support import (
    NAV,
    PSYKISK_HELSE,
    TEKNISKE_TJENESTER,
    an_id,
    at,
    by,
    by_saksbehandler,
    sealed,
    state_of,
    stored_and_replayed,
)

TODAY = date(2027, 1, 12)
SAKSBEHANDLER = by_saksbehandler()
PERSONNEL = by("personnel machine", Unit("personal"), Role.MACHINE)
OPERATOR = by("operator", SERVICE_OG_TILDELING, Role.SYSTEM)
KEEPERS = [SAKSBEHANDLER, PERSONNEL, OPERATOR]
OTHERS = [
    by("leader", SERVICE_OG_TILDELING, Role.LEADER),
    by("leader at nav", NAV, Role.LEADER),
    by("saksbehandler at nav", NAV, Role.SAKSBEHANDLER),
    by("employee", SERVICE_OG_TILDELING, Role.EMPLOYEE),
    by("reviewer", NAV, Role.REVIEWER),
]
FOUR_WEEKS = Seat(an_id("seat"), PSYKISK_HELSE, Role.EMPLOYEE, date(2027, 1, 4), date(2027, 1, 31))


def registered(who: By = SAKSBEHANDLER, role: Role = Role.EMPLOYEE, name: str = "kari") -> Employee:
    return Employee.register(
        id=an_id(name), unit=NAV, role=role, name=sealed("employee.name", None),
        email=sealed("employee.email", None), by=who, at=at(),
    )  # fmt: skip


CHANGES: dict[str, Callable[[Employee, By], None]] = {
    "details": lambda entry, by: entry.correct_details(name=sealed("employee.name", None), email=None, by=by, at=at()),
    "seat given": lambda entry, by: entry.give_seat(FOUR_WEEKS, by=by, at=at()),
    "seat ended": lambda entry, by: entry.end_seat(entry.seats[0].id, on=TODAY, by=by, at=at()),
    "seat corrected": lambda entry, by: entry.correct_seat(
        Seat(entry.seats[0].id, TEKNISKE_TJENESTER, Role.EMPLOYEE), by=by, at=at()
    ),
    "login linked": lambda entry, by: entry.link_login(an_id("login"), by=by, at=at()),
    "login unlinked": lambda entry, by: entry.unlink_login(entry.id, by=by, at=at()),
    "leaving": lambda entry, by: entry.leave(by=by, at=at()),
}
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
every_keeper = pytest.mark.parametrize("who", KEEPERS, ids=lambda who: who.role)


@every_change
@every_keeper
def test_D16_service_og_tildeling_the_personnel_machine_and_the_operator_keep_the_directory(
    who: By, change: Callable[[Employee, By], None]
) -> None:
    entry = registered(who)

    change(entry, who)

    assert len(entry.pending_events) == 2


@every_change
@pytest.mark.parametrize("who", OTHERS, ids=lambda who: f"{who.role} {who.unit}")
def test_D16_nobody_else_keeps_it_and_no_leader(who: By, change: Callable[[Employee, By], None]) -> None:
    with pytest.raises(DirectoryNotYoursError):
        registered(who)
    with pytest.raises(DirectoryNotYoursError):
        change(registered(), who)


@every_change
def test_D16_nobody_changes_her_own_entry(change: Callable[[Employee, By], None]) -> None:
    entry = registered(PERSONNEL, name="saksbehandler")

    with pytest.raises(OwnEntryError):
        change(entry, SAKSBEHANDLER)


def test_D16_nobody_comes_back_by_herself() -> None:
    entry = registered(PERSONNEL, name="saksbehandler")
    entry.leave(by=PERSONNEL, at=at())

    with pytest.raises(OwnEntryError):
        entry.come_back(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.MACHINE, Role.SYSTEM])
def test_D16_a_saksbehandler_gives_no_seat_that_watches_others(role: Role) -> None:
    seat = Seat(an_id("seat"), NAV, role)
    gone = registered()
    gone.leave(by=SAKSBEHANDLER, at=at())

    with pytest.raises(SeatNotYoursToGiveError):
        registered(SAKSBEHANDLER, role)
    with pytest.raises(SeatNotYoursToGiveError):
        registered().give_seat(seat, by=SAKSBEHANDLER, at=at())
    with pytest.raises(SeatNotYoursToGiveError):
        registered().correct_seat(Seat(first_seat(an_id("kari")), NAV, role), by=SAKSBEHANDLER, at=at())
    with pytest.raises(SeatNotYoursToGiveError):
        gone.come_back(seat, by=SAKSBEHANDLER, at=at())


@every_change
@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER])
def test_D16_a_saksbehandler_does_not_touch_the_entry_of_a_leader_or_a_reviewer(
    role: Role, change: Callable[[Employee, By], None]
) -> None:
    with pytest.raises(SeatNotYoursToGiveError):
        change(registered(PERSONNEL, role), SAKSBEHANDLER)


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.SAKSBEHANDLER, Role.EMPLOYEE])
@pytest.mark.parametrize("who", [PERSONNEL, OPERATOR], ids=lambda who: who.role)
def test_D16_the_personnel_machine_and_the_operator_give_every_seat_of_a_person(who: By, role: Role) -> None:
    assert registered(who, role).seats[0].role is role


def test_D16_only_the_operator_enters_a_machine() -> None:
    with pytest.raises(SeatNotYoursToGiveError):
        registered(PERSONNEL, Role.MACHINE)
    assert registered(OPERATOR, Role.MACHINE).seats[0].role is Role.MACHINE


def test_D16_nobody_sits_where_the_system_sits() -> None:
    for who in KEEPERS:
        with pytest.raises(SeatNotYoursToGiveError):
            registered(who, Role.SYSTEM)


@pytest.mark.parametrize("id", sorted(RESERVED_IDS))
def test_D16_nobody_is_entered_under_an_id_that_the_system_uses(id: object) -> None:
    assert THE_SYSTEM in RESERVED_IDS
    with pytest.raises(ReservedIdError):
        Employee.register(
            id=id, unit=NAV, role=Role.EMPLOYEE, name=sealed("employee.name", None),  # type: ignore[arg-type]  # a UUID
            email=sealed("employee.email", None), by=OPERATOR, at=at(),
        )  # fmt: skip


def test_D16_a_machine_has_no_seat_of_a_person_and_nobody_one_of_a_machine() -> None:
    with pytest.raises(MachineSitsAloneError):
        registered(OPERATOR, Role.MACHINE).give_seat(FOUR_WEEKS, by=OPERATOR, at=at())
    with pytest.raises(MachineSitsAloneError):
        registered().give_seat(Seat(an_id("seat"), PSYKISK_HELSE, Role.MACHINE), by=OPERATOR, at=at())


def test_D16_who_registers_somebody_opens_a_first_seat_and_a_first_login() -> None:
    entry = registered()

    assert entry.seats == (Seat(first_seat(entry.id), NAV, Role.EMPLOYEE),)
    assert entry.logins == (entry.id,)


def test_D16_a_seat_holds_from_its_first_day_to_its_last() -> None:
    entry = registered()
    entry.give_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    before, during, after = (
        {seat.unit for seat in entry.seats_on(day)} for day in (date(2027, 1, 3), TODAY, date(2027, 2, 1))
    )

    assert (before, during, after) == ({NAV}, {NAV, PSYKISK_HELSE}, {NAV})


def test_D16_a_seat_is_named_by_its_unit_where_there_are_several() -> None:
    entry = registered()
    entry.give_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    assert entry.seat_on(TODAY, PSYKISK_HELSE) == FOUR_WEEKS
    assert entry.seat_on(date(2027, 2, 1)).unit == NAV
    with pytest.raises(SeveralSeatsError):
        entry.seat_on(TODAY)
    with pytest.raises(NoSuchSeatError):
        entry.seat_on(TODAY, Unit("botjenesten"))


def test_D16_the_same_seat_is_not_given_twice_for_the_same_days() -> None:
    entry = registered()
    entry.give_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    with pytest.raises(SeatAlreadyHeldError):
        entry.give_seat(
            Seat(an_id("again"), PSYKISK_HELSE, Role.EMPLOYEE, date(2027, 1, 31)), by=SAKSBEHANDLER, at=at()
        )
    entry.give_seat(Seat(an_id("later"), PSYKISK_HELSE, Role.EMPLOYEE, date(2027, 2, 1)), by=SAKSBEHANDLER, at=at())


def test_D16_a_seat_does_not_end_before_it_begins() -> None:
    with pytest.raises(SeatDatesError):
        Seat(an_id("seat"), NAV, Role.EMPLOYEE, date(2027, 2, 1), date(2027, 1, 31))


def test_D16_a_seat_that_is_ended_holds_until_the_day_before() -> None:
    entry = registered()
    entry.end_seat(entry.seats[0].id, on=TODAY, by=SAKSBEHANDLER, at=at())

    assert entry.seats_on(date(2027, 1, 11))
    assert not entry.seats_on(TODAY)


def test_D16_a_seat_that_is_ended_on_its_first_day_never_was() -> None:
    entry = registered()
    entry.give_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())
    entry.end_seat(FOUR_WEEKS.id, on=date(2027, 1, 4), by=SAKSBEHANDLER, at=at())

    assert [seat.unit for seat in entry.seats] == [NAV]


def test_D16_a_seat_that_was_entered_wrong_is_corrected_and_keeps_its_id() -> None:
    entry = registered()
    right = Seat(entry.seats[0].id, PSYKISK_HELSE, Role.SAKSBEHANDLER, date(2027, 1, 4))

    entry.correct_seat(right, by=SAKSBEHANDLER, at=at())

    assert entry.seats == (right,)
    with pytest.raises(NoSuchSeatError):
        entry.correct_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())


def test_D16_what_is_not_said_of_the_details_is_not_changed() -> None:
    entry = registered()
    email = entry.email

    entry.correct_details(name=sealed("employee.name", None), email=None, by=SAKSBEHANDLER, at=at())

    assert entry.email is email


def test_D16_a_login_that_is_not_there_cannot_be_unlinked() -> None:
    with pytest.raises(NotFoundError):
        registered().unlink_login(an_id("login"), by=SAKSBEHANDLER, at=at())


def test_M02_an_employee_leaves_once_and_has_no_seat_then() -> None:
    employee = registered()
    employee.leave(by=SAKSBEHANDLER, at=at())

    assert employee.seats_on(TODAY) == ()
    with pytest.raises(EmployeeAlreadyGoneError):
        employee.leave(by=SAKSBEHANDLER, at=at())
    with pytest.raises(EmployeeGoneError):
        employee.give_seat(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())


def test_D16_somebody_who_left_comes_back_in_a_new_seat_alone() -> None:
    employee = registered()
    with pytest.raises(EmployeeNotGoneError):
        employee.come_back(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    employee.leave(by=SAKSBEHANDLER, at=at())
    employee.come_back(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    assert (employee.employed, employee.seats) == (True, (FOUR_WEEKS,))


def test_D2_an_employee_comes_back_from_the_events_as_before() -> None:
    employee = registered()
    for change in CHANGES.values():
        change(employee, SAKSBEHANDLER)
    employee.come_back(FOUR_WEEKS, by=SAKSBEHANDLER, at=at())

    assert state_of(stored_and_replayed(employee)) == state_of(employee)
