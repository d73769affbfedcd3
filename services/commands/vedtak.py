"""Vedtak: drafted on a conclusion or a recorded ground, notified, corrected (M12, M13). Issuing is in `issue_vedtak`."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.cases.application import Application, ApplicationKind
from domain.cases.case import Case, CaseClosedError
from domain.decisions import vedtak_rules
from domain.decisions.vedtak import CorrectedPart, NotificationChannel, NotItsSuccessorError, Vedtak
from domain.decisions.vedtak_rules import (
    DwellingTerms,
    ExtensionTerms,
    GroundFacts,
    GroundMissingError,
    LegalBasis,
    VedtakContent,
    WithoutGroupFacts,
)
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.law.deadlines import weeks_after
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.people.person import Person
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id, Text
from services.commands.days import require_happened
from services.context import Context
from services.installation import Installation


class DwellingTermsBody(Body):
    """What a granted dwelling is."""

    rooms: Annotated[int, Field(ge=1, le=12, description="About how many rooms.", examples=[2])]
    lease_months: Annotated[int, Field(ge=1, le=1200, examples=[36])]
    lapses_when: Annotated[
        tuple[Code, ...],
        Field(min_length=1, max_length=20, description="Codes of what makes it lapse.", examples=[["no_answer"]]),
    ]


class DraftVedtak(Body):
    """One vedtak on one thing. Without `conclusion` it stands on the case's recorded ground for deciding alone (M13)."""

    application: Id
    subject: Annotated[DecisionSubject, Field(examples=["dwelling"])]
    outcome: Annotated[vedtak_rules.Outcome, Field(examples=["grant"])]
    conclusion: Annotated[Id | None, Field(description="The group's conclusion it stands on.")] = None
    reasons: Annotated[
        Text,
        Field(description="Facts, rules applied and main considerations (LD3).", examples=["Søkeren er uten bolig."]),
    ]
    main_content: Annotated[Text | None, Field(description="Main content of granted assistance (LD2).")] = None
    departs_because: Annotated[
        Text | None, Field(description="Why it departs from the conclusion, when it does (B08).")
    ] = None
    dwelling: Annotated[DwellingTermsBody | None, Field(description="For a granted dwelling.")] = None
    new_end: Annotated[Day | None, Field(description="The lease's new last day, for a granted extension (M19).")] = None
    replaces: Annotated[Id | None, Field(description="The vedtak on the same thing that this one replaces.")] = None


class NotifyVedtak(Body):
    """How the party was told, and on which day."""

    channel: Annotated[NotificationChannel, Field(examples=["digital"])]
    notified_on: Annotated[
        Day, Field(description="The Oslo date it reached the party; the period to appeal runs from it.")
    ]


class CorrectVedtak(Body):
    """The right wording, beside the wrong one."""

    corrects: Annotated[
        int, Field(ge=1, le=1_000_000, description="Version of the event that said it wrong.", examples=[1])
    ]
    part: Annotated[CorrectedPart, Field(examples=["reasons"])]
    text: Annotated[Text, Field(examples=["Søkeren har to barn."])]
    because: Annotated[Text, Field(examples=["Feil antall barn i begrunnelsen."])]


def draft_vedtak(office: Installation, context: Context, body: DraftVedtak) -> Outcome:
    """Write a vedtak. Hjemmel, appeal body and the rulebook's version are the day's own (D11)."""
    application = office.case_log.load(Application, body.application)
    office.gate.permit(context, Action.HANDLE, application.case, purpose="draft_vedtak")
    kind = ApplicationKind(body.subject)
    application.refuse_unless_asked(kind)
    answered_by = vedtak_in_force(office, application, kind)
    if body.replaces not in (None, answered_by):
        raise NotItsSuccessorError
    case = open_case(office, application.case)
    vedtak = Vedtak.draft(
        id=uuid4(), case=case.id, application=application.id, person=application.person, subject=body.subject,
        outcome=body.outcome, ground=ground_now(office, context, case, body.conclusion),
        content=_content(office, application, body), basis=_basis(office.rules(context), body.subject),
        answered_by=answered_by, replaces=body.replaces, by=context.by, at=context.at,
    )  # fmt: skip
    answer = {
        "vedtak": vedtak.id, "case": case.id, "hjemmel": vedtak.basis.hjemmel.code,
        "appeal_body": vedtak.basis.appeal_body.kind, "rulebook_version": vedtak.basis.rulebook_version,
    }  # fmt: skip
    return Outcome((vedtak,), answer, tagged=vedtak, status=HTTPStatus.CREATED)


