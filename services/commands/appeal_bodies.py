"""Appeals on their way to the appeal body and back: who prepares, what is sent, what was decided (LK6, LK7, LI4, B14)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealOutcome, SentPapers
from domain.decisions.appeal.refusals import PoolChangedError
from services.command_desk import Outcome
from services.commands.appeals import answered, appeal_deadline, handled_appeal, sealed
from services.commands.body import Body, Day, Id, Text
from services.commands.days import require_happened
from services.commands.employees import employed
from services.context import Context
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


def name_appeal_secretary(
    office: Installation, context: Context, appeal_id: UUID, body: NameAppealSecretary
) -> Outcome:
    """Name who prepares it and who sits there: nobody whom the log shows as having taken part in the case (LI4)."""
    appeal = handled_appeal(office, context, appeal_id, "name_appeal_secretary")
    secretary = employed(office, body.secretary)
    appeal.name_secretary(
        secretary=secretary.id, members=tuple(dict.fromkeys(body.members)), by=context.by, at=context.at,
        took_part=who_took_part(office, appeal),
    )  # fmt: skip
    return answered(appeal, secretary=secretary.id)


def forward_appeal(office: Installation, context: Context, appeal_id: UUID, body: ForwardAppeal) -> Outcome:
    """Send the appeal to its body; what is sent is recorded, and can be taken out as one package (LK6)."""
    appeal = handled_appeal(office, context, appeal_id, "forward_appeal")
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
    sent = [{"kind": paper.kind, "id": paper.id, "version": paper.version} for paper in papers.papers]
    return answered(appeal, appeal_body=appeal.body.kind, sent=sent)


def record_appeal_decision(
    office: Installation, context: Context, appeal_id: UUID, body: RecordAppealDecision
) -> Outcome:
    """Record what the body decided. What it changed or quashed needs a new vedtak, and is watched until it is there."""
    appeal = handled_appeal(office, context, appeal_id, "record_appeal_decision")
    require_happened(context, body.decided_on, since=appeal.forwarded_on)
    require_happened(context, body.told_on, since=body.decided_on)
    appeal.decide(
        outcome=body.outcome, decided_on=body.decided_on, told_on=body.told_on,
        summary=sealed(office, appeal, "summary", body.summary),
        worse_within_months=office.rules(context).deadlines.appeal_worse_months,
        dismissal_deadline=appeal_deadline(office, appeal, body.told_on), by=context.by, at=context.at,
    )  # fmt: skip
    return answered(appeal, outcome=body.outcome, needs_new_vedtak=body.outcome.needs_new_vedtak)


def _refuse_other_pool(office: Installation, appeal: Appeal, checksum: str | None) -> None:
    """What is attached must be the pool of that moment, and nothing else (B14)."""
    if checksum is not None and (not appeal.needs_pool or checksum != pool_of(office, appeal).checksum):
        raise PoolChangedError
