"""Who may see an agenda item about a vacant dwelling: it is about several cases and stands in none of them (M14)."""

from datetime import date

from domain.access.access_facts import AccessFacts
from domain.access.decision import Decision, Rule
from domain.access.facts import FactName
from domain.access.kinds import InformationKind
from domain.access.seat_used import given_to
from domain.actors import Actor

VACANCY_KINDS = frozenset({InformationKind.MINUTES})
"""What such an item holds: its minutes, with the group's general reasons. What is known of a candidate stays in the case."""

NOT_THERE = Decision(False, (Rule.NO_RELATION,))


def decide_vacancy(actor: Actor, item: AccessFacts, day: date) -> Decision:
    """Decide about the item whose facts these are: Service og tildeling, whoever is called or invited, nobody inhabil.

    `day` is the Oslo date. Who is inhabil for a candidate rather than at the item is for `Comparison.inhabil` (B05).
    """
    item = given_to(item, actor)
    if item.named(FactName.GONE, subject=actor.id):
        return Decision(False, (Rule.NO_LONGER_EMPLOYED,))
    rule = _ground(actor, item, day)
    if rule is None:
        return NOT_THERE
    if item.named(FactName.INHABIL, subject=actor.id):
        return Decision(False, (Rule.INHABIL,), related=True)
    if rule in (Rule.MEMBERSHIP_ENDED, Rule.GUEST_ACCESS_ENDED, Rule.MINUTES_APPROVED):
        return Decision(False, (rule,), related=True)
    return Decision(True, (rule,), VACANCY_KINDS, related=True)


def _ground(actor: Actor, item: AccessFacts, day: date) -> Rule | None:
    if actor.is_saksbehandler:
        return Rule.KEEPS_VACANCIES
    ways = {FactName.GUEST: Rule.GUEST, FactName.SUBSTITUTE: Rule.SUBSTITUTE}
    for way, rule in ways.items():
        if item.items_open_to(way, actor.id, day):
            return rule
    if item.items_called_to(actor.id):
        return _called(actor, item, day)
    was_invited = any(item.named(way, subject=actor.id) for way in ways)
    return Rule.GUEST_ACCESS_ENDED if was_invited else None


def _called(actor: Actor, item: AccessFacts, day: date) -> Rule:
    if item.member(actor.id, day) is None:
        return Rule.MEMBERSHIP_ENDED
    return Rule.COMPARED if item.is_still_called(actor.id) else Rule.MINUTES_APPROVED