def notify_vedtak(office: Installation, context: Context, vedtak_id: UUID, body: NotifyVedtak) -> Outcome:
    """Record that the party, or the representative (LH7), was told; the last day to appeal follows (LK3, LO2)."""
    vedtak = handled_vedtak(office, context, vedtak_id, "notify_vedtak")
    require_happened(context, body.notified_on, since=vedtak.issued_on)
    rules = office.rulebooks.version(vedtak.basis.rulebook_version)
    weeks = rules.deadlines.appeal_weeks_for(vedtak.subject)
    deadline = weeks_after(body.notified_on, weeks, office.working_days)
    has_representative = office.case_log.load(Person, vedtak.person).representative is not None
    vedtak.notify(
        notified_on=body.notified_on, channel=body.channel, appeal_deadline=deadline,
        to_representative=has_representative, by=context.by, at=context.at,
    )  # fmt: skip
    answer = {"vedtak": vedtak.id, "appeal_deadline": deadline, "to_representative": has_representative}
    return Outcome((vedtak,), answer, tagged=vedtak)


def correct_vedtak(office: Installation, context: Context, vedtak_id: UUID, body: CorrectVedtak) -> Outcome:
    """Add the right wording (LA5). What the vedtak grants or refuses is never corrected, only replaced (LD6)."""
    vedtak = handled_vedtak(office, context, vedtak_id, "correct_vedtak")
    text = office.vault.seal(vedtak.person, vedtak.case, f"vedtak.{body.part}", body.text)
    because = office.vault.seal(vedtak.person, vedtak.case, "vedtak.corrected_because", body.because)
    vedtak.correct(corrects=body.corrects, part=body.part, text=text, because=because, by=context.by, at=context.at)
    return Outcome((vedtak,), {"vedtak": vedtak.id, "part": body.part}, tagged=vedtak)


def handled_vedtak(office: Installation, context: Context, vedtak_id: UUID, purpose: str) -> Vedtak:
    """The vedtak, for whoever handles its case."""
    vedtak = office.case_log.load(Vedtak, vedtak_id)
    office.gate.permit(context, Action.HANDLE, vedtak.case, purpose=purpose)
    context.expect(vedtak)
    return vedtak


def open_case(office: Installation, case_id: UUID) -> Case:
    """The case, unless it is closed (`CaseClosedError`)."""
    case = office.case_log.load(Case, case_id)
    if case.closed:
        raise CaseClosedError
    return case


def vedtak_in_force(office: Installation, application: Application, kind: ApplicationKind) -> UUID | None:
    """The vedtak that answers `kind` of `application` now: the first answer, or the last that replaced it."""
    answer = application.answers.get(kind)
    while answer is not None and (successor := office.case_log.load(Vedtak, answer).successor) is not None:
        answer = successor
    return answer


def ground_now(
    office: Installation, context: Context, case: Case, conclusion_id: UUID | None, *, told_settled: bool = True
) -> GroundFacts:
    """What a vedtak in `case` stands on, as it is now. Raises `GroundMissingError` when nothing carries one (M13).

    `told_settled`: the saksbehandler's word, for a decision without the group, that the applicant knows and could
    answer what others have told (LH6).
    """
    if conclusion_id is not None:
        conclusion = office.case_log.load(Conclusion, conclusion_id)
        if conclusion.case != case.id:
            raise NotFoundError
        return conclusion.facts(context.today)
    if case.without_group is None:
        raise GroundMissingError
    settled = told_settled and _discussed_facts_are_settled(office, context, case)
    return WithoutGroupFacts(ground=case.without_group, facts_settled=settled)


def _discussed_facts_are_settled(office: Installation, context: Context, case: Case) -> bool:
    """Whether what the group brought before the case was taken from it has been put to the applicant (LH6)."""
    items = (office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(case.id))
    conclusions = (office.case_log.load(Conclusion, item.conclusion) for item in items if item.conclusion)
    return all(conclusion.facts_are_settled(context.today) for conclusion in conclusions)


def _basis(rules: Rulebook, subject: DecisionSubject) -> LegalBasis:
    return LegalBasis(
        hjemmel=rules.hjemler[subject], appeal_body=rules.appeal_bodies[subject], rulebook_version=rules.version
    )


def _content(office: Installation, application: Application, body: DraftVedtak) -> VedtakContent:
    texts = {
        "vedtak.reasons": body.reasons,
        "vedtak.main_content": body.main_content,
        "vedtak.departs_because": body.departs_because,
    }
    written = {field: text for field, text in texts.items() if text is not None}
    sealed = office.vault.seal_many(application.person, application.case, written)
    return VedtakContent(
        reasons=sealed["vedtak.reasons"],
        main_content=sealed.get("vedtak.main_content"),
        departs_because=sealed.get("vedtak.departs_because"),
        dwelling=DwellingTerms(**body.dwelling.model_dump()) if body.dwelling else None,
        extension=_extension(application, body),
    )


def _extension(application: Application, body: DraftVedtak) -> ExtensionTerms | None:
    """Which lease an extension is about: the application's, never the caller's choice (M19)."""
    if body.subject is not DecisionSubject.EXTENSION or application.tenancy is None:
        return None
    return ExtensionTerms(tenancy=application.tenancy, new_end=body.new_end)
