"""The applicant or tenant as a person: who, how to reach, who speaks for them. All of it sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.actors import By
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.sealed import Sealed


@dataclass(frozen=True)
class PersonDetails:
    """What is known about a person, closed. `email` decides how letters go out: by mail when there is one."""

    name: Sealed
    identity_number: Sealed | None = None
    address: Sealed | None = None
    phone: Sealed | None = None
    email: Sealed | None = None
    language: str = "nb"
    needs_interpreter: bool = False


class Person(HusromAggregate):
    """Somebody who has asked for help, whatever the number of cases."""

    TOPIC = "person"

    class Registered(CreatedEvent):
        TOPIC: ClassVar[str] = "person.Registered"
        details: PersonDetails

        def apply(self, person: "Person") -> None:
            person.details = self.details

    class DetailsCorrected(Event):
        """Earlier details stay in the log; a correction adds (LA5)."""

        TOPIC: ClassVar[str] = "person.DetailsCorrected"
        details: PersonDetails

        def apply(self, person: "Person") -> None:
            person.details = self.details

    class RepresentativeNamed(Event):
        """Letters go to the representative within the authority given (LH7)."""

        TOPIC: ClassVar[str] = "person.RepresentativeNamed"
        name: Sealed
        contact: Sealed
        guardian: bool

        def apply(self, person: "Person") -> None:
            person.representative = self.name

    def __init__(self) -> None:
        self.details: PersonDetails
        self.representative: Sealed | None = None

    @classmethod
    def register(cls, *, id: UUID, details: PersonDetails, by: By, at: datetime) -> "Person":
        """Register a person under a random id; the identity number is known only to the key store (D3)."""
        return cls.begin(cls.Registered, id=id, by=by, at=at, details=details)

    def correct_details(self, *, details: PersonDetails, by: By, at: datetime) -> None:
        """Replace the details by what the person says now."""
        self.record(self.DetailsCorrected, by=by, at=at, details=details)

    def name_representative(self, *, name: Sealed, contact: Sealed, guardian: bool, by: By, at: datetime) -> None:
        """Name a representative (fullmektig) or guardian (verge)."""
        self.record(self.RepresentativeNamed, by=by, at=at, name=name, contact=contact, guardian=guardian)
