"""A digital vedtak that nobody opens is noticed a second time (LD5)."""

from domain.decisions.vedtak import Vedtak
from domain.delivery import DropReason, MessageKind, PostReason
from domain.people.person import Person
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles


@handles(Task.NOTIFY_AGAIN)
def notify_again(job: Job) -> None:
    """Record that the party is to be told again; the mail follows from that. The time to appeal stays as it is (LK3)."""
    vedtak = job.office.case_log.load(Vedtak, job.row.subject)
    if not _is_unopened(vedtak) or vedtak.notified_again_on is not None:
        return
    vedtak.notify_again(notified_on=job.context.today, by=job.context.by, at=job.context.at)
    job.office.case_log.append(vedtak)


@handles(Task.SEND_SECOND_NOTICE)
def send_second_notice(job: Job) -> None:
    """Tell the party that a vedtak waits to be opened, not what it says."""
    deliver(job, MessageKind.VEDTAK_SECOND_NOTICE, _second_notice)


def _second_notice(job: Job) -> Letter:
    """By post where there is no mail address, or a representative who gets the letters (LH7)."""
    vedtak = job.office.case_log.load(Vedtak, job.row.subject)
    if not _is_unopened(vedtak) or vedtak.notified_on is None:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    person = job.office.case_log.load(Person, vedtak.person)
    words = texts_nb.second_notice(texts_nb.reference(vedtak.id), vedtak.notified_on, job.office.settings.municipality)
    to_representative = person.letter_recipient(job.context.today, vedtak.subject).is_representative
    post = PostReason.HAS_REPRESENTATIVE if to_representative else None
    return Letter(person.id, words, person.details.email, case=vedtak.case, post=post)


def _is_unopened(vedtak: Vedtak) -> bool:
    return vedtak.facts.in_force and vedtak.opened_on is None
