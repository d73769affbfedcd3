"""One agenda item: who is there, what it came to, and its minutes, for those whom the case opens for (M03, M07, M08)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pydantic import Field

from domain.access.decision import PARTIAL, Rule
from domain.access.facts import FactName
from domain.access.kinds import InformationKind as Kind
from domain.cases.application import Application
from domain.cases.case import Case
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.group.agenda_item import AgendaItem, ItemState, Matter, MinutesRevision
from domain.group.agenda_item.facts import Guest, Inhabil
from domain.group.agenda_item.room import PersonPresent
from domain.group.proposed_task import ProposedTask
from domain.housing.allocation import Allocation
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from domain.sealed import Sealed
from services.boxes import OwnedBy
from services.commands.in_the_room import Compared, compared_for
from services.context import Context
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, query
from services.installation import Installation
from services.log.streams import Streams
from services.permits import Permit
from services.queries import case_parts as parts
from services.queries.answer import Answer
from services.queries.reading import Reading, read_as
from services.versions import version_of

PURPOSE = "agenda_item"


class ToldPart(Answer):
    """Somebody who was in the room while it was discussed. Times are UTC; `until` is null while it lasts."""

    person: UUID
    unit: str
    since: datetime
    until: datetime | None


class TaskPart(Answer):
    """One task that was shared out; its id is the follow-up's."""

    follow_up: UUID
    assignee: UUID
    unit: str
    due_on: str
    what: str | None
    vedtak_track: DecisionSubject | None = Field(description="What a vedtak must grant to put it in force.")


class SettlementPart(Answer):
    """How an item ended that needs no conclusion; for a lease, the answers to the three questions (M18)."""

    outcome: str | None
    application_received: bool | None
    tasks: list[TaskPart]


class MinutesPart(Answer):
    """One revision of the minutes, facts and assessment apart (LP2)."""

    revision: int
    facts: str | None
    assessment: str | None
    approved: bool
    in_force: bool = Field(description="The newest approved one. Earlier ones stay readable beside it.")


class ItemView(parts.Part):
    """One item at one meeting."""

    item: UUID
    meeting: UUID
    matter: Matter
    state: ItemState
    restricted: bool
    consent_needed: bool
    case: UUID | None
    person: UUID | None
    name: str | None
    tenancy: UUID | None
    allocation: UUID | None
    present: tuple[PersonPresent, ...] = Field(description="Who is in the room now.")
    told: list[ToldPart]
    guests: tuple[Guest, ...]
    inhabil: tuple[Inhabil, ...]
    settled: bool
    submissions: tuple[parts.SubmissionPart, ...] = Field(default=(), description="Why it was to be discussed (M04).")
    pre_assessment: parts.PreAssessmentPart | None = Field(
        default=None, description="What was found out before the meeting (M10)."
    )
    conclusion: parts.ConclusionPart | None = None
    settlement: SettlementPart | None = None
    minutes: tuple[MinutesPart, ...] = ()
    withheld: tuple[str, ...] = ()


@query("/agenda-items/{item}", Area.AGENDA_ITEMS, Reads(AgendaItem, purpose=PURPOSE))
def show_agenda_item(office: Installation, context: Context, read: Read[AgendaItem]) -> ItemView:
    """One item: who was in the room, conclusion, tasks and minutes (M07, M08). A guest's ends with approval (M03)."""
    item = read.subject
    if item.case is None:
        return _vacancy_item(office, context, item, read.permit)
    if not opens_item(context, item.id, read.permit):
        office.gate.refuse(context, read.permit, purpose=PURPOSE)
    loaded, ground = _Loaded(office, item, read.permit), invited_as(context, item.id, read.permit)
    return read_as(
        office, context, read.permit, lambda reading: _build(loaded, replace(reading, ground=ground)), purpose=PURPOSE
    )


class _Loaded:
    """Everything that an item may show, read before the answer is built: building asks the database for nothing."""

    def __init__(self, office: Installation, item: AgendaItem, permit: Permit) -> None:
        case, facts = permit.case, permit.facts
        applications = [row.key.about for row in facts.named(FactName.APPLICATION)]
        kept = (case, facts.person or case, pre_assessment_id(case), item.id, item.conclusion or item.id)
        self.item, self.streams = item, office.case_log.load_many([*kept, *applications])
        self.case = self.streams.load(Case, case)
        self.person = self.streams.load(Person, self.case.person)
        self.pre_assessment = self.streams.find(PreAssessment, pre_assessment_id(case))
        self.applications = [self.streams.load(Application, id) for id in applications]


