"""The grounds of a decision: each looks at one relation to the case, and says what it opens or why it opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.access.access_facts import AccessFacts
from domain.access.emergency import may_open_in_emergency
from domain.access.facts import FactName
from domain.access.kinds import (
    CASE_KINDS,
    COMPARISON_KINDS,
    DELIVERY_KINDS,
    SUBMISSION_KINDS,
    TASK_KINDS,
    InformationKind,
)
from domain.access.rules import Action, Rule
from domain.actors import Actor, Role


@dataclass(frozen=True)
class Finding:
    """What one ground found: a rule that gives `kinds`, or one that says why a relation gives nothing."""

    rule: Rule
    kinds: frozenset[InformationKind] = frozenset()

    @property
    def gives(self) -> bool:
        """Whether it allows the action. The access log is given without any kind: it says nothing of the case."""
        return bool(self.kinds) or self.rule is Rule.REVIEWER


@dataclass(frozen=True)
class Request:
    """What `decide` is asked: the actor, the action, the facts, the day (Oslo), whether a reason was stated."""

    actor: Actor
    action: Action
    facts: AccessFacts
    day: date
    reason_stated: bool = False


def may_know_of_care_housing(request: Request) -> bool:
    """Care housing is invisible to the group: only its caseworkers, a review and the mail worker (M20)."""
    actor = request.actor
    is_review = _reviewer if request.action is Action.AUDIT else _open_review
    grounds = (is_review, _emergency)
    return actor.is_saksbehandler or actor.role is Role.SYSTEM or any(ground(request) for ground in grounds)


def _responsible(request: Request) -> Finding | None:
    """Until the case is over: then a stated reason opens it as any other, and it can be taken up again (LC1)."""
    actor, facts = request.actor, request.facts
    if actor.is_saksbehandler and facts.is_responsible(actor.id, request.day):
        return Finding(Rule.RESPONSIBLE, CASE_KINDS)
    return None


def _stand_in(request: Request) -> Finding | None:
    """Whoever stands in for the saksbehandler on that day has the case as she does."""
    actor, facts = request.actor, request.facts
    covered = facts.stood_in_for(actor.id, request.day)
    if actor.is_saksbehandler and any(facts.is_responsible(absent, request.day) for absent in covered):
        return Finding(Rule.STAND_IN, CASE_KINDS)
    return None


def _has_case(request: Request) -> bool:
    return _responsible(request) is not None or _stand_in(request) is not None


def _same_unit(request: Request) -> Finding | None:
    """Another saksbehandler's case opens on a stated reason; without one it is refused, not hidden."""
    if not request.actor.is_saksbehandler or _has_case(request):
        return None
    return Finding(Rule.STATED_REASON, CASE_KINDS) if request.reason_stated else Finding(_why_not_hers(request))


def _colleague_may_not_handle(request: Request) -> Finding | None:
    if request.actor.is_saksbehandler and not _has_case(request):
        return Finding(_why_not_hers(request))
    return None


def _why_not_hers(request: Request) -> Rule:
    had_it = request.facts.named(FactName.RESPONSIBLE, subject=request.actor.id)
    return Rule.CASE_OVER if had_it else Rule.NOT_RESPONSIBLE


def _called_member(request: Request) -> Finding | None:
    """A member called to the meeting sees the case within the consent, while the membership lasts (M02, M09).

    Until its minutes are approved; longer while the case is on a later agenda, or the member has a task in it.
    """
    who, facts = request.actor.id, request.facts
    if request.actor.is_saksbehandler or not facts.items_called_to(who):
        return None
    if facts.member(who, request.day) is None:
        return Finding(Rule.MEMBERSHIP_ENDED)
    kinds = facts.consented_kinds(request.actor.unit, request.day) - {InformationKind.EMPLOYEE}
    if kinds and not (facts.is_still_called(who) or facts.named(FactName.TASK, subject=who)):
        return Finding(Rule.MINUTES_APPROVED)
    return Finding(Rule.CALLED_AND_CONSENTED if kinds else Rule.CONSENT_MISSING, kinds)


def _guest(request: Request) -> Finding | None:
    """A guest sees the one item within the consent, until the minutes are approved or some days have gone (M03, B04)."""
    return _at_item(request, FactName.GUEST, Rule.GUEST)


