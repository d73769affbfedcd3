"""What an item came to without a conclusion, and its minutes (M07, M16, M17, M18, LP2)."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.base import HusromAggregate
from domain.group.agenda_item import AgendaItem, ReopenReason
from domain.housing.allocation import Allocation
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.agenda import consent_facts
from services.commands.body import Body, Text
from services.commands.hearings import facts_reopened
from services.commands.tasks import TaskBody, assigned, proposed_tasks
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation
from services.refusals import InvalidInputError


class SettleItem(Body):
    """The end of an item that no vedtak builds on. For a lease that ends, the answers to the three questions (M18)."""

    outcome: Annotated[Text | None, Field(description="What it came to; for a lease, its status.")] = None
    application_received: Annotated[
        bool | None, Field(description="For a lease: whether an application to extend it has come.")
    ] = None
    tasks: Annotated[tuple[TaskBody, ...], Field(max_length=30, description="Who does what next.")] = ()


class WriteMinutes(Body):
    """Facts apart from assessment, since the party may read the facts (LP2)."""

    facts: Annotated[Text, Field(examples=["Søkeren bor hos venner og må ut før jul."])]
    assessment: Annotated[Text, Field(examples=["Gruppa mener søkeren trenger hjelp til å skaffe bolig."])]


class ApproveMinutes(Body):
    """The revision that is approved, so that nobody approves a text they have not seen."""

    revision: Annotated[int, Field(ge=1, le=10_000, description="Which version of the minutes.", examples=[1])]


class ReopenMinutes(Body):
    """The approved revision that is to be written anew, and why. It stays as it is."""

    revision: Annotated[int, Field(ge=1, le=10_000, description="Which version of the minutes.", examples=[1])]
    reason: Annotated[ReopenReason, Field(examples=["factual_error"])]


class NobodyToWriteAboutError(InvalidInputError):
    code = "nobody_to_write_about"
    rule = "M14"
    missing = "Saken gjelder en ledig bolig og ingen enkelt søker, så den avsluttes uten utfall og oppgaver."
    next_step = "Før rekkefølgen gruppa ble enig om, med begrunnelse, på tildelingen."


@dataclass(frozen=True)
class ItemSettled:
    """An item that came to its end, and the tasks that were shared out."""

    item: UUID
    follow_ups: tuple[UUID, ...]


@dataclass(frozen=True)
class MinutesChanged:
    """The newest revision of an item's minutes, and whether it is approved."""

    item: UUID
    revision: int
    approved: bool


@command("/agenda-items/{item}/settlement", Area.AGENDA_ITEMS, Handles(AgendaItem))
def settle_item(office: Installation, context: Context, item: AgendaItem, body: SettleItem) -> Outcome[ItemSettled]:
    """Record what a lease that ends, a challenge or a vacancy came to (M14, M16, M17, M18). Its tasks begin at once."""
    if item.case is None or item.person is None:
        if body.outcome is not None or body.tasks:
            raise NobodyToWriteAboutError
        item.settle(outcome=None, tasks=(), consent=None, day=context.today, by=context.by, at=context.at)
        return Outcome((item,), ItemSettled(item.id, ()), tagged=item)
    case, person = item.case, item.person
    outcome = office.vault.seal(person, case, "assessment.outcome", body.outcome) if body.outcome else None
    tasks = proposed_tasks(office, context, person, case, body.tasks)
    item.settle(
        outcome=outcome, tasks=tasks, application_received=body.application_received,
        consent=consent_facts(office, case), day=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    follow_ups = assigned(context, item, case=case, person=person, conclusion=None, tasks=tasks)
    settled = ItemSettled(item.id, tuple(follow_up.id for follow_up in follow_ups))
    return Outcome((item, *follow_ups), settled, tagged=item)


@command("/agenda-items/{item}/minutes", Area.AGENDA_ITEMS, Handles(AgendaItem))
def write_minutes(
    office: Installation, context: Context, item: AgendaItem, body: WriteMinutes
) -> Outcome[MinutesChanged]:
    """Write this item's minutes, facts apart from assessment (M07, LP2).

    On the consent as it stands now; anew as often as needed until they are approved. About a vacancy they hold the
    group's general reasons: closed with the dwelling's key, in nobody's case.
    """
    owner = item.person or _dwelling_of(office, item)
    texts = {"minutes.facts": body.facts, "minutes.assessment": body.assessment}
    sealed = office.vault.seal_many(owner, item.case, texts)
    item.write_minutes(
        facts=sealed["minutes.facts"], assessment=sealed["minutes.assessment"],
        consent=consent_facts(office, item.case), day=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    return _changed(item)


@command("/agenda-items/{item}/minutes/approval", Area.AGENDA_ITEMS, Handles(AgendaItem))
def approve_minutes(
    _office: Installation, context: Context, item: AgendaItem, body: ApproveMinutes
) -> Outcome[MinutesChanged]:
    """Approve the minutes; guests' access ends (M03).

    Nothing new is told by it, so no consent is asked for: a withdrawal works forward (LC8), and what was written on a
    valid consent still has to be approved. Whoever the consent covered no longer reads it.
    """
    item.approve_minutes(revision=body.revision, by=context.by, at=context.at)
    return _changed(item)


@command("/agenda-items/{item}/minutes/reopening", Area.AGENDA_ITEMS, Handles(AgendaItem))
def reopen_minutes(
    office: Installation, context: Context, item: AgendaItem, body: ReopenMinutes
) -> Outcome[MinutesChanged]:
    """Write approved minutes anew; the approved revision stays (M07).

    New facts go to the applicant before any vedtak (LH6).
    """
    item.reopen_minutes(revision=body.revision, reason=body.reason, by=context.by, at=context.at)
    return _changed(item, *facts_reopened(office, context, item, body.reason))


def _dwelling_of(office: Installation, item: AgendaItem) -> UUID:
    if item.allocation is None:
        raise NotFoundError
    return office.case_log.load(Allocation, item.allocation).dwelling


def _changed(item: AgendaItem, *others: HusromAggregate) -> Outcome[MinutesChanged]:
    """What every command about the minutes answers with. `others`: what is stored along."""
    answer = MinutesChanged(item.id, item.revision, item.minutes_are_approved)
    return Outcome((item, *others), answer, tagged=item)
