"""One meeting: when and where, who is called in, and whether it may close (M05, M06, M07)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By, EmployeeId, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.group.meeting_plan import CancelReason
from domain.group.working_group import Member
from domain.refusals import Refusal, WrongStateError


class MeetingState(StrEnum):
    """Where a meeting stands. Being called in is a matter of its own: `Meeting.called`."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CalledMember:
    """Somebody called to the whole meeting; guests of single items are not (M03)."""

    member: EmployeeId
    unit: Unit
    substitute_for: EmployeeId | None = None


@dataclass(frozen=True)
class ItemOutcome:
    """Whether an agenda item is settled: concluded with its tasks shared out, postponed, or taken off (M07)."""

    item: UUID
    settled: bool


class MeetingTimeError(Refusal):
    code = "meeting_time"
    rule = "M05"
    missing = "Tidspunktene for møtet henger ikke sammen: det må slutte etter at det begynner, og være oppgitt i UTC."
    next_step = "Kontroller start og slutt."


class NobodyToCallError(Refusal):
    code = "nobody_to_call"
    rule = "M06"
    missing = "Gruppa har ingen faste medlemmer på møtedagen."
    next_step = "Oppnevn medlemmer før du kaller inn."


class OnlyPermanentAreCalledError(Refusal):
    code = "only_permanent_are_called"
    rule = "M03"
    missing = "Enheter som deltar ved behov, kalles ikke inn til hele møtet."
    next_step = "Inviter dem som gjest til saken det gjelder."


class AlreadyCalledError(WrongStateError):
    code = "already_called"
    rule = "M06"
    missing = "De samme er allerede kalt inn."
    next_step = "Ingenting å gjøre. Endre medlemskap eller tidspunkt dersom innkallingen skal endres."


class ItemsNotSettledError(Refusal):
    code = "items_not_settled"
    rule = "M07"
    missing = "Møtet kan ikke avsluttes: noen saker mangler konklusjon og oppgavefordeling."
    next_step = "Konkluder og fordel oppgaver, eller utsett saken til et navngitt møte."


class MeetingOverError(WrongStateError):
    code = "meeting_over"
    rule = "M05"
    missing = "Møtet er avsluttet, avlyst eller har vært."
    next_step = "Velg et møte som ikke har vært ennå."


