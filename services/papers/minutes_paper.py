"""The minutes of one case at one meeting, facts apart from assessments (M07, LP2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access.kinds import InformationKind
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.events import Settled
from domain.group.agenda_item.facts import MinutesRevision
from domain.group.conclusion import Conclusion
from domain.group.proposed_task import ProposedTask
from domain.paper_refusals import MinutesNotApprovedError
from domain.refusals import NotFoundError
from services.papers.source import Composition, Source


def minutes(source: Source) -> Composition:
    """The revision in force; as a draft the latest one. For the file: it goes to nobody.

    `MinutesNotApprovedError` when nothing is written, or approved.
    """
    item = source.office.case_log.load(AgendaItem, source.about)
    if item.case is None:
        raise NotFoundError
    source.require_of_case(item.case)
    written = _revision(item, source)
    source.reading.sees(InformationKind.MINUTES)
    came_to = _came_to(source, item)
    content = {
        "meeting_date": item.meeting_date, "revision": written.revision, "approved": written.approved,
        "present": source.units(item.room.units_told), "facts": source.text(written.facts),
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
        "dissents": [{"unit": source.units((each.unit,))[0], "text": source.text(each.text)} for each in dissents],
    }  # fmt: skip


def _task(source: Source, task: ProposedTask) -> Mapping[str, object]:
    return {"unit": source.units((task.unit,))[0], "due_on": task.due_on, "what": source.text(task.what)}
