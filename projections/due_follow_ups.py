"""What follow-ups set off: reminders, the unit's leader when they are late, and a warning when nobody has one (M15, C04)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from domain.base import Event
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import Outcome
from domain.law.rulebook import Deadlines, DecisionSubject
from projections import due_rows
from projections.due_rows import DueRow, RowState, Task, due, morning

FOLLOW_UP_TASKS = (Task.SEND_REMINDER, Task.ESCALATE, Task.TELL_LEADER)


def follow_up_work(connection: Connection, event: Event, deadlines: Deadlines) -> None:
    """Reminders before and on the due date, the unit's leader after it; anew when it is moved (M15, C04)."""
    task = event.originator_id
    match event:
        case FollowUp.Assigned():
            state = RowState.PENDING if event.vedtak_track is None else RowState.WAITING
            due_rows.add(connection, _reminders(event, event.case, event.due_on, deadlines, state))
        case FollowUp.AssignedByVedtak():
            due_rows.add(connection, _reminders(event, event.case, event.due_on, deadlines, RowState.PENDING))
        case FollowUp.TookEffect():
            due_rows.release(connection, task)
        case FollowUp.DueDateMoved():
            waits = due_rows.is_known(connection, task, Task.SEND_REMINDER, RowState.WAITING)
            due_rows.cancel(connection, task, *FOLLOW_UP_TASKS)
            state = RowState.WAITING if waits else RowState.PENDING
            due_rows.add(connection, _reminders(event, event.case, event.due_on, deadlines, state))
        case FollowUp.Escalated():
            due_rows.settle(connection, task, Task.ESCALATE)
            letter = due(
                Task.TELL_LEADER, task, event.timestamp, event.originator_version, recipient=event.to, case=event.case
            )
            due_rows.add(connection, (letter,))
        case FollowUp.Completed() | FollowUp.Cancelled():
            due_rows.cancel(connection, task, *FOLLOW_UP_TASKS)


def _reminders(event: Event, case: UUID, due_on: date, deadlines: Deadlines, state: RowState) -> Iterator[DueRow]:
    task, version = event.originator_id, event.originator_version
    for days in deadlines.follow_up_reminder_days_before:
        moment = morning(due_on - timedelta(days=days))
        yield due(Task.SEND_REMINDER, task, moment, version, case=case, occasion=days, state=state)
    moment = morning(due_on + timedelta(days=deadlines.follow_up_escalation_days))
    yield due(Task.ESCALATE, task, moment, version, case=case, state=state)


def granted_help_work(connection: Connection, event: Event) -> None:
    """Help after § 6 that nobody is responsible for on the day after the vedtak: the saksbehandler hears of it (M15).

    A task that falls away later is cancelled by herself, and the deadlines show it.
    """
    task = Task.WARN_OF_NOBODY_RESPONSIBLE
    match event:
        case Vedtak.Issued(subject=DecisionSubject.ASSISTANCE, outcome=Outcome.GRANT):
            moment, version = morning(event.issued_on + timedelta(days=1)), event.originator_version
            due_rows.add(connection, (due(task, event.originator_id, moment, version, case=event.case),))
        case FollowUp.TookEffect() | FollowUp.AssignedByVedtak():
            due_rows.cancel(connection, event.vedtak, task)
        case Vedtak.Replaced():
            due_rows.cancel(connection, event.originator_id, task)