def _substitute(request: Request) -> Finding | None:
    """Who stands in for somebody inhabil sees that item, as a guest does (LI3)."""
    return _at_item(request, FactName.SUBSTITUTE, Rule.SUBSTITUTE)


def _at_item(request: Request, invited_as: FactName, rule: Rule) -> Finding | None:
    if not request.facts.named(invited_as, subject=request.actor.id):
        return None
    if not request.facts.items_open_to(invited_as, request.actor.id, request.day):
        return Finding(Rule.GUEST_ACCESS_ENDED)
    kinds = request.facts.consented_kinds(request.actor.unit, request.day) - {InformationKind.EMPLOYEE}
    return Finding(rule if kinds else Rule.CONSENT_MISSING, kinds)


def _compared(request: Request) -> Finding | None:
    """Whoever is to compare the candidates for a vacancy sees of each what it takes, within the consent (M14).

    Until the item is settled or the candidate leaves the order; inhabil for one of them is out of it all (B05).
    """
    who, facts = request.actor.id, request.facts
    seats = [each for each in facts.comparisons if each.calls(who) or each.invites(who, request.day)]
    if request.actor.is_saksbehandler or not seats:
        return None
    open_seats = [each for each in seats if each.is_open_to(who, request.day)]
    if not open_seats:
        return Finding(Rule.INHABIL_FOR_CANDIDATE)
    if facts.member(who, request.day) is None and not any(each.invites(who, request.day) for each in open_seats):
        return Finding(Rule.MEMBERSHIP_ENDED)
    kinds = facts.consented_kinds(request.actor.unit, request.day) & COMPARISON_KINDS
    return Finding(Rule.COMPARED if kinds else Rule.CONSENT_MISSING, kinds)


def _submitter(request: Request) -> Finding | None:
    """What a member submitted, as long as she is one; who never was, from a unit on demand, keeps it (M02, M04)."""
    if not request.facts.named(FactName.SUBMITTED, subject=request.actor.id):
        return None
    if request.facts.was_member(request.actor.id, request.day):
        return Finding(Rule.MEMBERSHIP_ENDED)
    return Finding(Rule.SUBMITTER, SUBMISSION_KINDS)


def _assignee(request: Request) -> Finding | None:
    if request.facts.named(FactName.TASK, subject=request.actor.id):
        return Finding(Rule.ASSIGNEE, TASK_KINDS)
    return None


def _emergency(request: Request) -> Finding | None:
    """A case that she opened for some days for a written reason, from Service og tildeling, which owns it."""
    opened = request.facts.named(FactName.EMERGENCY, subject=request.actor.id)
    if not may_open_in_emergency(request.actor) or not any(row.value.valid_on(request.day) for row in opened):
        return None
    return Finding(Rule.EMERGENCY, CASE_KINDS)


def _open_review(request: Request) -> Finding | None:
    actor, facts = request.actor, request.facts
    if actor.role is Role.REVIEWER and facts.is_reviewed_by(actor.id, request.day):
        return Finding(Rule.OPEN_REVIEW, CASE_KINDS)
    return None


def _reviewer(request: Request) -> Finding | None:
    """A reviewer sees every access log; what a case says takes an open review."""
    return Finding(Rule.REVIEWER) if request.actor.role is Role.REVIEWER else None


def _delivery(request: Request) -> Finding | None:
    return Finding(Rule.DELIVERY, DELIVERY_KINDS) if request.actor.role is Role.SYSTEM else None


def _related_but_not_for_this(request: Request) -> Finding | None:
    """Somebody who is related to the case, but not for this, is told so, not that it does not exist."""
    is_related = any(ground(request) for ground in GROUNDS[Action.READ])
    is_told_already = request.action is Action.HANDLE and request.actor.is_saksbehandler
    return Finding(Rule.ACTION_NOT_COVERED) if is_related and not is_told_already else None


Ground = Callable[[Request], Finding | None]

GROUNDS: dict[Action, tuple[Ground, ...]] = {
    Action.READ: (
        _responsible, _stand_in, _same_unit, _called_member, _guest, _substitute, _compared, _submitter, _assignee, _emergency, _open_review,
    ),
    Action.HANDLE: (_responsible, _stand_in, _colleague_may_not_handle, _related_but_not_for_this),
    Action.AUDIT: (_reviewer, _related_but_not_for_this),
    Action.DELIVER: (_delivery,),
}  # fmt: skip
