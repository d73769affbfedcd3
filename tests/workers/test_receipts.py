"""To whom the receipt of an application goes (LH1, LH7)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.cases.application import Submitter, SubmitterRelation
from domain.delivery import Delivery, PostReason
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from domain.people.representation import RepresentativeKind
from tests.workers.workplace import Workplace


def represented(at_work: Workplace, *scope: DecisionSubject, days: int = 30) -> Person:
    """Somebody with a fullmektig for `scope` and so many days."""
    person, today = at_work.person(), oslo_date(at_work.now)
    sealed = at_work.office.vault.seal_many(
        person.id, None, {"identity.representative": "Fullmektig Prøvesen", "contact.representative": "Testveien 2"}
    )
    person.authorise_representative(
        authority=uuid4(), kind=RepresentativeKind.FULLMAKT, name=sealed["identity.representative"],
        contact=sealed["contact.representative"], scope=scope, valid_from=today - timedelta(days=60),
        valid_to=today + timedelta(days=days), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    return person


def test_LH7_the_receipt_goes_to_who_has_fullmakt_for_what_is_applied_for(at_work: Workplace) -> None:
    at_work.application(person=represented(at_work, DecisionSubject.DWELLING))

    at_work.work()

    (by_hand,) = at_work.events(Delivery.ToBePosted)
    assert by_hand.reason is PostReason.HAS_REPRESENTATIVE


@pytest.mark.parametrize(
    ("scope", "days"),
    [(DecisionSubject.ASSISTANCE, 30), (DecisionSubject.DWELLING, -1)],
    ids=["another matter", "expired"],
)
def test_LH7_a_fullmakt_that_does_not_reach_this_leaves_the_receipt_with_the_applicant(
    at_work: Workplace, scope: DecisionSubject, days: int
) -> None:
    person = represented(at_work, scope, days=days)
    at_work.application(person=person)

    at_work.work()

    assert len(at_work.mail_to(person.id)) == 1


def test_LH7_who_asks_without_fullmakt_gets_no_receipt(at_work: Workplace) -> None:
    person = at_work.person()
    application = at_work.application(person=person)
    name = at_work.office.vault.seal(person.id, application.case, "identity.submitter", "Prøve Slektningsen")
    submitter = Submitter(SubmitterRelation.RELATIVE, name)
    application.made_on_behalf(submitter=submitter, by=at_work.by, at=at_work.now)
    at_work.save(application)

    at_work.work()

    assert len(at_work.mail_to(person.id)) == len(at_work.mailbox.messages) == 1
