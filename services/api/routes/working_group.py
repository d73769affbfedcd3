"""The group: members and substitutes (M02)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import working_group

router = APIRouter(prefix="/working-group", tags=["working group"], responses=COMMAND_ERRORS)


@router.post(
    "/members", operation_id="appoint_member", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED
)
def appoint_member(body: working_group.AppointMember, desk: CommandDesk) -> Response:
    """Appoint a representative of a unit; a unit may have several (M02). The first one begins the group."""
    return desk.carry_out(working_group.appoint_member, body)


@router.post("/members/{member}/release", operation_id="release_member", response_model=CommandAnswer)
def release_member(member: UUID, body: working_group.ReleaseMember, desk: CommandDesk) -> Response:
    """Let a member or substitute go; from that day nothing opens to them any more (M02)."""
    return desk.carry_out(working_group.release_member, member, body)


@router.post(
    "/substitutes", operation_id="name_substitute", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED
)
def name_substitute(body: working_group.NameSubstitute, desk: CommandDesk) -> Response:
    """Name who stands in for a member of the same unit, and when (M02)."""
    return desk.carry_out(working_group.name_substitute, body)
