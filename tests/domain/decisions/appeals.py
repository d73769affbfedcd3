"""Appeals as the tests need them: in time or late, kept by the municipality, sent to a body."""

from datetime import date, timedelta
from typing import Any

from domain.cases.application import WayIn
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealedVedtak, AppealOutcome, SentPaper, SentPaperKind, SentPapers
from domain.law.rulebook import AppealBody, AppealBodyKind, DecisionSubject
from tests.domain.decision_support import AT, CASE, PERSON, SAKSBEHANDLER, TODAY, sealed, uid

STATE = AppealBody(kind=AppealBodyKind.STATSFORVALTEREN, name_nb="Statsforvalteren")
MUNICIPAL = AppealBody(kind=AppealBodyKind.KLAGENEMND, name_nb="Klagenemnda")
ISSUED = date(2027, 1, 12)
LAST_DAY = date(2027, 2, 10)
HARD_STOP = date(2028, 1, 12)
VEDTAK = uid(60)
SECRETARY = uid(61)


def appealed(subject: DecisionSubject = DecisionSubject.DWELLING, deadline: date | None = LAST_DAY) -> AppealedVedtak:
    return AppealedVedtak(
        id=VEDTAK, case=CASE, person=PERSON, subject=subject, issued_on=ISSUED, deadline=deadline, hard_stop=HARD_STOP
    )


def received(
    on: date = TODAY, *, subject: DecisionSubject = DecisionSubject.DWELLING, body: AppealBody = MUNICIPAL,
    deadline: date | None = LAST_DAY, **more: Any,
) -> Appeal:  # fmt: skip
    """An appeal that came in on that day."""
    fields: dict[str, Any] = {
        "number": 1, "vedtak": appealed(subject, deadline), "body": body, "received_on": on, "way_in": WayIn.LETTER,
        "by_representative": False, "grounds": sealed("vedtak.appeal_grounds"), "by": SAKSBEHANDLER, "at": AT,
    }  # fmt: skip
    return Appeal.receive(**{**fields, **more})


def late() -> Appeal:
    return received(LAST_DAY + timedelta(days=1))


def upheld(appeal: Appeal | None = None, *, copied: bool = True) -> Appeal:
    """The municipality keeps its vedtak, and the party has a copy of why."""
    appeal = appeal or received()
    appeal.uphold(statement=sealed("vedtak.appeal_statement"), by=SAKSBEHANDLER, at=AT)
    if copied:
        appeal.copy_statement(sent_on=TODAY, to_representative=False, by=SAKSBEHANDLER, at=AT)
    return appeal


def ready(appeal: Appeal | None = None) -> Appeal:
    """Nothing is missing before it can be sent to the municipality's body."""
    appeal = upheld(appeal)
    appeal.name_secretary(secretary=SECRETARY, took_part=(), by=SAKSBEHANDLER, at=AT)
    return appeal


def papers(*, pool: str | None = "a checksum", assessments: bool = False) -> SentPapers:
    vedtak = SentPaper(kind=SentPaperKind.VEDTAK, id=VEDTAK, version=3)
    return SentPapers(papers=(vedtak,), pool_checksum=pool, with_assessments=assessments)


def forward(appeal: Appeal, **changes: Any) -> None:
    fields: dict[str, Any] = {"forwarded_on": TODAY, "papers": papers(), "took_part": (), "by": SAKSBEHANDLER, "at": AT}
    appeal.forward(**{**fields, **changes})


def forwarded(appeal: Appeal | None = None) -> Appeal:
    appeal = ready(appeal)
    forward(appeal)
    return appeal


def decide(appeal: Appeal, outcome: AppealOutcome, told_on: date = TODAY) -> None:
    appeal.decide(
        outcome=outcome, decided_on=told_on, told_on=told_on, summary=sealed("vedtak.appeal_summary"),
        worse_within_months=3, dismissal_deadline=told_on + timedelta(weeks=3), by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip
