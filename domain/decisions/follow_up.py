"""A follow-up: one task for one named person, shared out at the meeting, in force with the vedtak."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.actors import By, CaseId, EmployeeId, PersonId, Role, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.decisions.follow_up_rules import (
    CancellingReason,
    FollowUpNotOverdueError,
    FollowUpState,
    NotYourTaskError,
    require_started_by,
)
from domain.decisions.vedtak_rules import VedtakFacts
from domain.group.proposed_task import ProposedTask, TaskOverdueError
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Named, Sealed


class FollowUp(HusromAggregate):
    """One task for one named assignee with a unit and a due date, in force when the vedtak is issued (M15)."""

    TOPIC = "follow_up"

    class Assigned(CreatedEvent):
        """`item`: the agenda item it was shared out under. `vedtak_track`: what must be granted first, if anything."""

        TOPIC: ClassVar[str] = "follow_up.Assigned"
        case: CaseId
        person: PersonId
        item: UUID
        conclusion: UUID | None
        assignee: EmployeeId
        unit: Unit
        due_on: date
        what: Annotated[Sealed, Named("follow_up.task")]
        vedtak_track: DecisionSubject | None

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.case, follow_up.person, follow_up.vedtak_track = self.case, self.person, self.vedtak_track
            follow_up.assignee, follow_up.unit = self.assignee, self.unit
            follow_up.due_on, follow_up.what = self.due_on, self.what
            waits = self.vedtak_track is not None
            follow_up.state = FollowUpState.PLANNED if waits else FollowUpState.IN_FORCE

    class AssignedByVedtak(CreatedEvent):
        """Shared out by the saksbehandler under a vedtak in force, outside a meeting; it begins at once (M15)."""

        TOPIC: ClassVar[str] = "follow_up.AssignedByVedtak"
        case: CaseId
        person: PersonId
        vedtak: UUID
        assignee: EmployeeId
        unit: Unit
        due_on: date
        what: Annotated[Sealed, Named("follow_up.task")]

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.case, follow_up.person, follow_up.vedtak = self.case, self.person, self.vedtak
            follow_up.assignee, follow_up.unit = self.assignee, self.unit
            follow_up.due_on, follow_up.what = self.due_on, self.what
            follow_up.state = FollowUpState.IN_FORCE

    class TookEffect(Event):
        """In force with `vedtak`; once more with the one that replaces it on the same conclusion.

        `unit`: of the seat that it was given to; None where the first version did not say.
        """

        TOPIC: ClassVar[str] = "follow_up.TookEffect"
        class_version: ClassVar[int] = 2
        case: CaseId
        assignee: EmployeeId
        unit: Unit | None
        vedtak: UUID

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 did not say in which unit."""
            state["unit"] = None

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.state, follow_up.vedtak = FollowUpState.IN_FORCE, self.vedtak

    class Reassigned(Event):
        """`released`: who had it until now, and may no longer see it. `in_force`: whether the new one may see it yet."""

        TOPIC: ClassVar[str] = "follow_up.Reassigned"
        case: CaseId
        assignee: EmployeeId
        unit: Unit
        released: EmployeeId
        in_force: bool

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.assignee, follow_up.unit = self.assignee, self.unit

    class DueDateMoved(Event):
        TOPIC: ClassVar[str] = "follow_up.DueDateMoved"
        case: CaseId
        assignee: EmployeeId
        due_on: date

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.due_on, follow_up.escalated_to = self.due_on, None

    class Progressed(Event):
        TOPIC: ClassVar[str] = "follow_up.Progressed"
        case: CaseId
        note: Annotated[Sealed, Named("follow_up.note")]

    class Completed(Event):
        TOPIC: ClassVar[str] = "follow_up.Completed"
        case: CaseId
        assignee: EmployeeId
        note: Annotated[Sealed, Named("follow_up.note")] | None

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.state = FollowUpState.COMPLETED

    class Escalated(Event):
        """`to`: the leader of the assignee's unit, who is told that a task is overdue, not what it says."""

        TOPIC: ClassVar[str] = "follow_up.Escalated"
        case: CaseId
        to: EmployeeId
        unit: Unit

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.escalated_to = self.to

    class Cancelled(Event):
        TOPIC: ClassVar[str] = "follow_up.Cancelled"
        case: CaseId
        assignee: EmployeeId
        reason: CancellingReason

        def apply(self, follow_up: "FollowUp") -> None:
            follow_up.state = FollowUpState.CANCELLED

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.assignee: EmployeeId
        self.unit: Unit
        self.due_on: date
        self.what: Sealed
        self.vedtak_track: DecisionSubject | None = None
        self.state = FollowUpState.PLANNED
        self.vedtak: UUID | None = None
        self.escalated_to: EmployeeId | None = None

    @classmethod
    def assign(
        cls,
        *,
        task: ProposedTask,
        case: CaseId,
        person: PersonId,
        item: UUID,
        conclusion: UUID | None,
        today: date,
        by: By,
        at: datetime,
    ) -> "FollowUp":
        """Share out `task`, whose id becomes the follow-up's. Recorded by the saksbehandler; `today` is an Oslo date.

        A task that belongs to no vedtak is in force at once. Raises `TaskOverdueError` when due before today.
        """
        require_saksbehandler(by)
        if task.due_on < today:
            raise TaskOverdueError()
        return cls.begin(
            cls.Assigned, id=task.id, by=by, at=at, case=case, person=person, item=item, conclusion=conclusion,
            assignee=task.assignee, unit=task.unit, due_on=task.due_on, what=task.what, vedtak_track=task.vedtak_track,
        )  # fmt: skip

    @classmethod
    def assign_by_vedtak(
        cls, *, task: ProposedTask, vedtak: VedtakFacts, today: date, by: By, at: datetime
    ) -> "FollowUp":
        """Share out `task` under a granting vedtak in force, so that somebody is responsible for it (M15).

        For help that no meeting has shared out. Saksbehandler only; `today` is an Oslo date. Raises
        `VedtakDoesNotStartItError`, `TaskOverdueError`.
        """
        require_saksbehandler(by)
        require_started_by(vedtak, vedtak.case, vedtak.subject)
        if task.due_on < today:
            raise TaskOverdueError()
        return cls.begin(
            cls.AssignedByVedtak, id=task.id, by=by, at=at, case=vedtak.case, person=vedtak.person, vedtak=vedtak.id,
            assignee=task.assignee, unit=task.unit, due_on=task.due_on, what=task.what,
        )  # fmt: skip

    def carry_over(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Let the running task go on under the vedtak that replaces the one that started it, in its save (M15)."""
        self._refuse_unless(FollowUpState.IN_FORCE)
        require_started_by(vedtak, self.case, vedtak.subject)
        self._take_effect(vedtak, by, at)

    def take_effect(self, *, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        """Put the planned task in force, in the same save as the vedtak's `issue` (M15)."""
        self._refuse_unless(FollowUpState.PLANNED)
        require_started_by(vedtak, self.case, self.vedtak_track)
        self._take_effect(vedtak, by, at)

    def _take_effect(self, vedtak: VedtakFacts, by: By, at: datetime) -> None:
        self.record(
            self.TookEffect, by=by, at=at, case=self.case, assignee=self.assignee, unit=self.unit, vedtak=vedtak.id
        )

    def reassign(self, *, assignee: EmployeeId, unit: Unit, by: By, at: datetime) -> None:
        """Give the task to somebody else. The saksbehandler, or the leader of the unit it stays in."""
        self._refuse_when_over()
        if not (by.role is Role.LEADER and by.unit == self.unit == unit):
            require_saksbehandler(by)
        self.record(
            self.Reassigned, by=by, at=at, case=self.case, assignee=assignee, unit=unit, released=self.assignee,
            in_force=self.state is FollowUpState.IN_FORCE,
        )  # fmt: skip

    def move_due_date(self, *, due_on: date, today: date, by: By, at: datetime) -> None:
        """Move the due date, which starts its reminders anew. Saksbehandler only. Oslo dates."""
        require_saksbehandler(by)
        self._refuse_when_over()
        if due_on < today:
            raise TaskOverdueError()
        self.record(self.DueDateMoved, by=by, at=at, case=self.case, assignee=self.assignee, due_on=due_on)

    def progress(self, *, note: Sealed, by: By, at: datetime) -> None:
        """Report how it goes. The assignee or the saksbehandler; only while it is in force."""
        self._refuse_unless_theirs(by)
        self._refuse_unless(FollowUpState.IN_FORCE)
        self.record(self.Progressed, by=by, at=at, case=self.case, note=note)

    def complete(self, *, note: Sealed | None = None, by: By, at: datetime) -> None:
        """Report that it is done. The assignee or the saksbehandler; only while it is in force."""
        self._refuse_unless_theirs(by)
        self._refuse_unless(FollowUpState.IN_FORCE)
        self.record(self.Completed, by=by, at=at, case=self.case, assignee=self.assignee, note=note)

    def escalate(self, *, to: EmployeeId, today: date, by: By, at: datetime) -> None:
        """Tell the unit's leader that the task is overdue on `today` (Oslo date). Once for each due date."""
        self._refuse_unless(FollowUpState.IN_FORCE)
        if today <= self.due_on:
            raise FollowUpNotOverdueError()
        if self.escalated_to is not None:
            raise WrongStateError()
        self.record(self.Escalated, by=by, at=at, case=self.case, to=to, unit=self.unit)

    def cancel(self, *, reason: CancellingReason, by: By, at: datetime) -> None:
        """Let the task fall away, with a coded reason. Saksbehandler only."""
        require_saksbehandler(by)
        self._refuse_when_over()
        self.record(self.Cancelled, by=by, at=at, case=self.case, assignee=self.assignee, reason=reason)

    def _refuse_unless_theirs(self, by: By) -> None:
        if by.actor != self.assignee and not by.as_actor.is_saksbehandler:
            raise NotYourTaskError()

    def _refuse_when_over(self) -> None:
        self._refuse_unless(FollowUpState.PLANNED, FollowUpState.IN_FORCE)

    def _refuse_unless(self, *states: FollowUpState) -> None:
        if self.state not in states:
            raise WrongStateError()
