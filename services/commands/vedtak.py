"""Vedtak: drafted on a conclusion or a recorded ground, discarded, corrected (M12, M13). Issuing is in `issue_vedtak`."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.actors import Role
from domain.cases.application import Application, ApplicationKind
from domain.decisions import vedtak_rules
from domain.decisions.vedtak import (
    CORRECTED_FIELDS,
    CorrectedPart,
    DiscardReason,
    InhabilDeciderError,
    LeaderOutsideOnlyError,
    NotItsSuccessorError,
    Vedtak,
)
from domain.decisions.vedtak_rules import (
    DwellingTerms,
    ExtensionTerms,
    ReversalGround,
    VedtakContent,
    legal_basis,
    refuse_unasked,
)
from domain.law.eligibility import refuse_unassessed
from domain.law.rulebook import DecisionSubject
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id, Text
from services.commands.employees import employed
from services.commands.vedtak_grounds import (
    appeal_to_carry_out,
    ground_now,
    handled_vedtak,
    open_case,
    vedtak_in_force,
)
from services.context import Context
from services.core.codes import LAPSES
from services.installation import Installation


class DwellingTermsBody(Body):
    """What a granted dwelling is."""

    rooms: Annotated[int, Field(ge=1, le=12, description="About how many rooms.", examples=[2])]
    lease_months: Annotated[int, Field(ge=1, le=1200, examples=[36])]
    lapses_when: Annotated[
        tuple[Code, ...],
        LAPSES,
        Field(min_length=1, max_length=20, description="Codes of what makes it lapse.", examples=[["no_answer"]]),
    ]


class DraftVedtak(Body):
    """One vedtak on one thing. Without `conclusion` it stands on the case's recorded ground for deciding alone (M13).

    With `appeal_outcome` as its `reversal_ground` and no `conclusion`, it stands on what the appeal body decided (LK7).
    """

    application: Id
    subject: Annotated[DecisionSubject, Field(examples=["dwelling"])]
    outcome: Annotated[vedtak_rules.Outcome, Field(examples=["grant"])]
    conclusion: Annotated[Id | None, Field(description="The group's conclusion it stands on.")] = None
    facts: Annotated[
        Text | None,
        Field(description="The facts it builds on; may wait until it is issued (LD3).", examples=["Er uten bolig."]),
    ] = None
    reasons: Annotated[
        Text,
        Field(
            description="The main considerations: why the conditions are met or not (LD3). The rules stand in the hjemmel.",
            examples=["Søkeren får ikke leid på det private markedet."],
        ),
    ]
    wishes_considered: Annotated[
        Text | None,
        Field(description="What the applicant wished, and how it was weighed; for granted assistance (LV3)."),
    ] = None
    main_content: Annotated[Text | None, Field(description="Main content of granted assistance (LD2).")] = None
    departs_because: Annotated[
        Text | None, Field(description="Why it departs from the conclusion, when it does (B08).")
    ] = None
    dwelling: Annotated[DwellingTermsBody | None, Field(description="For a granted dwelling.")] = None
    new_end: Annotated[Day | None, Field(description="The lease's new last day, for a granted extension (M19).")] = None
    barred_by: Annotated[
        Code | None,
        Field(description="For a formal dismissal: the rulebook's rule that bars it (LR2, LR3).", examples=[None]),
    ] = None
    replaces: Annotated[Id | None, Field(description="The vedtak on the same thing that this one replaces.")] = None
    reversal_ground: Annotated[
        ReversalGround | None,
        Field(
            description="Why the replaced vedtak may be changed (LD6); follows by itself when a refusal becomes a grant."
        ),
    ] = None


class DiscardDraft(Body):
    """Why the draft is given up."""

    reason: Annotated[DiscardReason, Field(examples=["written_anew"])]


class SetInDecider(Body):
    """Who makes the vedtak in the place of those whose leader is inhabil."""

    decider: Id


class CorrectVedtak(Body):
    """The right wording, beside the wrong one."""

    corrects: Annotated[
        int, Field(ge=1, le=1_000_000, description="Version of the event that said it wrong.", examples=[1])
    ]
    part: Annotated[CorrectedPart, Field(examples=["reasons"])]
    text: Annotated[Text, Field(examples=["Søkeren har to barn."])]
    because: Annotated[Text, Field(examples=["Feil antall barn i begrunnelsen."])]


def draft_vedtak(office: Installation, context: Context, body: DraftVedtak) -> Outcome:
    """Write a vedtak. Hjemmel, appeal body, delegation and the rulebook's version are the day's own (D11, LR6)."""
    application = office.case_log.load(Application, body.application)
    office.gate.permit(context, Action.HANDLE, application.case, purpose="draft_vedtak")
    kind = ApplicationKind(body.subject)
    refuse_unasked(application, body.subject, body.outcome)
    answered_by = vedtak_in_force(office, application, kind)
    if body.replaces not in (None, answered_by):
        raise NotItsSuccessorError
    case = open_case(office, application.case)
    refuse_unassessed(body.barred_by, another_is_responsible=case.another_is_responsible)
    replaces = office.case_log.load(Vedtak, body.replaces) if body.replaces else None
    appeal = appeal_to_carry_out(office, replaces)
    after_appeal = body.reversal_ground is ReversalGround.APPEAL_OUTCOME
    vedtak = Vedtak.draft(
        id=uuid4(), case=case.id, application=application.id, person=application.person, subject=body.subject,
        outcome=body.outcome,
        ground=ground_now(office, context, case, body.conclusion, after_appeal=after_appeal),
        content=_content(office, application, body), answered_by=answered_by,
        replaces=replaces.facts if replaces else None, appeal=appeal.calls_for if appeal else None,
        basis=legal_basis(office.rules(context), body.subject, barred_by=body.barred_by),
        reversed_on=body.reversal_ground, by=context.by, at=context.at,
    )  # fmt: skip
    answer = {
        "vedtak": vedtak.id, "case": case.id, "hjemmel": vedtak.basis.hjemmel.code,
        "appeal_body": vedtak.basis.appeal_body.kind, "rulebook_version": vedtak.basis.rulebook_version,
    }  # fmt: skip
    return Outcome((vedtak,), answer, tagged=vedtak, status=HTTPStatus.CREATED)


def discard_draft(office: Installation, context: Context, vedtak_id: UUID, body: DiscardDraft) -> Outcome:
    """Give a draft up; it stays in the log, and a new one may be written."""
    vedtak = handled_vedtak(office, context, vedtak_id, "discard_draft")
    vedtak.discard(reason=body.reason, by=context.by, at=context.at)
    return Outcome((vedtak,), {"vedtak": vedtak.id, "state": vedtak.state}, tagged=vedtak)


def set_in_decider(office: Installation, context: Context, vedtak_id: UUID, body: SetInDecider) -> Outcome:
    """Let somebody make the vedtak although the unit's leader is inhabil. Opens nothing of the case to who sets in (LI2)."""
    if context.actor.role is not Role.LEADER:
        raise LeaderOutsideOnlyError
    vedtak = office.case_log.load(Vedtak, vedtak_id)
    inhabil = office.case_log.inhabil_in([vedtak.case])
    if context.actor.id in inhabil or body.decider in inhabil:
        raise InhabilDeciderError
    context.expect(vedtak)
    decider = employed(office, body.decider)
    vedtak.set_in_decider(decider=decider.id, by=context.by, at=context.at)
    return Outcome((vedtak,), {"vedtak": vedtak.id, "decider": decider.id}, tagged=vedtak)


