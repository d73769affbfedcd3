"""A digital vedtak that is not opened in a week is noticed again, once, and no deadline moves (LD5, LK3)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import NotificationChannel, Vedtak
from domain.decisions.vedtak_rules import Outcome, VedtakContent, WithoutGroupFacts, legal_basis
from domain.delivery import Delivery, PostReason
from domain.law.rulebook import DecisionSubject
from projections.due_rows import RowState, Task
from tests.workers.workplace import Workplace

TOLD_ON = date(2027, 1, 4)
A_WEEK_LATER = TOLD_ON + timedelta(days=7)
APPEAL_BY = date(2027, 1, 25)


def notified(
    at_work: Workplace, channel: NotificationChannel = NotificationChannel.DIGITAL, *, email: bool = True
) -> Vedtak:
    """A vedtak the party was told of on 4 January."""
    person = at_work.person(email=email)
    case = at_work.case(person=person)
    reasons = at_work.office.vault.seal(person.id, case.id, "vedtak.reasons", "Vilkårene er ikke oppfylt.")
    facts = at_work.office.vault.seal(person.id, case.id, "vedtak.facts", "Søkeren har bolig.")
    ground = WithoutGroupFacts(ground=WithoutGroupGround.URGENT, facts_settled=True)
    subject, at, by = DecisionSubject.DWELLING, at_work.now, at_work.by
    vedtak = Vedtak.draft(
        id=uuid4(), case=case.id, application=uuid4(), person=person.id, subject=subject, outcome=Outcome.REFUSE,
        ground=ground, content=VedtakContent(reasons=reasons, facts=facts),
        basis=legal_basis(at_work.office.rulebooks.on(TOLD_ON), subject), by=by, at=at,
    )  # fmt: skip
    vedtak.issue(issued_on=TOLD_ON, ground=ground, by=by, at=at)
    vedtak.notify(notified_on=TOLD_ON, channel=channel, appeal_deadline=APPEAL_BY, by=by, at=at)
    at_work.save(vedtak)
    at_work.work()
    return vedtak


def opened(at_work: Workplace, vedtak: Vedtak) -> None:
    vedtak.open_by_party(opened_on=TOLD_ON, by=at_work.by, at=at_work.now)
    at_work.save(vedtak)


def test_LD5_what_is_not_opened_in_a_week_is_noticed_again_the_day_after(at_work: Workplace) -> None:
    vedtak = notified(at_work)
    at_work.on(A_WEEK_LATER)
    assert at_work.mail_to(vedtak.person) == []
    at_work.on(A_WEEK_LATER + timedelta(days=1))
    (notice,) = at_work.mail_to(vedtak.person)
    assert "ikke har åpnet" in str(notice.mail["Subject"])
    assert vedtak.id.hex[:8] in str(notice.mail.get_content())


def test_LK3_the_second_notice_leaves_the_time_to_appeal_and_comes_once(at_work: Workplace) -> None:
    vedtak = notified(at_work)
    for days in (8, 9, 20):
        at_work.on(TOLD_ON + timedelta(days=days))
    assert len(at_work.mail_to(vedtak.person)) == 1
    stored = at_work.office.case_log.load(Vedtak, vedtak.id)
    assert (stored.appeal_deadline, stored.notified_again_on) == (APPEAL_BY, TOLD_ON + timedelta(days=8))


def test_LD5_what_is_opened_is_not_noticed_again(at_work: Workplace) -> None:
    vedtak = notified(at_work)
    opened(at_work, vedtak)
    at_work.on(A_WEEK_LATER + timedelta(days=1))
    assert at_work.mail_to(vedtak.person) == []
    assert at_work.states_of(Task.NOTIFY_AGAIN) == [RowState.CANCELLED]


@pytest.mark.parametrize("channel", [NotificationChannel.POST, NotificationChannel.IN_PERSON])
def test_LD5_a_letter_by_post_is_not_noticed_again(at_work: Workplace, channel: NotificationChannel) -> None:
    notified(at_work, channel)
    at_work.on(A_WEEK_LATER + timedelta(days=1))
    assert at_work.states_of(Task.NOTIFY_AGAIN) == []


def test_LD5_where_there_is_no_address_somebody_posts_the_second_notice(at_work: Workplace) -> None:
    notified(at_work, email=False)
    at_work.on(A_WEEK_LATER + timedelta(days=1))
    assert PostReason.NO_EMAIL in [event.reason for event in at_work.events(Delivery.ToBePosted)]
