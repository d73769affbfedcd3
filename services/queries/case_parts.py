"""The parts of a case as a reader sees them: what the reader's kinds do not cover is null or left out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind as Kind
from domain.cases.application import Application, ApplicationKind, Household, PresentHousing, Urgency, Wishes
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.cases.consent_facts import ConsentState
from domain.cases.pre_assessment import PreAssessment, Topic
from domain.decisions.vedtak import Vedtak, VedtakState
from domain.decisions.vedtak_rules import DwellingTerms, ExtensionTerms, LegalBasis, Outcome
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import FactsException, HelpKind
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from domain.sealed import Sealed
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.reading import Reading
from services.versions import etag


class Part(Answer):
    """A part with a version of its own."""

    etag: str = Field(description="Send as If-Match with a change to this part.")


class ApplicantPart(Answer):
    """The applicant or tenant."""

    name: str | None
    identity_number: str | None
    address: str | None
    phone: str | None
    email: str | None
    representative: str | None
    language: str | None
    needs_interpreter: bool | None


class ApplicationPart(Part):
    """One application: what was asked for, and what was told along with it."""

    application: UUID
    kinds: tuple[ApplicationKind, ...]
    unanswered: tuple[ApplicationKind, ...] = Field(description="What still waits for a vedtak.")
    received_on: date
    answer_expected_on: date | None = Field(description="What the interim reply promised (LH2).")
    closed: bool
    household: Household | None
    present_housing: PresentHousing
    lease_ends_on: date | None
    urgency: Urgency | None = Field(description="Eviction, violence, discharge: for who assesses, not for who lets.")
    wishes: Wishes
    years_in_municipality: int | None
    reason: str | None
    residence_permit: str | None
    economy: str | None
    health: str | None
    adaptations: str | None
    follow_up_need: str | None
    supplements: list[str | None]
    attachments: tuple[UUID, ...]


class ConsentPart(Part):
    """The consent as it stands (M09)."""

    state: ConsentState
    scopes: tuple[ConsentScope, ...]
    given_on: date | None
    expires_on: date | None


class PreAssessmentPart(Part):
    """What the saksbehandler found out before the meeting (M10)."""

    completed: bool
    texts: dict[Topic, str | None]


class SubmissionPart(Answer):
    """Somebody's wish that the group talks about it (M04)."""

    submitted_by: UUID
    unit: str
    submitted_at: datetime
    why: str | None


class DissentPart(Answer):
    """What somebody held against the conclusion (M11)."""

    dissenter: UUID
    unit: str
    text: str | None


class ConclusionPart(Part):
    """What the group came to (M11)."""

    conclusion: UUID
    item: UUID
    vanskeligstilt: bool
    reasons: str | None
    may_offer: tuple[HelpKind, ...]
    shall_offer: tuple[HelpKind, ...]
    dwelling: Outcome | None
    extension: Outcome | None
    help_description: str | None
    facts_from_others: bool
    answer_by: date | None = Field(description="The applicant's last day to answer what others told (LH6).")
    is_answered: bool
    exception: FactsException | None
    dissents: list[DissentPart]
    superseded_by: UUID | None


class VedtakPart(Part):
    """One vedtak: one answer on one track, with its own hjemmel and appeal body (M13, LK1, LK2)."""

    vedtak: UUID
    application: UUID
    subject: DecisionSubject
    outcome: Outcome
    state: VedtakState
    issued_on: date | None
    appeal_deadline: date | None
    basis: LegalBasis
    departs: bool
    reasons: str | None
    main_content: str | None
    departs_because: str | None
    dwelling: DwellingTerms | None
    extension: ExtensionTerms | None


def applicant(office: Installation, case: Case, reading: Reading) -> ApplicantPart:
    person = office.case_log.load(Person, case.person)
    details, text = person.details, reading.text
    talks = reading.permit.decision.opens(Kind.CONTACT)
    return ApplicantPart(
        name=text(details.name, in_part=True), identity_number=text(details.identity_number),
        address=text(details.address, in_part=True), phone=text(details.phone, in_part=True),
        email=text(details.email, in_part=True), representative=text(person.representative, in_part=talks),
        language=details.language if talks else None, needs_interpreter=details.needs_interpreter if talks else None,
    )  # fmt: skip


