"""Everybody who may not: each made for a world, by name."""

from collections.abc import Callable

from domain.actors import SERVICE_OG_TILDELING, Role
from tests.api.decision_givens import inhabil_in
from tests.api.givens import consent, employee, on_agenda, pre_assessment, unregistered
from tests.api.office import Caller
from tests.api.walk.world import World


def stranger(world: World) -> Caller:
    """Signed in, and in no directory."""
    return unregistered(world.office)


def outsider(world: World) -> Caller:
    """Works in a unit that is not in the group."""
    return employee(world.office, "skolekontoret")


def other_unit(world: World) -> Caller:
    """Works in a unit of the group, and is no member of it."""
    return employee(world.office, "nav")


def left(world: World) -> Caller:
    """A member of the group who has left the municipality."""
    gone = employee(world.office, "nav")
    world.lead.do("/working-group/members", {"member": gone.id, "valid_from": "2026-12-01"})
    world.lead.do(f"/employees/{gone.id}/leaving")
    return gone


def former_member(world: World) -> Caller:
    """Was in the room, and is a member no longer."""
    world.lead.do(f"/working-group/members/{world.talk.group.nav.id}/release", {"out_from": "2027-01-20"})
    return world.talk.group.nav


def guest(world: World) -> Caller:
    """Was invited to an item at another meeting, about another case."""
    invited = employee(world.office, "botjenesten")
    body = world.office.application(applicant={"name": "Gjestens Sak"})
    case = world.lead.do("/applications", body)["case"]
    consent(world.office, case)
    pre_assessment(world.office, case)
    item = on_agenda(world.office, world.talk.group.meetings[2], case)
    world.lead.do(f"/agenda-items/{item}/guests", {"guest": invited.id})
    return invited


def colleague(world: World) -> Caller:
    """A saksbehandler at Service og tildeling who is responsible for none of the cases, and states no reason."""
    return employee(world.office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)


def inhabil(world: World) -> Caller:
    """The saksbehandler who is responsible for the cases, and inhabil in all of them."""
    for case in world.cases:
        inhabil_in(world.office, case, world.lead)
    return world.lead


def leader(world: World) -> Caller:
    """Leads a unit in the group."""
    return employee(world.office, "psykisk_helse", Role.LEADER)


def reviewer(world: World) -> Caller:
    """A reviewer without a review of any of the cases."""
    return employee(world.office, "internkontroll", Role.REVIEWER)


def machine(world: World) -> Caller:
    """A machine whose token has a scope for something that is no operation."""
    return world.office.caller("fagsystem", Role.MACHINE, scopes=frozenset({"something_else"}))


ACTORS: dict[str, Callable[[World], Caller]] = {
    each.__name__: each
    for each in (
        stranger, outsider, other_unit, left, former_member, guest, colleague, inhabil, leader, reviewer, machine,
    )
}  # fmt: skip
