"""The view of what is due: which rows follow from which events, under the rules of the day (design D8, D11).

Dates become moments at eight in the morning in Oslo. A row is taken back by the event that makes it pointless and
settled by the event that did it, so a rebuilt view knows what has been sent.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from domain.access.emergency import EmergencyAccess
from domain.actors import Role
from domain.base import Event
from domain.cases.application import Application
from domain.cases.application_events import DuplicateJoined, ReceivedDateCorrected
from domain.cases.consent import Consent
from domain.decisions.vedtak import NotificationChannel, Vedtak
from domain.delivery import Delivery
from domain.group.meeting import Meeting
from domain.housing.allocation import Allocation
from domain.law.deadlines import oslo_date
from domain.law.rulebook import Deadlines
from projections import due_meetings, due_rows
from projections.due_follow_ups import follow_up_work, granted_help_work
from projections.due_leases import lease_work
from projections.due_meetings import MEETINGS
from projections.due_rows import DUE_WORK, DueRow, RowState, Task, due, morning
from projections.rules import DatedRules
from projections.view import Source, View

PASSED = -1
"""The occasion of a warning on the day after."""


def view(rules: DatedRules) -> View:
    """The view under these rules."""

    def apply(connection: Connection, event: Event, _position: int) -> None:
        deadlines = rules.on(oslo_date(event.timestamp)).deadlines
        _meetings(connection, event)
        _applications(connection, event, rules)
        follow_up_work(connection, event, deadlines)
        lease_work(connection, event, rules)
        _consents(connection, event)
        _offers(connection, event)
        _vedtak(connection, event, deadlines)
        _emergencies(connection, event)
        granted_help_work(connection, event)
        _deliveries(connection, event)

    return View("due_work", rules.version_of(4), Source.CASE_LOG, (DUE_WORK, MEETINGS), apply)


def _emergencies(connection: Connection, event: Event) -> None:
    """Somebody is told at once that a case was opened in an emergency."""
    if isinstance(event, EmergencyAccess.Opened):
        row = due(
            Task.TELL_OF_EMERGENCY, event.originator_id, event.timestamp, event.originator_version, case=event.case
        )
        due_rows.add(connection, (row,))


def _meetings(connection: Connection, event: Event) -> None:
    """An invitation for each who is called, a new one for each change, a cancellation for each who is not any more (M06)."""
    meeting = event.originator_id
    match event:
        case Meeting.Scheduled():
            due_meetings.note(connection, meeting, event.day, event.starts_at)
        case Meeting.Called():
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            no_longer = (called.member for called in event.no_longer)
            _write_to(connection, event, Task.SEND_CANCELLATION, event.sequence, no_longer)
            called = (called.member for called in event.called)
            _write_to(connection, event, Task.SEND_INVITATION, event.sequence, called)
        case Meeting.Rescheduled():
            due_meetings.note(connection, meeting, event.day, event.starts_at)
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            invited = due_rows.last_recipients(connection, meeting, Task.SEND_INVITATION)
            _write_to(connection, event, Task.SEND_INVITATION, event.sequence, invited)
        case Meeting.Cancelled():
            due_meetings.forget(connection, meeting)
            due_rows.cancel(connection, meeting, Task.SEND_INVITATION)
            invited = due_rows.last_recipients(connection, meeting, Task.SEND_INVITATION)
            _write_to(connection, event, Task.SEND_CANCELLATION, event.sequence, invited)
        case Meeting.Opened():
            due_meetings.forget(connection, meeting)


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
        case Application.InterimReplySent() | Application.DelayNoticeSent():
            due_rows.cancel(connection, application, Task.WARN_OF_DEADLINE)
            deadlines = rules.on(oslo_date(event.timestamp)).deadlines
            due_rows.add(connection, _promise_warnings(event, event.case, event.expected_on, deadlines))
        case (
            Application.Withdrawn() | Application.FoundDuplicate() | Application.PartWithdrawn(left=())
            | Application.Forwarded(left=())
        ):  # fmt: skip
            due_rows.cancel(connection, application, Task.WARN_OF_DEADLINE)
        case Application.DuplicateJoined() if event.answer_expected_on is None:
            _warn_anew(connection, event, rules)
        case Application.ReceivedDateCorrected() if event.answer_expected_on is None and event.left:
            _warn_anew(connection, event, rules)


def _warn_anew(connection: Connection, event: DuplicateJoined | ReceivedDateCorrected, rules: DatedRules) -> None:
    due_rows.cancel(connection, event.originator_id, Task.WARN_OF_DEADLINE)
    deadlines = rules.on(event.counts_from).deadlines
    answer_by = deadlines.interim_reply_by(event.counts_from, rules.working_days)
    due_rows.add(connection, (_answer_warning(event, event.case, answer_by, deadlines),))


def _answer_warning(event: Event, case: UUID, answer_by: date, deadlines: Deadlines) -> DueRow:
    warned_on = answer_by - timedelta(days=deadlines.answer_warning_days_before)
    return due(Task.WARN_OF_DEADLINE, event.originator_id, morning(warned_on), event.originator_version, case=case)


def _promise_warnings(event: Event, case: UUID, expected_on: date, deadlines: Deadlines) -> Iterator[DueRow]:
    """One while there is still time, and one when the promised day has passed: a further notice is due (LH3)."""
    yield _answer_warning(event, case, expected_on, deadlines)
    passed, version = morning(expected_on + timedelta(days=1)), event.originator_version
    yield due(Task.WARN_OF_DEADLINE, event.originator_id, passed, version, case=case, occasion=PASSED)


def _consents(connection: Connection, event: Event) -> None:
    """A consent expires on the day after its last one (M09)."""
    consent = event.originator_id
    match event:
        case Consent.Given():
            due_rows.cancel(connection, consent, Task.EXPIRE_CONSENT)
            if event.expires_on is not None:
                moment, version = morning(event.expires_on + timedelta(days=1)), event.originator_version
                due_rows.add(connection, (due(Task.EXPIRE_CONSENT, consent, moment, version, case=event.case),))
        case Consent.Refused() | Consent.Withdrawn():
            due_rows.cancel(connection, consent, Task.EXPIRE_CONSENT)
        case Consent.Expired():
            due_rows.settle(connection, consent, Task.EXPIRE_CONSENT)


def _vedtak(connection: Connection, event: Event, deadlines: Deadlines) -> None:
    """A digital vedtak that is not opened in a week: a second notice, once (LD5)."""
    vedtak = event.originator_id
    match event:
        case Vedtak.Notified(channel=NotificationChannel.DIGITAL):
            moment = morning(event.notified_on + timedelta(days=deadlines.second_notice_days + 1))
            row = due(Task.NOTIFY_AGAIN, vedtak, moment, event.originator_version, case=event.case)
            due_rows.add(connection, (row,))
        case Vedtak.NotifiedAgain():
            due_rows.settle(connection, vedtak, Task.NOTIFY_AGAIN)
            letter = due(
                Task.SEND_SECOND_NOTICE, vedtak, event.timestamp, event.originator_version, recipient=event.person,
                case=event.case,
            )  # fmt: skip
            due_rows.add(connection, (letter,))
        case Vedtak.OpenedByParty() | Vedtak.Replaced():
            due_rows.cancel(connection, vedtak, Task.NOTIFY_AGAIN, Task.SEND_SECOND_NOTICE)


def _offers(connection: Connection, event: Event) -> None:
    """An offer lapses on the day after the last one to answer it (M14); the saksbehandler hears of what lapsed by itself."""
    allocation, version = event.originator_id, event.originator_version
    match event:
        case Allocation.Offered():
            moment = morning(event.answer_by + timedelta(days=1))
            due_rows.add(connection, (due(Task.LAPSE_OFFER, allocation, moment, version, case=event.case),))
        case Allocation.Accepted() | Allocation.Declined() | Allocation.Withdrawn():
            due_rows.cancel(connection, allocation, Task.LAPSE_OFFER)
        case Allocation.Lapsed():
            due_rows.settle(connection, allocation, Task.LAPSE_OFFER)
            if event.by.role is Role.SYSTEM:
                told = due(Task.TELL_OF_LAPSE, allocation, event.timestamp, version, case=event.case)
                due_rows.add(connection, (told,))


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
