"""The hearing of a case that is decided without the group: what others told, put to the applicant (LH6)."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.cases.case_texts import require_texts_of
from domain.decisions.heard import FactsException, Heard, require_time_to_answer
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class FactsWereToldError(Refusal):
    code = "facts_were_told"
    rule = "LH6"
    missing = "Det er registrert at andre har gitt opplysninger om søkeren."
    next_step = "Vent på svar eller frist, eller registrer unntaket og grunnen til det."


def hearing_id(case: CaseId) -> UUID:
    """The id of the one hearing of a case."""
    return uuid5(case, "hearing")


class Hearing(HusromAggregate):
    """One a case. A conclusion keeps count of its own facts; this is for a decision that has none (M13).

    Until something is recorded here nobody has said whether others told anything, and no vedtak is issued.
    """

    TOPIC = "hearing"

    class Begun(CreatedEvent):
        TOPIC: ClassVar[str] = "hearing.Begun"
        case: CaseId
        person: PersonId

        def apply(self, hearing: "Hearing") -> None:
            hearing.case, hearing.person = self.case, self.person

    class NothingToldRecorded(Event):
        """Nobody but the applicant has told anything about the applicant."""

        TOPIC: ClassVar[str] = "hearing.NothingToldRecorded"
        case: CaseId

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard = Heard(told=False)

    class FactsPutToApplicant(Event):
        """`answer_by`: the last Oslo date for an answer."""

        TOPIC: ClassVar[str] = "hearing.FactsPutToApplicant"
        case: CaseId
        person: PersonId
        facts: Annotated[Sealed, Named("vedtak.facts_to_applicant")]
        answer_by: date

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard = hearing.heard.put(self.answer_by)

    class ApplicantAnswered(Event):
        """`answer`: None when the applicant had nothing to say."""

        TOPIC: ClassVar[str] = "hearing.ApplicantAnswered"
        case: CaseId
        person: PersonId
        answer: Annotated[Sealed, Named("vedtak.applicant_answer")] | None

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard = hearing.heard.answered()

    class ExceptionRecorded(Event):
        TOPIC: ClassVar[str] = "hearing.ExceptionRecorded"
        case: CaseId
        ground: FactsException
        because: Annotated[Sealed, Named("vedtak.facts_exception")]

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard = hearing.heard.excepted(self.ground)

    class FactsReopened(Event):
        """What others told is open again; what was settled before says nothing of it."""

        TOPIC: ClassVar[str] = "hearing.FactsReopened"
        case: CaseId

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard = hearing.heard.reopened()

    class OthersTold(Event):
        """Another unit has answered a question about the applicant: from now on nobody can say that nothing was told."""

        TOPIC: ClassVar[str] = "hearing.OthersTold"
        case: CaseId

        def apply(self, hearing: "Hearing") -> None:
            hearing.heard, hearing.others_told = hearing.heard.reopened(), True

    class ReliedOn(Event):
        """A vedtak was issued on what it had come to."""

        TOPIC: ClassVar[str] = "hearing.ReliedOn"
        case: CaseId
        vedtak: UUID

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.heard = Heard(told=True)
        self.others_told = False

    @classmethod
    def begin_in(cls, *, case: CaseId, person: PersonId, by: By, at: datetime) -> "Hearing":
        """Begin the hearing of `case`; what follows goes in the same save. Saksbehandler only."""
        require_saksbehandler(by)
        return cls.begin(cls.Begun, id=hearing_id(case), by=by, at=at, case=case, person=person)

    def record_nothing_told(self, *, by: By, at: datetime) -> None:
        """Record that nobody else has told anything. Saksbehandler only.

        Raises `FactsWereToldError` once another unit has told something, or something has been put to the applicant
        or excepted from it.
        """
        require_saksbehandler(by)
        if self.others_told or self.heard.answer_by is not None or self.heard.exception is not None:
            raise FactsWereToldError()
        self.record(self.NothingToldRecorded, by=by, at=at, case=self.case)

    def put_facts_to_applicant(self, *, facts: Sealed, answer_by: date, today: date, by: By, at: datetime) -> None:
        """Put what others told to the applicant, with a deadline. Saksbehandler only. Oslo dates.

        New facts may follow; then it is their deadline that counts. Raises `AnswerTimeError`.
        """
        require_saksbehandler(by)
        require_texts_of(self.case, facts)
        require_time_to_answer(answer_by, today)
        self.record(
            self.FactsPutToApplicant, by=by, at=at, case=self.case, person=self.person, facts=facts,
            answer_by=answer_by,
        )  # fmt: skip

    def record_answer(self, *, answer: Sealed | None, by: By, at: datetime) -> None:
        """Record the answer, or that there was none to give; a late one too. Saksbehandler only.

        Raises `WrongStateError` when nothing is waiting for an answer.
        """
        require_saksbehandler(by)
        if not self.heard.awaits_answer:
            raise WrongStateError()
        require_texts_of(self.case, answer)
        self.record(self.ApplicantAnswered, by=by, at=at, case=self.case, person=self.person, answer=answer)

    def record_exception(self, *, ground: FactsException, because: Sealed, by: By, at: datetime) -> None:
        """Record on what ground, and why, the facts are not put to the applicant. Saksbehandler only."""
        require_saksbehandler(by)
        require_texts_of(self.case, because)
        self.record(self.ExceptionRecorded, by=by, at=at, case=self.case, ground=ground, because=because)

    def reopen_facts(self, *, by: By, at: datetime) -> None:
        """More came from others: minutes are reopened for what they say of the facts, and go to the applicant anew."""
        require_saksbehandler(by)
        self.record(self.FactsReopened, by=by, at=at, case=self.case)

    def note_others_told(self, *, by: By, at: datetime) -> None:
        """Another unit has answered a question about the applicant, who is to hear of it. Saksbehandler only."""
        require_saksbehandler(by)
        self.record(self.OthersTold, by=by, at=at, case=self.case)

    def rely_on(self, *, vedtak: UUID, by: By, at: datetime) -> None:
        """Carry a vedtak, in the save that issues it: whoever puts more to the applicant meanwhile loses or wins."""
        require_saksbehandler(by)
        self.record(self.ReliedOn, by=by, at=at, case=self.case, vedtak=vedtak)
