"""Who speaks for the applicant, and who only asked for them (LH7); and finding out that two registered people are one."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.cases.application import Application, Submitter, SubmitterRelation
from domain.cases.case import Case
from domain.law.rulebook import DecisionSubject
from domain.people.identity_number import parse
from domain.people.person import IdentityKnownError, Person
from domain.people.representation import EVERYTHING, RepresentativeKind
from services.command_desk import Outcome
from services.commands.body import Body, Day, KnownUnit, Text
from services.commands.people import ShortText
from services.context import Context
from services.core.permits.casework import HandlesCase
from services.core.registry import Area, command
from services.installation import Installation
from services.permits import Permit

OF_KIND = {
    SubmitterRelation.FULLMAKT: RepresentativeKind.FULLMAKT,
    SubmitterRelation.GUARDIAN: RepresentativeKind.GUARDIAN,
}


class RepresentativeBody(Body):
    """Who speaks for the applicant, by fullmakt or as guardian (verge): about what, and from when until when."""

    name: Annotated[ShortText, Field(description="The representative's own name.")]
    contact: Text
    guardian: Annotated[bool, Field(description="Whether it is an appointed guardian (verge).")] = False
    scope: Annotated[
        tuple[DecisionSubject, ...],
        Field(min_length=1, max_length=4, description="What it covers; everything unless it is said.", examples=[["dwelling"]]),
    ] = EVERYTHING  # fmt: skip
    valid_from: Annotated[Day | None, Field(description="Today, or the day of the application, unless it is said.")] = (
        None
    )
    valid_to: Annotated[Day | None, Field(description="The last day; without one until it is ended.")] = None


class SubmitterBody(Body):
    """Who asks for help on somebody's behalf. Letters go to them only under a fullmakt or a guardianship (LH7)."""

    relation: Annotated[SubmitterRelation, Field(examples=["relative"])]
    name: ShortText
    contact: Text | None = None
    unit: Annotated[KnownUnit | None, Field(description="For a unit of the municipality.")] = None


class ReleaseRepresentative(Body):
    """The first day on which letters go to the person again."""

    released_on: Day


class IdentifyPerson(Body):
    """The identity number of somebody who was registered without one."""

    identity_number: Annotated[
        str, Field(max_length=20, description="Fødselsnummer or D-number: eleven digits.", examples=["05858012345"])
    ]


@dataclass(frozen=True)
class RepresentativeRecorded:
    """A fullmakt or a guardianship of the person the case is about."""

    case: UUID
    representative: UUID


@dataclass(frozen=True)
class PersonIdentified:
    """The person the case is about. `same_as`: who had the number already, and is the same person."""

    case: UUID
    person: UUID
    same_as: UUID | None


@command("/cases/{case}/representatives", Area.CASES, HandlesCase(), status=HTTPStatus.CREATED)
def authorise_representative(
    office: Installation, context: Context, permit: Permit, body: RepresentativeBody
) -> Outcome[RepresentativeRecorded]:
    """Record a fullmakt or a guardianship: letters about what it covers go to the representative (LH7)."""
    person = _person_in(office, context, permit.case)
    authority = record_authority(office, context, person, body)
    return Outcome((person,), RepresentativeRecorded(permit.case, authority), tagged=person)


@command("/cases/{case}/representatives/{representative}/release", Area.CASES, HandlesCase())
def release_representative(
    office: Installation, context: Context, permit: Permit, representative: UUID, body: ReleaseRepresentative
) -> Outcome[RepresentativeRecorded]:
    """End a fullmakt or a guardianship; from that day letters go to the person again (LH7)."""
    person = _person_in(office, context, permit.case)
    person.release_representative(authority=representative, on=body.released_on, by=context.by, at=context.at)
    return Outcome((person,), RepresentativeRecorded(permit.case, representative), tagged=person)


@command("/cases/{case}/identification", Area.CASES, HandlesCase())
def identify_person(
    office: Installation, context: Context, permit: Permit, body: IdentifyPerson
) -> Outcome[PersonIdentified]:
    """Give somebody registered without an identity number theirs (M01).

    When the number is another's already, the two are one person from now on, each with the cases they have.
    """
    person = _person_in(office, context, permit.case)
    if person.details.identity_number is not None:
        raise IdentityKnownError()
    number = parse(body.identity_number, allow_synthetic=office.settings.allow_synthetic_identity_numbers)
    owner = office.vault.person_for(number.digits, person.id)
    same_as = owner if owner != person.id and office.case_log.find(Person, owner) is not None else None
    if same_as is not None:
        person.find_same(same_as=same_as, by=context.by, at=context.at)
    else:
        sealed = office.vault.seal(person.id, None, "identity.number", number.digits)
        person.identify(identity_number=sealed, number_of=owner, by=context.by, at=context.at)
    return Outcome((person,), PersonIdentified(permit.case, person.id, same_as), tagged=person)


def record_authority(
    office: Installation, context: Context, person: Person, body: RepresentativeBody, *, since: Day | None = None
) -> UUID:
    """Record the authority on `person`, not yet stored; gives its id."""
    sealed = office.vault.seal_many(
        person.id, None, {"identity.representative": body.name, "contact.representative": body.contact}
    )
    authority = uuid4()
    person.authorise_representative(
        authority=authority, kind=RepresentativeKind.GUARDIAN if body.guardian else RepresentativeKind.FULLMAKT,
        name=sealed["identity.representative"], contact=sealed["contact.representative"], scope=body.scope,
        valid_from=body.valid_from or since or context.today, valid_to=body.valid_to, by=context.by, at=context.at,
    )  # fmt: skip
    return authority


def submitter_of(office: Installation, application: Application, person: Person, body: SubmitterBody) -> Submitter:
    """Who asked, with the authority on record that lets them speak for the applicant in this, if there is one."""
    written = {"identity.submitter": body.name, "contact.submitter": body.contact}
    sealed = office.vault.seal_many(
        person.id, application.case, {field: text for field, text in written.items() if text is not None}
    )
    matters = tuple(DecisionSubject(kind) for kind in application.kinds)
    held = (a for a in person.authorities_on(application.received_on) if a.kind is OF_KIND.get(body.relation))
    return Submitter(
        relation=body.relation, name=sealed["identity.submitter"], contact=sealed.get("contact.submitter"),
        unit=body.unit, authority=next((each.id for each in held if each.covers(matters)), None),
    )  # fmt: skip


def _person_in(office: Installation, context: Context, case: UUID) -> Person:
    person = office.case_log.load(Person, office.case_log.load(Case, case).person)
    context.expect(person)
    return person
