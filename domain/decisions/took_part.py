"""Who took part in a case, event by event: the one place that says so (LI4, LI2).

They may neither sit in the municipality's appeal body for it nor prepare it for that body. What counts is the log, not
what anybody says of themselves.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.actors import Actor, Role
from domain.base import Event
from domain.cases.case import Case
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import Part, TookPart
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.facts import Presence
from domain.group.conclusion import Conclusion
from domain.housing.allocation import Allocation

PREPARING = frozenset({"application", "pre_assessment", "case", "conclusion", "hearing", "care_needs", "care_dialogue"})
"""The aggregates whose every event is work on the ground for the decision: LI1 calls that preparing."""


def took_part(event: Event) -> tuple[TookPart, ...]:
    """Who took part by `event`, and how. Nobody by what follows the vedtak, such as carrying out a task."""
    actor = None if event.by.role is Role.SYSTEM else event.by.actor
    parts = {person: part for person, part in _parts(event, actor) if person is not None}
    return tuple(TookPart(employee=person, part=part) for person, part in parts.items())


def _parts(event: Event, actor: UUID | None) -> Iterable[tuple[UUID | None, Part]]:
    match event:
        case Case.SubmittedToGroup():
            return ((event.submitted_by, Part.SUBMITTED),)
        case Case.ResponsibilityAssigned():
            return ((event.responsible, Part.PREPARED),)
        case AgendaItem.AttendanceRecorded(presence=Presence.PRESENT | Presence.RETURNED):
            return ((event.person, Part.IN_THE_ROOM),)
        case AgendaItem.InhabilDeclared():
            return ((event.person, Part.INHABIL),)
        case AgendaItem.MinutesWritten() | AgendaItem.MinutesApproved():
            return ((actor, Part.WROTE_MINUTES),)
        case Conclusion.DissentRecorded():
            return ((event.dissenter, Part.CONCLUDED),)
        case Conclusion.Reached():
            return ((actor, Part.CONCLUDED),)
        case Allocation.OrderAgreed():
            return ((actor, Part.CONCLUDED), *((who.person, Part.IN_THE_ROOM) for who in event.agreed.present))
        case Vedtak.Drafted() | Vedtak.Issued() | Vedtak.Corrected():
            return ((actor, Part.DECIDED),)
        case Appeal.Upheld():
            return ((actor, Part.REVIEWED),)
    return ((actor, Part.PREPARED),) if _prepares(event) else ()


def _prepares(event: Event) -> bool:
    return event.TOPIC.partition(".")[0] in PREPARING and not isinstance(event, Case.Closed)


def with_subordinates(facts: Iterable[TookPart], seated: Sequence[Actor]) -> tuple[TookPart, ...]:
    """`facts`, and everybody in the unit of a leader among them (LI4; LI2 follows the same thought).

    `seated`: each seat in the directory as who sits there.
    """
    known = tuple(facts)
    who = {fact.employee for fact in known}
    led = {seat.unit for seat in seated if seat.role is Role.LEADER and seat.id in who}
    below = (
        TookPart(employee=seat.id, part=Part.DIRECT_SUBORDINATE)
        for seat in seated
        if seat.unit in led and seat.role is not Role.LEADER
    )
    return tuple(sorted({*known, *below}))
