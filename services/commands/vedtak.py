"""Vedtak: drafted on a conclusion or a recorded ground, discarded, corrected (M12, M13). Issuing is in `issue_vedtak`."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.actors import By, Role
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
    VedtakState,
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
from domain.law.rulebook import AppealBodyKind, DecisionSubject
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id, Text
from services.commands.employees import employed
from services.commands.vedtak_grounds import (
    appeal_to_carry_out,
    ground_now,
    open_case,
    vedtak_in_force,
)
from services.context import Context
from services.core.codes import BARS, LAPSES
from services.core.duties import Duty
from services.core.permits.casework import Handles
from services.core.permits.keeping import Keeps
from services.core.registry import Area, command
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
        BARS,
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


@dataclass(frozen=True)
class VedtakDrafted:
    """A draft: the code of its hjemmel, who would hear an appeal, and the version of the rules it stands on."""

    vedtak: UUID
    case: UUID
    hjemmel: str
    appeal_body: AppealBodyKind
    rulebook_version: str


@dataclass(frozen=True)
class VedtakDiscarded:
    """A draft that is given up."""

    vedtak: UUID
    state: VedtakState


@dataclass(frozen=True)
class DeciderSetIn:
    """Who is to make the vedtak."""

    vedtak: UUID
    decider: UUID


@dataclass(frozen=True)
class VedtakCorrected:
    """Which part of the vedtak has got its right wording."""

    vedtak: UUID
    part: CorrectedPart


def _require_leader(by: By) -> None:
    if by.role is not Role.LEADER:
        raise LeaderOutsideOnlyError


LEADER = Duty("a leader outside Service og tildeling", _require_leader)


@command("/vedtak", Area.VEDTAK, Handles(Application, named_in="application"), status=HTTPStatus.CREATED)
def draft_vedtak(
    office: Installation, context: Context, application: Application, body: DraftVedtak
) -> Outcome[VedtakDrafted]:
    """Write a vedtak on the group's conclusion, or on a recorded ground for deciding without one (M13).

    Hjemmel, appeal body and the version of the rules are those of the day. One that departs from the conclusion says
    why (B08).
    """
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
    basis = vedtak.basis
    answer = VedtakDrafted(vedtak.id, case.id, basis.hjemmel.code, basis.appeal_body.kind, basis.rulebook_version)
    return Outcome((vedtak,), answer, tagged=vedtak)


@command("/vedtak/{vedtak}/discarding", Area.VEDTAK, Handles(Vedtak))
def discard_draft(
    _office: Installation, context: Context, vedtak: Vedtak, body: DiscardDraft
) -> Outcome[VedtakDiscarded]:
    """Give a draft up, so that a new one can be written. An issued vedtak is replaced instead (LD6)."""
    vedtak.discard(reason=body.reason, by=context.by, at=context.at)
    return Outcome((vedtak,), VedtakDiscarded(vedtak.id, vedtak.state), tagged=vedtak)


@command("/vedtak/{vedtak}/decider", Area.VEDTAK, Keeps(Vedtak, LEADER))
def set_in_decider(office: Installation, context: Context, vedtak: Vedtak, body: SetInDecider) -> Outcome[DeciderSetIn]:
    """Set in who makes the vedtak when the leader of Service og tildeling is inhabil; a leader outside it does (LI2)."""
    inhabil = office.case_log.inhabil_in([vedtak.case])
    if context.actor.id in inhabil or body.decider in inhabil:
        raise InhabilDeciderError
    decider = employed(office, body.decider)
    vedtak.set_in_decider(decider=decider.id, by=context.by, at=context.at)
    return Outcome((vedtak,), DeciderSetIn(vedtak.id, decider.id), tagged=vedtak)


@command("/vedtak/{vedtak}/corrections", Area.VEDTAK, Handles(Vedtak))
def correct_vedtak(
    office: Installation, context: Context, vedtak: Vedtak, body: CorrectVedtak
) -> Outcome[VedtakCorrected]:
    """Add the right wording beside the wrong one (LA5)."""
    text = office.vault.seal(vedtak.person, vedtak.case, CORRECTED_FIELDS[body.part], body.text)
    because = office.vault.seal(vedtak.person, vedtak.case, "vedtak.corrected_because", body.because)
    vedtak.correct(corrects=body.corrects, part=body.part, text=text, because=because, by=context.by, at=context.at)
    return Outcome((vedtak,), VedtakCorrected(vedtak.id, body.part), tagged=vedtak)


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
