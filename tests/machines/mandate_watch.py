"""The mandate as somebody who knows only the document would check a log: what must never be found in it.

Written from the rules, not from the code; it reads the events in order and keeps the least it needs.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.actors import Role
from domain.base import Event
from services.log.event_log import Recorded


@dataclass
class Item:
    """What is known of an agenda item."""

    meeting: UUID
    case: UUID | None
    matter: str
    consent_needed: bool
    present: dict[UUID, str] = field(default_factory=dict)
    inhabil: set[UUID] = field(default_factory=set)
    conclusion: UUID | None = None
    ended: bool = False
    discussed: bool = False
    has_minutes: bool = False


@dataclass
class MandateWatch:
    """Reads the log as it grows; `broken` says what was found."""

    care_housing: set[UUID] = field(default_factory=set)
    consented: dict[UUID, set[str]] = field(default_factory=dict)
    pre_assessed: set[UUID] = field(default_factory=set)
    items: dict[UUID, Item] = field(default_factory=dict)
    conclusions: dict[UUID, Any] = field(default_factory=dict)
    without_group: set[UUID] = field(default_factory=set)
    vedtak: dict[UUID, Any] = field(default_factory=dict)
    in_force: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    agreed: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    answered_offers: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    extensions: set[UUID] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def read(self, recorded: Recorded) -> None:
        """Take in one event and note what it breaks."""
        event = recorded.event
        topic = type(event).TOPIC
        handler = getattr(self, f"_{topic.replace('.', '_')}", None)
        if handler is not None:
            self.broken += [f"{found} ({topic} at {recorded.position})" for found in handler(event)]

    def _case_Opened(self, event: Any) -> Iterator[str]:
        if event.care_housing:
            self.care_housing.add(event.originator_id)
        yield from ()

    def _case_SubmittedToGroup(self, event: Any) -> Iterator[str]:
        if event.originator_id in self.care_housing:
            yield "M20: care housing was submitted to the group"

    def _case_DecidedWithoutGroup(self, event: Any) -> Iterator[str]:
        self.without_group.add(event.originator_id)
        yield from _only_the_saksbehandler(event, "M13")

    def _consent_Given(self, event: Any) -> Iterator[str]:
        self.consented[event.case] = {scope.unit for scope in event.scopes}
        yield from _only_the_saksbehandler(event, "M09")

    def _consent_Narrowed(self, event: Any) -> Iterator[str]:
        self.consented[event.case] = {scope.unit for scope in event.scopes}
        yield from ()

    def _consent_Withdrawn(self, event: Any) -> Iterator[str]:
        self.consented.pop(event.case, None)
        yield from ()

    def _consent_Refused(self, event: Any) -> Iterator[str]:
        self.consented.pop(event.case, None)
        yield from ()

    def _consent_Expired(self, event: Any) -> Iterator[str]:
        self.consented.pop(event.case, None)
        yield from ()

    def _pre_assessment_Completed(self, event: Any) -> Iterator[str]:
        self.pre_assessed.add(event.case)
        yield from ()

    def _pre_assessment_Reopened(self, event: Any) -> Iterator[str]:
        self.pre_assessed.discard(event.case)
        yield from ()

    def _agenda_item_Added(self, event: Any) -> Iterator[str]:
        item = Item(event.meeting, event.case, str(event.matter), event.consent_needed)
        open_twins = [
            other for other in self.items.values()
            if event.case and (other.case, other.matter) == (event.case, item.matter) and not other.ended
            and other.conclusion is None
        ]  # fmt: skip
        self.items[event.originator_id] = item
        if event.case in self.care_housing:
            yield "M20: care housing stands on an agenda"
        if item.matter == "new_case" and event.case not in self.pre_assessed:
            yield "M10: a new case on an agenda without a finished pre-assessment"
        if item.consent_needed and item.matter != "lease_ending" and event.case not in self.consented:
            yield "M09: on an agenda without consent"
        if open_twins:
            yield "M18: two open items for one matter"

    def _agenda_item_AttendanceRecorded(self, event: Any) -> Iterator[str]:
        item = self.items[event.originator_id]
        if event.presence in ("present", "returned"):
            item.present[event.person] = event.unit
            if event.person in item.inhabil:
                yield "LI1: somebody inhabil is in the room"
        else:
            item.present.pop(event.person, None)

    def _agenda_item_InhabilDeclared(self, event: Any) -> Iterator[str]:
        item = self.items[event.originator_id]
        item.inhabil.add(event.person)
        item.present.pop(event.person, None)
        yield from ()

    def _agenda_item_DiscussionOpened(self, event: Any) -> Iterator[str]:
        item = self.items[event.originator_id]
        item.discussed = True
        if item.consent_needed:
            yield from self._uncovered(item)
        if len(set(item.present.values())) < 2:
            yield "M11: a discussion with fewer than two units"

    def _uncovered(self, item: Item) -> Iterator[str]:
        others = set(item.present.values()) - {"service_og_tildeling"}
        missing = others - self.consented.get(item.case, set()) if item.case else set()
        if missing or (item.case and item.case not in self.consented):
            yield f"M09: talked about without consent for {sorted(missing)}"

    def _conclusion_Reached(self, event: Any) -> Iterator[str]:
        self.conclusions[event.originator_id] = event
        item = self.items[event.item]
        if len(set(event.present_units)) < 2:
            yield "M11: one unit's conclusion"
        if not event.shall_offer and event.vanskeligstilt:
            yield "M12: vanskeligstilt, and no help follows"
        if not event.vanskeligstilt and (event.dwelling == "grant" or event.extension == "grant" or event.shall_offer):
            yield "M12: something is to be granted to one who is not vanskeligstilt"
        if event.vanskeligstilt and not event.tasks:
            yield "M07: a conclusion without tasks"
        if item.conclusion is not None and event.supersedes is None:
            yield "M07: an item decided twice"
        if item.consent_needed:
            yield from self._consent_is_there(event.case)

    def _consent_is_there(self, case: UUID) -> Iterator[str]:
        if case not in self.consented:
            yield "M09: concluded without consent"

    def _agenda_item_Concluded(self, event: Any) -> Iterator[str]:
        self.items[event.originator_id].conclusion = event.conclusion
        yield from ()

    def _agenda_item_Settled(self, event: Any) -> Iterator[str]:
        self.items[event.originator_id].ended = True
        yield from ()

    def _agenda_item_Postponed(self, event: Any) -> Iterator[str]:
        self.items[event.originator_id].ended = True
        yield from ()

    def _agenda_item_Removed(self, event: Any) -> Iterator[str]:
        self.items[event.originator_id].ended = True
        yield from ()

    def _agenda_item_MinutesWritten(self, event: Any) -> Iterator[str]:
        item = self.items[event.originator_id]
        item.has_minutes = True
        if event.facts == event.assessment:
            yield "LP2: facts and assessment are one text"

    def _meeting_Closed(self, event: Any) -> Iterator[str]:
        for item in self.items.values():
            if item.meeting == event.originator_id and not item.ended and item.conclusion is None:
                yield f"M07: a meeting closed with an open item ({item.matter})"

    def _vedtak_Issued(self, event: Any) -> Iterator[str]:
        self.vedtak[event.originator_id] = event
        yield from _only_the_saksbehandler(event, "M13")
        conclusion = self.conclusions.get(event.ground.conclusion)
        if conclusion is None and event.case not in self.without_group:
            yield "M13: a vedtak with neither a conclusion nor a ground for deciding without one"
        if conclusion is not None and not conclusion.vanskeligstilt and event.outcome == "grant" and not event.departs:
            yield "M12: a grant to one found not vanskeligstilt"
        if conclusion is not None and conclusion.case != event.case:
            yield "M13: a vedtak on another case's conclusion"
        if event.case in self.care_housing and event.subject != "care_housing":
            yield "M20: an ordinary vedtak in a care housing case"
        self.in_force.setdefault((event.application, str(event.subject)), event.originator_id)

    def _vedtak_Replaced(self, event: Any) -> Iterator[str]:
        old = self.vedtak[event.originator_id]
        if event.successor not in self.vedtak:
            yield "LD6: replaced by a vedtak that is not issued"
        self.in_force[(old.application, str(old.subject))] = event.successor

    def _follow_up_TookEffect(self, event: Any) -> Iterator[str]:
        vedtak = self.vedtak.get(event.vedtak)
        if vedtak is None or vedtak.outcome != "grant":
            yield "M15: a task is in force without the vedtak it goes with"

    def _allocation_OrderAgreed(self, event: Any) -> Iterator[str]:
        self.agreed[event.originator_id] = event.agreed.entries
        if len({person.unit for person in event.agreed.present}) < 2:
            yield "M14: one unit agreed with itself"

    def _allocation_Offered(self, event: Any) -> Iterator[str]:
        order = self.agreed.get(event.originator_id)
        if order is None:
            yield "M14: a dwelling was offered by score, without the group's order"
            return
        if event.entry not in order:
            yield "M14: a dwelling was offered to somebody outside the group's order"
            return
        ahead = set(order[: order.index(event.entry)])
        passed = set(event.passed_over) | self.answered_offers[event.originator_id]
        if not ahead <= passed:
            yield "M14: somebody was passed over without a reason"

    def _allocation_Declined(self, event: Any) -> Iterator[str]:
        self.answered_offers[event.originator_id].add(event.entry)
        yield from ()

    def _allocation_Lapsed(self, event: Any) -> Iterator[str]:
        yield from self._allocation_Declined(event)

    def _allocation_Withdrawn(self, event: Any) -> Iterator[str]:
        yield from self._allocation_Declined(event)

    def _tenancy_ExtensionGranted(self, event: Any) -> Iterator[str]:
        self.extensions.add(event.originator_id)
        vedtak = self.vedtak.get(event.vedtak)
        if vedtak is None or vedtak.outcome != "grant":
            yield "M19: an extension without a granting vedtak"

    def _tenancy_LeaseExtended(self, event: Any) -> Iterator[str]:
        if event.originator_id not in self.extensions:
            yield "M19: a lease extended without a vedtak"
        self.extensions.discard(event.originator_id)


def _only_the_saksbehandler(event: Event, rule: str) -> Iterator[str]:
    by = event.by
    if (by.unit, by.role) != ("service_og_tildeling", Role.SAKSBEHANDLER):
        yield f"{rule}: done by {by.role} at {by.unit}"
