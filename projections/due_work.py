"""The view of what is due: which rows follow from which events, under the rules of the day (design D8, D11).

Dates become moments at eight in the morning in Oslo. A row is taken back by the event that makes it pointless and
settled by the event that did it, so a rebuilt view knows what has been sent.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Connection

from domain.base import Event
from domain.cases.application import Application
from domain.cases.case import lease_case_id
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.delivery import Delivery
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.facts import Matter
from domain.group.meeting import Meeting
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import oslo_date, oslo_datetime
from domain.law.rulebook import Deadlines
from projections import due_rows
from projections.due_rows import DUE_WORK, MEETINGS, DueRow, RowState, Task, due
from projections.rules import DatedRules
from projections.view import Source, View

MORNING = time(8)

FOLLOW_UP_TASKS = (Task.SEND_REMINDER, Task.ESCALATE, Task.TELL_LEADER)
LEASE_TASKS = (Task.WARN_OF_LEASE_END, Task.PUT_ON_AGENDA)


def view(rules: DatedRules) -> View:
    """The view under these rules."""

    def apply(connection: Connection, event: Event, _position: int) -> None:
        deadlines = rules.on(oslo_date(event.timestamp)).deadlines
        _meetings(connection, event)
        _applications(connection, event, rules)
        _follow_ups(connection, event, deadlines)
        _leases(connection, event, deadlines)
        _consents(connection, event)
        _deliveries(connection, event)

    return View("due_work", rules.version_of(1), Source.CASE_LOG, (DUE_WORK, MEETINGS), apply)


def _meetings(connection: Connection, event: Event) -> None:
    """An invitation for each who is called, a new one for each change, a cancellation for each who is not any more (M06)."""
    meeting = event.originator_id
    match event:
        case Meeting.Scheduled():
            due_rows.note_meeting(connection, meeting, event.day, event.starts_at)
        case Meeting.Called():
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            no_longer = (called.member for called in event.no_longer)
            _write_to(connection, event, Task.SEND_CANCELLATION, event.sequence, no_longer)
            called = (called.member for called in event.called)
            _write_to(connection, event, Task.SEND_INVITATION, event.sequence, called)
        case Meeting.Rescheduled():
            due_rows.note_meeting(connection, meeting, event.day, event.starts_at)
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            invited = due_rows.last_recipients(connection, meeting, Task.SEND_INVITATION)
            _write_to(connection, event, Task.SEND_INVITATION, event.sequence, invited)
        case Meeting.Cancelled():
            due_rows.forget_meeting(connection, meeting)
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            invited = due_rows.last_recipients(connection, meeting, Task.SEND_INVITATION)
            _write_to(connection, event, Task.SEND_CANCELLATION, event.sequence, invited)
        case Meeting.Opened():
            due_rows.forget_meeting(connection, meeting)


def _write_to(connection: Connection, event: Event, task: Task, sequence: int, recipients: Iterable[UUID]) -> None:
    """One row for each recipient, due at once."""
    meeting, now = event.originator_id, event.timestamp
    due_rows.add(connection, [due(task, meeting, now, sequence, recipient=to) for to in dict.fromkeys(recipients)])


def _applications(connection: Connection, event: Event, rules: DatedRules) -> None:
    """A receipt at once (LH1); a warning while there is still time to answer or to say why not (LH2, LH3)."""
    application, version = event.originator_id, event.originator_version
    match event:
        case Application.Received():
            receipt = due(
                Task.SEND_RECEIPT, application, event.timestamp, version, recipient=event.person, case=event.case
            )
            deadlines = rules.on(event.received_on).deadlines
            answer_by = deadlines.interim_reply_by(event.received_on, rules.working_days)
            due_rows.add(connection, (receipt, _answer_warning(event, event.case, answer_by, deadlines)))
        case Application.InterimReplySent():
            due_rows.cancel(connection, application, Task.WARN_OF_DEADLINE)
            deadlines = rules.on(oslo_date(event.timestamp)).deadlines
            due_rows.add(connection, (_answer_warning(event, event.case, event.expected_on, deadlines),))
        case Application.Withdrawn():
            due_rows.cancel(connection, application, Task.WARN_OF_DEADLINE)


def _answer_warning(event: Event, case: UUID, answer_by: date, deadlines: Deadlines) -> DueRow:
    warned_on = answer_by - timedelta(days=deadlines.answer_warning_days_before)
    return due(Task.WARN_OF_DEADLINE, event.originator_id, _morning(warned_on), event.originator_version, case=case)


def _follow_ups(connection: Connection, event: Event, deadlines: Deadlines) -> None:
    """Reminders before and on the due date, the unit's leader after it; anew when it is moved (M15, C04)."""
    task = event.originator_id
    match event:
        case FollowUp.Assigned():
            state = RowState.PENDING if event.vedtak_track is None else RowState.WAITING
            due_rows.add(connection, _reminders(event, event.case, event.due_on, deadlines, state))
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
        moment = _morning(due_on - timedelta(days=days))
        yield due(Task.SEND_REMINDER, task, moment, version, case=case, occasion=days, state=state)
    moment = _morning(due_on + timedelta(days=deadlines.follow_up_escalation_days))
    yield due(Task.ESCALATE, task, moment, version, case=case, state=state)


