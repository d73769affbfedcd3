"""The one decision: may this actor do this with this case at this moment, and which kinds of information open?

Default deny. Bars come first (care housing, inhabil); then each ground that holds adds the kinds it opens.
The gate asks it live, the audit asks it with the facts as they were (design D4, B03).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.access.facts import AccessFacts, FactName
from domain.access.kinds import (
    CASE_KINDS,
    COMPARISON_KINDS,
    DELIVERY_KINDS,
    SUBMISSION_KINDS,
    TASK_KINDS,
    InformationKind,
)
from domain.actors import Actor, Role


class Action(StrEnum):
    """What is asked for."""

    READ = "read"
    """See what the case says."""
    HANDLE = "handle"
    """Do casework in it: only who is responsible for it."""
    AUDIT = "audit"
    """See who knew of it, when and why, not what it says: only a reviewer."""
    DELIVER = "deliver"
    """Address a message: only the system, and only name and contact."""


class Rule(StrEnum):
    """Why access was given or refused; stands in the disclosure log for ever."""

    RESPONSIBLE = "responsible_saksbehandler"
    STATED_REASON = "same_unit_on_stated_reason"
    CALLED_AND_CONSENTED = "M09_called_to_item_within_consent"
    GUEST = "M03_guest_of_item_until_minutes_approved"
    SUBSTITUTE = "LI3_substitute_at_item_until_minutes_approved"
    COMPARED = "M14_compared_at_item_called_to"
    KEEPS_VACANCIES = "M14_service_og_tildeling_keeps_vacancies"
    SUBMITTER = "M04_own_submission"
    ASSIGNEE = "M15_own_task"
    OPEN_REVIEW = "C05_open_review"
    REVIEWER = "C05_reviewer_sees_access_log"
    DELIVERY = "C03_delivery"

    NO_RELATION = "no_lawful_relation"
    CARE_HOUSING = "M20_care_housing_only_service_og_tildeling"
    INHABIL = "LI1_inhabil"
    INHABIL_FOR_CANDIDATE = "B05_inhabil_for_one_compared"
    CONSENT_MISSING = "M09_consent_does_not_cover"
    NOT_RESPONSIBLE = "not_responsible_and_no_stated_reason"
    MEMBERSHIP_ENDED = "M02_not_a_member_on_this_date"
    GUEST_ACCESS_ENDED = "M03_minutes_approved"
    ACTION_NOT_COVERED = "action_not_covered"
    NO_LONGER_EMPLOYED = "M02_no_longer_employed"


PARTIAL = frozenset({Rule.GUEST, Rule.SUBSTITUTE, Rule.COMPARED, Rule.SUBMITTER, Rule.ASSIGNEE})
"""Grounds that open an item, a comparison, a submission or a task, not the case it stands in (M03, M04, M14, M15)."""


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
class Decision:
    """The answer. `related`: whether the actor has a lawful relation to the case at all (404 against 403).

    `limited`: those of `kinds` that open only in a part of the case (`PARTIAL`). `given`: what each ground gave.
    """

    allowed: bool
    rules: tuple[Rule, ...]
    kinds: frozenset[InformationKind] = frozenset()
    related: bool = False
    limited: frozenset[InformationKind] = frozenset()
    given: tuple[Finding, ...] = field(default=(), compare=False)

    def opens(self, kind: InformationKind) -> bool:
        return self.allowed and kind in self.kinds

    def opens_in_case(self, kind: InformationKind) -> bool:
        """Whether the kind opens wherever it stands in the case, and not only in a part of it."""
        return self.opens(kind) and kind not in self.limited

    def opens_by(self, rule: Rule, kind: InformationKind) -> bool:
        """Whether that ground opens the kind, in the part of the case that it is about."""
        return any(finding.rule is rule and kind in finding.kinds for finding in self.given)

    @property
    def opens_case(self) -> bool:
        """Whether a ground opens the case itself, and not only a part of it."""
        return self.allowed and bool(self.kinds - self.limited)


@dataclass(frozen=True)
class Request:
    """What `decide` is asked: the actor, the action, the facts, the day (Oslo), whether a reason was stated."""

    actor: Actor
    action: Action
    facts: AccessFacts
    day: date
    reason_stated: bool = False


def decide(actor: Actor, action: Action, facts: AccessFacts, day: date, *, reason_stated: bool = False) -> Decision:
    """Decide. `day` is the date in Oslo at the moment asked about; `facts` are those of the same moment."""
    request = Request(actor, action, facts, day, reason_stated)
    if not facts.case_exists:
        return Decision(False, (Rule.NO_RELATION,))
    if facts.named(FactName.GONE, subject=actor.id):
        return Decision(False, (Rule.NO_LONGER_EMPLOYED,))
    if facts.is_care_housing and not _may_know_of_care_housing(request):
        return Decision(False, (Rule.CARE_HOUSING,))
    findings = tuple(_findings(request))
    if not findings:
        return Decision(False, (Rule.NO_RELATION,))
    if facts.named(FactName.INHABIL, subject=actor.id):
        return Decision(False, (Rule.INHABIL,), related=True)
    given = tuple(finding for finding in findings if finding.gives)
    if not given:
        return Decision(False, tuple(finding.rule for finding in findings), related=True)
    kinds = frozenset(kind for finding in given for kind in finding.kinds)
    in_case = frozenset(kind for finding in given if finding.rule not in PARTIAL for kind in finding.kinds)
    rules = tuple(finding.rule for finding in given)
    return Decision(True, rules, kinds, related=True, limited=kinds - in_case, given=given)


def _may_know_of_care_housing(request: Request) -> bool:
    """Care housing is invisible to the group: only its caseworkers, a review and the mail worker (M20)."""
    actor = request.actor
    is_review = _reviewer if request.action is Action.AUDIT else _open_review
    return actor.is_saksbehandler or actor.role is Role.SYSTEM or is_review(request) is not None


def _findings(request: Request) -> Iterator[Finding]:
    grounds = _GROUNDS[request.action]
    return (finding for ground in grounds if (finding := ground(request)) is not None)


def _responsible(request: Request) -> Finding | None:
    if request.actor.is_saksbehandler and request.facts.named(FactName.RESPONSIBLE, subject=request.actor.id):
        return Finding(Rule.RESPONSIBLE, CASE_KINDS)
    return None


def _same_unit(request: Request) -> Finding | None:
    """Another saksbehandler's case opens on a stated reason; without one it is refused, not hidden."""
    if not request.actor.is_saksbehandler or _responsible(request):
        return None
    return Finding(Rule.STATED_REASON, CASE_KINDS) if request.reason_stated else Finding(Rule.NOT_RESPONSIBLE)


