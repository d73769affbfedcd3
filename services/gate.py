"""The one gate: decide, store the disclosure, then decrypt; in that order (design D3, B13).

A look that is not logged cannot happen, because it cannot decrypt. Refusals are logged as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from domain.access.access_facts import AccessFacts
from domain.access.decision import Action, Decision, Rule
from domain.access.disclosure import Disclosure
from domain.access.kinds import InformationKind
from domain.actors import Role
from domain.paper import Paper
from domain.refusals import NotAllowedError
from domain.sealed import Place, Sealed
from services.boxes import Boxes, SealedFields, boxes_of, kinds_of, names_of, subjects_of
from services.context import Context
from services.log.event_log import CaseLog, DisclosureLog
from services.permits import Permit, Permits, log_available
from services.refusals import KeyDestroyedError, TextOutOfPlaceError
from services.vault import ClosedPaper, SealBrokenError, Shut, Vault

log = structlog.get_logger()


@dataclass(frozen=True)
class Opened:
    """What the gate opened: texts by name, the names it kept closed, and the decision it stands on.

    `closed`: the permanent names of what it kept closed. `out_of_place`: where a text stands that was not closed for that
    place; `destroyed`: whether the key of one is destroyed. Both are withheld too.
    """

    texts: Mapping[str, str | None]
    withheld: tuple[str, ...]
    decision: Decision
    closed: tuple[str, ...] = ()
    out_of_place: tuple[Place, ...] = ()
    destroyed: bool = False


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

    def for_request(self, vault: Vault) -> "Gate":
        """The same gate for one request, with the request's vault: what the actor reaches is decided once in it (D17)."""
        gate = Gate(self._case_log, self._disclosure_log, vault)
        gate._reached = {}
        return gate

    def open_vacancy(
        self, context: Context, permit: Permit, compared: Sequence[tuple[UUID, UUID]], fields: SealedFields
    ) -> Opened:
        """Open what an item about a vacancy says: one line, with every case and person that was `compared`."""
        openable = boxes_of(permit, fields)
        if openable:
            self._disclose(
                context, Disclosure.ListViewed, view="vacancy_item", cases=tuple(sorted({case for case, _ in compared})),
                subjects=tuple(sorted({person for _, person in compared})), rules=permit.rules,
                decided_at=permit.decided_at, reason=None,
            )  # fmt: skip
        return self._open(context, permit, fields, openable)

    def open(
        self, context: Context, permit: Permit, fields: SealedFields, *, purpose: str,
        plain: frozenset[InformationKind] = frozenset(),
    ) -> Opened:  # fmt: skip
        """Open what the permit covers of its case. What it does not cover stays closed and is named.

        `plain`: the kinds of codes, counts and dates that are shown beside it, for the log.

        Raises `LogUnavailableError`, `TextOutOfPlaceError`.
        """
        openable = boxes_of(permit, fields)
        self._disclose(
            context, Disclosure.Viewed, case=permit.case, subjects=subjects_of(permit.facts, openable),
            kinds=tuple(sorted({*kinds_of(openable), *filter(permit.decision.opens, plain)})),
            fields=names_of(openable), rules=permit.rules,
            purpose=context.reason.value if context.reason else purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._open(context, permit, fields, openable)

    def export(
        self, context: Context, permit: Permit, fields: SealedFields, *, recipient: str, reference: UUID, purpose: str
    ) -> Opened:
        """Open for somebody outside, who gets nothing live: only who handles the case may take it out (LI4).

        `permit`: one to handle the case. Raises `LogUnavailableError`, `TextOutOfPlaceError`.
        """
        openable = boxes_of(permit, fields)
        self._disclose(
            context, Disclosure.Exported, case=permit.case, subjects=subjects_of(permit.facts, openable), kinds=kinds_of(openable),
            fields=names_of(openable), recipient=recipient, reference=reference,
            rules=permit.rules, purpose=purpose, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._open(context, permit, fields, openable)

    def open_list(
        self, context: Context, view: str, entries: Sequence[ListEntry], permits: Mapping[UUID, Permit]
    ) -> list[Opened | None]:
        """Open a page of a list; None for each row the actor may not see. One line, with every case and person shown.

        `permits`: what was decided about the case of each row, when the rows were chosen. A text that does not open, out of
        place or without its key, is withheld from its row, and the rest of the page is shown. A stated reason opens nothing
        here: it opens one case, looked at by itself.
        """
        shown = [entry for entry in entries if permits[entry.case].decision.allowed]
        if shown:
            self._disclose(
                context, Disclosure.ListViewed, view=view, cases=tuple({entry.case for entry in shown}),
                subjects=tuple({entry.person for entry in shown}), decided_at=permits[shown[0].case].decided_at,
                rules=tuple(sorted({rule for entry in shown for rule in permits[entry.case].rules})),
                reason=None,
            )  # fmt: skip
        asked = [(permits[entry.case], entry.fields) for entry in shown]
        opened = iter(self._open_each(context, [(*each, boxes_of(*each)) for each in asked]))
        return [next(opened) if permits[entry.case].decision.allowed else None for entry in entries]

    def open_paper(self, context: Context, permit: Permit, paper: Paper, closed: ClosedPaper) -> bytes:
        """Open a paper for who may see every kind of information in it, wherever that stands in the case.

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`, and `SealBrokenError` for a damaged one.
        """
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
        place = Place(context.actor.id, None, name.field)
        try:
            return self._vault.open(place, name.box)
        except SealBrokenError:
            self._report(context, None, [place], self._case_log.head())
            raise TextOutOfPlaceError.at([place]) from None

    def address(self, context: Context, case: UUID | None, fields: SealedFields, *, delivery: UUID) -> Opened:
        """Open names and mail addresses for one delivery. Only the system may, and it is logged as itself."""
        if context.actor.role is not Role.SYSTEM:
            raise NotAllowedError
        if case is None:
            decision = Decision(True, (Rule.DELIVERY,), frozenset({InformationKind.EMPLOYEE}), related=True)
            permit = Permit(delivery, AccessFacts(delivery), decision, self._case_log.head())
        else:
            permit = self.permit(context, Action.DELIVER, case, purpose="delivery")
        openable = boxes_of(permit, fields)
        self._disclose(
            context, Disclosure.Addressed, case=case, subjects=subjects_of(permit.facts, openable), delivery=delivery,
            fields=names_of(openable), rules=permit.rules, decided_at=permit.decided_at,
        )  # fmt: skip
        return self._open(context, permit, fields, openable)

    def told(self, disclosures: Sequence[Disclosure]) -> None:
        """Record who was told in a meeting (`Disclosure.told_in_meeting`). What is recorded already stays as it is."""
        if disclosures:
            with log_available():
                self._disclosure_log.record(disclosures)

    def audit(self, context: Context, case: UUID) -> Permit:
        """Let a reviewer see who knew of the case, not what it says. That is logged as a look as well.

        Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`.
        """
        permit = self.permit(context, Action.AUDIT, case, purpose="access_log")
        self._disclose(
            context, Disclosure.Viewed, case=case, subjects=subjects_of(permit.facts, {}), kinds=(), fields=(),
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

    def _open(self, context: Context, permit: Permit, fields: SealedFields, boxes: Boxes) -> Opened:
        (opened,) = self._open_each(context, [(permit, fields, boxes)])
        if opened.out_of_place:
            raise TextOutOfPlaceError.at(opened.out_of_place)
        if opened.destroyed:
            raise KeyDestroyedError
        return opened

    def _open_each(self, context: Context, asked: Sequence[tuple[Permit, SealedFields, Boxes]]) -> list[Opened]:
        """What opens of each, with one query for all keys. Whatever does not open where it stands is reported."""
        texts = iter(self._vault.open_many(box for _, _, boxes in asked for box in boxes.values()))
        every = [
            _opened(permit, fields, boxes, {name: next(texts) for name in boxes}) for permit, fields, boxes in asked
        ]
        for (permit, _, _), opened in zip(asked, every, strict=True):
            if opened.out_of_place:
                self._report(context, permit.case, opened.out_of_place, permit.decided_at)
        return every

    def _report(self, context: Context, case: UUID | None, places: Sequence[Place], decided_at: int) -> None:
        """Tell whoever runs the system, and whoever reviews the access log, which record is not as it was written."""
        for owner in sorted({place.owner for place in places}):
            fields = tuple(sorted({place.field for place in places if place.owner == owner}))
            log.error("text_out_of_place", case=str(case), owner=str(owner), fields=fields)
            self._disclose(
                context,
                Disclosure.FoundOutOfPlace,
                case=case,
                owner=owner,
                fields=fields,
                rules=(),
                decided_at=decided_at,
            )


def _opened(permit: Permit, fields: SealedFields, boxes: Boxes, found: Mapping[str, str | Shut]) -> Opened:
    out_of_place = tuple(place for name, (place, _) in boxes.items() if found[name] is Shut.OUT_OF_PLACE)
    texts = {name: text for name, text in found.items() if not isinstance(text, Shut)}
    withheld = {name: closed.field for name, closed in fields.items() if closed is not None and name not in texts}
    return Opened(
        {name: texts.get(name) for name in fields}, tuple(withheld), permit.decision, tuple(sorted({*withheld.values()})),
        out_of_place, destroyed=Shut.KEY_DESTROYED in found.values(),
    )  # fmt: skip
