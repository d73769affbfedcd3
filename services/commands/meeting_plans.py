"""The plan of meetings for half a year, and the meetings that come with it (M05, M06)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import Field, StringConstraints

from domain.group.meeting import AlreadyCalledError, Meeting, MeetingState
from domain.group.meeting_dates import dates_by
from domain.group.meeting_plan import HalfYear, MeetingPlan, MovedBecause, PlannedMeeting, WishedMeeting
from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from domain.law.deadlines import oslo_datetime
from domain.refusals import WrongStateError
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.keeping import Holds, Keeps
from services.core.registry import Area, command
from services.installation import Installation

Clock = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="By the clock in Oslo.", examples=["12:00"]),
]
Dates = Annotated[
    tuple[Day, ...], Field(min_length=1, max_length=60, examples=[["2027-01-12", "2027-02-09", "2027-03-09"]])
]
Room = Annotated[Code, Field(description="The room's code.", examples=["moterom_2"])]


class PlannedTimes(Body):
    """When in the day, and where. What is left out is as the rulebook says."""

    starts: Clock | None = None
    ends: Clock | None = None
    room: Room | None = None


class AdoptMeetingPlan(PlannedTimes):
    """A half-year's meetings. Without dates, by the rulebook's rhythm. Weekends and holidays move a date (M05)."""

    year: Annotated[int, Field(ge=2020, le=2200, description="The year of the plan.", examples=[2027])]
    half: Annotated[Literal[1, 2], Field(description="1 is January to June, 2 July to December.", examples=[1])]
    dates: Dates | None = None


class ExtendMeetingPlan(PlannedTimes):
    """More meetings in the same half-year."""

    dates: Dates


class PlanAdoptedError(WrongStateError):
    code = "plan_adopted"
    rule = "M05"
    missing = "Det finnes allerede en møteplan for dette halvåret."
    next_step = "Utvid planen, eller flytt og avlys møtene i den."


@dataclass(frozen=True)
class MeetingPlanned:
    """A meeting, with the date that was wished and the one it got."""

    meeting: UUID
    wished: date
    day: date
    moved_because: MovedBecause | None


@dataclass(frozen=True)
class MeetingsPlanned:
    """The meetings that a plan got."""

    plan: UUID
    meetings: tuple[MeetingPlanned, ...]


@dataclass(frozen=True)
class PlanCalledIn:
    """The meetings of a plan that somebody was called to."""

    plan: UUID
    meetings: tuple[UUID, ...]


@command("/meeting-plans", Area.MEETINGS, Holds(SAKSBEHANDLER), status=HTTPStatus.CREATED)
def adopt_meeting_plan(
    office: Installation, context: Context, _: None, body: AdoptMeetingPlan
) -> Outcome[MeetingsPlanned]:
    """Adopt the plan of a half-year; a date in a weekend or on a public holiday becomes the next working day (M05)."""
    half_year = HalfYear(body.year, body.half)
    if office.case_log.find(MeetingPlan, half_year.plan_id) is not None:
        raise PlanAdoptedError
    rhythm = office.rules(context).rhythm
    plan = MeetingPlan.adopt(
        half_year=half_year, wished=_wished(office, context, body, body.dates or dates_by(rhythm, half_year)),
        is_working_day=office.working_days.is_working_day, minimum=rhythm.meetings_in_plan, by=context.by, at=context.at,
    )  # fmt: skip
    meetings = _scheduled(plan, plan.meetings, body.room, context)
    return Outcome((plan, *meetings), _planned(plan, plan.meetings), tagged=plan)


@command("/meeting-plans/{plan}/meetings", Area.MEETINGS, Keeps(MeetingPlan), status=HTTPStatus.CREATED)
def extend_meeting_plan(
    office: Installation, context: Context, plan: MeetingPlan, body: ExtendMeetingPlan
) -> Outcome[MeetingsPlanned]:
    """Add meetings to the half-year (M05)."""
    before = len(plan.meetings)
    plan.extend(
        wished=_wished(office, context, body, body.dates), is_working_day=office.working_days.is_working_day,
        by=context.by, at=context.at,
    )  # fmt: skip
    added = plan.meetings[before:]
    meetings = _scheduled(plan, added, body.room, context)
    return Outcome((plan, *meetings), _planned(plan, added), tagged=plan)


@command("/meeting-plans/{plan}/calling", Area.MEETINGS, Keeps(MeetingPlan))
def call_in_plan(office: Installation, context: Context, plan: MeetingPlan) -> Outcome[PlanCalledIn]:
    """Call in to every coming meeting of the plan whoever is a member on its date (M06).

    Meetings whose call would not change are left alone. When that is all of them, it is refused.
    """
    group = office.case_log.load(WorkingGroup, WORKING_GROUP_ID)
    streams = office.case_log.load_many(meeting.id for meeting in plan.meetings)
    planned = (streams.load(Meeting, meeting.id) for meeting in plan.meetings)
    coming = [m for m in planned if m.state is MeetingState.SCHEDULED and m.day >= context.today]
    called = tuple(meeting for meeting in coming if _called_anew(group, meeting, context))
    if not called:
        raise AlreadyCalledError()
    return Outcome(called, PlanCalledIn(plan.id, tuple(meeting.id for meeting in called)))


def _called_anew(group: WorkingGroup, meeting: Meeting, context: Context) -> bool:
    with suppress(AlreadyCalledError):
        meeting.call(members=group.to_be_called_on(meeting.day), by=context.by, at=context.at)
        return True
    return False


def _wished(
    office: Installation, context: Context, body: PlannedTimes, days: Iterable[date]
) -> tuple[WishedMeeting, ...]:
    rhythm = office.rules(context).rhythm
    starts = time.fromisoformat(body.starts) if body.starts else rhythm.starts
    ends = time.fromisoformat(body.ends) if body.ends else rhythm.ends
    return tuple(WishedMeeting(uuid4(), day, starts, ends) for day in days)


def _scheduled(
    plan: MeetingPlan, planned: tuple[PlannedMeeting, ...], room: str | None, context: Context
) -> tuple[Meeting, ...]:
    return tuple(
        Meeting.schedule(
            id=meeting.id, plan=plan.id, day=meeting.day, starts_at=oslo_datetime(meeting.day, meeting.starts),
            ends_at=oslo_datetime(meeting.day, meeting.ends), room=room, by=context.by, at=context.at,
        )
        for meeting in planned
    )  # fmt: skip


def _planned(plan: MeetingPlan, planned: tuple[PlannedMeeting, ...]) -> MeetingsPlanned:
    return MeetingsPlanned(plan.id, tuple(MeetingPlanned(m.id, m.wished, m.day, m.moved_because) for m in planned))
