"""The applicant and what was applied for, as a reader sees them: what the reader's kinds do not cover is null or left out."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind as Kind
from domain.cases.application import (
    Application,
    ApplicationKind,
    ContentPart,
    Household,
    PresentHousing,
    PutAway,
    Submitter,
    SubmitterRelation,
    Urgency,
    WayIn,
    Wishes,
)
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from domain.people.representation import Authority, RepresentativeKind
from services.log.streams import Readable
from services.queries.answer import Answer
from services.queries.case_parts import Part
from services.queries.reading import Reading
from services.versions import version_of


class RepresentativePart(Answer):
    """A fullmakt or guardianship: letters about what it covers go there while it holds (LH7). Oslo dates, both included."""

    representative: UUID
    kind: RepresentativeKind
    name: str | None
    contact: str | None
    scope: tuple[DecisionSubject, ...]
    valid_from: date | None
    valid_to: date | None


class SubmitterPart(Answer):
    """Who asked on the applicant's behalf; no recipient of letters by that alone (LH7)."""

    relation: SubmitterRelation
    name: str | None
    contact: str | None
    unit: str | None
    representative: UUID | None = Field(description="The fullmakt or guardianship under which they asked.")


class ApplicantPart(Answer):
    """The applicant or tenant. `representative`: who gets letters about everything, if not the applicant (LH7)."""

    name: str | None
    identity_number: str | None
    address: str | None
    phone: str | None
    email: str | None
    representative: str | None
    representatives: list[RepresentativePart] = Field(description="Every fullmakt and guardianship, ended ones too.")
    same_as: UUID | None = Field(description="Who this is as well, registered twice.")
    language: str | None
    needs_interpreter: bool | None


class ApplicationPart(Part):
    """One application: what was asked for, and what was told along with it."""

    application: UUID
    kinds: tuple[ApplicationKind, ...]
    unanswered: tuple[ApplicationKind, ...] = Field(description="What still waits for a vedtak.")
    put_away: dict[ApplicationKind, PutAway] = Field(description="What is not answered here after all, and why.")
    duplicate_of: UUID | None = Field(description="The application it is answered in, when registered twice.")
    way_in: WayIn
    submitter: SubmitterPart | None
    received_on: date
    counts_from: date = Field(description="The earliest received date, a duplicate's included.")
    answer_expected_on: date | None = Field(description="What the interim reply promised (LH2).")
    closed: bool
    household: Household | None
    present_housing: PresentHousing
    lease_ends_on: date | None
    urgency: Urgency | None = Field(description="Eviction, violence, discharge: for who assesses, not for who lets.")
    wishes: Wishes
    years_in_municipality: int | None
    corrected: tuple[ContentPart, ...] = Field(description="Parts shown as they were corrected (LA5).")
    reason: str | None
    residence_permit: str | None
    economy: str | None
    health: str | None
    adaptations: str | None
    follow_up_need: str | None
    supplements: list[str | None]
    attachments: tuple[UUID, ...]


def applicant(person: Person, reading: Reading, *, same_as: UUID | None) -> ApplicantPart:
    """The person a case is about. `same_as`: who that is as well, if she is registered."""
    decision, text = reading.permit.decision, reading.text
    talks = decision.opens(Kind.CONTACT)
    details = person.details if decision.opens_case or talks else person.details_for_submitter(reading.reader)
    recipient = person.letter_recipient(reading.today)
    return ApplicantPart(
        name=text(details.name, in_part=True), identity_number=text(details.identity_number),
        address=text(details.address, in_part=True), phone=text(details.phone, in_part=True),
        email=text(details.email, in_part=True),
        representative=text(recipient.name, in_part=talks) if recipient.is_representative else None,
        representatives=[_representative(each, reading) for each in person.authorities] if talks else [],
        same_as=same_as if decision.opens_case else None,
        language=details.language if talks else None, needs_interpreter=details.needs_interpreter if talks else None,
    )  # fmt: skip


def registered_same(log: Readable, person: Person) -> UUID | None:
    """Who this is as well, once they are registered: a number that a submission gave may be nobody's yet (M04)."""
    is_registered = person.same_as is not None and log.find(Person, person.same_as) is not None
    return person.same_as if is_registered else None


def _representative(authority: Authority, reading: Reading) -> RepresentativePart:
    return RepresentativePart(
        representative=authority.id, kind=authority.kind, name=reading.text(authority.name, in_part=True),
        contact=reading.text(authority.contact, in_part=True), scope=authority.scope,
        valid_from=authority.valid_from if authority.valid_from > date.min else None, valid_to=authority.valid_to,
    )  # fmt: skip


def _submitter(submitter: Submitter, reading: Reading) -> SubmitterPart:
    return SubmitterPart(
        relation=submitter.relation, name=reading.text(submitter.name), contact=reading.text(submitter.contact),
        unit=submitter.unit, representative=submitter.authority,
    )  # fmt: skip


def application(application: Application, reading: Reading) -> ApplicationPart:
    content, text = application.content, reading.text
    return ApplicationPart(
        etag=version_of(application), application=application.id, kinds=application.kinds,
        unanswered=application.unanswered, put_away=application.put_away, duplicate_of=application.duplicate_of,
        way_in=application.way_in, received_on=application.received_on, counts_from=application.counts_from,
        submitter=_submitter(application.submitter, reading) if application.submitter else None,
        answer_expected_on=application.answer_expected_on, closed=application.closed,
        household=content.household if reading.sees(Kind.HOUSEHOLD) else None,
        present_housing=content.present_housing, lease_ends_on=content.lease_ends_on,
        urgency=content.urgency if reading.sees(Kind.ASSESSMENT) else None, wishes=content.wishes, years_in_municipality=content.years_in_municipality,
        corrected=application.corrected_since(), reason=text(content.reason),
        residence_permit=text(content.residence_permit), economy=text(content.economy), health=text(content.health),
        adaptations=text(content.adaptations), follow_up_need=text(content.follow_up_need),
        supplements=[text(supplement) for supplement in application.supplements],
        attachments=content.attachments,
    )  # fmt: skip