def correct_vedtak(office: Installation, context: Context, vedtak_id: UUID, body: CorrectVedtak) -> Outcome:
    """Add the right wording (LA5). What the vedtak grants or refuses is never corrected, only replaced (LD6)."""
    vedtak = handled_vedtak(office, context, vedtak_id, "correct_vedtak")
    text = office.vault.seal(vedtak.person, vedtak.case, CORRECTED_FIELDS[body.part], body.text)
    because = office.vault.seal(vedtak.person, vedtak.case, "vedtak.corrected_because", body.because)
    vedtak.correct(corrects=body.corrects, part=body.part, text=text, because=because, by=context.by, at=context.at)
    return Outcome((vedtak,), {"vedtak": vedtak.id, "part": body.part}, tagged=vedtak)


def _content(office: Installation, application: Application, body: DraftVedtak) -> VedtakContent:
    texts = {
        "vedtak.facts": body.facts,
        "vedtak.reasons": body.reasons,
        "vedtak.wishes_considered": body.wishes_considered,
        "vedtak.main_content": body.main_content,
        "vedtak.departs_because": body.departs_because,
    }
    written = {field: text for field, text in texts.items() if text is not None}
    sealed = office.vault.seal_many(application.person, application.case, written)
    return VedtakContent(
        facts=sealed.get("vedtak.facts"),
        reasons=sealed["vedtak.reasons"],
        wishes_considered=sealed.get("vedtak.wishes_considered"),
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
