"""Days that a caller says something happened on."""

from datetime import date

from services.context import Context
from services.refusals import InvalidInputError


class DayNotYetComeError(InvalidInputError):
    code = "day_not_yet_come"
    rule = "C01"
    missing = "Dagen det skal ha skjedd, har ikke kommet ennå."
    next_step = "Registrer det når det har skjedd, med dagen det skjedde."


class DayTooEarlyError(InvalidInputError):
    code = "day_too_early"
    rule = "C01"
    missing = "Dagen er før det den bygger på."
    next_step = "Kontroller datoen."


def require_happened(context: Context, day: date, *, since: date | None = None) -> None:
    """Raise `DayNotYetComeError` for an Oslo date after today, `DayTooEarlyError` for one before `since`."""
    if day > context.today:
        raise DayNotYetComeError
    if since is not None and day < since:
        raise DayTooEarlyError
