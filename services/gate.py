"""The one gate: decide, store the disclosure, then decrypt; in that order (design D3, B13).

A look that is not logged cannot happen, because it cannot decrypt. Refusals are logged as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from domain.access.decision import Action, Decision, Rule
from domain.access.disclosure import Disclosure
from domain.access.facts import AccessFacts
from domain.access.kinds import InformationKind, kind_of
from domain.actors import Role
from domain.paper import Paper
from domain.refusals import NotAllowedError
from domain.sealed import Sealed
from services.context import Context
from services.log.event_log import CaseLog, DisclosureLog
from services.permits import Permit, Permits, log_available
from services.vault import ClosedPaper, Vault

SealedFields = Mapping[str, Sealed | None]
"""Closed values under the names the caller uses for them; None where nothing was written."""


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


class Gate(Permits):
    """Decides, logs, opens."""

    def __init__(self, case_log: CaseLog, disclosure_log: DisclosureLog, vault: Vault) -> None:
        super().__init__(case_log, disclosure_log)
        self._vault = vault

    def open_vacancy(
        self, context: Context, permit: Permit, compared: Sequence[tuple[UUID, UUID]], fields: SealedFields
    ) -> Opened:
        """Open what an item about a vacancy says: one line, with every case and person that was `compared`."""
        openable = _openable(permit, fields)
        if openable:
            self._disclose(
                context, Disclosure.ListViewed, view="vacancy_item", cases=tuple(sorted({case for case, _ in compared})),
                subjects=tuple(sorted({person for _, person in compared})), rules=permit.rules,
                decided_at=permit.decided_at, reason=None,
            )  # fmt: skip
        return self._decrypt(permit, fields, openable)

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
            kinds=tuple(sorted({*_kinds(openable), *filter(permit.decision.opens, plain)})),
            fields=tuple(sorted(s.field for s in openable.values())), rules=permit.rules,
            purpose=context.reason.value if context.reason else purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._decrypt(permit, fields, openable)

    def export(
        self, context: Context, case: UUID, fields: SealedFields, *, recipient: str, reference: UUID, purpose: str
    ) -> Opened:
        """Open for somebody outside, who gets nothing live: only who handles the case may take it out (LI4).

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`.
        """
        permit = self.permit(context, Action.HANDLE, case, purpose=purpose)
        openable = _openable(permit, fields)
        self._disclose(
            context, Disclosure.Exported, case=case, subjects=_subjects(permit.facts, openable), kinds=_kinds(openable),
            fields=tuple(sorted(s.field for s in openable.values())), recipient=recipient, reference=reference,
            rules=permit.rules, purpose=purpose, decided_at=permit.decided_at,
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

    def open_paper(self, context: Context, paper: Paper, closed: ClosedPaper) -> bytes:
        """Open a paper for who may see every kind of information in it, wherever that stands in the case.

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`, and `SealBrokenError` for a damaged one.
        """
        permit = self.permit(context, Action.READ, paper.case, purpose="paper")
        kinds = paper.printed.kinds
        if not all(permit.decision.opens_in_case(kind) for kind in kinds):
            self._refused(context, permit, Action.READ, purpose="paper")
        self._disclose(
            context, Disclosure.Viewed, case=paper.case, subjects=(paper.person,), kinds=kinds, fields=("paper",),
            rules=permit.rules, purpose=context.reason.value if context.reason else "paper",
            decided_at=permit.decided_at,
        )  # fmt: skip
        return self._vault.open_paper(paper.person, paper.case, closed)

    def own_name(self, context: Context, name: Sealed) -> str:
        """The actor's own name, to sign with. Nobody else's: `NotAllowedError`."""
        if name.owner != context.actor.id:
            raise NotAllowedError
        return self._vault.open(name)

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
            with log_available(), suppress(IntegrityError):
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

    def _open_entry(self, permit: Permit, entry: ListEntry) -> Opened | None:
        if not permit.decision.allowed:
            return None
        return self._decrypt(permit, entry.fields, _openable(permit, entry.fields))

    def _decrypt(self, permit: Permit, fields: SealedFields, openable: Mapping[str, Sealed]) -> Opened:
        opened = dict(zip(openable, self._vault.open_many(list(openable.values())), strict=True))
        texts = {name: opened.get(name) for name in fields}
        withheld = tuple(name for name, sealed in fields.items() if sealed is not None and name not in openable)
        return Opened(texts, withheld, permit.decision)


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
