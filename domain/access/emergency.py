"""Emergency access: one case opened for some days for a written reason, when nobody who has it can be reached.

The leader is told at once, or the reviewer when it is the leader, and it stands first when the case is reviewed.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, Actor, By, CaseId, EmployeeId, PersonId, Role
from domain.base import CreatedEvent, HusromAggregate
from domain.cases.case_texts import require_texts_of
from domain.refusals import NotAllowedError, Refusal
from domain.sealed import Named, Sealed


class EmergencyNotYoursError(NotAllowedError):
    code = "emergency_not_yours"
    rule = "D4"
    missing = "Bare en saksbehandler eller lederen på Service og tildeling kan åpne en sak i nødstilfelle."
    next_step = "Ring Service og tildeling."


class EmergencyDaysError(Refusal):
    code = "emergency_days"
    rule = "D4"
    missing = "Tilgang i nødstilfelle må slutte i dag eller om få dager."
    next_step = "Oppgi en dag innenfor det kommunen har bestemt."


def may_open_in_emergency(actor: Actor) -> bool:
    """Whether the seat is one that may: saksbehandler or leader at Service og tildeling, which owns every case."""
    return actor.unit == SERVICE_OG_TILDELING and actor.role in (Role.SAKSBEHANDLER, Role.LEADER)


class EmergencyAccess(HusromAggregate):
    """One employee's access to one case, from when it is opened to a last day."""

    TOPIC = "emergency_access"

    class Opened(CreatedEvent):
        """`last_day`: the last Oslo date on which the case opens."""

        TOPIC: ClassVar[str] = "emergency_access.Opened"
        case: CaseId
        person: PersonId
        employee: EmployeeId
        role: Role
        from_day: date
        last_day: date
        reason: Annotated[Sealed, Named("note.emergency")]

        def apply(self, access: "EmergencyAccess") -> None:
            access.case, access.employee, access.role = self.case, self.employee, self.role
            access.last_day, access.reason = self.last_day, self.reason

    def __init__(self) -> None:
        self.case: CaseId
        self.employee: EmployeeId
        self.role: Role
        self.last_day: date
        self.reason: Sealed

    @classmethod
    def open(
        cls, *, id: UUID, case: CaseId, person: PersonId, last_day: date, most_days: int, reason: Sealed, today: date,
        by: By, at: datetime,
    ) -> "EmergencyAccess":  # fmt: skip
        """Open the case for the sender. `today` and `last_day` are Oslo dates, `most_days` apart at most.

        Raises `EmergencyNotYoursError`, `EmergencyDaysError`, `TextOfAnotherCaseError`.
        """
        if not may_open_in_emergency(by.as_actor):
            raise EmergencyNotYoursError()
        if not today <= last_day <= today + timedelta(days=most_days):
            raise EmergencyDaysError()
        require_texts_of(case, reason)
        return cls.begin(
            cls.Opened, id=id, by=by, at=at, case=case, person=person, employee=by.actor, role=by.role,
            from_day=today, last_day=last_day, reason=reason,
        )  # fmt: skip
