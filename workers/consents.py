"""A consent does not outlive its last day (M09)."""

from domain.cases.consent import Consent
from domain.cases.consent_facts import ConsentState
from projections.due_rows import Task
from workers.job import Job, handles


@handles(Task.EXPIRE_CONSENT)
def expire_consent(job: Job) -> None:
    """Record that the consent has expired. Nobody could rely on it any more before that either."""
    consent = job.office.case_log.load(Consent, job.row.subject)
    has_ended = consent.expires_on is not None and consent.expires_on < job.context.today
    if consent.state is ConsentState.GIVEN and has_ended:
        consent.expire(today=job.context.today, by=job.context.by, at=job.context.at)
        job.office.case_log.append(consent)
