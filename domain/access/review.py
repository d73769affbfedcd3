"""A confidentiality review of one case: the only ground on which a reviewer sees content (C05, B11)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.actors import By, CaseId, EmployeeId, Role
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import NotAllowedError, WrongStateError


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


class Review(HusromAggregate):
    """One reviewer's look into who knew what about one case."""

    TOPIC = "review"

    class Opened(CreatedEvent):
        TOPIC: ClassVar[str] = "review.Opened"
        case: CaseId
        reviewer: EmployeeId
        ground: str

        def apply(self, review: "Review") -> None:
            review.case, review.reviewer = self.case, self.reviewer

    class Closed(Event):
        TOPIC: ClassVar[str] = "review.Closed"
        case: CaseId
        reviewer: EmployeeId

        def apply(self, review: "Review") -> None:
            review.closed = True

    def __init__(self) -> None:
        self.case: CaseId
        self.reviewer: EmployeeId
        self.closed = False

    @classmethod
    def open(cls, *, id: UUID, case: CaseId, ground: str, by: By, at: datetime) -> "Review":
        """Open a review on a coded ground (complaint, sample, suspicion). Raises `ReviewerOnlyError`."""
        if by.role is not Role.REVIEWER:
            raise ReviewerOnlyError()
        return cls.begin(cls.Opened, id=id, by=by, at=at, case=case, reviewer=by.actor, ground=ground)

    def close(self, *, by: By, at: datetime) -> None:
        """End the review; the reviewer's access to content ends with it."""
        if by.actor != self.reviewer:
            raise ReviewerOnlyError()
        if self.closed:
            raise ReviewClosedError()
        self.record(self.Closed, by=by, at=at, case=self.case, reviewer=self.reviewer)
