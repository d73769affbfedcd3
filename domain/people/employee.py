"""The people who work with the cases: unit, role, and where their mail goes."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.actors import Actor, By, Role, Unit
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import NotAllowedError, WrongStateError
from domain.sealed import Named, Sealed

DIRECTORY_ROLES = frozenset({Role.SAKSBEHANDLER, Role.LEADER, Role.MACHINE})


class EmployeeAlreadyGoneError(WrongStateError):
    code = "employee_already_gone"
    missing = "Den ansatte er allerede registrert som sluttet."
    next_step = "Registrer den ansatte på nytt dersom hun eller han har kommet tilbake."


class DirectoryNotYoursError(NotAllowedError):
    code = "directory_not_yours"
    missing = "Bare Service og tildeling, en leder eller personalsystemet fører ansattlisten."
    next_step = "Be Service og tildeling om å registrere den ansatte."


def require_directory_keeper(by: By) -> None:
    """Raise `DirectoryNotYoursError` for who does not keep the directory."""
    if by.role not in DIRECTORY_ROLES or (by.role is Role.SAKSBEHANDLER and not by.as_actor.is_saksbehandler):
        raise DirectoryNotYoursError()


class Employee(HusromAggregate):
    """An employee who can be a member, a guest, an assignee or a leader."""

    TOPIC = "employee"

    class Registered(CreatedEvent):
        TOPIC: ClassVar[str] = "employee.Registered"
        unit: Unit
        role: Role
        name: Annotated[Sealed, Named("employee.name")]
        email: Annotated[Sealed, Named("employee.email")]

        def apply(self, employee: "Employee") -> None:
            employee.unit, employee.role = self.unit, self.role
            employee.name, employee.email = self.name, self.email

    class Gone(Event):
        """No longer employed: nothing opens for them any more (M02)."""

        TOPIC: ClassVar[str] = "employee.Gone"

        def apply(self, employee: "Employee") -> None:
            employee.employed = False

    def __init__(self) -> None:
        self.unit: Unit
        self.role: Role
        self.name: Sealed
        self.email: Sealed
        self.employed = True

    @classmethod
    def register(
        cls, *, id: UUID, unit: Unit, role: Role, name: Sealed, email: Sealed, by: By, at: datetime
    ) -> "Employee":
        """Enter an employee into the directory under the id that the login service gives them."""
        require_directory_keeper(by)
        return cls.begin(cls.Registered, id=id, by=by, at=at, unit=unit, role=role, name=name, email=email)

    @property
    def is_saksbehandler(self) -> bool:
        """Whether this is one who can be responsible for a case (M13)."""
        return Actor(self.id, self.unit, self.role).is_saksbehandler

    def leave(self, *, by: By, at: datetime) -> None:
        """Record that the employee has left. Raises `EmployeeAlreadyGoneError` the second time."""
        require_directory_keeper(by)
        if not self.employed:
            raise EmployeeAlreadyGoneError()
        self.record(self.Gone, by=by, at=at)
