"""How an application ends without a vedtak, and what ends with it: withdrawn, sent on, found to be a duplicate.

Whatever hangs on it comes loose in the same save: the item on an agenda, the lease that waits for an extension, the
place on the waiting list. Its deadlines follow from the events.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.base import HusromAggregate
from domain.cases.application import Application, ApplicationKind, ForwardedTo
from domain.group.agenda_item import AgendaItem, ItemState, Matter, RemovalReason
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import WithdrawalReason
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry, waiting_list_entry_id
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id
from services.commands.people import ShortText
from services.commands.vedtak_grounds import vedtak_in_force
from services.context import Context
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
from services.facts.case_applications import BEGUN_BY_APPLICATION, applications_in
from services.installation import Installation


class ForwardApplication(Body):
    """Where it was sent, and when the sender was told (LH5). Without `kinds`: all that waits for an answer."""

    kinds: Annotated[tuple[ApplicationKind, ...], Field(max_length=4, examples=[["assistance"]])] = ()
    to: Annotated[ForwardedTo, Field(examples=["another_municipality"])]
    name: Annotated[ShortText, Field(description="The authority's name.", examples=["Nabo kommune"])]
    forwarded_on: Day
    sender_told_on: Annotated[Day, Field(description="The day the sender was told. Nothing is sent on untold.")]


class MarkDuplicate(Body):
    """The application in which this one is answered."""

    duplicate_of: Id


@dataclass(frozen=True)
class ApplicationEnded:
    """What an application still waits for, and whether nothing is left of it."""

    application: UUID
    left: tuple[ApplicationKind, ...]
    closed: bool


@dataclass(frozen=True)
class DuplicateMarked:
    """A second registration, and the application in which it is answered. `counts_from`: the earliest received date."""

    application: UUID
    left: tuple[ApplicationKind, ...]
    closed: bool
    duplicate_of: UUID
    counts_from: date


@command("/applications/{application}/withdrawal", Area.APPLICATIONS, Handles(Application))
def withdraw_application(office: Installation, context: Context, application: Application) -> Outcome[ApplicationEnded]:
    """Record that the applicant takes all of it back; what it brought on an agenda or the waiting list comes off."""
    application.withdraw(by=context.by, at=context.at)
    waiting = _off_waiting_list(office, context, application)
    ended = _ended_with(office, context, application, RemovalReason.APPLICATION_WITHDRAWN)
    return _outcome(application, *waiting, *ended)


@command(
    "/applications/{application}/kinds/{kind}/withdrawal", Area.APPLICATIONS,
    Handles(Application, purpose="withdraw_part"), id="withdraw_application_part",
)  # fmt: skip
def withdraw_part(
    office: Installation, context: Context, application: Application, kind: ApplicationKind
) -> Outcome[ApplicationEnded]:
    """Record that the applicant takes back one of the things applied for; the rest still waits for its answer."""
    application.withdraw_part(kind=kind, by=context.by, at=context.at)
    return _outcome(application, *_ended_with(office, context, application, RemovalReason.APPLICATION_WITHDRAWN))


@command("/applications/{application}/forwarding", Area.APPLICATIONS, Handles(Application))
def forward_application(
    office: Installation, context: Context, application: Application, body: ForwardApplication
) -> Outcome[ApplicationEnded]:
    """Record that all or a part of a misdirected application was sent on, and the sender told (LH5)."""
    name = office.vault.seal(application.person, application.case, "note.forwarded_to", body.name)
    application.forward(
        kinds=body.kinds or application.unanswered, to=body.to, name=name, forwarded_on=body.forwarded_on,
        sender_told_on=body.sender_told_on, today=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    return _outcome(application, *_ended_with(office, context, application, RemovalReason.APPLICATION_FORWARDED))


@command(
    "/applications/{application}/duplicate", Area.APPLICATIONS, DecidesItself("it asks about two cases at once"),
)  # fmt: skip
def mark_duplicate(
    office: Installation, context: Context, _: None, application: UUID, body: MarkDuplicate
) -> Outcome[DuplicateMarked]:
    """Close a second registration of the same request into the one in which it is answered (LH4).

    The earliest received date counts for deadlines and for the waiting list.
    """
    duplicate = office.case_log.load(Application, application)
    office.gate.permit(context, Action.HANDLE, duplicate.case, purpose="mark_duplicate")
    context.expect(duplicate)
    kept = office.case_log.load(Application, body.duplicate_of)
    office.gate.permit(context, Action.HANDLE, kept.case, purpose="mark_duplicate")
    before = duplicate.facts
    duplicate.find_duplicate(
        of=kept.facts, same_people=office.case_log.same_people(duplicate.person), by=context.by, at=context.at
    )
    kept.join_duplicate(duplicate=before, by=context.by, at=context.at)
    ended = _ended_with(office, context, duplicate, RemovalReason.DUPLICATE, kept=kept)
    marked = DuplicateMarked(duplicate.id, duplicate.unanswered, duplicate.closed, kept.id, kept.counts_from)
    return Outcome((duplicate, kept, *ended), marked, tagged=duplicate)


def _outcome(application: Application, *ended: HusromAggregate) -> Outcome[ApplicationEnded]:
    """What every command that ends an application or a part of it answers with."""
    answer = ApplicationEnded(application.id, application.unanswered, application.closed)
    return Outcome((application, *ended), answer, tagged=application)


def _ended_with(
    office: Installation, context: Context, application: Application, reason: RemovalReason, *,
    kept: Application | None = None,
) -> tuple[HusromAggregate, ...]:  # fmt: skip
    """What else ends once nothing is left of the application; `kept` takes a duplicate's place."""
    return (
        *_lease_released(office, context, application, kept),
        *_off_agenda(office, context, application, reason),
    )


