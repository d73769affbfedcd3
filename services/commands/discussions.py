"""The room: who is there, who is inhabil, and when the talk begins and ends (M03, M08, M09, M11, LI1)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from domain.access.decision import Action
from domain.actors import UNKNOWN_UNIT, Unit
from domain.cases.consent import Consent
from domain.group.agenda_item import AgendaItem, InhabilGround, ItemState, Presence
from domain.group.meeting import Meeting, MeetingState
from domain.people.employee import Employee
from domain.refusals import Refusal, SaksbehandlerOnlyError, WrongStateError
from services.command_desk import Outcome
from services.commands.agenda import case_facts, consent_of
from services.commands.body import Body, Id
from services.commands.employees import employed
from services.commands.in_the_room import inhabil_elsewhere, record_told
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
from services.facts.case_applications import require_something_to_decide
from services.installation import Installation
from services.refusals import InvalidInputError


def _in_utc(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= 2200:
        raise ValueError("must be between 1900 and 2200")
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_in_utc),
    Field(description="With a time zone.", examples=["2027-01-12T12:10:00+01:00"]),
]


COMING_IN = (Presence.PRESENT, Presence.RETURNED)


class RecordAttendance(Body):
    """Who was there, left, came back or stayed away. Without `happened_at`: now."""

    people: Annotated[tuple[Id, ...], Field(min_length=1, max_length=50, description="Employees, by id.")]
    presence: Annotated[Presence, Field(examples=["present"])]
    happened_at: Moment | None = None


class DeclareInhabil(Body):
    """Why somebody is too close to the case, as a code; the story stays with the person. Without `person`: oneself."""

    person: Id | None = None
    ground: Annotated[InhabilGround, Field(examples=["family"])]
    substitute: Annotated[Id | None, Field(description="Who attends instead, from the same unit (LI3).")] = None


class MeetingNotOpenError(WrongStateError):
    code = "meeting_not_open"
    rule = "M07"
    missing = "Møtet er ikke åpnet, eller det er avsluttet."
    next_step = "Åpne møtet før sakene drøftes."


class InTheFutureError(InvalidInputError):
    code = "in_the_future"
    rule = "M08"
    missing = "Tidspunktet har ikke vært ennå."
    next_step = "Kontroller klokkeslettet."


class SubstituteFromAnotherUnitError(Refusal):
    code = "substitute_from_another_unit"
    rule = "LI3"
    missing = "Den som skal møte i stedet, kommer fra en annen enhet."
    next_step = "Velg en fra samme enhet som den som er inhabil."


@dataclass(frozen=True)
class AttendanceRecorded:
    """Whose coming or going was noted for an item."""

    item: UUID
    people: tuple[UUID, ...]
    presence: Presence


@dataclass(frozen=True)
class InhabilDeclared:
    """Who is out of an item and of its case."""

    item: UUID
    person: UUID


@dataclass(frozen=True)
class DiscussionChanged:
    """An item whose discussion has begun or is over."""

    item: UUID
    state: ItemState


@command("/agenda-items/{item}/attendance", Area.AGENDA_ITEMS, Handles(AgendaItem))
def record_attendance(
    office: Installation, context: Context, item: AgendaItem, body: RecordAttendance
) -> Outcome[AttendanceRecorded]:
    """Note who is in the room for this item; whoever hears it discussed is recorded as told (M08).

    Whoever comes in during the talk must be covered by the consent.
    """
    meeting = _begun(office, item, MeetingState.OPEN, MeetingState.CLOSED)
    if body.happened_at is not None and body.happened_at > context.at:
        raise InTheFutureError
    consent = consent_of(office, item.case)
    elsewhere = inhabil_elsewhere(office, item)
    for person in body.people:
        item.record_attendance(
            person=person, presence=body.presence, called=meeting.called, consent=consent.facts if consent else None,
            day=context.today, inhabil_elsewhere=elsewhere, by=context.by, at=context.at, happened_at=body.happened_at,
        )  # fmt: skip
    into_the_talk = item.state is ItemState.UNDER_DISCUSSION and body.presence in COMING_IN
    relied_on = _relied_on(context, item, consent) if into_the_talk else ()
    record_told(office, context, item)
    answer = AttendanceRecorded(item.id, body.people, body.presence)
    return Outcome((item, *relied_on), answer, tagged=item)


@command(
    "/agenda-items/{item}/inhabil", Area.AGENDA_ITEMS,
    DecidesItself("it takes less to declare oneself inhabil than to declare somebody else"),
)  # fmt: skip
def declare_inhabil(
    office: Installation, context: Context, _: None, item: UUID, body: DeclareInhabil
) -> Outcome[InhabilDeclared]:
    """Declare oneself inhabil, or as saksbehandler somebody else; their reading of the case stops at once (LI1, B05)."""
    person = body.person or context.actor.id
    declared_in = _item_to_declare_in(office, context, item, person)
    unit = context.actor.unit if person == context.actor.id else _unit_of(office, context, person)
    if body.substitute is not None:
        if not context.actor.is_saksbehandler:
            raise SaksbehandlerOnlyError
        if not any(seat.unit == unit for seat in employed(office, body.substitute).seats_on(context.today)):
            raise SubstituteFromAnotherUnitError
    declared_in.declare_inhabil(
        person=person, unit=unit, ground=body.ground, substitute=body.substitute, by=context.by, at=context.at
    )
    return Outcome((declared_in,), InhabilDeclared(declared_in.id, person), tagged=declared_in)


def _unit_of(office: Installation, context: Context, person: UUID) -> Unit:
    """The unit that somebody else is inhabil for, also when they have left."""
    employee = office.case_log.load(Employee, person)
    seats = employee.seats_on(context.today) or employee.seats
    return seats[0].unit if seats else UNKNOWN_UNIT


@command("/agenda-items/{item}/discussion", Area.AGENDA_ITEMS, Handles(AgendaItem))
def open_discussion(office: Installation, context: Context, item: AgendaItem) -> Outcome[DiscussionChanged]:
    """Begin to talk about it: together (M11), within the consent (M09); everybody present is recorded as told (M08).

    The consent it rests on is relied on in the same save (D1).
    """
    _begun(office, item, MeetingState.OPEN)
    require_something_to_decide(office, item.case, item.matter)
    consent = consent_of(office, item.case)
    item.open_discussion(
        case=case_facts(office, context, item.case, item.tenancy), consent=consent.facts if consent else None,
        day=context.today, least_units=office.rules(context).choices.least_units_in_room,
        inhabil_elsewhere=inhabil_elsewhere(office, item), by=context.by, at=context.at,
    )  # fmt: skip
    relied_on = _relied_on(context, item, consent)
    record_told(office, context, item)
    return Outcome((item, *relied_on), DiscussionChanged(item.id, item.state), tagged=item)


@command("/agenda-items/{item}/discussion/closing", Area.AGENDA_ITEMS, Handles(AgendaItem))
def close_discussion(_office: Installation, context: Context, item: AgendaItem) -> Outcome[DiscussionChanged]:
    """Stop talking about it."""
    item.close_discussion(by=context.by, at=context.at)
    return Outcome((item,), DiscussionChanged(item.id, item.state), tagged=item)


def _begun(office: Installation, item: AgendaItem, *states: MeetingState) -> Meeting:
    meeting = office.case_log.load(Meeting, item.meeting)
    if meeting.state not in states:
        raise MeetingNotOpenError
    return meeting


def _relied_on(context: Context, item: AgendaItem, consent: Consent | None) -> tuple[Consent, ...]:
    """The consent, relied on for every unit in the room: a change to it at the same moment makes this save lose (D1)."""
    if consent is None or not item.consent_needed:
        return ()
    consent.rely_on(
        item=item.id, meeting=item.meeting, units=item.room.units, today=context.today, by=context.by, at=context.at
    )
    return (consent,)


def _item_to_declare_in(office: Installation, context: Context, item_id: UUID, person: UUID) -> AgendaItem:
    """Oneself where one may read the case or has a seat at the comparison; another only as who handles the case."""
    item = office.case_log.load(AgendaItem, item_id)
    is_own = person == context.actor.id
    if item.case is not None:
        action = Action.READ if is_own else Action.HANDLE
        office.gate.permit(context, action, item.case, purpose="declare_inhabil")
    elif is_own:
        office.gate.permit_vacancy(context, item_id)
    else:
        SAKSBEHANDLER.require(context.by)
    context.expect(item)
    return item
