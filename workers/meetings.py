"""Called in, called in anew, called off: the mails that make, move and withdraw a calendar entry (M06, C03)."""

from dataclasses import replace
from functools import partial

from domain.delivery import DropReason, MessageKind
from domain.group.meeting import Meeting, MeetingState
from projections.due_rows import Task
from workers import calendar_mail, texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.mail import CalendarPart
from workers.people import letter_to


@handles(Task.SEND_INVITATION)
def send_invitation(job: Job) -> None:
    """Invite one member to a meeting as it stands now."""
    deliver(job, MessageKind.MEETING_INVITATION, _invitation)


@handles(Task.SEND_CANCELLATION)
def send_cancellation(job: Job) -> None:
    """Take a meeting out of one calendar."""
    deliver(job, MessageKind.MEETING_CANCELLATION, _cancellation)


def _invitation(job: Job) -> Letter:
    """Raises `NothingToSend` when the meeting has changed since: another row carries what is true now."""
    meeting = job.office.case_log.load(Meeting, job.row.subject)
    is_newest = meeting.sequence == job.row.sequence and _is_called(job, meeting)
    if meeting.state is not MeetingState.SCHEDULED or not is_newest:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    words = texts_nb.invitation(meeting.starts_at, meeting.ends_at, meeting.room, changed=meeting.sequence > 0)
    entry = partial(_entry, job, meeting, calendar_mail.invitation)
    return replace(letter_to(job, job.row.recipient, words), calendar=entry)


def _cancellation(job: Job) -> Letter:
    """Raises `NothingToSend` for somebody who has been called again."""
    meeting = job.office.case_log.load(Meeting, job.row.subject)
    cancelled = meeting.state is MeetingState.CANCELLED
    if _is_called(job, meeting) and not cancelled:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    words = texts_nb.cancellation(meeting.starts_at, meeting.ends_at, meeting.room, cancelled=cancelled)
    entry = partial(_entry, job, meeting, calendar_mail.cancellation)
    return replace(letter_to(job, job.row.recipient, words), calendar=entry)


def _is_called(job: Job, meeting: Meeting) -> bool:
    return any(called.member == job.row.recipient for called in meeting.called)


def _entry(job: Job, meeting: Meeting, make: calendar_mail.Make, attendee: str) -> CalendarPart:
    return make(meeting, job.row.sequence, attendee, job.office.settings, job.context.at)
