"""Plans of meetings, half a year at a time (M05)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import meeting_plans

router = APIRouter(prefix="/meeting-plans", tags=["meetings"], responses=COMMAND_ERRORS)


@router.post("", operation_id="adopt_meeting_plan", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def adopt_meeting_plan(body: meeting_plans.AdoptMeetingPlan, desk: CommandDesk) -> Response:
    """Adopt the plan of a half-year; a date in a weekend or on a public holiday becomes the next working day (M05)."""
    return desk.carry_out(meeting_plans.adopt_meeting_plan, body)


@router.post(
    "/{plan}/meetings", operation_id="extend_meeting_plan", response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)  # fmt: skip
def extend_meeting_plan(plan: UUID, body: meeting_plans.ExtendMeetingPlan, desk: CommandDesk) -> Response:
    """Add meetings to the half-year (M05)."""
    return desk.carry_out(meeting_plans.extend_meeting_plan, plan, body)


@router.post("/{plan}/calling", operation_id="call_in_plan", response_model=CommandAnswer)
def call_in_plan(plan: UUID, desk: CommandDesk) -> Response:
    """Call in to every coming meeting of the plan whoever is a member on its date (M06)."""
    return desk.carry_out(meeting_plans.call_in_plan, plan)
