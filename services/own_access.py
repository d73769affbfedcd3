"""Asked before every save: would it give its sender access, and on what ground (`domain.access.own_access`)?"""

from collections.abc import Mapping, Sequence
from typing import NoReturn, cast
from uuid import UUID, uuid4, uuid5

from domain.access.access_facts import AccessFacts
from domain.access.decision import Rule
from domain.access.disclosure import Disclosure
from domain.access.facts import EMPLOYEES, NOBODY, FactKey, FactName
from domain.access.own_access import (
    AccessForOneselfError,
    InhabilForItError,
    OwnGround,
    OwnRule,
    Taking,
    given_parts,
    ground_for,
    ground_in_new_case,
    opened_cases,
    takings,
)
from domain.base import Event, HusromAggregate
from services.context import Context
from services.log.event_log import CaseLog, DisclosureLog
from services.permits import log_available


class OwnAccess:
    """Finds the ground for what a save would open for its sender, and keeps it in the disclosure log."""

    def __init__(self, case_log: CaseLog, disclosure_log: DisclosureLog) -> None:
        self._case_log = case_log
        self._disclosure_log = disclosure_log

    def grounds(self, context: Context, aggregates: Sequence[HusromAggregate]) -> tuple[Disclosure, ...]:
        """What the pending events of `aggregates` open for the sender, each with its ground, to be recorded.

        What she has already, and what she brings with a case that the same save opens, needs no line. Reads nothing for
        a save that opens nothing for her. Raises `AccessForOneselfError`, which leaves one line in the log.
        """
        events = [cast(Event, event) for aggregate in aggregates for event in aggregate.pending_events]
        new_cases = opened_cases(events)
        self._refuse_inhabil(context, given_parts(events), new_cases, aggregates)
        asked = [
            taking
            for taking in takings(events, context.actor)
            if not (taking.fact.key.scope in new_cases and ground_in_new_case(taking))
        ]
        if not asked:
            return ()
        with log_available():
            head, facts = self._facts(context, asked)
        return tuple(
            self._ground(context, taking, facts[_asked_about(taking)], head)
            for taking in asked
            if taking.fact not in facts[_asked_about(taking)].rows
        )

    def _refuse_inhabil(
        self, context: Context, given: Sequence[FactKey], new_cases: Mapping[UUID, UUID],
        aggregates: Sequence[HusromAggregate],
    ) -> None:  # fmt: skip
        """Nobody inhabil gets a part in the case, from whoever it comes (LI1). Of somebody new nobody is known to be."""
        unknown = {each.id for each in aggregates if each.version == len(each.pending_events)}
        about = {key: new_cases.get(key.scope, key.scope) for key in given}
        asked = sorted({scope for scope in about.values() if scope not in unknown})
        if not asked:
            return
        with log_available():
            head, facts = self._case_log.facts.inhabil(asked)
        for key, scope in about.items():
            if scope in facts and facts[scope].named(FactName.INHABIL, subject=key.subject):
                self._refused(context, key, Rule.INHABIL, head)
                raise InhabilForItError

    def record(self, taken: Sequence[Disclosure]) -> None:
        """Keep the grounds, before the save: a line too many can be explained, one too few cannot. Once, however often."""
        if taken:
            with log_available():
                self._disclosure_log.record(taken)

    def _facts(self, context: Context, asked: Sequence[Taking]) -> tuple[int, Mapping[UUID, AccessFacts]]:
        return self._case_log.facts.of(sorted({_asked_about(taking) for taking in asked}), context.actor.id)

    def _ground(self, context: Context, taking: Taking, facts: AccessFacts, head: int) -> Disclosure:
        key = taking.fact.key
        ground = ground_for(taking, facts, context.today)
        if ground is None:
            self._refuse(context, taking, head)
        return Disclosure.of(
            Disclosure.AccessTaken, id=uuid5(context.cause, f"{key} {ground}"), by=context.by, at=context.at,
            case=key.scope if facts.case_exists else None, subjects=(facts.person,) if facts.person else (),
            scope=key.scope, fact=key.name.value, rules=(ground.value,), decided_at=head,
        )  # fmt: skip

    def _refuse(self, context: Context, taking: Taking, head: int) -> NoReturn:
        self._refused(context, taking.fact.key, OwnGround.NONE, head)
        raise AccessForOneselfError(codes=(OwnGround.NONE,))

    def _refused(self, context: Context, key: FactKey, rule: OwnRule, head: int) -> None:
        refused = Disclosure.of(
            Disclosure.Refused, id=uuid4(), by=context.by, at=context.at, case=key.scope, action=key.name.value,
            rules=(rule.value,), purpose="given_access", decided_at=head,
        )  # fmt: skip
        with log_available():
            self._disclosure_log.append(refused)


def _asked_about(taking: Taking) -> UUID:
    """The scope whose facts are read. Facts about employees are read with any other scope, for the sender alone."""
    return NOBODY if taking.fact.key.scope == EMPLOYEES else taking.fact.key.scope
