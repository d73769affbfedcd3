"""The parts of a case as a reader sees them: what the reader's kinds do not cover is null or left out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.facts import ConsentScope
from domain.cases.application import (
    Application,
    ContentPart,
)
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.cases.consent_facts import ConsentState
from domain.cases.pre_assessment import PreAssessment, Topic
from domain.decisions.appeal.facts import AppealOutcome, AppealState
from domain.decisions.heard import FactsException
from domain.decisions.vedtak import Vedtak, VedtakState
from domain.decisions.vedtak_rules import DwellingTerms, ExtensionTerms, LegalBasis, Outcome, ReversalGround
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import HelpKind
from domain.law.rulebook import AppealBodyKind, DecisionSubject
from domain.sealed import Sealed
from services.log.streams import Readable
from services.queries.answer import Answer, ETag
from services.queries.reading import Reading
from services.versions import version_of


class Part(Answer):
    """A part with a version of its own."""

    etag: ETag = Field(description="Send as If-Match with a change to this part.")


class ConsentPart(Part):
    """The consent as it stands (M09)."""

    state: ConsentState
    scopes: tuple[ConsentScope, ...]
    given_on: date | None
    expires_on: date | None


class PreAssessmentPart(Part):
    """What the saksbehandler found out before the meeting (M10)."""

    completed: bool
    corrected_since: tuple[ContentPart, ...] = Field(
        description="Parts of the applications that were corrected after it was last written (LA5)."
    )
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
    replaces: UUID | None = Field(description="The vedtak that this one ended.")
    reversal_ground: ReversalGround | None = Field(description="Why that was lawful (LD6).")
    opened_on: date | None = Field(description="When the party opened it, if it was sent digitally (LD5).")
    facts: str | None
    reasons: str | None
    wishes_considered: str | None
    main_content: str | None
    departs_because: str | None
    dwelling: DwellingTerms | None
    extension: ExtensionTerms | None


class AppealPart(Answer):
    """One appeal on a vedtak in the case: how far it has come. What was said in it is shown by itself (LK3-LK8)."""

    appeal: UUID
    vedtak: UUID
    subject: DecisionSubject
    body: AppealBodyKind
    received_on: date
    state: AppealState
    late: bool
    forwarded_on: date | None
    decided_on: date | None
    outcome: AppealOutcome | None
    awaits_new_vedtak: bool


def consent(consent: Consent) -> ConsentPart:
    return ConsentPart(
        etag=version_of(consent), state=consent.state, scopes=consent.scopes, given_on=consent.given_on,
        expires_on=consent.expires_on,
    )  # fmt: skip


def pre_assessment(
    assessment: PreAssessment, applications: Iterable[Application], reading: Reading
) -> PreAssessmentPart:
    texts = {topic: reading.text(text) for topic, text in assessment.texts.items()}
    corrected = (part for each in applications for part in each.corrected_since(assessment.modified_on))
    return PreAssessmentPart(
        etag=version_of(assessment), completed=assessment.completed, texts=texts,
        corrected_since=tuple(dict.fromkeys(corrected)),
    )  # fmt: skip


def submissions(log: Readable, case: Case, reading: Reading) -> tuple[SubmissionPart, ...]:
    """Why the case was to be discussed, in the words of everybody who submitted it (M04)."""
    submitted = (event for event in log.stream(case.id) if isinstance(event, Case.SubmittedToGroup))
    return tuple(SubmissionPart(**submission(event, reading)) for event in submitted)


def submission(submitted: Case.SubmittedToGroup, reading: Reading) -> dict[str, Any]:
    """One submission. One's own words stay readable, whatever else the case shows."""
    own = submitted.submitted_by == reading.reader
    return {
        "submitted_by": submitted.submitted_by, "unit": submitted.unit, "submitted_at": submitted.happened_at,
        "why": reading.text(submitted.why, in_part=own),
    }  # fmt: skip


def conclusion(log: Readable, id: UUID, reading: Reading) -> ConclusionPart:
    """The conclusion with its texts, which only its events hold."""
    found = log.load(Conclusion, id)
    events = log.stream(id)
    reached = next(event for event in events if isinstance(event, Conclusion.Reached))
    dissents = [
        DissentPart(dissenter=event.dissenter, unit=event.unit, text=reading.text(event.text))
        for event in events
        if isinstance(event, Conclusion.DissentRecorded)
    ]
    return ConclusionPart(
        etag=version_of(found), conclusion=id, item=found.item, vanskeligstilt=found.vanskeligstilt,
        reasons=reading.text(reached.reasons), may_offer=reached.may_offer, shall_offer=reached.shall_offer,
        dwelling=found.dwelling, extension=found.extension, help_description=reading.text(reached.help_description),
        facts_from_others=found.heard.told, answer_by=found.heard.answer_by, is_answered=found.heard.is_answered,
        exception=found.heard.exception, dissents=dissents, superseded_by=found.superseded_by,
    )  # fmt: skip


def vedtak(vedtak: Vedtak, reading: Reading) -> VedtakPart:
    content, text = vedtak.content, reading.text
    corrected: dict[Any, Sealed] = dict(vedtak.corrections)
    return VedtakPart(
        etag=version_of(vedtak), vedtak=vedtak.id, application=vedtak.application, subject=vedtak.subject,
        outcome=vedtak.outcome, state=vedtak.state, issued_on=vedtak.issued_on, appeal_deadline=vedtak.appeal_deadline,
        basis=vedtak.basis, departs=vedtak.departs, replaces=vedtak.replaces, opened_on=vedtak.opened_on,
        reversal_ground=vedtak.reversal_ground, facts=text(corrected.get("facts", content.facts)),
        wishes_considered=text(content.wishes_considered), reasons=text(corrected.get("reasons", content.reasons)),
        main_content=text(corrected.get("main_content", content.main_content), in_part=True),
        departs_because=text(content.departs_because), dwelling=content.dwelling, extension=content.extension,
    )  # fmt: skip
