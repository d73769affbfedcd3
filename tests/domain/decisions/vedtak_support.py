"""Vedtak as the tests of their life begin with them: a complete draft, issued, notified."""

from collections.abc import Callable
from datetime import date

from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import (
    NotificationChannel,
    Vedtak,
)
from domain.decisions.vedtak_rules import (
    Outcome,
    WithoutGroupFacts,
)
from domain.law.rulebook import DecisionSubject
from tests.domain.decision_support import (
    APPLICATION,
    AT,
    BASIS,
    CASE,
    PERSON,
    SAKSBEHANDLER,
    TODAY,
    conclusion,
    content,
    uid,
)

ASSISTANCE, DWELLING = DecisionSubject.ASSISTANCE, DecisionSubject.DWELLING
GRANT, REFUSE = Outcome.GRANT, Outcome.REFUSE
APPEAL_BY = date(2027, 3, 3)
OPENED_ON = date(2027, 2, 12)
DISMISSED = WithoutGroupFacts(ground=WithoutGroupGround.FORMALLY_DISMISSED, facts_settled=True)

Change = Callable[[Vedtak], None]


def draft(subject: DecisionSubject = ASSISTANCE, outcome: Outcome = GRANT, **changes: object) -> Vedtak:
    given = {"ground": conclusion(), "content": content(subject, outcome), "basis": BASIS, "by": SAKSBEHANDLER}
    return Vedtak.draft(
        id=uid(50), case=CASE, application=APPLICATION, person=PERSON, subject=subject, outcome=outcome, at=AT,
        **(given | changes),  # type: ignore[arg-type]
    )  # fmt: skip


def issue(vedtak: Vedtak, **changes: object) -> Vedtak:
    given = {"ground": conclusion(), "by": SAKSBEHANDLER}
    vedtak.issue(issued_on=TODAY, at=AT, **(given | changes))  # type: ignore[arg-type]
    return vedtak


def notify(vedtak: Vedtak, channel: NotificationChannel = NotificationChannel.DIGITAL, **changes: object) -> Vedtak:
    given = {"notified_on": TODAY, "appeal_deadline": APPEAL_BY, "by": SAKSBEHANDLER}
    vedtak.notify(channel=channel, at=AT, **(given | changes))  # type: ignore[arg-type]
    return vedtak
