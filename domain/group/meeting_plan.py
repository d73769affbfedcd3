"""The plan of meetings, a half-year at a time; weekends and public holidays move a date (M05)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.actors import By
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import NotFoundError, Refusal

IsWorkingDay = Callable[[date], bool]
"""Whether an Oslo date is neither a weekend nor a public holiday."""

MONTHS_IN_PLAN = 6
SATURDAY = 5


class MovedBecause(StrEnum):
    """Why a meeting is not on the wished date."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    DECIDED = "decided"


class CancelReason(StrEnum):
    """Why a meeting falls out. Goes out with the calendar entry, so it never says anything about a case."""

    NO_CASES = "no_cases"
    TOO_FEW_CAN_ATTEND = "too_few_can_attend"
    COLLIDES = "collides"
    OTHER = "other"


@dataclass(frozen=True)
class HalfYear:
    """Half 1 is January to June, half 2 July to December."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError("half must be 1 or 2")

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """The half-year that day lies in."""
        return cls(day.year, 1 if day.month <= MONTHS_IN_PLAN else 2)

    def contains(self, day: date) -> bool:
        return HalfYear.of(day) == self

    @property
    def plan_id(self) -> UUID:
        """The id of its plan. The same for everybody, so that a half-year can have one plan only."""
        return uuid5(NAMESPACE_URL, f"/meeting-plans/{self.year}/{self.half}")


@dataclass(frozen=True)
class WishedMeeting:
    """A meeting as wished for: an Oslo date, and a start and end by the clock in Oslo. `id` becomes the meeting's."""

    id: UUID
    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting as planned: `wished` is the date asked for, `day` the date it got. Oslo dates and clock."""

    id: UUID
    wished: date
    day: date
    starts: time
    ends: time
    moved_because: MovedBecause | None = None


class TooFewMeetingsError(Refusal):
    code = "too_few_meetings"
    rule = "M05"
    missing = "Møteplanen har for få møter. Planlagt:"
    next_step = "Legg til møter for månedene som mangler, eller endre møterytmen i konfigurasjonen."


class MeetingOutsideHalfYearError(Refusal):
    code = "meeting_outside_half_year"
    rule = "M05"
    missing = "Et møte faller utenfor halvåret planen gjelder for:"
    next_step = "Velg en dato i halvåret som er en arbeidsdag eller har en arbeidsdag etter seg i halvåret."


class MeetingsOnSameDayError(Refusal):
    code = "meetings_on_same_day"
    rule = "M05"
    missing = "To møter faller på samme dag:"
    next_step = "Velg ulike dager. En dato i helg eller på helligdag flyttes til neste arbeidsdag."


class NotAWorkingDayError(Refusal):
    code = "not_a_working_day"
    rule = "M05"
    missing = "Datoen er i en helg eller på en helligdag."
    next_step = "Velg en arbeidsdag."


class PlannedTimeError(Refusal):
    code = "planned_time"
    rule = "M05"
    missing = "Et møte slutter før det begynner."
    next_step = "Kontroller klokkeslettene."


class MeetingPlan(HusromAggregate):
    """One half-year's meetings (M05). The dates here are the plan; the Meeting itself knows its hours in UTC."""

    TOPIC = "meeting_plan"

    class Adopted(CreatedEvent):
        TOPIC: ClassVar[str] = "meeting_plan.Adopted"
        half_year: HalfYear
        meetings: tuple[PlannedMeeting, ...]

        def apply(self, plan: "MeetingPlan") -> None:
            plan.half_year, plan.meetings = self.half_year, self.meetings

    class Extended(Event):
        """More meetings in the same half-year."""

        TOPIC: ClassVar[str] = "meeting_plan.Extended"
        meetings: tuple[PlannedMeeting, ...]

        def apply(self, plan: "MeetingPlan") -> None:
            plan.meetings += self.meetings

    class DateMoved(Event):
        TOPIC: ClassVar[str] = "meeting_plan.DateMoved"
        meeting: UUID
        old: date
        new: date

        def apply(self, plan: "MeetingPlan") -> None:
            plan.meetings = tuple(
                replace(m, day=self.new, moved_because=MovedBecause.DECIDED) if m.id == self.meeting else m
                for m in plan.meetings
            )

    class DateCancelled(Event):
        TOPIC: ClassVar[str] = "meeting_plan.DateCancelled"
        meeting: UUID
        reason: CancelReason

        def apply(self, plan: "MeetingPlan") -> None:
            plan.meetings = tuple(m for m in plan.meetings if m.id != self.meeting)

    def __init__(self) -> None:
        self.half_year: HalfYear
        self.meetings: tuple[PlannedMeeting, ...] = ()

    @classmethod
    def adopt(
        cls,
        *,
        half_year: HalfYear,
        wished: tuple[WishedMeeting, ...],
        is_working_day: IsWorkingDay,
        minimum: int = MONTHS_IN_PLAN,
        by: By,
        at: datetime,
    ) -> "MeetingPlan":
        """Adopt the plan under `half_year.plan_id`. Saksbehandler only (M06).

        A wished date that is no working day becomes the next one that is. At least `minimum` meetings
        (`Rulebook.rhythm.meetings_in_plan`), and from six upwards one in every month. Raises
        `TooFewMeetingsError`, `MeetingOutsideHalfYearError`, `MeetingsOnSameDayError`, `PlannedTimeError` (M05).
        """
        require_saksbehandler(by)
        meetings = tuple(_placed(wish, is_working_day) for wish in wished)
        _require_sound(half_year, meetings)
        _require_enough(meetings, minimum)
        return cls.begin(cls.Adopted, id=half_year.plan_id, by=by, at=at, half_year=half_year, meetings=meetings)

    def extend(self, *, wished: tuple[WishedMeeting, ...], is_working_day: IsWorkingDay, by: By, at: datetime) -> None:
        """Add meetings to the half-year, placed as in `adopt`. Saksbehandler only. Same refusals, but for the number."""
        require_saksbehandler(by)
        added = tuple(_placed(wish, is_working_day) for wish in wished)
        _require_sound(self.half_year, self.meetings + added)
        self.record(self.Extended, by=by, at=at, meetings=added)

    def move_date(self, *, meeting: UUID, new: date, is_working_day: IsWorkingDay, by: By, at: datetime) -> None:
        """Move one meeting to the Oslo date `new`. Saksbehandler only.

        Raises `NotFoundError`, `NotAWorkingDayError`, `MeetingOutsideHalfYearError`, `MeetingsOnSameDayError` (M05).
        """
        require_saksbehandler(by)
        planned = self.meeting(meeting)
        if not is_working_day(new):
            raise NotAWorkingDayError()
        others = tuple(m for m in self.meetings if m.id != meeting)
        _require_sound(self.half_year, (*others, replace(planned, day=new)))
        self.record(self.DateMoved, by=by, at=at, meeting=meeting, old=planned.day, new=new)

    def cancel_date(self, *, meeting: UUID, reason: CancelReason, by: By, at: datetime) -> None:
        """Take one meeting out of the plan. Saksbehandler only. Raises `NotFoundError`."""
        require_saksbehandler(by)
        self.meeting(meeting)
        self.record(self.DateCancelled, by=by, at=at, meeting=meeting, reason=reason)

    def meeting(self, meeting: UUID) -> PlannedMeeting:
        """The planned meeting with that id. Raises `NotFoundError`."""
        for planned in self.meetings:
            if planned.id == meeting:
                return planned
        raise NotFoundError()