def _colleague_may_not_handle(request: Request) -> Finding | None:
    if request.actor.is_saksbehandler and not _responsible(request):
        return Finding(Rule.NOT_RESPONSIBLE)
    return None


def _called_member(request: Request) -> Finding | None:
    """A member called to the meeting sees the case within the consent, while the membership lasts (M02, M09)."""
    if request.actor.is_saksbehandler or not request.facts.items_called_to(request.actor.id):
        return None
    if request.facts.member(request.actor.id, request.day) is None:
        return Finding(Rule.MEMBERSHIP_ENDED)
    kinds = request.facts.consented_kinds(request.actor.unit, request.day) - {InformationKind.EMPLOYEE}
    return Finding(Rule.CALLED_AND_CONSENTED if kinds else Rule.CONSENT_MISSING, kinds)


def _guest(request: Request) -> Finding | None:
    """A guest sees the one item until its minutes are approved, within the consent (M03, B04)."""
    return _at_item(request, FactName.GUEST, Rule.GUEST)


def _substitute(request: Request) -> Finding | None:
    """Who stands in for somebody inhabil sees that item, as a guest does (LI3)."""
    return _at_item(request, FactName.SUBSTITUTE, Rule.SUBSTITUTE)


def _at_item(request: Request, invited_as: FactName, rule: Rule) -> Finding | None:
    if not request.facts.named(invited_as, subject=request.actor.id):
        return None
    if not request.facts.items_open_to(invited_as, request.actor.id):
        return Finding(Rule.GUEST_ACCESS_ENDED)
    kinds = request.facts.consented_kinds(request.actor.unit, request.day) - {InformationKind.EMPLOYEE}
    return Finding(rule if kinds else Rule.CONSENT_MISSING, kinds)


def _compared(request: Request) -> Finding | None:
    """Whoever is to compare the candidates for a vacancy sees of each what it takes, within the consent (M14).

    Until the item is settled or the candidate leaves the order; inhabil for one of them is out of it all (B05).
    """
    who, facts = request.actor.id, request.facts
    seats = [each for each in facts.comparisons if each.calls(who) or each.invites(who)]
    if request.actor.is_saksbehandler or not seats:
        return None
    open_seats = [each for each in seats if each.is_open_to(who)]
    if not open_seats:
        return Finding(Rule.INHABIL_FOR_CANDIDATE)
    if facts.member(who, request.day) is None and not any(each.invites(who) for each in open_seats):
        return Finding(Rule.MEMBERSHIP_ENDED)
    kinds = facts.consented_kinds(request.actor.unit, request.day) & COMPARISON_KINDS
    return Finding(Rule.COMPARED if kinds else Rule.CONSENT_MISSING, kinds)


def _submitter(request: Request) -> Finding | None:
    if request.facts.named(FactName.SUBMITTED, subject=request.actor.id):
        return Finding(Rule.SUBMITTER, SUBMISSION_KINDS)
    return None


def _assignee(request: Request) -> Finding | None:
    if request.facts.named(FactName.TASK, subject=request.actor.id):
        return Finding(Rule.ASSIGNEE, TASK_KINDS)
    return None


def _open_review(request: Request) -> Finding | None:
    if request.actor.role is Role.REVIEWER and request.facts.named(FactName.REVIEW, subject=request.actor.id):
        return Finding(Rule.OPEN_REVIEW, CASE_KINDS)
    return None


def _reviewer(request: Request) -> Finding | None:
    """A reviewer sees every access log; what a case says takes an open review."""
    return Finding(Rule.REVIEWER) if request.actor.role is Role.REVIEWER else None


def _delivery(request: Request) -> Finding | None:
    return Finding(Rule.DELIVERY, DELIVERY_KINDS) if request.actor.role is Role.SYSTEM else None


def _related_but_not_for_this(request: Request) -> Finding | None:
    """Somebody who is related to the case, but not for this, is told so, not that it does not exist."""
    is_related = any(ground(request) for ground in _GROUNDS[Action.READ])
    is_told_already = request.action is Action.HANDLE and request.actor.is_saksbehandler
    return Finding(Rule.ACTION_NOT_COVERED) if is_related and not is_told_already else None


Ground = Callable[[Request], Finding | None]

_GROUNDS: dict[Action, tuple[Ground, ...]] = {
    Action.READ: (
        _responsible, _same_unit, _called_member, _guest, _substitute, _compared, _submitter, _assignee, _open_review,
    ),
    Action.HANDLE: (_responsible, _colleague_may_not_handle, _related_but_not_for_this),
    Action.AUDIT: (_reviewer, _related_but_not_for_this),
    Action.DELIVER: (_delivery,),
}  # fmt: skip
