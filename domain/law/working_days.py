"""Working days: every day but Saturdays, Sundays and public holidays (LH9)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

SATURDAY = 5


@dataclass(frozen=True)
class WorkingDays:
    """Tells working days from others. `is_public_holiday` is asked with a date in Europe/Oslo."""

    is_public_holiday: Callable[[date], bool]

    @classmethod
    def without(cls, public_holidays: Collection[date]) -> Self:
        """Working days where exactly `public_holidays` are public holidays."""
        return cls(frozenset(public_holidays).__contains__)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not self.is_public_holiday(day)

    def next_working_day_on_or_after(self, day: date) -> date:
        """`day` itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day
