"""Counting deadlines as domstolloven §§ 148 and 149 do (LH9), and office time in Norway.

A deadline is the last date on which something can be done in time, as a date in Europe/Oslo. The day
it is counted from does not count. One that ends on a Saturday, Sunday or public holiday ends on the
next working day.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.law.working_days import WorkingDays

OSLO = ZoneInfo("Europe/Oslo")


def days_after(day: date, days: int, working_days: WorkingDays) -> date:
    """The deadline `days` days after `day`, moved to a working day."""
    return working_days.next_working_day_on_or_after(day + timedelta(days=days))


def weeks_after(day: date, weeks: int, working_days: WorkingDays) -> date:
    """The deadline `weeks` weeks after `day`: the same weekday, moved to a working day."""
    return working_days.next_working_day_on_or_after(day + timedelta(weeks=weeks))


def months_after(day: date, months: int, working_days: WorkingDays) -> date:
    """The deadline `months` months after `day`: the same number in the month, moved to a working day."""
    return working_days.next_working_day_on_or_after(add_months(day, months))


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, back when `months` is negative; the month's last day when it is too short.

    Plain calendar arithmetic, for warnings and terms that are no deadlines: six months before a lease ends (M18).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def oslo_date(at: datetime) -> date:
    """The date in Norway at `at`. ValueError for a time without a zone, which would be read as the machine's own."""
    if at.tzinfo is None:
        raise ValueError("A time without a zone has no date in Norway.")
    return at.astimezone(OSLO).date()


def oslo_datetime(day: date, clock: time) -> datetime:
    """The UTC moment when clocks in Norway show `clock` on `day`.

    In the hour that comes twice in autumn it is the first of the two; in the one that is skipped in
    spring it is what the clock would have shown had it not been moved.
    """
    return datetime.combine(day, clock, tzinfo=OSLO).astimezone(UTC)
