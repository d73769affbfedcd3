"""May they? Decided live with the facts of the moment, and every refusal leaves a line (design D4, R10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID, uuid4

from eventsourcing.persistence import PersistenceError

from domain.access.access_facts import AccessFacts, Comparison
from domain.access.decision import Action, Decision, Rule, decide
from domain.access.disclosure import Disclosure
from domain.access.facts import NOBODY, FactName
from domain.access.seat_used import given_to
from domain.access.vacancy import decide_vacancy
from domain.actors import Actor
from domain.base import CreatedEvent
from domain.refusals import NotAllowedError, NotFoundError
from services.context import Context
from services.log.event_log import CaseLog, DisclosureLog
from services.log.fact_reading import Snapshot
from services.refusals import LogUnavailableError


class DecidedAgainstError(NotAllowedError):
    """The decision about a case went against the caller; the gate has logged it with its rules."""


@dataclass(frozen=True)
class Permit:
    """A decision that allowed something, with the facts and the position it stands on."""

    case: UUID
    facts: AccessFacts
    decision: Decision
    decided_at: int

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(rule.value for rule in self.decision.rules)


class Permits:
    """Decides, and logs what it refuses. Opens nothing."""

    def __init__(self, case_log: CaseLog, disclosure_log: DisclosureLog) -> None:
        self._case_log = case_log
        self._disclosure_log = disclosure_log
        self._reached: dict[Actor, Mapping[UUID, Permit]] | None = None

    def permit(self, context: Context, action: Action, case: UUID, *, purpose: str) -> Permit:
        """Decide whether the actor may do `action` in the case now.

        Raises `NotFoundError` (404) for who has no lawful relation to the case, the same as for a case that
        does not exist, and `NotAllowedError` (403) with the rule for who has one. Both leave one line in the log.
        """
        permit = self._decide(context, action, [case], reason_stated=context.reason is not None)[case]
        if not permit.decision.allowed:
            self._refused(context, permit, action, purpose=purpose)
        return permit

    def permits(self, context: Context, cases: Iterable[UUID]) -> Mapping[UUID, Permit]:
        """What the actor may read of each case, to choose the rows of a list by. Opens nothing, so it logs nothing."""
        asked = sorted(set(cases))
        return self._decide(context, Action.READ, asked) if asked else {}

    def reach(self, context: Context) -> Mapping[UUID, Permit]:
        """Every case that the actor may read something of, to choose the rows of a list by. Logs nothing (D17).

        Decided as each case is that is asked for by name, and with the facts of one moment: that of the request's first list. Without a stated reason: that
        opens one case, never a list.
        """
        if self._reached is not None and context.actor in self._reached:
            return self._reached[context.actor]
        with log_available():
            now = self._case_log.facts.reach(context.actor.id, context.today)
        decided = self._permits(context, Action.READ, now)
        reached = {case: permit for case, permit in decided.items() if permit.decision.allowed}
        if self._reached is not None:
            self._reached[context.actor] = reached
        return reached

    def refuse(self, context: Context, permit: Permit, *, purpose: str) -> NoReturn:
        """Refuse a part of the case that its permit does not reach, such as an item of another meeting.

        Raises `NotFoundError`; that leaves one line in the log.
        """
        self._disclose(
            context, Disclosure.Refused, case=permit.case, action=Action.READ.value, rules=(Rule.NO_RELATION.value,),
            purpose=purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        raise NotFoundError

    def permit_comparison(
        self, context: Context, allocation: UUID, cases: Sequence[UUID], *, purpose: str
    ) -> frozenset[UUID]:
        """Everybody inhabil for one of `cases` or at an agenda item of `allocation`: out of the comparison (B05).

        Raises `NotAllowedError` when the actor is one of them; that leaves one line in the log.
        """
        with log_available():
            items = self._case_log.facts.of([allocation], NOBODY).facts[allocation]
            scopes = [allocation, *cases, *items.items_with(FactName.VACANCY_ITEM)]
            now = self._case_log.facts.inhabil(scopes)
        inhabil = {row.key.subject: scope for scope in scopes for row in now.facts[scope].named(FactName.INHABIL)}
        if (scope := inhabil.get(context.actor.id)) is not None:
            self._disclose(
                context, Disclosure.Refused, case=scope, action=Action.HANDLE.value, rules=(Rule.INHABIL.value,),
                purpose=purpose, decided_at=now.head,
            )  # fmt: skip
            raise DecidedAgainstError(codes=(Rule.INHABIL,))
        return frozenset(inhabil)

    def compares(self, context: Context, allocation: UUID) -> bool:
        """Whether the actor has a seat where the candidates for this vacancy are compared now (M14). Logs nothing."""
        with log_available():
            facts = self._case_log.facts.of([allocation], context.actor.id).facts[allocation]
        vacancies = self.vacancies(context, facts.items_with(FactName.VACANCY_ITEM))
        allowed = tuple(permit.facts for permit in vacancies.values() if permit.decision.allowed)
        return Comparison(allocation, allowed).is_open_to(context.actor.id, context.today)

    def vacancies(self, context: Context, items: Iterable[UUID]) -> Mapping[UUID, Permit]:
        """What the actor may see of each agenda item about a vacancy (M14). Opens nothing, so it logs nothing."""
        with log_available():
            now = self._case_log.facts.of(sorted(items), context.actor.id)
        decisions = {item: decide_vacancy(context.actor, about, context.today) for item, about in now.facts.items()}
        return {
            item: Permit(item, given_to(now.facts[item], context.actor), decision, now.head)
            for item, decision in decisions.items()
        }

    def permit_vacancy(self, context: Context, item: UUID) -> Permit:
        """The permission to see an agenda item about a vacancy (M14).

        Raises `NotFoundError`, `NotAllowedError`; that leaves one line in the log.
        """
        permit = self.vacancies(context, [item])[item]
        if not permit.decision.allowed:
            self._refused(context, permit, Action.READ, purpose="vacancy_item")
        return permit

    def _decide(
        self, context: Context, action: Action, cases: Sequence[UUID], *, reason_stated: bool = False
    ) -> dict[UUID, Permit]:
        """The decision about each case. A stated reason opens one case, so no list is decided with it."""
        with log_available():
            now = self._case_log.facts.of(cases, context.actor.id)
        return self._permits(context, action, now, reason_stated=reason_stated)

    def _permits(
        self, context: Context, action: Action, now: Snapshot, *, reason_stated: bool = False
    ) -> dict[UUID, Permit]:
        actor, day = context.actor, context.today
        return {
            case: Permit(case, facts, decide(actor, action, facts, day, reason_stated=reason_stated), now.head)
            for case, facts in ((case, given_to(facts, actor)) for case, facts in now.facts.items())
        }

    def _refused(self, context: Context, permit: Permit, action: Action, *, purpose: str) -> NoReturn:
        self._disclose(
            context, Disclosure.Refused, case=permit.case, action=action.value, rules=permit.rules, purpose=purpose,
            decided_at=permit.decided_at,
        )  # fmt: skip
        raise DecidedAgainstError(codes=permit.rules) if permit.decision.related else NotFoundError

    def _disclose(self, context: Context, event_class: type[CreatedEvent], **fields: Any) -> None:
        disclosure = Disclosure.of(event_class, id=uuid4(), by=context.by, at=context.at, **fields)
        with log_available():
            self._disclosure_log.append(disclosure)


@contextmanager
def log_available() -> Iterator[None]:
    """A log that cannot be read or written closes the gate: nothing is decided or shown (R10)."""
    try:
        yield
    except PersistenceError as error:
        raise LogUnavailableError from error
