"""What the group came to together in one case: the ground a vedtak stands on (M11, M12, M13, M19, LH6)."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.actors import By, CaseId, EmployeeId, PersonId, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.cases.case_texts import require_texts_of
from domain.cases.consent_facts import ConsentFacts
from domain.decisions.heard import FactsException, Heard, require_time_to_answer
from domain.decisions.vedtak_rules import ConclusionFacts, Outcome
from domain.group.agenda_item.facts import DiscussedItem, Matter
from domain.group.conclusion_rules import DissenterNotPresentError, GroupAnswers, HelpKind, NotForConclusionError
from domain.group.proposed_task import ProposedTask, require_tasks
from domain.group.together import LEAST_UNITS, require_consent, require_together
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Named, Sealed


class Conclusion(HusromAggregate):
    """One conclusion of one agenda item. A changed mind is a new one that supersedes it; both are kept."""

    TOPIC = "conclusion"

    class Reached(CreatedEvent):
        """`dwelling` and `extension`: what is recommended, None when it was not asked for.

        `present_units`: those in the room. `facts_from_others`: others than the applicant brought facts (LH6).
        `supersedes`: the conclusion it replaces, if any.
        """

        TOPIC: ClassVar[str] = "conclusion.Reached"
        case: CaseId
        person: PersonId
        item: UUID
        meeting: UUID
        present_units: tuple[Unit, ...]
        vanskeligstilt: bool
        reasons: Annotated[Sealed, Named("assessment.reasons")]
        may_offer: tuple[HelpKind, ...]
        shall_offer: tuple[HelpKind, ...]
        dwelling: Outcome | None
        extension: Outcome | None
        help_description: Annotated[Sealed, Named("follow_up.help")] | None
        tasks: tuple[ProposedTask, ...]
        facts_from_others: bool
        supersedes: UUID | None

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.case, conclusion.person, conclusion.item = self.case, self.person, self.item
            conclusion.present_units, conclusion.vanskeligstilt = self.present_units, self.vanskeligstilt
            conclusion.dwelling, conclusion.extension = self.dwelling, self.extension
            conclusion.shall_offer, conclusion.tasks = self.shall_offer, self.tasks
            conclusion.heard = Heard(told=self.facts_from_others)

    class DissentRecorded(Event):
        """`dissenter` is the employee who disagreed."""

        TOPIC: ClassVar[str] = "conclusion.DissentRecorded"
        case: CaseId
        item: UUID
        dissenter: EmployeeId
        unit: Unit
        text: Annotated[Sealed, Named("assessment.dissent")]

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.dissenters += (self.dissenter,)

    class FactsPutToApplicant(Event):
        """`answer_by`: the last Oslo date for an answer."""

        TOPIC: ClassVar[str] = "conclusion.FactsPutToApplicant"
        case: CaseId
        person: PersonId
        facts: Annotated[Sealed, Named("vedtak.facts_to_applicant")]
        answer_by: date

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.heard = conclusion.heard.put(self.answer_by)

    class ApplicantAnswered(Event):
        """`answer`: None when the applicant had nothing to say."""

        TOPIC: ClassVar[str] = "conclusion.ApplicantAnswered"
        case: CaseId
        person: PersonId
        answer: Annotated[Sealed, Named("vedtak.applicant_answer")] | None

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.heard = conclusion.heard.answered()

    class FactsExceptionRecorded(Event):
        """`because`: why that ground holds here. Version 1 had the ground alone."""

        TOPIC: ClassVar[str] = "conclusion.FactsExceptionRecorded"
        class_version: ClassVar[int] = 2
        case: CaseId
        ground: FactsException
        because: Annotated[Sealed, Named("vedtak.facts_exception")] | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 did not say why."""
            state["because"] = None

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.heard = conclusion.heard.excepted(self.ground)

    class FactsReopened(Event):
        """What others told is open again; what was settled before says nothing of it."""

        TOPIC: ClassVar[str] = "conclusion.FactsReopened"
        case: CaseId
        item: UUID

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.heard = conclusion.heard.reopened()

    class ReliedOn(Event):
        """A vedtak on `subject` was issued on it."""

        TOPIC: ClassVar[str] = "conclusion.ReliedOn"
        case: CaseId
        vedtak: UUID
        subject: DecisionSubject

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.relied_on_by += (self.vedtak,)

    class Superseded(Event):
        TOPIC: ClassVar[str] = "conclusion.Superseded"
        case: CaseId
        item: UUID
        by_conclusion: UUID

        def apply(self, conclusion: "Conclusion") -> None:
            conclusion.superseded_by = self.by_conclusion

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.item: UUID
        self.present_units: tuple[Unit, ...] = ()
        self.vanskeligstilt: bool
        self.dwelling: Outcome | None = None
        self.extension: Outcome | None = None
        self.shall_offer: tuple[HelpKind, ...] = ()
        self.tasks: tuple[ProposedTask, ...] = ()
        self.heard = Heard(told=False)
        self.dissenters: tuple[EmployeeId, ...] = ()
        self.relied_on_by: tuple[UUID, ...] = ()
        self.superseded_by: UUID | None = None

    @classmethod
    def reach(
        cls, *, id: UUID, item: DiscussedItem, answers: GroupAnswers, tasks: tuple[ProposedTask, ...],
        facts_from_others: bool, supersedes: UUID | None = None, consent: ConsentFacts | None, day: date,
        least_units: int = LEAST_UNITS, by: By, at: datetime,
    ) -> "Conclusion":  # fmt: skip
        """Record what the group came to. Saksbehandler only; `AgendaItem.conclude` goes in the same save.

        `day` is the Oslo date on which the consent is checked again (D1). Raises `NotForConclusionError`, what
        `GroupAnswers.require_complete` does, `TooFewUnitsError` (M11), `TasksMissingError` (M07), `TaskOverdueError`,
        `TextOfAnotherCaseError`, `ConsentMissingError` (M09).
        """
        require_saksbehandler(by)
        if item.case is None or item.person is None or item.matter in (Matter.VACANCY, Matter.LEASE_ENDING):
            raise NotForConclusionError()
        answers.require_complete(item.matter)
        require_together(item.units, least_units)
        require_tasks(tasks, day, needed=bool(answers.vanskeligstilt))
        require_texts_of(item.case, answers.reasons, answers.help_description, *(task.what for task in tasks))
        if item.consent_needed:
            require_consent(consent, item.units, day)
        return cls.begin(
            cls.Reached, id=id, by=by, at=at, case=item.case, person=item.person, item=item.item, meeting=item.meeting,
            present_units=item.units, **vars(answers), tasks=tasks, facts_from_others=facts_from_others,
            supersedes=supersedes,
        )  # fmt: skip

    def record_dissent(self, *, dissenter: EmployeeId, unit: Unit, text: Sealed, by: By, at: datetime) -> None:
        """Record disagreement: by the one who disagreed or by the saksbehandler (M11).

        Raises `DissenterNotPresentError` for a unit that was not in the room, `SaksbehandlerOnlyError`.
        """
        if by.actor != dissenter:
            require_saksbehandler(by)
        self._refuse_superseded()
        if unit not in self.present_units:
            raise DissenterNotPresentError()
        require_texts_of(self.case, text)
        self.record(
            self.DissentRecorded, by=by, at=at, case=self.case, item=self.item, dissenter=dissenter, unit=unit,
            text=text,
        )  # fmt: skip

    def put_facts_to_applicant(self, *, facts: Sealed, answer_by: date, today: date, by: By, at: datetime) -> None:
        """Put what others told to the applicant, with a deadline (LH6). Saksbehandler only. Oslo dates.

        New facts may follow; then it is their deadline that counts. Raises `AnswerTimeError`.
        """
        require_saksbehandler(by)
        self._refuse_superseded()
        require_texts_of(self.case, facts)
        require_time_to_answer(answer_by, today)
        self.record(
            self.FactsPutToApplicant, by=by, at=at, case=self.case, person=self.person, facts=facts,
            answer_by=answer_by,
        )  # fmt: skip

    def record_answer(self, *, answer: Sealed | None, by: By, at: datetime) -> None:
        """Record the applicant's answer, or that there was nothing to say. Saksbehandler only. A late one too.

        Raises `WrongStateError` when nothing is waiting for an answer.
        """
        require_saksbehandler(by)
        self._refuse_superseded()
        if not self.heard.awaits_answer:
            raise WrongStateError()
        require_texts_of(self.case, answer)
        self.record(self.ApplicantAnswered, by=by, at=at, case=self.case, person=self.person, answer=answer)

    def record_facts_exception(self, *, ground: FactsException, because: Sealed, by: By, at: datetime) -> None:
        """Record on what ground, and why, the facts are not put to the applicant (LH6). Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_superseded()
        require_texts_of(self.case, because)
        self.record(self.FactsExceptionRecorded, by=by, at=at, case=self.case, ground=ground, because=because)

    def reopen_facts(self, *, by: By, at: datetime) -> None:
        """Minutes are reopened for what they say of the facts; they go to the applicant anew. In the same save (LH6)."""
        require_saksbehandler(by)
        self._refuse_superseded()
        self.record(self.FactsReopened, by=by, at=at, case=self.case, item=self.item)

    def rely_on(self, *, vedtak: UUID, subject: DecisionSubject, by: By, at: datetime) -> None:
        """Carry a vedtak, in the save that issues it: a conclusion superseded meanwhile loses or wins, never both."""
        require_saksbehandler(by)
        self._refuse_superseded()
        self.record(self.ReliedOn, by=by, at=at, case=self.case, vedtak=vedtak, subject=subject)

    def supersede(self, *, by_conclusion: UUID, by: By, at: datetime) -> None:
        """Give way to a later conclusion of the same item, in its save. Saksbehandler only; once."""
        require_saksbehandler(by)
        self._refuse_superseded()
        self.record(self.Superseded, by=by, at=at, case=self.case, item=self.item, by_conclusion=by_conclusion)

    def facts_are_settled(self, on: date) -> bool:
        """Whether a vedtak may be issued on that Oslo date as far as others' facts go (LH6)."""
        return self.heard.is_settled(on)

    def facts(self, on: date) -> ConclusionFacts:
        """What a vedtak needs to know of it on that Oslo date."""
        return ConclusionFacts(
            id=self.id, vanskeligstilt=self.vanskeligstilt, dwelling=self.dwelling, extension=self.extension,
            facts_settled=self.facts_are_settled(on), superseded=self.superseded_by is not None,
        )  # fmt: skip

    def _refuse_superseded(self) -> None:
        if self.superseded_by is not None:
            raise WrongStateError()
