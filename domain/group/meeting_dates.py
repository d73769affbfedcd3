"""The dates of a half-year's meetings by the group's rhythm, before weekends and holidays move them (M05)."""

from datetime import date, timedelta

from domain.group.meeting_plan import MONTHS_IN_PLAN, HalfYear
from domain.law.group_rules import Period, Rhythm


def dates_by(rhythm: Rhythm, half_year: HalfYear) -> tuple[date, ...]:
    """Oslo dates, oldest first: the same weekday of every month, or every so many weeks from the half-year's first."""
    first_month = 1 if half_year.half == 1 else 1 + MONTHS_IN_PLAN
    if rhythm.period is Period.MONTHS:
        months = range(first_month, first_month + MONTHS_IN_PLAN, rhythm.every)
        return tuple(
            _weekday_from(date(half_year.year, month, 1), rhythm.weekday) + timedelta(weeks=rhythm.week_of_month - 1)
            for month in months
        )
    first = _weekday_from(date(half_year.year, first_month, 1), rhythm.weekday)
    in_order = (first + timedelta(weeks=n * rhythm.every) for n in range(rhythm.meetings_in_plan + 1))
    return tuple(day for day in in_order if half_year.contains(day))


def _weekday_from(day: date, weekday: int) -> date:
    """The first such weekday (1 is Monday) on or after `day`."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
