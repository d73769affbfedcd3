"""Care housing: needs mapped, others asked, and the wait for a place; by Service og tildeling and never the group (M20, LO1)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from domain.access.decision import Action
from domain.access.disclosure import Disclosure
from domain.access.kinds import InformationKind
from domain.care.dialogue import CareDialogue, ToldOn
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
from domain.cases.case import Case
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
from services.installation import Installation


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
    step_free: bool = False
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


def map_care_needs(office: Installation, context: Context, case_id: UUID, body: MapCareNeeds) -> Outcome:
    """Map what the applicant needs, or map it anew."""
    case = _handled(office, context, case_id, "map_care_needs")
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
    return _answer(needs)


def ask_for_care_input(office: Installation, context: Context, case_id: UUID, body: AskForCareInput) -> Outcome:
    """Put a question to the other unit. Whoever is asked has been told, and that is written first, as in a meeting."""
    case = _handled(office, context, case_id, "ask_for_care_input")
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
    answer = {"dialogue": dialogue.id, "case": case.id, "unit": dialogue.unit, "answer_by": dialogue.answer_by}
    return Outcome((dialogue,), answer, tagged=dialogue, status=HTTPStatus.CREATED)


def record_care_input(office: Installation, context: Context, dialogue_id: UUID, body: RecordCareInput) -> Outcome:
    """Write down what the other unit answered, which the applicant is to hear of before the vedtak (LH6)."""
    dialogue = _dialogue(office, context, dialogue_id, "record_care_input")
    hearing = hearing_of(office, context, open_case(office, dialogue.case))
    answer = office.vault.seal(dialogue.person, dialogue.case, "health.care_answer", body.answer)
    dialogue.note_answer(answer=answer, by=context.by, at=context.at)
    hearing.note_others_told(by=context.by, at=context.at)
    return Outcome((dialogue, hearing), {"dialogue": dialogue.id, "state": dialogue.state}, tagged=dialogue)


def withdraw_care_question(office: Installation, context: Context, dialogue_id: UUID) -> Outcome:
    """Take the question back."""
    dialogue = _dialogue(office, context, dialogue_id, "withdraw_care_question")
    dialogue.withdraw(by=context.by, at=context.at)
    return Outcome((dialogue,), {"dialogue": dialogue.id, "state": dialogue.state}, tagged=dialogue)


def await_care_place(office: Installation, context: Context, case_id: UUID, body: AwaitCarePlace) -> Outcome:
    """Enter the applicant on the waiting list for a place with care day and night, from the vedtak's day (LO1)."""
    needs = _mapped(office, context, case_id, "await_care_place")
    vedtak = office.case_log.load(Vedtak, body.vedtak)
    if vedtak.case != case_id:
        raise NotFoundError
    since = vedtak.issued_on or context.today
    needs.await_place(vedtak=vedtak.facts, since=since, by=context.by, at=context.at)
    return _answer(needs)


def leave_care_waiting_list(
    office: Installation, context: Context, case_id: UUID, body: LeaveCareWaitingList
) -> Outcome:
    """Take the applicant off the waiting list, for a coded reason (LO1)."""
    needs = _mapped(office, context, case_id, "leave_care_waiting_list")
    needs.leave_waiting_list(reason=body.reason, by=context.by, at=context.at)
    return _answer(needs)


def _record_told(office: Installation, context: Context, dialogue: CareDialogue) -> None:
    """Raises `LogUnavailableError`; then nothing is stored in the case log either (R10)."""
    told = Disclosure.told_in_dialogue(
        case=dialogue.case, subjects=(dialogue.person,), told=dialogue.asked, unit=dialogue.unit, dialogue=dialogue.id,
        kinds=dialogue.told, rules=("M20_asked_about_care_housing", dialogue.told_on.value),
        decided_at=office.case_log.head(), by=context.by, at=context.at,
    )  # fmt: skip
    office.gate.told([told])


def _handled(office: Installation, context: Context, case_id: UUID, purpose: str) -> Case:
    office.gate.permit(context, Action.HANDLE, case_id, purpose=purpose)
    return open_case(office, case_id)


def _mapped(office: Installation, context: Context, case_id: UUID, purpose: str) -> CareNeeds:
    """Raises `NotFoundError` also for a case whose needs nobody has mapped."""
    _handled(office, context, case_id, purpose)
    needs = office.case_log.load(CareNeeds, care_needs_id(case_id))
    context.expect(needs)
    return needs


def _dialogue(office: Installation, context: Context, dialogue_id: UUID, purpose: str) -> CareDialogue:
    dialogue = office.case_log.load(CareDialogue, dialogue_id)
    office.gate.permit(context, Action.HANDLE, dialogue.case, purpose=purpose)
    context.expect(dialogue)
    return dialogue


def _answer(needs: CareNeeds) -> Outcome:
    answer = {
        "case": needs.case, "housing": needs.found.housing, "urgency": needs.found.urgency,
        "awaits_place_since": needs.awaits_place_since,
    }  # fmt: skip
    return Outcome((needs,), answer, tagged=needs)