class Meeting(HusromAggregate):
    """A meeting of the group. Its id is the planned meeting's.

    `sequence` is the calendar's: 0 in the first invitation, one more for every later change that reaches
    calendars (M06). Events that reach calendars carry it.
    """

    TOPIC = "meeting"

    class Scheduled(CreatedEvent):
        """`day` is the Oslo date; `starts_at` and `ends_at` are UTC."""

        TOPIC: ClassVar[str] = "meeting.Scheduled"
        plan: UUID
        day: date
        starts_at: datetime
        ends_at: datetime
        room: str | None

        def apply(self, meeting: "Meeting") -> None:
            meeting.plan, meeting.day, meeting.room = self.plan, self.day, self.room
            meeting.starts_at, meeting.ends_at = self.starts_at, self.ends_at

    class Called(Event):
        """`called` is everybody, `no_longer` those called before whose entry is to be withdrawn."""

        TOPIC: ClassVar[str] = "meeting.Called"
        called: tuple[CalledMember, ...]
        no_longer: tuple[CalledMember, ...]
        sequence: int

        def apply(self, meeting: "Meeting") -> None:
            meeting.called, meeting.sequence = self.called, self.sequence

    class Rescheduled(Event):
        """`day` is the Oslo date; `starts_at` and `ends_at` are UTC."""

        TOPIC: ClassVar[str] = "meeting.Rescheduled"
        day: date
        starts_at: datetime
        ends_at: datetime
        room: str | None
        sequence: int

        def apply(self, meeting: "Meeting") -> None:
            meeting.day, meeting.room, meeting.sequence = self.day, self.room, self.sequence
            meeting.starts_at, meeting.ends_at = self.starts_at, self.ends_at

    class Cancelled(Event):
        TOPIC: ClassVar[str] = "meeting.Cancelled"
        reason: CancelReason
        sequence: int

        def apply(self, meeting: "Meeting") -> None:
            meeting.state, meeting.sequence = MeetingState.CANCELLED, self.sequence

    class ItemPlaced(Event):
        """Something was put on the agenda, in the item's own save: a meeting cannot close beside it (M07)."""

        TOPIC: ClassVar[str] = "meeting.ItemPlaced"
        item: UUID

        def apply(self, meeting: "Meeting") -> None:
            pass

    class Opened(Event):
        TOPIC: ClassVar[str] = "meeting.Opened"

        def apply(self, meeting: "Meeting") -> None:
            meeting.state = MeetingState.OPEN

    class Closed(Event):
        TOPIC: ClassVar[str] = "meeting.Closed"

        def apply(self, meeting: "Meeting") -> None:
            meeting.state = MeetingState.CLOSED

    def __init__(self) -> None:
        self.plan: UUID
        self.day: date
        self.starts_at: datetime
        self.ends_at: datetime
        self.room: str | None = None
        self.state = MeetingState.SCHEDULED
        self.called: tuple[CalledMember, ...] = ()
        self.sequence = 0

    @classmethod
    def schedule(
        cls,
        *,
        id: UUID,
        plan: UUID,
        day: date,
        starts_at: datetime,
        ends_at: datetime,
        room: str | None = None,
        by: By,
        at: datetime,
    ) -> "Meeting":
        """Schedule a planned meeting: `day` in Oslo, start and end in UTC, `room` a code. Saksbehandler only.

        Raises `MeetingTimeError`.
        """
        require_saksbehandler(by)
        _require_times(starts_at, ends_at)
        return cls.begin(
            cls.Scheduled, id=id, by=by, at=at, plan=plan, day=day, starts_at=starts_at, ends_at=ends_at, room=room
        )

    def call(self, *, members: tuple[Member, ...], by: By, at: datetime) -> None:
        """Call in everybody in `members` (`WorkingGroup.to_be_called_on`), or call anew when membership changed.

        Saksbehandler only (M06). Raises `NobodyToCallError`, `OnlyPermanentAreCalledError` (M03),
        `AlreadyCalledError`, `WrongStateError`.
        """
        require_saksbehandler(by)
        self._require(MeetingState.SCHEDULED)
        if not members:
            raise NobodyToCallError()
        if not all(member.permanent for member in members):
            raise OnlyPermanentAreCalledError()
        called = tuple(CalledMember(member.id, member.unit, member.substitute_for) for member in members)
        if set(called) == set(self.called):
            raise AlreadyCalledError()
        kept = {c.member for c in called}
        no_longer = tuple(before for before in self.called if before.member not in kept)
        self.record(self.Called, by=by, at=at, called=called, no_longer=no_longer, sequence=self._next_sequence())

    def reschedule(
        self, *, day: date, starts_at: datetime, ends_at: datetime, room: str | None = None, by: By, at: datetime
    ) -> None:
        """Move the meeting: `day` in Oslo, start and end in UTC, `room` a code. Saksbehandler only.

        That the day is a working day is the plan's rule; move it there in the same save. Raises
        `MeetingTimeError`, `WrongStateError`.
        """
        require_saksbehandler(by)
        self._require(MeetingState.SCHEDULED)
        _require_times(starts_at, ends_at)
        self.record(
            self.Rescheduled, by=by, at=at, day=day, starts_at=starts_at, ends_at=ends_at, room=room,
            sequence=self._next_sequence(),
        )  # fmt: skip

    def cancel(self, *, reason: CancelReason, by: By, at: datetime) -> None:
        """Cancel the meeting. Saksbehandler only. Its items must be postponed by the same command (M18)."""
        require_saksbehandler(by)
        self._require(MeetingState.SCHEDULED)
        self.record(self.Cancelled, by=by, at=at, reason=reason, sequence=self._next_sequence())

    def place(self, *, item: UUID, by: By, at: datetime) -> None:
        """Take in an agenda item; who may add it is the item's rule. Raises `MeetingOverError`."""
        if self.state not in (MeetingState.SCHEDULED, MeetingState.OPEN):
            raise MeetingOverError()
        self.record(self.ItemPlaced, by=by, at=at, item=item)

    def open(self, *, by: By, at: datetime) -> None:
        """Begin the meeting. Saksbehandler only. Raises `WrongStateError` unless it is scheduled and called."""
        require_saksbehandler(by)
        self._require(MeetingState.SCHEDULED)
        if not self.called:
            raise WrongStateError()
        self.record(self.Opened, by=by, at=at)

    def close(self, *, items: tuple[ItemOutcome, ...], by: By, at: datetime) -> None:
        """End the meeting. `items` is every item on its agenda. Saksbehandler only.

        Raises `ItemsNotSettledError` while one has neither conclusion and tasks nor a postponement (M07).
        """
        require_saksbehandler(by)
        self._require(MeetingState.OPEN)
        if unsettled := sum(not outcome.settled for outcome in items):
            raise ItemsNotSettledError(about_items(unsettled))
        self.record(self.Closed, by=by, at=at)

    def _next_sequence(self) -> int:
        """Nothing has reached a calendar before somebody was called."""
        return self.sequence + 1 if self.called else self.sequence

    def _require(self, state: MeetingState) -> None:
        if self.state is not state:
            raise WrongStateError()


def about_items(count: int) -> str:
    """How many things on the agenda a refusal is about, as people read it."""
    return "Det gjelder 1 sak." if count == 1 else f"Det gjelder {count} saker."


def _require_times(starts_at: datetime, ends_at: datetime) -> None:
    in_utc = all(moment.utcoffset() == timedelta(0) for moment in (starts_at, ends_at))
    if not in_utc or ends_at <= starts_at:
        raise MeetingTimeError()
