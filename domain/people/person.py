"""The applicant or tenant as a person: who, how to reach, who speaks for them. All of it sealed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, EmployeeId, PersonId
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.law.rulebook import DecisionSubject
from domain.people.representation import (
    EVERYTHING,
    Authority,
    AuthorityEndsFirstError,
    AuthorityScopeMissingError,
    LetterRecipient,
    RepresentativeAlreadyReleasedError,
    RepresentativeKind,
    RepresentativeUnknownError,
)
from domain.refusals import Refusal
from domain.sealed import Named, Sealed


@dataclass(frozen=True)
class PersonDetails:
    """What is known about a person, closed. `email` decides how letters go out: by mail when there is one."""

    name: Annotated[Sealed, Named("identity.name")]
    identity_number: Annotated[Sealed, Named("identity.number")] | None = None
    address: Annotated[Sealed, Named("contact.address")] | None = None
    phone: Annotated[Sealed, Named("contact.phone")] | None = None
    email: Annotated[Sealed, Named("contact.email")] | None = None
    language: str = "nb"
    needs_interpreter: bool = False


class IdentityKnownError(Refusal):
    code = "identity_known"
    rule = "M01"
    missing = "Personen er allerede registrert med et annet fødselsnummer eller D-nummer."
    next_step = "Kontroller nummeret. Er det tastet feil ved registreringen, ta kontakt med Service og tildeling."


class Person(HusromAggregate):
    """Somebody who has asked for help, whatever the number of cases."""

    TOPIC = "person"

    class Registered(CreatedEvent):
        TOPIC: ClassVar[str] = "person.Registered"
        details: PersonDetails

        def apply(self, person: "Person") -> None:
            person.details = self.details
            person._registered = (self.by.actor, self.details)

    class DetailsCorrected(Event):
        """Earlier details stay in the log; a correction adds (LA5)."""

        TOPIC: ClassVar[str] = "person.DetailsCorrected"
        details: PersonDetails

        def apply(self, person: "Person") -> None:
            person.details = self.details

    class RepresentativeNamed(Event):
        """Stored before authorities had scope and dates: for everything, from then on (LH7). No longer recorded."""

        TOPIC: ClassVar[str] = "person.RepresentativeNamed"
        name: Annotated[Sealed, Named("identity.representative")]
        contact: Annotated[Sealed, Named("contact.representative")]
        guardian: bool

        def apply(self, person: "Person") -> None:
            id = uuid5(self.originator_id, f"representative {self.originator_version}")
            kind = RepresentativeKind.GUARDIAN if self.guardian else RepresentativeKind.FULLMAKT
            person.authorities = (*person.authorities, Authority(id, kind, self.name, self.contact))

    class RepresentativeAuthorised(Event):
        """Letters about what `scope` names go to the representative between the Oslo dates, both included (LH7)."""

        TOPIC: ClassVar[str] = "person.RepresentativeAuthorised"
        authority: UUID
        kind: RepresentativeKind
        name: Annotated[Sealed, Named("identity.representative")]
        contact: Annotated[Sealed, Named("contact.representative")]
        scope: tuple[DecisionSubject, ...]
        valid_from: date
        valid_to: date | None

        def apply(self, person: "Person") -> None:
            given = Authority(
                self.authority, self.kind, self.name, self.contact, self.scope, self.valid_from, self.valid_to
            )
            person.authorities = (*person.authorities, given)

    class RepresentativeReleased(Event):
        """The authority ends: from the Oslo date `released_on` letters go to the person again (LH7)."""

        TOPIC: ClassVar[str] = "person.RepresentativeReleased"
        authority: UUID
        released_on: date

        def apply(self, person: "Person") -> None:
            last_day = self.released_on - timedelta(days=1)
            person.authorities = tuple(
                replace(each, valid_to=last_day) if each.id == self.authority else each for each in person.authorities
            )

    class FoundSame(Event):
        """Registered twice: an identity number that came later belongs to a person who was here already (M01)."""

        TOPIC: ClassVar[str] = "person.FoundSame"
        same_as: PersonId

        def apply(self, person: "Person") -> None:
            person.same_as = self.same_as

    class MatchedByNumber(Event):
        """A submission gave an identity number (M04). `same_as`: whose it is, whether they are registered yet or not.

        Everybody with that number has it, so they are one person.
        """

        TOPIC: ClassVar[str] = "person.MatchedByNumber"
        same_as: PersonId

        def apply(self, person: "Person") -> None:
            person.same_as = self.same_as

    def __init__(self) -> None:
        self.details: PersonDetails
        self._registered: tuple[EmployeeId, PersonDetails]
        self.authorities: tuple[Authority, ...] = ()
        self.same_as: PersonId | None = None

    @classmethod
    def register(cls, *, id: UUID, details: PersonDetails, by: By, at: datetime) -> "Person":
        """Register a person under a random id; the identity number is known only to the key store (D3)."""
        return cls.begin(cls.Registered, id=id, by=by, at=at, details=details)

    @classmethod
    def name_in_submission(
        cls, *, id: UUID, details: PersonDetails, number_of: PersonId | None, by: By, at: datetime
    ) -> "Person":
        """Register somebody as a submission names them, apart from what the register knows (M04).

        `number_of`: whose the number is that was given, whether they are registered yet or not; None without one.
        """
        person = cls.register(id=id, details=details, by=by, at=at)
        if number_of is not None:
            person.record(cls.MatchedByNumber, by=by, at=at, same_as=number_of)
        return person

    def details_for_submitter(self, reader: EmployeeId) -> PersonDetails:
        """What who submitted the person reads back: their own words, if the registration is theirs (M04)."""
        registered_by, details = self._registered
        return details if registered_by == reader else self.details

    def correct_details(self, *, details: PersonDetails, by: By, at: datetime) -> None:
        """Replace the details by what the person says now."""
        self.record(self.DetailsCorrected, by=by, at=at, details=details)

    def identify(self, *, identity_number: Sealed, number_of: PersonId, by: By, at: datetime) -> None:
        """Add the number of somebody registered without one. Raises `IdentityKnownError`.

        `number_of`: whose it is; another id than this person's when a submission gave the number before (M04).
        """
        if self.details.identity_number is not None or self.same_as is not None:
            raise IdentityKnownError()
        self.correct_details(details=replace(self.details, identity_number=identity_number), by=by, at=at)
        if number_of != self.id:
            self.record(self.MatchedByNumber, by=by, at=at, same_as=number_of)

    def find_same(self, *, same_as: PersonId, by: By, at: datetime) -> None:
        """Record that this is somebody who is registered already. Both keep their streams and their cases.

        `IdentityKnownError` when this person has a number of their own, or is known to be a third one.
        """
        if self.details.identity_number is not None or self.same_as not in (None, same_as):
            raise IdentityKnownError()
        if self.same_as is None:
            self.record(self.FoundSame, by=by, at=at, same_as=same_as)

    def authorise_representative(
        self,
        *,
        authority: UUID,
        kind: RepresentativeKind,
        name: Sealed,
        contact: Sealed,
        scope: tuple[DecisionSubject, ...] = EVERYTHING,
        valid_from: date,
        valid_to: date | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Record a fullmakt or guardianship under the random id `authority` (LH7). Oslo dates, both included.

        Raises `AuthorityScopeMissingError`, `AuthorityEndsFirstError`.
        """
        if not scope:
            raise AuthorityScopeMissingError()
        if valid_to is not None and valid_to < valid_from:
            raise AuthorityEndsFirstError()
        self.record(
            self.RepresentativeAuthorised, by=by, at=at, authority=authority, kind=kind, name=name, contact=contact,
            scope=tuple(subject for subject in DecisionSubject if subject in scope), valid_from=valid_from,
            valid_to=valid_to,
        )  # fmt: skip

    def release_representative(self, *, authority: UUID, on: date, by: By, at: datetime) -> None:
        """End an authority: from the Oslo date `on` no letter goes to the representative.

        Raises `RepresentativeUnknownError`, `RepresentativeAlreadyReleasedError`.
        """
        found = next((each for each in self.authorities if each.id == authority), None)
        if found is None:
            raise RepresentativeUnknownError()
        if found.valid_to is not None and found.valid_to < on:
            raise RepresentativeAlreadyReleasedError()
        self.record(self.RepresentativeReleased, by=by, at=at, authority=authority, released_on=on)

    def authorities_on(self, day: date) -> tuple[Authority, ...]:
        """The fullmakts and guardianships in force on the Oslo date `day`, a guardian's first, then the newest."""
        newest_first = reversed([each for each in self.authorities if each.holds(day)])
        return tuple(sorted(newest_first, key=lambda each: each.kind is not RepresentativeKind.GUARDIAN))

    def letter_recipient(self, day: date, *matters: DecisionSubject) -> LetterRecipient:
        """Who letters about `matters` go to on the Oslo date `day` (LH7): the one place that says so.

        The representative when a fullmakt or guardianship is in force that day and reaches all the matters; without
        matters, when it reaches everything. Else the person. Who asked for help on somebody's behalf without fullmakt
        is never the recipient.
        """
        representative = next((each for each in self.authorities_on(day) if each.covers(matters)), None)
        if representative is None:
            return LetterRecipient(self.details.name, self.details.address, self.details.email)
        return LetterRecipient(
            representative.name, representative.contact, authority=representative.id, kind=representative.kind
        )
