"""Norwegian public holidays, from the `holidays` library, one year at a time (M05, LH9)."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from domain.law.working_days import WorkingDays


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of `year` with their names in bokmål. Sundays that are nothing else are not among them."""
    # The library knows bokmål as "no"; "nb" silently gives English.
    return dict(holidays.country_holidays("NO", years=year, language="no").items())


def norwegian_working_days() -> WorkingDays:
    """Working days by the Norwegian calendar."""
    return WorkingDays(lambda day: day in public_holidays(day.year))
