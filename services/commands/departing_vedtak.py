"""The group hears why a vedtak departs from its conclusion, where the municipality has chosen that (B08, M13)."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Rule
from domain.access.disclosure import Disclosure
from domain.actors import EmployeeId
from domain.decisions.vedtak import Vedtak
from domain.group.conclusion import Conclusion
from domain.group.meeting import CalledMember, Meeting, MeetingState
from domain.group.together import require_consent
from domain.refusals import NotAllowedError, Refusal, WrongStateError
from services.command_desk import Outcome
from services.commands.agenda import consent_facts
from services.commands.body import Body, Id
from services.commands.in_the_room import IN_THE_ROOM
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class TellDeparture(Body):
    """The meeting that hears it, and who is in the room for it (M08)."""

    meeting: Id
    told: Annotated[tuple[Id, ...], Field(min_length=1, max_length=50, description="Those in the room.")]


class MeetingNotOpenError(WrongStateError):
    code = "meeting_not_open"
    rule = "B08"
    missing = "Møtet er ikke i gang."
    next_step = "Fortell gruppa om vedtaket når møtet er åpnet."


class DeparturesStayHereError(Refusal):
    code = "departures_stay_here"
    rule = "B08"
    missing = "I denne kommunen får ikke gruppa vite om vedtak som avviker fra konklusjonen."
    next_step = "Ingenting å gjøre. Begrunnelsen står i vedtaket."


class NotCalledError(NotAllowedError):
    code = "not_called"
    rule = "M03"
    missing = "Noen i rommet er ikke kalt inn til dette møtet, eller er inhabil i saken."
    next_step = "Fortell bare dem som er kalt inn og habile, og be andre gå ut."


@dataclass(frozen=True)
class DepartureTold:
    """Which meeting has heard of which vedtak."""

    vedtak: UUID
    meeting: UUID


@command("/vedtak/{vedtak}/departure/telling", Area.VEDTAK, Handles(Vedtak))
def tell_departure(
    office: Installation, context: Context, vedtak: Vedtak, body: TellDeparture
) -> Outcome[DepartureTold]:
    """Record that a meeting has heard why the vedtak departs from the conclusion, and who was there (B08, M08).

    Who was there has been told, within the consent, like of any item (M09).
    """
    if not office.rules(context).choices.departure_is_told_to_group:
        raise DeparturesStayHereError
    meeting = office.case_log.load(Meeting, body.meeting)
    if meeting.state is not MeetingState.OPEN:
        raise MeetingNotOpenError
    told = _in_the_room(office, meeting, vedtak, body.told)
    require_consent(consent_facts(office, vedtak.case), tuple(one.unit for one in told), context.today)
    vedtak.tell_departure(meeting=meeting.id, told=tuple(one.member for one in told), by=context.by, at=context.at)
    _record_told(office, context, vedtak, meeting, told)
    return Outcome((vedtak,), DepartureTold(vedtak.id, meeting.id), tagged=vedtak)


def _in_the_room(
    office: Installation, meeting: Meeting, vedtak: Vedtak, people: tuple[EmployeeId, ...]
) -> tuple[CalledMember, ...]:
    inhabil = office.case_log.inhabil_in([vedtak.case])
    called = {member.member: member for member in meeting.called if member.member not in inhabil}
    if not set(people) <= set(called):
        raise NotCalledError
    return tuple(called[person] for person in dict.fromkeys(people))


def _record_told(
    office: Installation, context: Context, vedtak: Vedtak, meeting: Meeting, told: tuple[CalledMember, ...]
) -> None:
    """Written first, as with an item: somebody may stand as told who was not, never the other way round."""
    if vedtak.ground.conclusion is None:
        return
    item = office.case_log.load(Conclusion, vedtak.ground.conclusion).item
    office.gate.told(
        [
            Disclosure.told_in_meeting(
                case=vedtak.case, subjects=(vedtak.person,), told=one.member, unit=one.unit, told_from=context.at,
                meeting=meeting.id, item=item, rules=(IN_THE_ROOM, Rule.CALLED_AND_CONSENTED.value),
                decided_at=office.case_log.head(), by=context.by, at=context.at,
            )
            for one in told
        ]
    )  # fmt: skip
