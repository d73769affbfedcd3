"""The two clocks (design D13): the office clock for business time, the real clock for tokens, claims, beat and timeouts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from services.first_use import replace
from services.settings import Settings


class ClockError(Exception):
    """The office clock cannot be set like that, or its file cannot be understood."""


class OfficeClock(Protocol):
    """What time it is at the office: the time of facts and deadlines."""

    def now(self) -> datetime:
        """The office's time, aware and in UTC."""
        ...


def real_now() -> datetime:
    """The real time, aware and in UTC. It rules tokens, claims, beat and timeouts, and nobody can set it."""
    return datetime.now(UTC)


class SystemClock:
    """The office clock of a real office: the real time."""

    def now(self) -> datetime:
        return real_now()


class DemoClock:
    """An office clock that a demonstration moves on, shared by all its processes through one small file.

    The file holds the distance to the real clock, so the time keeps ticking from wherever it was set.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The office's time (UTC). Raises ClockError rather than guess when the file is damaged."""
        return real_now() + self._offset()

    def set(self, to: datetime) -> None:
        """Move the office clock on to `to` (aware). Raises ClockError for a time before now: facts are not undone."""
        if to.tzinfo is None:
            raise ClockError("the office clock needs a time with a time zone")
        now = real_now()
        if to < now + self._offset() and self._path.exists():
            raise ClockError("the office clock never goes back")
        offset = to.astimezone(UTC) - now
        replace(self._path, json.dumps({"offset_microseconds": offset // timedelta(microseconds=1)}).encode())

    def _offset(self) -> timedelta:
        try:
            return timedelta(microseconds=json.loads(self._path.read_bytes())["offset_microseconds"])
        except FileNotFoundError:
            return timedelta(0)
        except (ValueError, KeyError, TypeError, OverflowError):
            raise ClockError("the office clock's file is damaged") from None


def office_clock(settings: Settings) -> OfficeClock:
    """The clock of this installation: settable only under demo settings."""
    return DemoClock(settings.office_clock_path) if settings.demo else SystemClock()
