"""Counting deadlines as domstolloven does (LH9): fixed days of 2027, and properties of every day."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.law.deadlines import add_months, days_after, months_after, oslo_date, oslo_datetime, weeks_after
from domain.law.working_days import WorkingDays

HOLIDAYS_2027 = frozenset(
    date(2027, month, day)
    for month, day in (
        (1, 1), (3, 25), (3, 26), (3, 28), (3, 29), (5, 1), (5, 6), (5, 16), (5, 17), (12, 25), (12, 26),
    )
)  # fmt: skip
WORKING_DAYS = WorkingDays.without(HOLIDAYS_2027)
EVERY_WEEKDAY = WorkingDays.without(())

some_days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
a_few = st.integers(0, 60)
some_holidays = st.frozensets(st.dates(date(2020, 1, 1), date(2020, 3, 31)), max_size=20)


def test_LH9_a_week_deadline_ends_on_the_same_weekday() -> None:
    tuesday = date(2027, 2, 2)
    assert weeks_after(tuesday, 3, WORKING_DAYS) == date(2027, 2, 23)


def test_LK3_an_appeal_period_that_ends_on_maundy_thursday_ends_after_easter() -> None:
    thursday = date(2027, 3, 4)
    assert weeks_after(thursday, 3, WORKING_DAYS) == date(2027, 3, 30)


def test_LK3_an_appeal_period_that_ends_on_17_may_ends_the_day_after() -> None:
    monday = date(2027, 4, 26)
    assert weeks_after(monday, 3, WORKING_DAYS) == date(2027, 5, 18)


def test_LO2_a_four_week_period_that_ends_on_christmas_day_ends_after_the_weekend() -> None:
    saturday = date(2027, 11, 27)
    assert weeks_after(saturday, 4, WORKING_DAYS) == date(2027, 12, 27)


def test_LH9_christmas_eve_is_a_working_day() -> None:
    friday = date(2027, 12, 3)
    assert weeks_after(friday, 3, WORKING_DAYS) == date(2027, 12, 24)


def test_LH2_a_month_ends_on_the_same_number_in_the_next_month() -> None:
    assert months_after(date(2027, 1, 12), 1, WORKING_DAYS) == date(2027, 2, 12)


def test_LH9_a_month_without_that_number_ends_on_its_last_day() -> None:
    assert months_after(date(2028, 1, 31), 1, EVERY_WEEKDAY) == date(2028, 2, 29)


def test_LH9_the_last_day_of_a_short_month_moves_when_it_is_a_sunday() -> None:
    assert months_after(date(2027, 1, 31), 1, WORKING_DAYS) == date(2027, 3, 1)


def test_M14_seven_days_to_answer_an_offer_end_on_a_working_day() -> None:
    monday = date(2027, 5, 10)
    assert days_after(monday, 7, WORKING_DAYS) == date(2027, 5, 18)


def test_M18_a_warning_before_the_end_of_a_lease_is_not_moved() -> None:
    assert add_months(date(2027, 8, 31), -6) == date(2027, 2, 28)
    assert add_months(date(2027, 7, 17), -2) == date(2027, 5, 17)


def test_D13_a_late_evening_in_utc_is_the_next_day_in_norway() -> None:
    assert oslo_date(datetime(2027, 1, 1, 23, 0, tzinfo=UTC)) == date(2027, 1, 2)


def test_D13_a_time_without_a_zone_has_no_date_in_norway() -> None:
    with pytest.raises(ValueError, match="zone"):
        oslo_date(datetime(2027, 1, 1, 23, 0, tzinfo=UTC).replace(tzinfo=None))


def test_D13_office_time_follows_summer_time() -> None:
    assert oslo_datetime(date(2027, 1, 12), time(9)) == datetime(2027, 1, 12, 8, tzinfo=UTC)
    assert oslo_datetime(date(2027, 6, 8), time(9)) == datetime(2027, 6, 8, 7, tzinfo=UTC)


def test_D13_the_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert oslo_datetime(date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(some_days, a_few)
def test_LH9_a_week_deadline_keeps_its_weekday_unless_that_is_no_working_day(day: date, weeks: int) -> None:
    end = weeks_after(day, weeks, EVERY_WEEKDAY)
    assert end.weekday() == (day.weekday() if day.weekday() < 5 else 0)
    assert timedelta(0) <= end - (day + timedelta(weeks=weeks)) <= timedelta(days=2)


@given(some_days, st.integers(-120, 120))
def test_LH9_a_month_deadline_keeps_its_number_or_is_the_last_of_its_month(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@given(st.dates(date(2019, 12, 1), date(2020, 3, 31)), a_few, some_holidays)
def test_LH9_a_deadline_ends_on_the_first_working_day_from_its_plain_end(
    day: date, days: int, holidays: frozenset[date]
) -> None:
    working_days = WorkingDays.without(holidays)
    plain_end = day + timedelta(days=days)
    end = days_after(day, days, working_days)
    assert working_days.is_working_day(end)
    assert not any(working_days.is_working_day(plain_end + timedelta(days=n)) for n in range((end - plain_end).days))


@given(some_days, some_days, st.integers(0, 12))
def test_LH9_who_starts_later_never_has_the_earlier_deadline(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    for counting in (days_after, weeks_after, months_after):
        assert counting(first, count, WORKING_DAYS) <= counting(second, count, WORKING_DAYS)


@given(some_days, st.times())
def test_D13_a_time_in_norway_is_on_the_same_date_when_it_comes_back(day: date, clock: time) -> None:
    moment = oslo_datetime(day, clock)
    assert moment.tzinfo is UTC
    assert oslo_date(moment) == day
