"""LH9 day by day against another calendar: nothing here uses the code under test, its library or Python's month arithmetic.

The oracle counts days one at a time and finds Easter by another algorithm (Gauss's) than the library's.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest

from domain.law.deadlines import OSLO, days_after, months_after, oslo_date, oslo_datetime, weeks_after
from services.public_holidays import norwegian_working_days

YEARS = range(2024, 2037)
"""Four leap years, an early and a late Easter, and every weekday as 1 January."""
A_DAY = timedelta(days=1)
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WORKING_DAYS = norwegian_working_days()


@cache
def easter_sunday(year: int) -> date:
    """Gauss's rule for the years 1900 to 2099, with its two exceptions."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    after_21_march = d + e
    if (d, e) == (29, 6) or (d, e, a > 10) == (28, 6, True):
        after_21_march -= 7
    return date(year, 3, 22) + after_21_march * A_DAY


@cache
def holidays(year: int) -> frozenset[date]:
    """Lov om helligdager § 2 and lov om 1 og 17 mai: Maundy Thursday to Whit Monday, and the fixed days."""
    easter = easter_sunday(year)
    movable = {easter + days * A_DAY for days in (-3, -2, 0, 1, 39, 49, 50)}
    return frozenset(movable | {date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))})


def is_working_day(day: date) -> bool:
    return day.isoweekday() < 6 and day not in holidays(day.year)


def moved(day: date) -> date:
    while not is_working_day(day):
        day += A_DAY
    return day


def is_leap(year: int) -> bool:
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0


def a_month_later(day: date) -> date:
    """The same number in the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    length = LENGTHS[month - 1] + (1 if month == 2 and is_leap(year) else 0)
    return date(year, month, min(day.day, length))


def every_day(year: int) -> list[date]:
    days = 366 if is_leap(year) else 365
    return [date(year, 1, 1) + number * A_DAY for number in range(days)]


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2027, "03-28"), (2035, "03-25"), (2038, "04-25")]
)
def test_LH9_the_oracle_knows_when_easter_is(year: int, day: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize("year", YEARS)
def test_LH9_every_day_is_a_working_day_or_not_as_the_law_says(year: int) -> None:
    assert [day for day in every_day(year) if WORKING_DAYS.is_working_day(day) != is_working_day(day)] == []


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("weeks", [1, 3, 4, 52])
def test_LH9_week_deadlines_from_every_day_end_on_the_same_weekday_or_the_next_working_day(
    year: int, weeks: int
) -> None:
    wrong = [day for day in every_day(year) if weeks_after(day, weeks, WORKING_DAYS) != moved(day + 7 * weeks * A_DAY)]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("days", [7, 14])
def test_LH9_day_deadlines_from_every_day_end_on_a_working_day(year: int, days: int) -> None:
    wrong = [day for day in every_day(year) if days_after(day, days, WORKING_DAYS) != moved(day + days * A_DAY)]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_LH2_the_month_from_every_day_ends_as_the_oracle_counts_it(year: int) -> None:
    wrong = [day for day in every_day(year) if months_after(day, 1, WORKING_DAYS) != moved(a_month_later(day))]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_LH9_a_year_from_every_day_is_twelve_months_and_29_february_ends_on_the_28th(year: int) -> None:
    def a_year_later(day: date) -> date:
        return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)

    wrong = [day for day in every_day(year) if months_after(day, 12, WORKING_DAYS) != moved(a_year_later(day))]
    assert wrong == []


@pytest.mark.parametrize("weeks", [3, 4])
@pytest.mark.parametrize("year", YEARS)
def test_LH9_no_deadline_ends_in_easter_on_1_or_17_may_or_at_christmas(year: int, weeks: int) -> None:
    ends = {weeks_after(day, weeks, WORKING_DAYS) for day in every_day(year)}
    assert not ends & (holidays(year) | holidays(year + 1))


def offset(day: date) -> timedelta:
    """Norway's summer time: from the last Sunday of March to the last of October, moved at 01:00 UTC."""
    starts, ends = (
        max(date(day.year, m, d) for d in range(25, 32) if date(day.year, m, d).isoweekday() == 7) for m in (3, 10)
    )
    return timedelta(hours=2 if starts <= day < ends else 1)


@pytest.mark.parametrize("year", YEARS)
def test_LH9_a_day_begins_and_ends_at_midnight_in_norway_summer_and_winter(year: int) -> None:
    second = timedelta(seconds=1)
    for day in every_day(year):
        midnight = datetime.combine(day, time(0), UTC) - offset(day - A_DAY)
        assert (oslo_date(midnight - second), oslo_date(midnight)) == (day - A_DAY, day)


@pytest.mark.parametrize("year", YEARS)
def test_LH9_work_begins_at_eight_by_the_clock_also_when_it_is_moved(year: int) -> None:
    for day in every_day(year):
        morning = oslo_datetime(day, time(8))
        assert morning == datetime.combine(day, time(8), UTC) - offset(day)
        assert morning.astimezone(OSLO).hour == 8
