"""The minutes of one case at one meeting, facts apart from assessments (M07, LP2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.events import InhabilDeclared, MinutesApproved, MinutesWritten, Settled
from domain.group.agenda_item.facts import MinutesRevision
from domain.group.agenda_item.room import Room
from domain.group.conclusion import Conclusion
from domain.group.proposed_task import ProposedTask
from domain.law.deadlines import OSLO, oslo_date
from domain.paper_refusals import MinutesNotApprovedError
from domain.refusals import NotFoundError
from services.papers.source import Composition, Source


def minutes(source: Source) -> Composition:
    """The revision in force; as a draft the latest one. For the file: it goes to nobody.

    `MinutesNotApprovedError` when nothing is written, or approved.
    """
    item = source.log.load(AgendaItem, source.about)
    if item.case is None:
        raise NotFoundError
    source.require_of_case(item.case)
    written = _revision(item, source)
    source.reading.sees(InformationKind.MINUTES)
    came_to = _came_to(source, item)
    content = {
        "meeting_date": item.meeting_date, **_dates(source, item, written),
        "present": source.units(item.room.units_told), "inhabil": _inhabil(source, item),
        "came_and_left": _came_and_left(source, item.room), "facts": source.text(written.facts),
        "assessment": source.text(written.assessment), "conclusion": came_to.conclusion,
        "settlement": came_to.settlement,
        "tasks": [_task(source, task) for task in came_to.tasks],
    }  # fmt: skip
    return Composition(item.version, content, None, source.rules())


def _revision(item: AgendaItem, source: Source) -> MinutesRevision:
    shown = [each for each in item.minutes if source.is_draft or each.approved]
    if not shown:
        raise MinutesNotApprovedError
    return max(shown, key=lambda each: each.revision)


def _dates(source: Source, item: AgendaItem, shown: MinutesRevision) -> Mapping[str, object]:
    """Which revision it is, and the Oslo dates on which it was written and approved; None for not approved."""
    written = [each for each in source.events(item.id, MinutesWritten) if each.revision == shown.revision]
    approved = [each for each in source.events(item.id, MinutesApproved) if each.revision == shown.revision]
    return {
        "revision": shown.revision, "written_on": oslo_date(written[-1].happened_at),
        "approved_on": oslo_date(approved[-1].happened_at) if approved else None,
    }  # fmt: skip


def _inhabil(source: Source, item: AgendaItem) -> list[Mapping[str, object]]:
    """The units with somebody who was inhabil, from when, and whether a substitute took part (LI1, LI3)."""
    room = item.room
    heard = [stay.who for stay in room.stays if any(stay.heard(talk) for talk in room.discussions)]
    return [
        {
            "unit": _unit(source, each.unit), **_moment(each.happened_at),
            "substituted": any(who.person == each.substitute or who.substitute_for == each.person for who in heard),
        }
        for each in source.events(item.id, InhabilDeclared)
    ]  # fmt: skip


def _came_and_left(source: Source, room: Room) -> list[Mapping[str, object]]:
    """Who came or left after the talk began and before it ended, by unit, in order (M08)."""
    if not room.discussions:
        return []
    began, ended = room.discussions[0].since, room.discussions[-1].until
    moves = [(stay.span.since, "came", stay.who.unit) for stay in room.stays]
    moves += [(stay.span.until, "left", stay.who.unit) for stay in room.stays if stay.span.until is not None]
    return [
        {"unit": _unit(source, unit), "how": how, **_moment(at)}
        for at, how, unit in sorted(moves)
        if began < at and (ended is None or at < ended)
    ]


def _moment(at: datetime) -> Mapping[str, object]:
    there = at.astimezone(OSLO)
    return {"on": there.date(), "clock": f"{there:%H.%M}"}


def _unit(source: Source, code: Unit) -> str:
    return source.units((code,))[0]


@dataclass(frozen=True)
class CameTo:
    """What the talk came to: a conclusion, a settlement, or nothing yet; and who does what."""

    conclusion: Mapping[str, object] | None = None
    settlement: Mapping[str, object] | None = None
    tasks: tuple[ProposedTask, ...] = ()


def _came_to(source: Source, item: AgendaItem) -> CameTo:
    source.reading.sees(InformationKind.ASSESSMENT)
    if item.conclusion is not None:
        reached = source.events(item.conclusion, Conclusion.Reached)[0]
        return CameTo(conclusion=_conclusion(source, reached), tasks=reached.tasks)
    settled = source.events(item.id, Settled)
    if not settled:
        return CameTo()
    settlement = {
        "outcome": source.text(settled[0].outcome), "application_received": settled[0].application_received
    }  # fmt: skip
    return CameTo(settlement=settlement, tasks=settled[0].tasks)


def _conclusion(source: Source, reached: Conclusion.Reached) -> Mapping[str, object]:
    dissents = source.events(reached.originator_id, Conclusion.DissentRecorded)
    return {
        "vanskeligstilt": reached.vanskeligstilt, "reasons": source.text(reached.reasons),
        "shall_offer": reached.shall_offer, "may_offer": reached.may_offer, "dwelling": reached.dwelling,
        "extension": reached.extension, "help_description": source.text(reached.help_description),
        "dissents": [{"unit": _unit(source, each.unit), "text": source.text(each.text)} for each in dissents],
    }  # fmt: skip


def _task(source: Source, task: ProposedTask) -> Mapping[str, object]:
    """Who by unit and the task's own reference: a case does not open an employee's name."""
    return {
        "unit": _unit(source, task.unit), "reference": task.id.hex[:8], "due_on": task.due_on,
        "what": source.text(task.what),
    }  # fmt: skip