def _leases(connection: Connection, event: Event, deadlines: Deadlines) -> None:
    """Warnings before the end, and onto the agenda by itself (M18); a lease in care housing never gets there (M20)."""
    tenancy = event.originator_id
    match event:
        case Tenancy.LeaseSigned():
            due_rows.add(connection, _lease_warnings(event, event.terms.ends_on, deadlines))
            if not event.care_housing:
                due_rows.add(connection, (_to_agenda(event, event.terms.ends_on, deadlines),))
        case Tenancy.LeaseExtended():
            due_rows.cancel(connection, tenancy, *LEASE_TASKS)
            due_rows.add(connection, _lease_warnings(event, event.new_end, deadlines))
            if due_rows.is_known(connection, tenancy, Task.PUT_ON_AGENDA):
                due_rows.add(connection, (_to_agenda(event, event.new_end, deadlines),))
        case Tenancy.Ended():
            due_rows.cancel(connection, tenancy, *LEASE_TASKS)
        case AgendaItem.Added(matter=Matter.LEASE_ENDING | Matter.EXTENSION) if event.case:
            due_rows.exchange(connection, event.case, Task.PUT_ON_AGENDA, RowState.PENDING, RowState.DONE)
        case AgendaItem.Removed() if event.case and not event.reason.may_end_a_lease_item:
            due_rows.exchange(connection, event.case, Task.PUT_ON_AGENDA, RowState.DONE, RowState.PENDING)


def _lease_warnings(event: Event, ends_on: date, deadlines: Deadlines) -> Iterator[DueRow]:
    tenancy, case = event.originator_id, lease_case_id(event.originator_id, ends_on)
    for months, warned_on in deadlines.lease_warnings(ends_on).items():
        moment = _morning(warned_on)
        yield due(Task.WARN_OF_LEASE_END, tenancy, moment, event.originator_version, case=case, occasion=months)


def _to_agenda(event: Event, ends_on: date, deadlines: Deadlines) -> DueRow:
    tenancy, moment = event.originator_id, _morning(deadlines.lease_on_agenda_from(ends_on))
    case = lease_case_id(tenancy, ends_on)
    return due(Task.PUT_ON_AGENDA, tenancy, moment, event.originator_version, case=case, meeting_by=ends_on)


def _consents(connection: Connection, event: Event) -> None:
    """A consent expires on the day after its last one (M09)."""
    consent = event.originator_id
    match event:
        case Consent.Given():
            due_rows.cancel(connection, consent, Task.EXPIRE_CONSENT)
            if event.expires_on is not None:
                moment, version = _morning(event.expires_on + timedelta(days=1)), event.originator_version
                due_rows.add(connection, (due(Task.EXPIRE_CONSENT, consent, moment, version, case=event.case),))
        case Consent.Refused() | Consent.Withdrawn():
            due_rows.cancel(connection, consent, Task.EXPIRE_CONSENT)
        case Consent.Expired():
            due_rows.settle(connection, consent, Task.EXPIRE_CONSENT)


def _deliveries(connection: Connection, event: Event) -> None:
    """Begun, the row is in somebody's hands until its claim has run out; an outcome settles it (D8)."""
    row = event.originator_id
    match event:
        case Delivery.Begun() | Delivery.Retried():
            due_rows.move(connection, row, RowState.BEGUN, event.claimed_until)
        case Delivery.Deferred():
            due_rows.move(connection, row, RowState.BEGUN, event.until)
        case Delivery.Sent() | Delivery.Failed() | Delivery.Uncertain() | Delivery.ToBePosted() | Delivery.Dropped():
            due_rows.move(connection, row, RowState.DONE)


def _morning(day: date) -> datetime:
    return oslo_datetime(day, MORNING)
