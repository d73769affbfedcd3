"""The one gate: decide, store the disclosure, then decrypt; in that order (design D3, B13).

A look that is not logged cannot happen, because it cannot decrypt. Refusals are logged as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError, PersistenceError

from domain.access.decision import Action, Decision, Rule, decide
from domain.access.disclosure import Disclosure
from domain.access.facts import AccessFacts, FactName
from domain.access.kinds import InformationKind, kind_of
from domain.actors import EmployeeId, Role
from domain.base import CreatedEvent
from domain.refusals import NotAllowedError, NotFoundError
from domain.sealed import Sealed
from services.context import Context
from services.log.event_log import CaseLog, DisclosureLog
from services.refusals import LogUnavailableError
from services.vault import Vault

SealedFields = Mapping[str, Sealed | None]
"""Closed values under the names the caller uses for them; None where nothing was written."""


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


@dataclass(frozen=True)
class Opened:
    """What the gate opened: texts by name, the names it kept closed, and the decision it stands on."""

    texts: Mapping[str, str | None]
    withheld: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True)
class ListEntry:
    """One row of a list: the case and the person it is about, and its closed values."""

    case: UUID
    person: UUID
    fields: SealedFields


class Gate:
    """Decides, logs, opens."""

    def __init__(self, case_log: CaseLog, disclosure_log: DisclosureLog, vault: Vault) -> None:
        self._case_log = case_log
        self._disclosure_log = disclosure_log
        self._vault = vault

    def permit(self, context: Context, action: Action, case: UUID, *, purpose: str) -> Permit:
        """Decide whether the actor may do `action` in the case now.

        Raises `NotFoundError` (404) for who has no lawful relation to the case, the same as for a case that
        does not exist, and `NotAllowedError` (403) with the rule for who has one. Both leave one line in the log.
        """
        permit = self._decide(context, action, [case])[case]
        if not permit.decision.allowed:
            self._disclose(
                context, Disclosure.Refused, case=case, action=action.value, rules=permit.rules, purpose=purpose,
                decided_at=permit.decided_at,
            )  # fmt: skip
            raise NotAllowedError(", ".join(permit.rules)) if permit.decision.related else NotFoundError
        return permit

    def permit_comparison(
        self, context: Context, allocation: UUID, cases: Sequence[UUID], *, purpose: str
    ) -> frozenset[EmployeeId]:
        """Everybody inhabil for one of `cases` or at an agenda item of `allocation`: out of the comparison (B05).

        Raises `NotAllowedError` when the actor is one of them; that leaves one line in the log.
        """
        with _log_available():
            items = self._case_log.case_recorder.facts([allocation], None)[1][allocation]
            scopes = [allocation, *cases, *items.items_with(FactName.VACANCY_ITEM)]
            head, facts = self._case_log.case_recorder.facts(scopes, None)
        inhabil = {row.key.subject: scope for scope in scopes for row in facts[scope].named(FactName.INHABIL)}
        if (scope := inhabil.get(context.actor.id)) is not None:
            self._disclose(
                context, Disclosure.Refused, case=scope, action=Action.HANDLE.value, rules=(Rule.INHABIL.value,),
                purpose=purpose, decided_at=head,
            )  # fmt: skip
            raise NotAllowedError(Rule.INHABIL.value)
        return frozenset(inhabil)

    def permits(self, context: Context, cases: Iterable[UUID]) -> Mapping[UUID, Permit]:
        """What the actor may read of each case, to choose the rows of a list by. Opens nothing, so it logs nothing."""
        return self._decide(context, Action.READ, sorted(set(cases)))

    def refuse(self, context: Context, permit: Permit, *, purpose: str) -> NoReturn:
        """Refuse a part of the case that its permit does not reach, such as an item of another meeting.

        Raises `NotFoundError`; that leaves one line in the log.
        """
        self._disclose(
            context, Disclosure.Refused, case=permit.case, action=Action.READ.value, rules=(Rule.NO_RELATION.value,),
            purpose=purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        raise NotFoundError

    def open(
        self, context: Context, case: UUID, fields: SealedFields, *, purpose: str,
        plain: frozenset[InformationKind] = frozenset(),
    ) -> Opened:  # fmt: skip
        """Open what the actor may see of one case. What the decision does not cover stays closed and is named.

        `plain`: the kinds of codes, counts and dates that are shown beside it, for the log.

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`.
        """
        permit = self.permit(context, Action.READ, case, purpose=purpose)
        openable = _openable(permit, fields)
        self._disclose(
            context, Disclosure.Viewed, case=case, subjects=_subjects(permit.facts, openable),
            kinds=tuple(sorted({*_kinds(openable), *filter(permit.decision.opens_in_case, plain)})),
            fields=tuple(sorted(s.field for s in openable.values())), rules=permit.rules,
            purpose=context.reason.value if context.reason else purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._decrypt(permit, fields, openable)

    def open_list(self, context: Context, view: str, entries: Sequence[ListEntry]) -> list[Opened | None]:
        """Open a page of a list; None for each row the actor may not see. One line, with every case and person shown."""
        if not entries:
            return []
        permits = self._decide(context, Action.READ, list({entry.case for entry in entries}))
        shown = [entry for entry in entries if permits[entry.case].decision.allowed]
        if shown:
            self._disclose(
                context, Disclosure.ListViewed, view=view, cases=tuple({entry.case for entry in shown}),
                subjects=tuple({entry.person for entry in shown}), decided_at=permits[shown[0].case].decided_at,
                rules=tuple(sorted({rule for entry in shown for rule in permits[entry.case].rules})),
                reason=context.reason.value if context.reason else None,
            )  # fmt: skip
        return [self._open_entry(permits[entry.case], entry) for entry in entries]

    def address(self, context: Context, case: UUID | None, fields: SealedFields, *, delivery: UUID) -> Opened:
        """Open names and mail addresses for one delivery. Only the system may, and it is logged as itself."""
        if context.actor.role is not Role.SYSTEM:
            raise NotAllowedError
        if case is None:
            decision = Decision(True, (Rule.DELIVERY,), frozenset({InformationKind.EMPLOYEE}), related=True)
            permit = Permit(delivery, AccessFacts(delivery), decision, self._case_log.head())
        else:
            permit = self.permit(context, Action.DELIVER, case, purpose="delivery")
        openable = _openable(permit, fields)
        self._disclose(
            context, Disclosure.Addressed, case=case, subjects=_subjects(permit.facts, openable), delivery=delivery,
            fields=tuple(sorted(s.field for s in openable.values())), rules=permit.rules, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._decrypt(permit, fields, openable)

    def told(self, disclosures: Sequence[Disclosure]) -> None:
        """Record who was told in a meeting (`Disclosure.told_in_meeting`). What is recorded already stays as it is."""
        for disclosure in disclosures:
            with _log_available(), suppress(IntegrityError):
                self._disclosure_log.append(disclosure)

    def audit(self, context: Context, case: UUID) -> Permit:
        """Let a reviewer see who knew of the case, not what it says. That is logged as a look as well.

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`.
        """
        permit = self.permit(context, Action.AUDIT, case, purpose="access_log")
        self._disclose(
            context, Disclosure.Viewed, case=case, subjects=_subjects(permit.facts, {}), kinds=(), fields=(),
            rules=permit.rules, purpose="access_log", decided_at=permit.decided_at,
        )  # fmt: skip
        return permit

    def audit_list(self, context: Context, cases: Iterable[UUID], subjects: Iterable[UUID]) -> None:
        """Store that a reviewer leafs through the access log, before the lines about these cases are shown."""
        self._disclose(
            context, Disclosure.ListViewed, view="access_log", cases=tuple(sorted(set(cases))),
            subjects=tuple(sorted(set(subjects))), rules=(Rule.REVIEWER.value,), decided_at=self._case_log.head(),
            reason=None,
        )  # fmt: skip

    def _decide(self, context: Context, action: Action, cases: Sequence[UUID]) -> dict[UUID, Permit]:
        with _log_available():
            head, facts = self._case_log.case_recorder.facts(cases, context.actor.id)
        stated = context.reason is not None
        return {
            case: Permit(case, facts[case], decide(context.actor, action, facts[case], context.today, reason_stated=stated), head)
            for case in cases
        }  # fmt: skip

    def _disclose(self, context: Context, event_class: type[CreatedEvent], **fields: Any) -> None:
        disclosure = Disclosure.of(event_class, id=uuid4(), by=context.by, at=context.at, **fields)
        with _log_available():
            self._disclosure_log.append(disclosure)

    def _open_entry(self, permit: Permit, entry: ListEntry) -> Opened | None:
        if not permit.decision.allowed:
            return None
        return self._decrypt(permit, entry.fields, _openable(permit, entry.fields))

    def _decrypt(self, permit: Permit, fields: SealedFields, openable: Mapping[str, Sealed]) -> Opened:
        opened = dict(zip(openable, self._vault.open_many(list(openable.values())), strict=True))
        texts = {name: opened.get(name) for name in fields}
        withheld = tuple(name for name, sealed in fields.items() if sealed is not None and name not in openable)
        return Opened(texts, withheld, permit.decision)


@contextmanager
def _log_available() -> Iterator[None]:
    """A log that cannot be read or written closes the gate: nothing is decided or shown (R10)."""
    try:
        yield
    except PersistenceError as error:
        raise LogUnavailableError from error


def _openable(permit: Permit, fields: SealedFields) -> dict[str, Sealed]:
    """What the decision covers: its kinds, and nothing that was written in another case."""
    return {
        name: sealed
        for name, sealed in fields.items()
        if sealed is not None and permit.decision.opens(kind_of(sealed)) and sealed.case in (None, permit.case)
    }


def _kinds(openable: Mapping[str, Sealed]) -> tuple[InformationKind, ...]:
    return tuple(sorted({kind_of(sealed) for sealed in openable.values()}))


def _subjects(facts: AccessFacts, openable: Mapping[str, Sealed]) -> tuple[UUID, ...]:
    people = {sealed.owner for sealed in openable.values()}
    if facts.person is not None:
        people.add(facts.person)
    return tuple(sorted(people))
