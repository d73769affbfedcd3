"""Who sits in the group: members, those who leave it, and substitutes (M02)."""

from http import HTTPStatus
from uuid import UUID

from domain.authority import require_saksbehandler
from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id
from services.commands.employees import employed, open_tasks_of
from services.context import Context
from services.installation import Installation


class AppointMember(Body):
    """A representative of the unit that the employee works in. Both dates are included; without an end, until released."""

    member: Id
    valid_from: Day
    valid_to: Day | None = None


class ReleaseMember(Body):
    """`out_from`: the first day that the person is no longer in the group."""

    out_from: Day


class NameSubstitute(Body):
    """Who stands in for a member of the same unit. Both dates are included; without an end, until released."""

    substitute: Id
    for_member: Id
    valid_from: Day
    valid_to: Day | None = None


def appoint_member(office: Installation, context: Context, body: AppointMember) -> Outcome:
    """Appoint a member. The first one begins the group, with the units that the rulebook names (D11)."""
    require_saksbehandler(context.by)
    unit = employed(office, body.member).unit
    group = _group_as_the_rulebook_says(office, context)
    group.appoint_member(
        member=body.member, unit=unit, valid_from=body.valid_from, valid_to=body.valid_to, by=context.by, at=context.at
    )
    return Outcome((group,), {"member": body.member, "unit": unit}, tagged=group, status=HTTPStatus.CREATED)


def release_member(office: Installation, context: Context, member: UUID, body: ReleaseMember) -> Outcome:
    """Let a member or substitute go. Access ends on that day, whoever has been called to what."""
    require_saksbehandler(context.by)
    group = office.case_log.load(WorkingGroup, WORKING_GROUP_ID)
    context.expect(group)
    group.release_member(member=member, on=body.out_from, by=context.by, at=context.at)
    answer = {"member": member, "out_from": body.out_from, "open_tasks": open_tasks_of(office, member)}
    return Outcome((group,), answer, tagged=group)


def name_substitute(office: Installation, context: Context, body: NameSubstitute) -> Outcome:
    """Name who stands in for a member."""
    require_saksbehandler(context.by)
    unit = employed(office, body.substitute).unit
    group = _group_as_the_rulebook_says(office, context)
    group.name_substitute(
        substitute=body.substitute, for_member=body.for_member, unit=unit, valid_from=body.valid_from,
        valid_to=body.valid_to, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((group,), {"substitute": body.substitute, "unit": unit}, tagged=group, status=HTTPStatus.CREATED)


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