def _vacancy_item(office: Installation, context: Context, item: AgendaItem, permit: Permit) -> ItemView:
    """An item about no single case: for whoever is called or invited, unless inhabil for a candidate (M14, B05)."""
    compared: Compared = ()
    fields: dict[str, OwnedBy] = {}
    if item.allocation is not None:
        allocation = office.case_log.load(Allocation, item.allocation)
        compared = compared_for(allocation)
        office.gate.permit_comparison(context, allocation.id, [case for case, _ in compared], purpose=PURPOSE)
        fields = {
            f"{part}{m.revision}": OwnedBy(allocation.dwelling, text)
            for m in item.minutes
            for part, text in _texts(m).items()
        }
    opened = office.gate.open_vacancy(context, permit, compared, fields)
    minutes = tuple(
        _minutes_part(item, m, {part: opened.texts[f"{part}{m.revision}"] for part in _texts(m)}) for m in item.minutes
    )
    return ItemView(**_plain(item), name=None, minutes=minutes, withheld=opened.closed)


def _build(loaded: _Loaded, reading: Reading) -> ItemView:
    item, streams = loaded.item, loaded.streams
    name = reading.text(loaded.person.details.name)
    assessed, minuted = reading.sees(Kind.ASSESSMENT), reading.sees(Kind.MINUTES)
    return ItemView(
        **_plain(item), name=name, submissions=parts.submissions(streams, loaded.case, reading),
        pre_assessment=_pre_assessment(loaded, reading),
        conclusion=parts.conclusion(streams, item.conclusion, reading) if item.conclusion and assessed else None,
        settlement=_settlement(streams, item, reading) if item.has_settlement and assessed else None,
        minutes=_minutes(item, reading) if minuted else (), withheld=tuple(reading.withheld),
    )  # fmt: skip


def _pre_assessment(loaded: _Loaded, reading: Reading) -> parts.PreAssessmentPart | None:
    """What was found out, and which parts of the application were corrected since, for who sees those."""
    if loaded.pre_assessment is None:
        return None
    applications = loaded.applications if reading.sees(Kind.HOUSING) else []
    return parts.pre_assessment(loaded.pre_assessment, applications, reading)


def _plain(item: AgendaItem) -> dict[str, object]:
    told = [ToldPart(person=t.person, unit=t.unit, since=t.since, until=t.until) for t in item.told()]
    return {
        "etag": version_of(item), "item": item.id, "meeting": item.meeting, "matter": item.matter,
        "state": item.state, "restricted": item.restricted, "consent_needed": item.consent_needed, "case": item.case,
        "person": item.person, "tenancy": item.tenancy, "allocation": item.allocation, "present": item.room.present,
        "told": told, "guests": item.guests, "inhabil": item.inhabil, "settled": item.outcome.settled,
    }  # fmt: skip


def _minutes(item: AgendaItem, reading: Reading) -> tuple[MinutesPart, ...]:
    return tuple(
        _minutes_part(item, written, {part: reading.text(text) for part, text in _texts(written).items()})
        for written in item.minutes
    )


def _minutes_part(item: AgendaItem, written: MinutesRevision, texts: Mapping[str, str | None]) -> MinutesPart:
    in_force = written.revision == item.revision_in_force
    return MinutesPart(revision=written.revision, approved=written.approved, in_force=in_force, **texts)


def _texts(written: MinutesRevision) -> dict[str, Sealed]:
    return {"facts": written.facts, "assessment": written.assessment}


def _settlement(streams: Streams, item: AgendaItem, reading: Reading) -> SettlementPart:
    settled = next(event for event in streams.stream(item.id) if isinstance(event, AgendaItem.Settled))
    return SettlementPart(
        outcome=reading.text(settled.outcome), application_received=settled.application_received,
        tasks=[_task(task, reading) for task in settled.tasks],
    )  # fmt: skip


def _task(task: ProposedTask, reading: Reading) -> TaskPart:
    return TaskPart(
        follow_up=task.id, assignee=task.assignee, unit=task.unit, due_on=task.due_on.isoformat(),
        what=reading.text(task.what), vedtak_track=task.vedtak_track,
    )  # fmt: skip


def opens_item(context: Context, item: UUID, permit: Permit) -> bool:
    """Whether a ground opens this item: being called or invited is about single ones, a task or submission none (M03)."""
    rules = set(permit.decision.rules) - PARTIAL
    if rules - {Rule.CALLED_AND_CONSENTED}:
        return permit.decision.allowed
    called_to = {fact.key.about for fact in permit.facts.items_called_to(context.actor.id)}
    is_called = Rule.CALLED_AND_CONSENTED in rules and item in called_to
    return is_called or invited_as(context, item, permit) is not None


def invited_as(context: Context, item: UUID, permit: Permit) -> Rule | None:
    """The ground on which this one item opens to somebody from outside the meeting: as guest, or as substitute (LI3)."""
    ways = {Rule.GUEST: FactName.GUEST, Rule.SUBSTITUTE: FactName.SUBSTITUTE}
    who, day, facts = context.actor.id, context.today, permit.facts
    open_ways = (rule for rule, way in ways.items() if item in facts.items_open_to(way, who, day))
    return next((rule for rule in open_ways if rule in permit.decision.rules), None)
