"""One message, sent once: begin, send, record what became of it (design D8).

The address is opened before the delivery begins, so that between `Begun` and the outcome there is nothing but the mail
server. Whoever dies in there leaves a delivery that becomes uncertain when its claim has run out: a person sees it,
and nothing repeats it by itself.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog
from eventsourcing.persistence import IntegrityError

from domain.access.facts import NOBODY
from domain.delivery import Delivery, DeliverySettledError, DeliveryState, DropReason, Message, MessageKind, PostReason
from domain.sealed import Sealed
from projections import due_rows
from services.boxes import OwnedBy
from services.clock import real_now
from services.refusals import KeyDestroyedError, TextOutOfPlaceError
from workers.job import Job
from workers.mail import CalendarPart, Mail, MaybeSentError, NotSentError, send
from workers.texts_nb import Words

ATTEMPTS = 7
"""How often a message that surely did not leave is tried; with the usual claim over some six hours."""

log = structlog.get_logger()


class NothingToSend(Exception):
    """When its turn came, the domain said no."""

    def __init__(self, reason: DropReason) -> None:
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True)
class Letter:
    """What is to be sent to whom. `email` is closed; `post` says why a person posts it instead.

    `case`: the applicant's, through which the address opens; None for employees. `calendar` makes the part that needs
    the address.
    """

    recipient: UUID
    words: Words
    email: Sealed | None
    case: UUID | None = None
    post: PostReason | None = None
    calendar: Callable[[str], CalendarPart] | None = None


Write = Callable[[Job], Letter]
"""Asks the aggregates whether the row is still due, and writes the letter. Raises `NothingToSend`."""


def deliver(job: Job, kind: MessageKind, write: Write) -> None:
    """Bring the row's delivery one step on: begin it, try again, or find out that nobody knows."""
    delivery = job.office.case_log.find(Delivery, job.row.id)
    if delivery is None:
        _begin(job, kind, write)
    elif delivery.has_run_out(real_now()):
        _go_on(job, delivery, write)


def _begin(job: Job, kind: MessageKind, write: Write) -> None:
    id, by, at = job.row.id, job.context.by, job.context.at
    log = job.office.case_log
    try:
        _refuse_overtaken(job)
        letter, mail = _written(job, write)
    except NothingToSend as nothing:
        log.append(Delivery.drop(id=id, message=_message(job, kind), reason=nothing.reason, by=by, at=at))
        return
    message = _message(job, kind, letter.recipient)
    if mail is None:
        reason = letter.post or PostReason.NO_EMAIL
        log.append(Delivery.to_be_posted(id=id, message=message, reason=reason, by=by, at=at))
        return
    delivery = Delivery.start(id=id, message=message, claimed_until=real_now() + _claim(job), by=by, at=at)
    log.append(delivery)
    _send(job, delivery, mail)


def _go_on(job: Job, delivery: Delivery, write: Write) -> None:
    """After a claim (begun) or a pause (deferred) has run out. What is settled stays as it is."""
    match delivery.state:
        case DeliveryState.BEGUN:
            delivery.uncertain(by=job.context.by, at=job.context.at)
            job.office.case_log.append(delivery)
        case DeliveryState.DEFERRED:
            _try_again(job, delivery, write)


def _try_again(job: Job, delivery: Delivery, write: Write) -> None:
    by, at = job.context.by, job.context.at
    reason: str = PostReason.NO_EMAIL
    try:
        letter, mail = _written(job, write)
        reason = letter.post or reason
    except NothingToSend as nothing:
        mail, reason = None, nothing.reason.value
    if mail is None:
        delivery.failed(reason=reason, by=by, at=at)
    else:
        delivery.retry(claimed_until=real_now() + _claim(job), by=by, at=at)
    job.office.case_log.append(delivery)
    if mail is not None:
        _send(job, delivery, mail)


def _send(job: Job, delivery: Delivery, mail: Mail) -> None:
    by, at = job.context.by, job.context.at
    try:
        send(mail, job.office.settings)
    except NotSentError as error:
        refusal = error
        _record(job, delivery, lambda d: _not_sent(job, d, refusal))
    except MaybeSentError:
        _record(job, delivery, lambda d: d.uncertain(by=by, at=at))
    else:
        _record(job, delivery, lambda d: d.sent(message_id=mail.message_id, by=by, at=at))


def _not_sent(job: Job, delivery: Delivery, refusal: NotSentError) -> None:
    """Try again later, four times later each time; or give up and let a person see it.

    One that somebody has called uncertain meanwhile is a person's already.
    """
    by, at = job.context.by, job.context.at
    if refusal.for_good or delivery.attempts >= ATTEMPTS or delivery.state is not DeliveryState.BEGUN:
        delivery.failed(reason=refusal.reason, by=by, at=at)
    else:
        pause = _claim(job) / 4 * 4 ** (delivery.attempts - 1)
        delivery.defer(reason=refusal.reason, until=real_now() + pause, by=by, at=at)


def _record(job: Job, delivery: Delivery, outcome: Callable[[Delivery], None]) -> None:
    """Store the outcome, also when somebody has called the delivery uncertain meanwhile."""
    try:
        outcome(delivery)
        job.office.case_log.append(delivery)
    except IntegrityError:
        delivery = job.office.case_log.load(Delivery, delivery.id)
        with suppress(DeliverySettledError):
            outcome(delivery)
            job.office.case_log.append(delivery)
    log.info("delivery", row=str(job.row.id), task=job.row.task.value, state=delivery.state.value)


def _written(job: Job, write: Write) -> tuple[Letter, Mail | None]:
    """The letter, and the mail with its address opened at the gate as the system; None when a person posts it."""
    letter = write(job)
    if letter.email is None or letter.post is not None:
        return letter, None
    try:
        email = OwnedBy(letter.recipient, letter.email)
        opened = job.office.gate.address(job.context, letter.case, {"email": email}, delivery=job.row.id)
    except KeyDestroyedError:
        raise NothingToSend(DropReason.RECIPIENT_GONE) from None
    except TextOutOfPlaceError:
        return replace(letter, post=PostReason.ADDRESS_OUT_OF_PLACE), None
    to = opened.texts["email"]
    if to is None:
        raise NothingToSend(DropReason.RECIPIENT_GONE)
    calendar = letter.calendar(to) if letter.calendar else None
    return letter, Mail(job.row.id, to, letter.words.subject, letter.words.text, job.context.at, calendar)


def _refuse_overtaken(job: Job) -> None:
    with job.office.views.connect() as connection:
        if due_rows.is_overtaken(connection, job.row, job.context.at):
            raise NothingToSend(DropReason.OVERTAKEN)


def _message(job: Job, kind: MessageKind, recipient: UUID | None = None) -> Message:
    row = job.row
    case = row.case_id if row.case_id != NOBODY else None
    return Message(kind, row.subject, recipient or row.recipient, case, row.sequence, row.due_at)


def _claim(job: Job) -> timedelta:
    return timedelta(seconds=job.office.settings.claim_seconds)
