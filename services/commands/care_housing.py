"""Care housing: needs mapped, others asked, and the wait for a place; by Service og tildeling and never the group (M20, LO1)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from domain.access.disclosure import Disclosure
from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.care.dialogue import CareDialogue, DialogueState, ToldOn
from domain.care.needs import (
    CareHousingKind,
    CareNeeds,
    CareService,
    CareUrgency,
    NeedsBecauseOf,
    NeedsFound,
    PlaceLeft,
    care_needs_id,
)
from domain.cases.consent import Consent, consent_id
from domain.decisions.vedtak import Vedtak
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, SeatUnit, Text
from services.commands.days import DayTooEarlyError
from services.commands.employees import seat_of
from services.commands.hearings import hearing_of
from services.commands.vedtak_grounds import open_case
from services.context import Context
from services.core.permits.casework import Handles, HandlesCase
from services.core.registry import Area, command
from services.installation import Installation
from services.permits import Permit


class MapCareNeeds(Body):
    """What the applicant needs, of housing and of health and care services (M20)."""

    housing: Annotated[CareHousingKind, Field(examples=["with_staffing"])]
    because_of: Annotated[
        tuple[NeedsBecauseOf, ...],
        Field(max_length=3, description="Age, dementia or disability; at least one.", examples=[["dementia"]]),
    ]
    services: Annotated[
        tuple[CareService, ...],
        Field(max_length=20, description="Health and care services; empty when none.", examples=[["home_nursing"]]),
    ]
    urgency: Annotated[CareUrgency, Field(examples=["within_three_months"])]
    step_free: Annotated[bool, Field(description="Must be reached and used without a step.")] = False
    about_housing: Annotated[Text, Field(examples=["Klarer ikke trappene hjemme."])]
    about_services: Annotated[Text, Field(examples=["Trenger tilsyn om natten."])]

    @property
    def found(self) -> NeedsFound:
        return NeedsFound(
            housing=self.housing, because_of=self.because_of, services=self.services, urgency=self.urgency,
            step_free=self.step_free,
        )  # fmt: skip


class AskForCareInput(Body):
    """A question to an employee of hjemmetjenesten or botjenesten, and on which ground what it says may be told."""

    asked: Annotated[Id, Field(description="The employee who is asked.")]
    unit: SeatUnit = None
    question: Annotated[Text, Field(examples=["Hvilken hjelp får søkeren hjemme i dag?"])]
    told: Annotated[
        tuple[InformationKind, ...],
        Field(min_length=1, max_length=20, description="What the question gives away.", examples=[["identity"]]),
    ]
    told_on: Annotated[ToldOn, Field(examples=["consent"])]
    answer_by: Day


class RecordCareInput(Body):
    """What was answered."""

    answer: Annotated[Text, Field(examples=["Får tilsyn to ganger om dagen."])]


class AwaitCarePlace(Body):
    """The vedtak that granted it; the wait counts from its day."""

    vedtak: Id


class LeaveCareWaitingList(Body):
    """Why the wait is over."""

    reason: Annotated[PlaceLeft, Field(examples=["got_a_place"])]


@dataclass(frozen=True)
class CareNeedsChanged:
    """What an applicant for care housing needs now, and since when (Oslo) the applicant waits for a place, if so."""

    case: UUID
    housing: CareHousingKind
    urgency: CareUrgency
    awaits_place_since: date | None


@dataclass(frozen=True)
class CareInputAsked:
    """The question to another unit, and the last day (Oslo) to answer."""

    dialogue: UUID
    case: UUID
    unit: Unit
    answer_by: date


@dataclass(frozen=True)
class CareDialogueChanged:
    """A question to another unit as it stands now."""

    dialogue: UUID
    state: DialogueState


@command("/cases/{case}/care-needs", Area.CARE_HOUSING, HandlesCase())
def map_care_needs(
    office: Installation, context: Context, permit: Permit, body: MapCareNeeds
) -> Outcome[CareNeedsChanged]:
    """Map what an applicant for care housing needs, of housing and of health and care services; or map it anew (M20)."""
    case = open_case(office, permit.case)
    texts = office.vault.seal_many(
        case.person, case.id, {"housing.care": body.about_housing, "health.care": body.about_services}
    )
    about = {"about_housing": texts["housing.care"], "about_services": texts["health.care"]}
    needs = office.case_log.find(CareNeeds, care_needs_id(case.id))
    if needs is None:
        needs = CareNeeds.map(
            case=case.id, person=case.person, care_housing=case.care_housing, found=body.found, **about, by=context.by,
            at=context.at,
        )  # fmt: skip
    else:
        context.expect(needs)
        needs.revise(found=body.found, **about, by=context.by, at=context.at)
    return _changed(needs)


@command("/cases/{case}/care-dialogues", Area.CARE_HOUSING, HandlesCase(), status=HTTPStatus.CREATED)
def ask_for_care_input(
    office: Installation, context: Context, permit: Permit, body: AskForCareInput
) -> Outcome[CareInputAsked]:
    """Ask hjemmetjenesten or botjenesten (M20). What the question says is told on consent or another ground (LC2).

    Whoever is asked has been told, and that is written first, as in a meeting.
    """
    case = open_case(office, permit.case)
    if body.answer_by < context.today:
        raise DayTooEarlyError
    consent = office.case_log.find(Consent, consent_id(case.id))
    dialogue = CareDialogue.ask(
        id=uuid5(context.cause, "care dialogue"), case=case.id, person=case.person, care_housing=case.care_housing,
        asked=body.asked, unit=seat_of(office, context, body.asked, body.unit).unit, units=office.rules(context).units.care_dialogue,
        question=office.vault.seal(case.person, case.id, "health.care_question", body.question), told=body.told,
        told_on=body.told_on, consent=consent.facts if consent else None, answer_by=body.answer_by,
        today=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    _record_told(office, context, dialogue)
    asked = CareInputAsked(dialogue.id, case.id, dialogue.unit, dialogue.answer_by)
    return Outcome((dialogue,), asked, tagged=dialogue)


@command("/care-dialogues/{dialogue}/answer", Area.CARE_HOUSING, Handles(CareDialogue))
def record_care_input(
    office: Installation, context: Context, dialogue: CareDialogue, body: RecordCareInput
) -> Outcome[CareDialogueChanged]:
    """Write down what the other unit answered (M20). The applicant is to hear of it before the vedtak (LH6)."""
    hearing = hearing_of(office, context, open_case(office, dialogue.case))
    answer = office.vault.seal(dialogue.person, dialogue.case, "health.care_answer", body.answer)
    dialogue.note_answer(answer=answer, by=context.by, at=context.at)
    hearing.note_others_told(by=context.by, at=context.at)
    return Outcome((dialogue, hearing), CareDialogueChanged(dialogue.id, dialogue.state), tagged=dialogue)


@command("/care-dialogues/{dialogue}/withdrawal", Area.CARE_HOUSING, Handles(CareDialogue))
def withdraw_care_question(
    _office: Installation, context: Context, dialogue: CareDialogue
) -> Outcome[CareDialogueChanged]:
    """Take a question back that needs no answer any more (M20)."""
    dialogue.withdraw(by=context.by, at=context.at)
    return Outcome((dialogue,), CareDialogueChanged(dialogue.id, dialogue.state), tagged=dialogue)


@command("/cases/{case}/care-place", Area.CARE_HOUSING, Handles(CareNeeds, care_needs_id))
def await_care_place(
    office: Installation, context: Context, needs: CareNeeds, body: AwaitCarePlace
) -> Outcome[CareNeedsChanged]:
    """Enter an applicant on the waiting list for a place with care day and night, on a granting vedtak (LO1).

    The wait counts from the vedtak's day.
    """
    open_case(office, needs.case)
    vedtak = office.case_log.load(Vedtak, body.vedtak)
    if vedtak.case != needs.case:
        raise NotFoundError
    since = vedtak.issued_on or context.today
    needs.await_place(vedtak=vedtak.facts, since=since, by=context.by, at=context.at)
    return _changed(needs)


@command("/cases/{case}/care-place/leaving", Area.CARE_HOUSING, Handles(CareNeeds, care_needs_id))
def leave_care_waiting_list(
    office: Installation, context: Context, needs: CareNeeds, body: LeaveCareWaitingList
) -> Outcome[CareNeedsChanged]:
    """Take an applicant off the waiting list for a place with care day and night, for a coded reason (LO1)."""
    open_case(office, needs.case)
    needs.leave_waiting_list(reason=body.reason, by=context.by, at=context.at)
    return _changed(needs)


def _record_told(office: Installation, context: Context, dialogue: CareDialogue) -> None:
    """Raises `LogUnavailableError`; then nothing is stored in the case log either (R10)."""
    told = Disclosure.told_in_dialogue(
        case=dialogue.case, subjects=(dialogue.person,), told=dialogue.asked, unit=dialogue.unit, dialogue=dialogue.id,
        kinds=dialogue.told, rules=("M20_asked_about_care_housing", dialogue.told_on.value),
        decided_at=office.case_log.head(), by=context.by, at=context.at,
    )  # fmt: skip
    office.gate.told([told])


def _changed(needs: CareNeeds) -> Outcome[CareNeedsChanged]:
    """What every command about the needs answers with."""
    found = needs.found
    changed = CareNeedsChanged(needs.case, found.housing, found.urgency, needs.awaits_place_since)
    return Outcome((needs,), changed, tagged=needs)
