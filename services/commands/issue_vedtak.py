"""Issuing a vedtak, and all that follows from it in the same save (M12, M13, M15, M19, LH6)."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.base import HusromAggregate
from domain.cases.application import Application, ApplicationKind
from domain.decisions import vedtak_rules
from domain.decisions.follow_up import CancellingReason, FollowUp, FollowUpState
from domain.decisions.vedtak import Vedtak
from domain.group.conclusion import Conclusion
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry, waiting_list_entry_id
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal
from services.command_desk import Outcome
from services.commands.body import Body, Text
from services.commands.vedtak import ground_now, handled_vedtak, open_case, vedtak_in_force
from services.commands.waiting_list import PlacementBody, criterion_facts, placement_need
from services.context import Context
from services.installation import Installation


class IssueVedtak(Body):
    """What has to be known on the day it is issued."""

    facts_settled: Annotated[
        bool,
        Field(
            description="For a decision without the group: that the applicant knows, and has been able to answer, what "
            "others have told, or that nobody told anything (LH6). A conclusion keeps count of it by itself."
        ),
    ] = False
    placement: Annotated[
        PlacementBody, Field(description="For a granted dwelling: the facts that place the applicant on the list.")
    ] = PlacementBody()
    replaced_because: Annotated[Text | None, Field(description="For a vedtak that replaces another: why (LD6).")] = None


class ReplacementReasonMissingError(Refusal):
    code = "replacement_reason_missing"
    rule = "LD6"
    missing = "Det står ikke hvorfor det gamle vedtaket erstattes."
    next_step = "Skriv begrunnelsen for å erstatte det."


@dataclass(frozen=True)
class Issuing:
    """One vedtak being issued."""

    office: Installation
    context: Context
    vedtak: Vedtak
    application: Application
    body: IssueVedtak

    @property
    def is_granted(self) -> bool:
        return self.vedtak.outcome is vedtak_rules.Outcome.GRANT


def issue_vedtak(office: Installation, context: Context, vedtak_id: UUID, body: IssueVedtak) -> Outcome:
    """Make the vedtak. In the same save the application is answered, follow-ups take effect or fall away, a granted
    dwelling gives a place on the list, an extension reaches the tenancy, and a replaced vedtak ends.
    """
    vedtak = handled_vedtak(office, context, vedtak_id, "issue_vedtak")
    case = open_case(office, vedtak.case)
    application = office.case_log.load(Application, vedtak.application)
    issuing = Issuing(office, context, vedtak, application, body)
    follow_ups = tuple(task for task in _follow_ups(office, vedtak) if task.state is FollowUpState.PLANNED)
    answered_by = vedtak_in_force(office, application, ApplicationKind(vedtak.subject))
    vedtak.issue(
        issued_on=context.today, answered_by=answered_by,
        ground=ground_now(office, context, case, vedtak.ground.conclusion, told_settled=body.facts_settled),
        follow_ups=tuple(task.id for task in follow_ups) if issuing.is_granted else (), by=context.by, at=context.at,
    )  # fmt: skip
    if answered_by is None:
        application.answer(kind=ApplicationKind(vedtak.subject), vedtak=vedtak.id, by=context.by, at=context.at)
    _start_or_cancel(issuing, follow_ups)
    entries, tenancies = _placed(issuing), _tenancy(issuing)
    changed: tuple[HusromAggregate, ...] = (*follow_ups, *entries, *tenancies, *_replaced(issuing))
    answer = {
        "vedtak": vedtak.id, "case": vedtak.case, "issued_on": vedtak.issued_on, "outcome": vedtak.outcome,
        "follow_ups": [task.id for task in follow_ups], "waiting_list_entry": entries[0].id if entries else None,
    }  # fmt: skip
    return Outcome((vedtak, application, *changed), answer, tagged=vedtak)


def _follow_ups(office: Installation, vedtak: Vedtak) -> tuple[FollowUp, ...]:
    """The tasks that were shared out under the conclusion to go with a vedtak on this subject (M15)."""
    if vedtak.ground.conclusion is None:
        return ()
    tasks = office.case_log.load(Conclusion, vedtak.ground.conclusion).tasks
    return tuple(office.case_log.load(FollowUp, task.id) for task in tasks if task.vedtak_track is vedtak.subject)


def _start_or_cancel(issuing: Issuing, follow_ups: tuple[FollowUp, ...]) -> None:
    context = issuing.context
    for task in follow_ups:
        if issuing.is_granted:
            task.take_effect(vedtak=issuing.vedtak.facts, by=context.by, at=context.at)
        else:
            task.cancel(reason=CancellingReason.HELP_NOT_GRANTED, by=context.by, at=context.at)


def _placed(issuing: Issuing) -> tuple[WaitingListEntry, ...]:
    """The place on the waiting list that a granted dwelling gives (M12)."""
    vedtak, application, context, body = issuing.vedtak, issuing.application, issuing.context, issuing.body.placement
    if vedtak.subject is not DecisionSubject.DWELLING or not issuing.is_granted:
        return ()
    facts = criterion_facts(issuing.office.rules(context), body.answers, source=application.id)
    entry = WaitingListEntry.enter(
        id=waiting_list_entry_id(vedtak.id), vedtak=vedtak.facts, registered_on=application.received_on,
        effective_from=body.effective_from or application.received_on, facts=facts,
        need=placement_need(body, application), by=context.by, at=context.at,
    )  # fmt: skip
    return (entry,)


def _tenancy(issuing: Issuing) -> tuple[Tenancy, ...]:
    """The tenancy whose extension is granted or refused (M19). The lease itself runs on only when it is signed."""
    vedtak, context = issuing.vedtak, issuing.context
    if vedtak.content.extension is None:
        return ()
    tenancy = issuing.office.case_log.load(Tenancy, vedtak.content.extension.tenancy)
    decide = tenancy.grant_extension if issuing.is_granted else tenancy.refuse_extension
    decide(vedtak=vedtak.facts, by=context.by, at=context.at)
    return (tenancy,)


def _replaced(issuing: Issuing) -> tuple[HusromAggregate, ...]:
    """The vedtak that ends, and the place on the list it gave, if that is still held (LD6)."""
    office, context, vedtak = issuing.office, issuing.context, issuing.vedtak
    if vedtak.replaces is None:
        return ()
    if issuing.body.replaced_because is None:
        raise ReplacementReasonMissingError
    old = office.case_log.load(Vedtak, vedtak.replaces)
    because = office.vault.seal(old.person, old.case, "vedtak.replaced_because", issuing.body.replaced_because)
    old.replace(successor=vedtak.facts, because=because, by=context.by, at=context.at)
    ended = _ended_follow_ups(issuing, old)
    entry = office.case_log.find(WaitingListEntry, waiting_list_entry_id(old.id))
    if entry is None or entry.state is EntryState.LEFT:
        return (old, *ended)
    entry.leave(reason=LeavingReason.NEW_VEDTAK, cause=vedtak.id, by=context.by, at=context.at)
    return (old, *ended, entry)


def _ended_follow_ups(issuing: Issuing, old: Vedtak) -> tuple[FollowUp, ...]:
    """The tasks the old vedtak put in force; they run on only under a new grant on the same conclusion."""
    context = issuing.context
    if issuing.is_granted and old.ground == issuing.vedtak.ground:
        return ()
    running = tuple(task for task in _follow_ups(issuing.office, old) if task.state is FollowUpState.IN_FORCE)
    for task in running:
        task.cancel(reason=CancellingReason.REPLACED, by=context.by, at=context.at)
    return running
