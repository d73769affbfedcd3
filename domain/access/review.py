"""A confidentiality review of one case: the only ground on which a reviewer sees content (C05, B11).

It has a ground from a list and an end. A case about care housing opens only when a second person has confirmed it.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, By, CaseId, EmployeeId, Role
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import NotAllowedError, Refusal, WrongStateError


class ReviewGround(StrEnum):
    """Why a case is reviewed."""

    SAMPLE = "sample"
    COMPLAINT = "complaint"
    SUSPICION = "suspicion"
    EMERGENCY_ACCESS = "emergency_access"
    REQUEST_OF_APPLICANT = "request_of_applicant"


class ReviewerOnlyError(NotAllowedError):
    code = "reviewer_only"
    rule = "C05"
    missing = "Dette er bare for den som har fått i oppgave å kontrollere innsyn."
    next_step = "Ta kontakt med personvernombudet."


class ReviewClosedError(WrongStateError):
    code = "review_closed"
    rule = "C05"
    missing = "Kontrollen er avsluttet."
    next_step = "Åpne en ny kontroll dersom det er grunn til det."


class ReviewDaysError(Refusal):
    code = "review_days"
    rule = "C05"
    missing = "Kontrollen må ha en siste dag, og den kan ikke ligge langt fram."
    next_step = "Oppgi en dag innenfor det kommunen har bestemt."


class SecondPersonError(NotAllowedError):
    code = "second_person"
    rule = "C05"
    missing = "En annen enn den som kontrollerer, må bekrefte kontrollen: en annen kontrollør, eller lederen på Service og tildeling."
    next_step = "Be en av dem om å bekrefte den."


def may_confirm(by: By) -> bool:
    """Whether somebody may be the second person: another reviewer, or the leader of Service og tildeling."""
    return by.role is Role.REVIEWER or (by.role is Role.LEADER and by.unit == SERVICE_OG_TILDELING)


class Review(HusromAggregate):
    """One reviewer's look into who knew what about one case."""

    TOPIC = "review"

    class Opened(CreatedEvent):
        """`ends_on`: the last Oslo date. `needs_second_person`: nothing opens before somebody else has confirmed it.

        Version 1 had neither; such a review runs until it is closed.
        """

        TOPIC: ClassVar[str] = "review.Opened"
        class_version: ClassVar[int] = 2
        case: CaseId
        reviewer: EmployeeId
        ground: str
        ends_on: date | None
        needs_second_person: bool

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 ran until it was closed, and one person was enough."""
            state["ends_on"], state["needs_second_person"] = None, False

        def apply(self, review: "Review") -> None:
            review.case, review.reviewer, review.ends_on = self.case, self.reviewer, self.ends_on
            review.is_confirmed = not self.needs_second_person

    class Confirmed(Event):
        """A second person agrees to it; from now on the case opens to its reviewer."""

        TOPIC: ClassVar[str] = "review.Confirmed"
        case: CaseId
        reviewer: EmployeeId
        ends_on: date | None

        def apply(self, review: "Review") -> None:
            review.is_confirmed = True

    class Closed(Event):
        TOPIC: ClassVar[str] = "review.Closed"
        case: CaseId
        reviewer: EmployeeId

        def apply(self, review: "Review") -> None:
            review.closed = True

    def __init__(self) -> None:
        self.case: CaseId
        self.reviewer: EmployeeId
        self.ends_on: date | None = None
        self.is_confirmed = True
        self.closed = False

    @classmethod
    def open(
        cls, *, id: UUID, case: CaseId, ground: ReviewGround, ends_on: date, today: date, most_days: int,
        care_housing: bool = False, by: By, at: datetime,
    ) -> "Review":  # fmt: skip
        """Open a review until `ends_on`, `most_days` after `today` at most (Oslo dates).

        `care_housing`: what the case is about; then a second person is to confirm it. Raises `ReviewerOnlyError`,
        `ReviewDaysError`.
        """
        if by.role is not Role.REVIEWER:
            raise ReviewerOnlyError()
        if not today <= ends_on <= today + timedelta(days=most_days):
            raise ReviewDaysError()
        return cls.begin(
            cls.Opened, id=id, by=by, at=at, case=case, reviewer=by.actor, ground=ground.value, ends_on=ends_on,
            needs_second_person=care_housing,
        )  # fmt: skip

    def confirm(self, *, by: By, at: datetime) -> None:
        """Agree to it as the second person. Raises `SecondPersonError`, `ReviewClosedError`; twice is once."""
        if not may_confirm(by) or by.actor == self.reviewer:
            raise SecondPersonError()
        if self.closed:
            raise ReviewClosedError()
        if not self.is_confirmed:
            self.record(self.Confirmed, by=by, at=at, case=self.case, reviewer=self.reviewer, ends_on=self.ends_on)

    def close(self, *, by: By, at: datetime) -> None:
        """End the review; the reviewer's access to content ends with it."""
        if by.actor != self.reviewer:
            raise ReviewerOnlyError()
        if self.closed:
            raise ReviewClosedError()
        self.record(self.Closed, by=by, at=at, case=self.case, reviewer=self.reviewer)
