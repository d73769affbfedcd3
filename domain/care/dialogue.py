"""One question about an application for care housing, put to hjemmetjenesten or botjenesten, and its answer (M20).

The saksbehandler asks and writes down the answer. The other unit gets no access to the case: what it is told is what the
question says, on a recorded ground, and that stands in the disclosure log.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from domain.access.kinds import InformationKind
from domain.actors import By, CaseId, EmployeeId, PersonId, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.care.needs import NotCareHousingError
from domain.cases.consent_facts import ConsentFacts
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class ToldOn(StrEnum):
    """The ground on which the other unit is told what the question says (LC2)."""

    CONSENT = "consent"
    PURPOSE_OF_COLLECTION = "fvl_13b_2"
    """Used for the purpose it was collected for."""
    SAME_AUTHORITY = "fvl_13b_3"
    """Colleagues in the same authority, as far as the work calls for it."""


class DialogueState(StrEnum):
    """Whether an answer is waited for."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class NotInCareDialogueError(Refusal):
    code = "not_in_care_dialogue"
    rule = "M20"
    missing = "Spørsmål om omsorgsbolig går bare til enhetene som dialogen er med, som hjemmetjenesten og botjenesten."
    next_step = "Velg en ansatt i en av disse enhetene."


class DialogueNotConsentedError(Refusal):
    code = "dialogue_not_consented"
    rule = "LC2"
    missing = "Samtykket fra søkeren dekker ikke det enheten ville fått vite:"
    next_step = "Be søkeren om samtykke, spør om mindre, eller oppgi et annet grunnlag for å dele opplysningene."


class NothingIsAskedError(WrongStateError):
    code = "nothing_is_asked"
    rule = "M20"
    missing = "Spørsmålet er besvart eller trukket tilbake."
    next_step = "Still et nytt spørsmål dersom det trengs."


class CareDialogue(HusromAggregate):
    """One question to one employee of another unit, and what came of it (M20)."""

    TOPIC = "care_dialogue"

    class InputAsked(CreatedEvent):
        """`told`: the kinds of information that the question gives away. `answer_by`: an Oslo date."""

        TOPIC: ClassVar[str] = "care_dialogue.InputAsked"
        case: CaseId
        person: PersonId
        asked: EmployeeId
        unit: Unit
        question: Annotated[Sealed, Named("health.care_question")]
        told: tuple[InformationKind, ...]
        told_on: ToldOn
        answer_by: date

        def apply(self, dialogue: "CareDialogue") -> None:
            dialogue.case, dialogue.person = self.case, self.person
            dialogue.asked, dialogue.unit = self.asked, self.unit
            dialogue.question, dialogue.answer_by = self.question, self.answer_by
            dialogue.told, dialogue.told_on = self.told, self.told_on

    class InputGiven(Event):
        TOPIC: ClassVar[str] = "care_dialogue.InputGiven"
        case: CaseId
        answer: Annotated[Sealed, Named("health.care_answer")]

        def apply(self, dialogue: "CareDialogue") -> None:
            dialogue.answer, dialogue.state = self.answer, DialogueState.ANSWERED

    class QuestionWithdrawn(Event):
        """No answer is needed any more. Who was told has been told."""

        TOPIC: ClassVar[str] = "care_dialogue.QuestionWithdrawn"
        case: CaseId

        def apply(self, dialogue: "CareDialogue") -> None:
            dialogue.state = DialogueState.WITHDRAWN

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.asked: EmployeeId
        self.unit: Unit
        self.question: Sealed
        self.answer: Sealed | None = None
        self.answer_by: date
        self.told: tuple[InformationKind, ...] = ()
        self.told_on: ToldOn
        self.state = DialogueState.ASKED

    @classmethod
    def ask(
        cls, *, id: UUID, case: CaseId, person: PersonId, care_housing: bool, asked: EmployeeId, unit: Unit,
        units: tuple[Unit, ...], question: Sealed, told: tuple[InformationKind, ...], told_on: ToldOn,
        consent: ConsentFacts | None, answer_by: date, today: date, by: By, at: datetime,
    ) -> "CareDialogue":  # fmt: skip
        """Ask `asked`, of `unit`. `units`: those the rulebook lets the dialogue be with. `today` is an Oslo date.

        Raises `SaksbehandlerOnlyError`, `NotCareHousingError`, `NotInCareDialogueError`, and
        `DialogueNotConsentedError` when `told_on` is consent and that does not cover every kind `told`.
        """
        require_saksbehandler(by)
        if not care_housing:
            raise NotCareHousingError()
        if unit not in units:
            raise NotInCareDialogueError()
        if told_on is ToldOn.CONSENT and (uncovered := _uncovered(consent, unit, told, today)):
            raise DialogueNotConsentedError(codes=uncovered)
        return cls.begin(
            cls.InputAsked, id=id, by=by, at=at, case=case, person=person, asked=asked, unit=unit, question=question,
            told=tuple(sorted(set(told))), told_on=told_on, answer_by=answer_by,
        )  # fmt: skip

    def note_answer(self, *, answer: Sealed, by: By, at: datetime) -> None:
        """Write down what the other unit answered. Raises `SaksbehandlerOnlyError`, `NothingIsAskedError`."""
        self._refuse_unless_asked(by)
        self.record(self.InputGiven, by=by, at=at, case=self.case, answer=answer)

    def withdraw(self, *, by: By, at: datetime) -> None:
        """Take the question back. Raises `SaksbehandlerOnlyError`, `NothingIsAskedError`."""
        self._refuse_unless_asked(by)
        self.record(self.QuestionWithdrawn, by=by, at=at, case=self.case)

    def _refuse_unless_asked(self, by: By) -> None:
        require_saksbehandler(by)
        if self.state is not DialogueState.ASKED:
            raise NothingIsAskedError()


def _uncovered(
    consent: ConsentFacts | None, unit: Unit, told: tuple[InformationKind, ...], today: date
) -> tuple[InformationKind, ...]:
    """What `unit` would be told without the applicant having consented to it."""
    scopes = consent.scopes if consent is not None and consent.is_valid_on(today) else ()
    covered = {kind for scope in scopes if scope.unit == unit for kind in scope.kinds}
    return tuple(kind for kind in told if kind not in covered)
