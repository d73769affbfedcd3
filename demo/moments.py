"""Moments at the office, as people say them: a day and a clock in Oslo."""

from datetime import date, datetime, time

from domain.law.deadlines import oslo_datetime


def moment(day: str, clock: str) -> datetime:
    """The moment (UTC) of a day like 2027-01-12 and a clock like 12:00 in Oslo."""
    return oslo_datetime(date.fromisoformat(day), time.fromisoformat(clock))