def _off_agenda(
    office: Installation, context: Context, application: Application, reason: RemovalReason
) -> tuple[AgendaItem, ...]:
    """The items that the case's applications brought on, once none of them waits for an answer."""
    others = (each for each in applications_in(office, application.case) if each.id != application.id)
    if not (application.closed and all(other.closed for other in others)):
        return ()
    items = [office.case_log.load(AgendaItem, id) for id in office.case_log.items_of(application.case)]
    begun = [item for item in items if item.matter in BEGUN_BY_APPLICATION and not item.outcome.settled]
    for item in begun:
        if item.state is ItemState.UNDER_DISCUSSION:
            item.close_discussion(by=context.by, at=context.at)
        # A lease still ends when nobody asks to extend it: only this reason brings it back by rule (M18).
        gone = RemovalReason.APPLICATION_WITHDRAWN if item.matter is Matter.EXTENSION else reason
        item.remove(reason=gone, by=context.by, at=context.at)
    return tuple(begun)


def _lease_released(
    office: Installation, context: Context, application: Application, kept: Application | None
) -> tuple[Tenancy, ...]:
    """The lease that waited for this application waits for `kept`, or for nothing."""
    if application.tenancy is None or ApplicationKind.EXTENSION in application.unanswered:
        return ()
    tenancy = office.case_log.load(Tenancy, application.tenancy)
    if tenancy.applied_for != application.id:
        return ()
    tenancy.withdraw_extension(application=application.id, case=application.case, by=context.by, at=context.at)
    if kept is not None:
        tenancy.apply_for_extension(application=kept.id, case=kept.case, by=context.by, at=context.at)
    return (tenancy,)


def _off_waiting_list(
    office: Installation, context: Context, application: Application
) -> tuple[WaitingListEntry | Allocation, ...]:
    """The place on the list that a granted dwelling gave, and the offer that has been made to it."""
    vedtak = vedtak_in_force(office, application, ApplicationKind.DWELLING)
    entry = office.case_log.find(WaitingListEntry, waiting_list_entry_id(vedtak)) if vedtak else None
    if entry is None or entry.state is EntryState.LEFT:
        return ()
    entry.leave(reason=LeavingReason.WITHDRAWN, by=context.by, at=context.at)
    compared = (office.case_log.load(Allocation, id) for id in office.case_log.comparisons_of(application.case))
    offering = tuple(each for each in compared if each.offer is not None and each.offer.entry == entry.id)
    for allocation in offering:
        allocation.withdraw(reason=WithdrawalReason.APPLICATION_WITHDRAWN, by=context.by, at=context.at)
    return (entry, *offering)
