"""Appeals on their way to the appeal body and back: who prepares, what is sent, what was decided (LK6, LK7, LI4, B14)."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealOutcome, SentPaper, SentPapers
from domain.decisions.appeal.refusals import PoolChangedError
from domain.law.rulebook import AppealBodyKind
from services.command_desk import Outcome
from services.commands.appeal_answers import AppealChanged, answered
from services.commands.appeals import appeal_deadline, sealed
from services.commands.body import Body, Day, Id, Text
from services.commands.days import require_happened
from services.commands.employees import employed
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.facts.appeal_papers import papers_of
from services.facts.appeal_pool import pool_of
from services.facts.taking_part import who_took_part
from services.installation import Installation

Checksum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["0" * 64])]


class NameAppealSecretary(Body):
    """Who prepares the appeal for the municipality's appeal body, and who sits in it."""

    secretary: Annotated[Id, Field(description="An employee who has had nothing to do with the case.")]
    members: Annotated[
        tuple[Id, ...], Field(max_length=50, description="Those who sit in the body, as far as they have an id.")
    ] = ()


class ForwardAppeal(Body):
    """What goes to the appeal body."""

    forwarded_on: Day
    pool_checksum: Annotated[
        Checksum | None, Field(description="Of the pool that is attached; about a dwelling it must be there (B14).")
    ] = None
    with_assessments: Annotated[
        bool, Field(description="Whether internal assessments go as well: a choice that is recorded (LP2).")
    ]
    assessments_because: Annotated[Text | None, Field(examples=["Vurderingen er det klagen gjelder."])] = None


class RecordAppealDecision(Body):
    """What the appeal body decided."""

    outcome: Annotated[AppealOutcome, Field(examples=["quashed"])]
    decided_on: Day
    told_on: Annotated[Day, Field(description="The day the party was told.")]
    summary: Annotated[Text, Field(examples=["Vedtaket er opphevet fordi barnas behov ikke er vurdert."])]


@dataclass(frozen=True)
class AppealSecretaryNamed(AppealChanged):
    """Who prepares the appeal for its body."""

    secretary: UUID


@dataclass(frozen=True)
class AppealForwarded(AppealChanged):
    """Who hears the appeal, and what was sent: each thing as it stood at that version."""

    appeal_body: AppealBodyKind
    sent: tuple[SentPaper, ...]


@dataclass(frozen=True)
class AppealDecided(AppealChanged):
    """What the body decided, and whether a new vedtak is to be made because of it (LK7)."""

    outcome: AppealOutcome
    needs_new_vedtak: bool


@command("/appeals/{appeal}/secretary", Area.APPEALS, Handles(Appeal))
def name_appeal_secretary(
    office: Installation, context: Context, appeal: Appeal, body: NameAppealSecretary
) -> Outcome[AppealSecretaryNamed]:
    """Name who prepares it for the municipality's appeal body, and who sits there.

    Nobody whom the log shows as having prepared, discussed, concluded or decided, nor their direct subordinates (LI4).
    """
    secretary = employed(office, body.secretary)
    appeal.name_secretary(
        secretary=secretary.id, members=tuple(dict.fromkeys(body.members)), by=context.by, at=context.at,
        took_part=who_took_part(office, appeal),
    )  # fmt: skip
    return answered(appeal, AppealSecretaryNamed, secretary=secretary.id)


@command("/appeals/{appeal}/forwarding", Area.APPEALS, Handles(Appeal))
def forward_appeal(
    office: Installation, context: Context, appeal: Appeal, body: ForwardAppeal
) -> Outcome[AppealForwarded]:
    """Send it to the appeal body (LK6). About a dwelling, the pool goes with it, by its checksum (B14)."""
    require_happened(context, body.forwarded_on, since=appeal.received_on)
    _refuse_other_pool(office, appeal, body.pool_checksum)
    because = body.assessments_because
    papers = SentPapers(
        papers=papers_of(office, appeal, with_assessments=body.with_assessments), pool_checksum=body.pool_checksum,
        with_assessments=body.with_assessments,
    )  # fmt: skip
    appeal.forward(
        forwarded_on=body.forwarded_on, papers=papers, took_part=who_took_part(office, appeal),
        assessments_because=sealed(office, appeal, "assessments_because", because) if because else None,
        by=context.by, at=context.at,
    )  # fmt: skip
    return answered(appeal, AppealForwarded, appeal_body=appeal.body.kind, sent=papers.papers)


@command("/appeals/{appeal}/decision", Area.APPEALS, Handles(Appeal))
def record_appeal_decision(
    office: Installation, context: Context, appeal: Appeal, body: RecordAppealDecision
) -> Outcome[AppealDecided]:
    """Record what the body decided (LK7). What it changed or quashed is watched until the new vedtak is there."""
    require_happened(context, body.decided_on, since=appeal.forwarded_on)
    require_happened(context, body.told_on, since=body.decided_on)
    appeal.decide(
        outcome=body.outcome, decided_on=body.decided_on, told_on=body.told_on,
        summary=sealed(office, appeal, "summary", body.summary),
        worse_within_months=office.rules(context).deadlines.appeal_worse_months,
        dismissal_deadline=appeal_deadline(office, appeal, body.told_on), by=context.by, at=context.at,
    )  # fmt: skip
    return answered(appeal, AppealDecided, outcome=body.outcome, needs_new_vedtak=body.outcome.needs_new_vedtak)


def _refuse_other_pool(office: Installation, appeal: Appeal, checksum: str | None) -> None:
    """What is attached must be the pool of that moment, and nothing else (B14)."""
    if checksum is not None and (not appeal.needs_pool or checksum != pool_of(office, appeal).checksum):
        raise PoolChangedError
