"""Who may see what, written down once more from the mandate and the list of people, not from the code (R08).

Deliberately plain: one question after the other, in the mandate's order.
"""

from dataclasses import dataclass

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Role
from tests.domain.access.situations import Situation

EVERYTHING = frozenset(InformationKind) - {InformationKind.EMPLOYEE}
NAME_AND_CONTACT = frozenset({InformationKind.IDENTITY, InformationKind.CONTACT})
OF_A_TASK = NAME_AND_CONTACT | {InformationKind.ADDRESS, InformationKind.FOLLOW_UP, InformationKind.VEDTAK}
TO_COMPARE = frozenset(
    {InformationKind.IDENTITY, InformationKind.HOUSEHOLD, InformationKind.HOUSING, InformationKind.ASSESSMENT}
)
NOTHING: frozenset[InformationKind] = frozenset()


@dataclass(frozen=True)
class Answer:
    """`status`: what HTTP would say: 200, 403 or 404."""

    status: int
    kinds: frozenset[InformationKind] = NOTHING


def answer(so: Situation, action: Action) -> Answer:
    """What the mandate says.

    Who is asked in a dialogue about care housing answers, and is let in to nothing by it. What somebody has in another
    case of the same person opens nothing here; only inhabil holds wherever it was declared.
    """
    so = _in_the_seat_used(so)
    if not so.exists or so.gone:
        return Answer(404)
    if so.care_housing and not _keeps_care_housing(so, action):
        return Answer(404)
    if not _is_related(so, action):
        return Answer(404)
    if so.inhabil:
        return Answer(403)
    allowed, kinds = _granted(so, action)
    return Answer(200, kinds) if allowed else Answer(403)


def _in_the_seat_used(so: Situation) -> Situation:
    """What was given to another seat is as if it were not. A member is called in the seat that she was appointed in."""
    if so.given_in == "this":
        return so
    is_appointed = so.membership != "none"
    called_there = so.at_vacancy == "called" and not is_appointed
    return so.but(
        guest=False, substitute=False, task=False, submitted=False, membership="none",
        called=so.called and not is_appointed, at_vacancy="called" if called_there else "none",
    )  # fmt: skip


def _reviews(so: Situation) -> bool:
    """C05: a review with a ground until its last day; where a second person is needed, once that one has agreed."""
    return so.actor.role is Role.REVIEWER and so.review and so.review_runs and so.second_person != "awaited"


def _is_caseworker(so: Situation) -> bool:
    return so.actor.role is Role.SAKSBEHANDLER and so.actor.unit == SERVICE_OG_TILDELING


def _keeps_care_housing(so: Situation, action: Action) -> bool:
    """M20: Service og tildeling alone; and whoever checks the system, or carries its mail."""
    if so.actor.role is Role.REVIEWER:
        return _reviews(so) or action is Action.AUDIT
    return _is_caseworker(so) or so.actor.role is Role.SYSTEM or _opened_it_in_an_emergency(so)


def _is_related(so: Situation, action: Action) -> bool:
    if action is Action.DELIVER:
        return so.actor.role is Role.SYSTEM
    if action is Action.AUDIT and so.actor.role is Role.REVIEWER:
        return True
    at_the_table = so.called and (so.item in ("planned", "approved") or so.later_item)
    at_the_item = at_the_table or so.guest or so.substitute or _is_at_the_vacancy(so)
    return (
        _is_caseworker(so) or _opened_it_in_an_emergency(so) or at_the_item or so.submitted or so.task or _reviews(so)
    )


def _is_at_the_vacancy(so: Situation) -> bool:
    """M14: the group agrees on who gets a vacancy, so those asked to that item compare, until it has come to its end."""
    return so.vacancy == "planned" and so.at_vacancy != "none"


def _granted(so: Situation, action: Action) -> tuple[bool, frozenset[InformationKind]]:
    if action is Action.DELIVER:
        return True, NAME_AND_CONTACT | {InformationKind.EMPLOYEE}
    if action is Action.AUDIT:
        return so.actor.role is Role.REVIEWER, NOTHING
    if action is Action.HANDLE:
        return _has_the_case(so), EVERYTHING
    kinds = _readable(so)
    return bool(kinds), kinds


def _readable(so: Situation) -> frozenset[InformationKind]:
    kinds = NOTHING
    if _has_the_case(so) or (_is_caseworker(so) and so.reason_stated):
        kinds |= EVERYTHING
    if not _is_caseworker(so) and so.called and so.membership == "current" and _is_on_an_agenda_or_in_hand(so):
        kinds |= _consented(so)
    if (so.guest or so.substitute) and so.item == "planned" and so.met == "today":
        kinds |= _consented(so)
    if not _is_caseworker(so) and _may_compare(so):
        kinds |= _consented(so) & TO_COMPARE
    if so.submitted and so.membership != "ended":
        kinds |= {InformationKind.IDENTITY, InformationKind.NOTE}
    if so.task:
        kinds |= OF_A_TASK
    if _opened_it_in_an_emergency(so):
        kinds |= EVERYTHING
    if _reviews(so):
        kinds |= EVERYTHING
    return kinds


def _opened_it_in_an_emergency(so: Situation) -> bool:
    """A saksbehandler or the unit's leader, for a set time."""
    may = so.actor.unit == SERVICE_OG_TILDELING and so.actor.role in (Role.SAKSBEHANDLER, Role.LEADER)
    return may and so.emergency == "open"


def _has_the_case(so: Situation) -> bool:
    """It ends with the case: closed, the time to appeal gone, no appeal under way, no lease running in it."""
    return _is_caseworker(so) and (so.responsible or so.stand_in == "today") and not _is_over_for(so)


def _is_over_for(so: Situation) -> bool:
    """Taken up again it is only with who took it up, and with nobody who stands in for another."""
    return so.state == "over" or (so.state == "taken_up" and not so.responsible)


def _is_on_an_agenda_or_in_hand(so: Situation) -> bool:
    """A member sees the case until its minutes are approved; longer with a task in it, or when it is up once more."""
    return so.item == "planned" or so.later_item or (so.item == "approved" and so.task)


def _may_compare(so: Situation) -> bool:
    """M02: members while they are; M03, LI3: who is asked to the item only; B05: nobody inhabil for one of them."""
    has_seat = so.at_vacancy in ("guest", "substitute") or so.membership == "current"
    return _is_at_the_vacancy(so) and has_seat and not so.inhabil_for_another


def _consented(so: Situation) -> frozenset[InformationKind]:
    """M09: without a valid consent that names the unit, nothing; Service og tildeling owns the case and needs none."""
    if so.actor.unit == SERVICE_OG_TILDELING:
        return EVERYTHING
    if so.consent != "given" or so.consent_unit != so.actor.unit:
        return NOTHING
    return frozenset(so.kinds) & EVERYTHING