def _placed(wish: WishedMeeting, is_working_day: IsWorkingDay) -> PlannedMeeting:
    """Put a wish on its date, or on the first working day after it."""
    day = wish.day
    while not is_working_day(day):
        day += timedelta(days=1)
    return PlannedMeeting(wish.id, wish.day, day, wish.starts, wish.ends, _why_moved(wish.day, day))


def _why_moved(wished: date, day: date) -> MovedBecause | None:
    if wished == day:
        return None
    return MovedBecause.WEEKEND if wished.weekday() >= SATURDAY else MovedBecause.PUBLIC_HOLIDAY


def _require_sound(half_year: HalfYear, meetings: tuple[PlannedMeeting, ...]) -> None:
    days = [meeting.day for meeting in meetings]
    for meeting in meetings:
        if not (half_year.contains(meeting.wished) and half_year.contains(meeting.day)):
            raise MeetingOutsideHalfYearError(meeting.wished.isoformat())
        if days.count(meeting.day) > 1:
            raise MeetingsOnSameDayError(meeting.day.isoformat())
        if meeting.ends <= meeting.starts:
            raise PlannedTimeError(meeting.wished.isoformat())


def _require_enough(meetings: tuple[PlannedMeeting, ...], minimum: int) -> None:
    months = {meeting.day.month for meeting in meetings}
    if len(meetings) < minimum or len(months) < min(minimum, MONTHS_IN_PLAN):
        raise TooFewMeetingsError(f"{len(meetings)} møter i {len(months)} måneder; kravet er minst {minimum} møter.")
