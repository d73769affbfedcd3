"""Who sits in the group: members, those who leave it, and substitutes (M02)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from uuid import UUID

from domain.actors import Unit
from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, SeatUnit
from services.commands.employees import open_tasks_of, seat_of
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.keeping import Holds, KeepsTheOnly
from services.core.registry import Area, command
from services.installation import Installation


class AppointMember(Body):
    """A representative of the unit that the employee works in. Both dates are included; without an end, until released."""

    member: Id
    unit: SeatUnit = None
    valid_from: Day
    valid_to: Day | None = None


class ReleaseMember(Body):
    """`out_from`: the first day that the person is no longer in the group."""

    out_from: Day


class NameSubstitute(Body):
    """Who stands in for a member of the same unit. Both dates are included; without an end, until released."""

    substitute: Id
    unit: SeatUnit = None
    for_member: Id
    valid_from: Day
    valid_to: Day | None = None


@dataclass(frozen=True)
class MemberAppointed:
    """A member of the group, and the unit that the member represents."""

    member: UUID
    unit: Unit


@dataclass(frozen=True)
class MemberReleased:
    """Who is no longer in the group from that day. `open_tasks`: what is to be handed on (M15)."""

    member: UUID
    out_from: date
    open_tasks: tuple[UUID, ...]


@dataclass(frozen=True)
class SubstituteNamed:
    """Who stands in for a member of the unit."""

    substitute: UUID
    unit: Unit


@command("/working-group/members", Area.WORKING_GROUP, Holds(SAKSBEHANDLER), status=HTTPStatus.CREATED)
def appoint_member(office: Installation, context: Context, _: None, body: AppointMember) -> Outcome[MemberAppointed]:
    """Appoint a representative of a unit; a unit may have several (M02).

    The first one begins the group, with the units that the rulebook names (D11).
    """
    unit = seat_of(office, context, body.member, body.unit).unit
    group = _group_as_the_rulebook_says(office, context)
    group.appoint_member(
        member=body.member, unit=unit, valid_from=body.valid_from, valid_to=body.valid_to, by=context.by, at=context.at
    )
    return Outcome((group,), MemberAppointed(body.member, unit), tagged=group)


@command(
    "/working-group/members/{member}/release", Area.WORKING_GROUP, KeepsTheOnly(WorkingGroup, WORKING_GROUP_ID)
)  # fmt: skip
def release_member(
    office: Installation, context: Context, group: WorkingGroup, member: UUID, body: ReleaseMember
) -> Outcome[MemberReleased]:
    """Let a member or substitute go; from that day nothing opens to them any more (M02), whoever has been called to what."""
    group.release_member(member=member, on=body.out_from, by=context.by, at=context.at)
    released = MemberReleased(member, body.out_from, tuple(open_tasks_of(office, member)))
    return Outcome((group,), released, tagged=group)


@command("/working-group/substitutes", Area.WORKING_GROUP, Holds(SAKSBEHANDLER), status=HTTPStatus.CREATED)
def name_substitute(office: Installation, context: Context, _: None, body: NameSubstitute) -> Outcome[SubstituteNamed]:
    """Name who stands in for a member of the same unit, and when (M02)."""
    unit = seat_of(office, context, body.substitute, body.unit).unit
    group = _group_as_the_rulebook_says(office, context)
    group.name_substitute(
        substitute=body.substitute, for_member=body.for_member, unit=unit, valid_from=body.valid_from,
        valid_to=body.valid_to, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((group,), SubstituteNamed(body.substitute, unit), tagged=group)


def _group_as_the_rulebook_says(office: Installation, context: Context) -> WorkingGroup:
    """The one group, begun or brought up to date with today's rulebook (D11)."""
    units = office.rules(context).units
    group = office.case_log.find(WorkingGroup, WORKING_GROUP_ID)
    if group is None:
        return WorkingGroup.establish(
            permanent_units=units.permanent, on_demand_units=units.on_demand, by=context.by, at=context.at
        )
    context.expect(group)
    if (group.permanent_units, group.on_demand_units) != (units.permanent, units.on_demand):
        group.change_units(
            permanent_units=units.permanent, on_demand_units=units.on_demand, today=context.today, by=context.by,
            at=context.at,
        )  # fmt: skip
    return group
