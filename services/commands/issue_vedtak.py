"""Issuing a vedtak, and all that follows from it in the same save (M12, M13, M15, M19, LH6)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.base import HusromAggregate
from domain.cases.application import Application, ApplicationKind
from domain.cases.case import Case, WithoutGroupGround
from domain.decisions import vedtak_rules
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import CancellingReason, FollowUpState
from domain.decisions.hearing import Hearing
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import GroundFacts
from domain.group.conclusion import Conclusion
from domain.group.proposed_task import ProposedTask
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry, waiting_list_entry_id
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal
from services.command_desk import Outcome
from services.commands.body import Body, Text
from services.commands.hearings import hearing_of
from services.commands.placements import placed
from services.commands.tasks import TaskBody, assigned_by_vedtak, proposed_tasks
from services.commands.vedtak_grounds import (
    appeal_to_carry_out,
    conclusion_of,
    ground_now,
    open_case,
    refuse_under_inhabil_leader,
    vedtak_in_force,
)
from services.commands.waiting_list import PlacementBody
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class IssueVedtak(Body):
    """What has to be known on the day it is issued."""

    facts_settled: Annotated[
        bool,
        Field(
            description="For a decision without the group: records that nobody but the applicant has told anything (LH6). "
            "What others told goes to the applicant first, by the case's hearing; a conclusion keeps count by itself."
        ),
    ] = False
    placement: Annotated[
        PlacementBody, Field(description="For a granted dwelling: the facts that place the applicant on the list.")
    ] = PlacementBody()
    tasks: Annotated[
        tuple[TaskBody, ...],
        Field(max_length=30, description="For a grant: follow-up shared out with it, outside a meeting (M15)."),
    ] = ()
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
    replaced: Vedtak | None
    appeal: Appeal | None
    """Whose decision calls for it (LK7)."""

    @property
    def is_granted(self) -> bool:
        return self.vedtak.outcome is vedtak_rules.Outcome.GRANT

    @property
    def goes_on(self) -> bool:
        """Whether the tasks of the replaced vedtak run on: a new grant on the same ground."""
        return self.is_granted and self.replaced is not None and self.replaced.ground == self.vedtak.ground


@dataclass(frozen=True, kw_only=True)
class TasksOfVedtak:
    """Follow-up that belongs to it (M15).

    `planned`: shared out under the conclusion, waiting for it. `running`: in force under the vedtak it replaces.
    `new`: shared out with it, outside a meeting.
    """

    planned: tuple[FollowUp, ...]
    running: tuple[FollowUp, ...]
    new: tuple[ProposedTask, ...]

    def in_force_with(self, issuing: Issuing) -> tuple[UUID, ...]:
        """Those that are in force once it is issued."""
        begun = self.begun if issuing.is_granted else ()
        return (*begun, *(task.id for task in self.running if issuing.goes_on))

    @property
    def begun(self) -> tuple[UUID, ...]:
        """Those that a grant begins."""
        return (*(task.id for task in self.planned), *(task.id for task in self.new))


@dataclass(frozen=True)
class VedtakIssued:
    """A vedtak that is made on that Oslo date, the tasks that begin with it, and the place on the list that it gives."""

    vedtak: UUID
    case: UUID
    issued_on: date
    outcome: vedtak_rules.Outcome
    follow_ups: tuple[UUID, ...]
    waiting_list_entry: UUID | None


@command("/vedtak/{vedtak}/issue", Area.VEDTAK, Handles(Vedtak))
def issue_vedtak(office: Installation, context: Context, vedtak: Vedtak, body: IssueVedtak) -> Outcome[VedtakIssued]:
    """Make the vedtak, when facts that others told have been put to the applicant (LH6).

    In the same save the application is answered, follow-ups take effect (M15) or fall away, a granted dwelling gives
    a place on the waiting list, and a granted or refused extension reaches the tenancy (M19).
    """
    refuse_under_inhabil_leader(office, context, vedtak.case, set_in=vedtak.set_in)
    application = office.case_log.load(Application, vedtak.application)
    replaced = office.case_log.load(Vedtak, vedtak.replaces) if vedtak.replaces else None
    issuing = Issuing(office, context, vedtak, application, body, replaced, appeal_to_carry_out(office, replaced))
    tasks = _tasks(issuing)
    relied_on = _issue(issuing, tasks)
    follow_ups, entries, tenancies = _started_or_ended(issuing, tasks), _placed(issuing), _tenancy(issuing)
    answer = VedtakIssued(
        vedtak.id, vedtak.case, context.today, vedtak.outcome, tasks.begun, entries[0].id if entries else None
    )
    changed = (*relied_on, *follow_ups, *entries, *tenancies, *_replaced(issuing))
    return Outcome((vedtak, application, *changed), answer, tagged=vedtak)


def _issue(issuing: Issuing, tasks: TasksOfVedtak) -> tuple[Conclusion | Hearing, ...]:
    """Issue it as the answer to its part of the application; gives the stream it stands on."""
    office, context, vedtak, replaced = issuing.office, issuing.context, issuing.vedtak, issuing.replaced
    ground, relied_on = _ground(issuing, open_case(office, vedtak.case))
    kind = ApplicationKind(vedtak.subject)
    answered_by = vedtak_in_force(office, issuing.application, kind)
    vedtak.issue(
        issued_on=context.today, ground=ground, follow_ups=tasks.in_force_with(issuing), answered_by=answered_by,
        replaced=replaced.facts if replaced else None, appeal=issuing.appeal.calls_for if issuing.appeal else None,
        by=context.by, at=context.at,
    )  # fmt: skip
    if answered_by is None:
        issuing.application.answer(kind=kind, vedtak=vedtak.id, by=context.by, at=context.at)
    return relied_on


def _ground(issuing: Issuing, case: Case) -> tuple[GroundFacts, tuple[Conclusion | Hearing, ...]]:
    """What it stands on now, and the stream that says so: recorded on it, whoever changes it meanwhile loses the race."""
    office, context, vedtak = issuing.office, issuing.context, issuing.vedtak
    if vedtak.ground.conclusion is not None:
        conclusion = conclusion_of(office, case, vedtak.ground.conclusion)
        ground = conclusion.facts(context.today)
        if not ground.superseded:
            conclusion.rely_on(vedtak=vedtak.id, subject=vedtak.subject, by=context.by, at=context.at)
        return ground, (conclusion,)
    hearing = hearing_of(office, context, case)
    if issuing.body.facts_settled and not hearing.heard.is_settled(context.today):
        hearing.record_nothing_told(by=context.by, at=context.at)
    hearing.rely_on(vedtak=vedtak.id, by=context.by, at=context.at)
    after_appeal = vedtak.ground.without_group is WithoutGroupGround.APPEAL_DECIDED
    return ground_now(office, context, case, None, hearing, after_appeal=after_appeal), (hearing,)


def _tasks(issuing: Issuing) -> TasksOfVedtak:
    log, vedtak, old = issuing.office.case_log, issuing.vedtak, issuing.replaced
    conclusion = log.load(Conclusion, vedtak.ground.conclusion) if vedtak.ground.conclusion else None
    waiting = [task.id for task in conclusion.tasks if task.vedtak_track is vedtak.subject] if conclusion else []
    planned = (task for task in (log.load(FollowUp, id) for id in waiting) if task.state is FollowUpState.PLANNED)
    under_old = (log.load(FollowUp, id) for id in (old.follow_ups if old else ()))
    return TasksOfVedtak(
        planned=tuple(planned),
        running=tuple(task for task in under_old if task.state is FollowUpState.IN_FORCE),
        new=proposed_tasks(issuing.office, issuing.context, vedtak.person, vedtak.case, issuing.body.tasks),
    )


def _started_or_ended(issuing: Issuing, tasks: TasksOfVedtak) -> tuple[FollowUp, ...]:
    """Tasks begin with a grant or fall away with a refusal; those of a replaced vedtak run on on the same ground only."""
    vedtak, by, at = issuing.vedtak.facts, issuing.context.by, issuing.context.at
    for task in tasks.planned:
        if issuing.is_granted:
            task.take_effect(vedtak=vedtak, by=by, at=at)
        else:
            task.cancel(reason=CancellingReason.HELP_NOT_GRANTED, by=by, at=at)
    for task in tasks.running:
        if issuing.goes_on:
            task.carry_over(vedtak=vedtak, by=by, at=at)
        else:
            task.cancel(reason=CancellingReason.REPLACED, by=by, at=at)
    return (*tasks.planned, *tasks.running, *assigned_by_vedtak(issuing.context, vedtak, tasks.new))


def _placed(issuing: Issuing) -> tuple[WaitingListEntry, ...]:
    """The place on the waiting list that a granted dwelling gives (M12)."""
    vedtak = issuing.vedtak
    if vedtak.subject is not DecisionSubject.DWELLING or not issuing.is_granted:
        return ()
    return (placed(issuing.office, issuing.context, vedtak, issuing.application, issuing.body.placement),)


def _tenancy(issuing: Issuing) -> tuple[Tenancy, ...]:
    """The tenancy whose extension is granted or refused (M19). The lease itself runs on only when it is signed."""
    vedtak, context = issuing.vedtak, issuing.context
    if vedtak.content.extension is None:
        return ()
    tenancy = issuing.office.case_log.load(Tenancy, vedtak.content.extension.tenancy)
    if issuing.replaced is not None:
        tenancy.reopen_extension(replaced=issuing.replaced.facts, by=context.by, at=context.at)
    decide = tenancy.grant_extension if issuing.is_granted else tenancy.refuse_extension
    decide(vedtak=vedtak.facts, by=context.by, at=context.at)
    return (tenancy,)


def _replaced(issuing: Issuing) -> tuple[HusromAggregate, ...]:
    """The vedtak that ends, the appeal that is carried out so, and the place on the list it gave, if still held (LD6)."""
    office, context, vedtak, old = issuing.office, issuing.context, issuing.vedtak, issuing.replaced
    if old is None:
        return ()
    if issuing.body.replaced_because is None:
        raise ReplacementReasonMissingError
    because = office.vault.seal(old.person, old.case, "vedtak.replaced_because", issuing.body.replaced_because)
    old.replace(successor=vedtak.facts, because=because, by=context.by, at=context.at)
    ended: tuple[HusromAggregate, ...] = (old,)
    if issuing.appeal is not None:
        issuing.appeal.carry_out(successor=vedtak.id, by=context.by, at=context.at)
        ended += (issuing.appeal,)
    entry = office.case_log.find(WaitingListEntry, waiting_list_entry_id(old.id))
    if entry is None or entry.state is EntryState.LEFT:
        return ended
    entry.leave(reason=LeavingReason.NEW_VEDTAK, cause=vedtak.id, by=context.by, at=context.at)
    return (*ended, entry)
