"""What an application sets off: a receipt at once, and a warning before the answer is late (LH1, LH2, LH3)."""

from datetime import date

from domain.cases.application import Application
from domain.delivery import DropReason, MessageKind, PostReason
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, letter_to


@handles(Task.SEND_RECEIPT)
def send_receipt(job: Job) -> None:
    """Confirm that the application came in (LH1)."""
    deliver(job, MessageKind.APPLICATION_RECEIPT, _receipt)


@handles(Task.WARN_OF_DEADLINE)
def warn_of_deadline(job: Job) -> None:
    """Tell whoever is in charge that an answer is soon due and not given (LH2, LH3)."""
    deliver(job, MessageKind.DEADLINE_WARNING, _deadline_warning)


def _receipt(job: Job) -> Letter:
    """To the applicant; by post where there is no mail address, or a representative who gets the letters (LH7)."""
    application = job.office.case_log.load(Application, job.row.subject)
    person = job.office.case_log.load(Person, application.person)
    words = texts_nb.receipt(
        texts_nb.reference(application.id), application.received_on, application.created_on,
        _answer_by(job, application), job.office.settings.municipality,
    )  # fmt: skip
    matters = tuple(DecisionSubject(kind) for kind in application.kinds)
    to_representative = person.letter_recipient(job.context.today, *matters).is_representative
    post = PostReason.HAS_REPRESENTATIVE if to_representative else None
    return Letter(person.id, words, person.details.email, case=application.case, post=post)


def _deadline_warning(job: Job) -> Letter:
    """Raises `NothingToSend` when the application has been answered or withdrawn."""
    application = job.office.case_log.load(Application, job.row.subject)
    if application.closed:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    promised = application.answer_expected_on
    words = texts_nb.deadline_warning(
        texts_nb.reference(application.id), promised or _answer_by(job, application), promised=promised is not None
    )
    return letter_to(job, in_charge_of(job, application.case), words)


def _answer_by(job: Job, application: Application) -> date:
    """By the rules of the day it came in, as the view of deadlines has it."""
    deadlines = job.office.dated_rules.on(application.received_on).deadlines
    return deadlines.interim_reply_by(application.received_on, job.office.working_days)
