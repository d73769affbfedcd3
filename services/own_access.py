"""Asked before every save: would it give its sender access, and on what ground (`domain.access.own_access`)?"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn, cast
from uuid import UUID, uuid4, uuid5

from eventsourcing.persistence import IntegrityError

from domain.access.disclosure import Disclosure
from domain.access.facts import EMPLOYEES, NOBODY, AccessFacts
from domain.access.own_access import (
    AccessForOneselfError,
    OwnGround,
    Taking,
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

    def record(self, taken: Sequence[Disclosure]) -> None:
        """Keep the grounds, before the save: a line too many can be explained, one too few cannot. Once, however often."""
        for disclosure in taken:
            with log_available(), suppress(IntegrityError):
                self._disclosure_log.append(disclosure)

    def _facts(self, context: Context, asked: Sequence[Taking]) -> tuple[int, Mapping[UUID, AccessFacts]]:
        return self._case_log.case_recorder.facts(sorted({_asked_about(taking) for taking in asked}), context.actor.id)

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
        refused = Disclosure.of(
            Disclosure.Refused, id=uuid4(), by=context.by, at=context.at, case=taking.fact.key.scope,
            action=taking.fact.key.name.value, rules=(OwnGround.NONE.value,), purpose="access_for_oneself",
            decided_at=head,
        )  # fmt: skip
        with log_available():
            self._disclosure_log.append(refused)
        raise AccessForOneselfError(codes=(OwnGround.NONE,))


def _asked_about(taking: Taking) -> UUID:
    """The scope whose facts are read. Facts about employees are read with any other scope, for the sender alone."""
    return NOBODY if taking.fact.key.scope == EMPLOYEES else taking.fact.key.scope
