"""Working days against given public holidays (LH9)."""

from datetime import date

from domain.law.working_days import WorkingDays

MONDAY_OFF = date(2027, 3, 29)
WORKING_DAYS = WorkingDays.without({MONDAY_OFF})


def test_LH9_a_weekday_is_a_working_day() -> None:
    assert WORKING_DAYS.is_working_day(date(2027, 3, 30))


def test_LH9_saturday_and_sunday_are_not_working_days() -> None:
    assert not WORKING_DAYS.is_working_day(date(2027, 3, 27))
    assert not WORKING_DAYS.is_working_day(date(2027, 3, 28))


def test_LH9_a_public_holiday_is_not_a_working_day() -> None:
    assert not WORKING_DAYS.is_working_day(MONDAY_OFF)


def test_LH9_a_working_day_stays_where_it_is() -> None:
    assert WORKING_DAYS.next_working_day_on_or_after(date(2027, 3, 30)) == date(2027, 3, 30)


def test_LH9_a_saturday_before_a_holiday_moves_past_both() -> None:
    assert WORKING_DAYS.next_working_day_on_or_after(date(2027, 3, 27)) == date(2027, 3, 30)