def application(application: Application, reading: Reading) -> ApplicationPart:
    content, text = application.content, reading.text
    return ApplicationPart(
        etag=etag(application.id, application.version), application=application.id, kinds=application.kinds,
        unanswered=application.unanswered, received_on=application.received_on,
        answer_expected_on=application.answer_expected_on, closed=application.closed,
        household=content.household if reading.sees(Kind.HOUSEHOLD) else None,
        present_housing=content.present_housing, lease_ends_on=content.lease_ends_on,
        urgency=content.urgency if reading.sees(Kind.ASSESSMENT) else None, wishes=content.wishes, years_in_municipality=content.years_in_municipality, reason=text(content.reason),
        residence_permit=text(content.residence_permit), economy=text(content.economy), health=text(content.health),
        adaptations=text(content.adaptations), follow_up_need=text(content.follow_up_need),
        supplements=[text(supplement) for supplement in application.supplements],
        attachments=content.attachments,
    )  # fmt: skip


def consent(consent: Consent) -> ConsentPart:
    return ConsentPart(
        etag=etag(consent.id, consent.version), state=consent.state, scopes=consent.scopes, given_on=consent.given_on,
        expires_on=consent.expires_on,
    )  # fmt: skip


def pre_assessment(assessment: PreAssessment, reading: Reading) -> PreAssessmentPart:
    texts = {topic: reading.text(text) for topic, text in assessment.texts.items()}
    return PreAssessmentPart(etag=etag(assessment.id, assessment.version), completed=assessment.completed, texts=texts)


def submissions(office: Installation, case: Case, reading: Reading) -> list[SubmissionPart]:
    """Everybody's; for who sees only a part of the case, their own."""
    return [
        SubmissionPart(
            submitted_by=event.submitted_by, unit=event.unit, submitted_at=event.happened_at,
            why=reading.text(event.why),
        )
        for event in office.case_log.stream(case.id)
        if isinstance(event, Case.SubmittedToGroup)
        and (reading.permit.decision.opens_case or event.submitted_by == reading.reader)
    ]  # fmt: skip


def conclusion(office: Installation, id: UUID, reading: Reading) -> ConclusionPart:
    """The conclusion with its texts, which only its events hold."""
    found = office.case_log.load(Conclusion, id)
    events = office.case_log.stream(id)
    reached = next(event for event in events if isinstance(event, Conclusion.Reached))
    dissents = [
        DissentPart(dissenter=event.dissenter, unit=event.unit, text=reading.text(event.text))
        for event in events
        if isinstance(event, Conclusion.DissentRecorded)
    ]
    return ConclusionPart(
        etag=etag(id, found.version), conclusion=id, item=found.item, vanskeligstilt=found.vanskeligstilt,
        reasons=reading.text(reached.reasons), may_offer=reached.may_offer, shall_offer=reached.shall_offer,
        dwelling=found.dwelling, extension=found.extension, help_description=reading.text(reached.help_description),
        facts_from_others=found.facts_from_others, answer_by=found.answer_by, is_answered=found.is_answered,
        exception=found.exception, dissents=dissents, superseded_by=found.superseded_by,
    )  # fmt: skip


def vedtak(vedtak: Vedtak, reading: Reading) -> VedtakPart:
    content, text = vedtak.content, reading.text
    corrected: dict[Any, Sealed] = dict(vedtak.corrections)
    return VedtakPart(
        etag=etag(vedtak.id, vedtak.version), vedtak=vedtak.id, application=vedtak.application, subject=vedtak.subject,
        outcome=vedtak.outcome, state=vedtak.state, issued_on=vedtak.issued_on, appeal_deadline=vedtak.appeal_deadline,
        basis=vedtak.basis, departs=vedtak.departs, reasons=text(corrected.get("reasons", content.reasons)),
        main_content=text(corrected.get("main_content", content.main_content), in_part=True),
        departs_because=text(content.departs_because), dwelling=content.dwelling, extension=content.extension,
    )  # fmt: skip
