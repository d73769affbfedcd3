"""The one decision: may this actor do this with this case at this moment, and which kinds of information open?

Default deny. Bars come first (care housing, inhabil); then each ground that holds adds the kinds it opens.
The gate asks it live, the audit asks it with the facts as they were (design D4, B03).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.access.access_facts import AccessFacts
from domain.access.facts import FactName
from domain.access.grounds import GROUNDS, Finding, Request, may_know_of_care_housing
from domain.access.kinds import InformationKind
from domain.access.rules import PARTIAL, Action, Rule
from domain.access.seat_used import given_to
from domain.actors import Actor

__all__ = ["PARTIAL", "Action", "Decision", "Finding", "Request", "Rule", "decide"]


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


def decide(actor: Actor, action: Action, facts: AccessFacts, day: date, *, reason_stated: bool = False) -> Decision:
    """Decide. `day` is the date in Oslo at the moment asked about; `facts` are those of the same moment.

    The actor is somebody in a seat: what was given to another seat of theirs does not count (D16).
    """
    facts = given_to(facts, actor)
    request = Request(actor, action, facts, day, reason_stated)
    if not facts.case_exists:
        return Decision(False, (Rule.NO_RELATION,))
    if facts.named(FactName.GONE, subject=actor.id):
        return Decision(False, (Rule.NO_LONGER_EMPLOYED,))
    if facts.is_care_housing and not may_know_of_care_housing(request):
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


def _findings(request: Request) -> Iterator[Finding]:
    grounds = GROUNDS[request.action]
    return (finding for ground in grounds if (finding := ground(request)) is not None)
