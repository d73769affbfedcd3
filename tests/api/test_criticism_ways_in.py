"""Criticism that real municipalities met, as whole journeys: what came in is never forgotten (LH2, LH4, M13)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.decisions.vedtak_rules import Outcome
from projections.due_rows import DUE_WORK, Task
from tests.api.decision_givens import Applied, applied, concluded, issued
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

FOUR_MONTHS_LATER = datetime(2027, 5, 12, 9, tzinfo=UTC)
THREE_WEEKS_LATER = datetime(2027, 2, 2, 9, tzinfo=UTC)


def waiting(office: Office, about: Applied) -> dict[tuple[str, str], dict[str, Any]]:
    """The deadlines of that case, by kind and part."""
    rows = office.saksbehandler.get("/deadlines?limit=100").json()["items"]
    return {(row["kind"], row["part"]): row for row in rows if row["case"] == about.case}


def warned_on(office: Office, about: Applied) -> list[datetime]:
    """When the saksbehandler is warned that an answer is soon due."""
    office.carry_forward()
    with office.installation.views.connect() as connection:
        rows = connection.execute(DUE_WORK.select().where(DUE_WORK.c.task == Task.WARN_OF_DEADLINE)).all()
    return [row.due_at for row in rows if str(row.subject) == about.application]


def close(office: Office, about: Applied) -> None:
    office.saksbehandler.do(f"/cases/{about.case}/closing", {"reason": "answered"})


def assert_stays_open(office: Office, about: Applied, *unanswered: str) -> None:
    """The case cannot be closed, and the refusal names what is missing."""
    path, body = f"/cases/{about.case}/closing", {"reason": "answered"}
    refused = assert_refused(office, office.saksbehandler, path, body, status=409, code="application_unanswered").json()
    assert set(unanswered) <= set(refused["codes"]), refused


def test_LH2_four_months_without_an_interim_reply_do_not_pass_unseen(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    (warned,) = warned_on(office, about)
    assert warned.date().isoformat() == "2027-02-07"

    office.set_clock(FOUR_MONTHS_LATER)

    rows = waiting(office, about)
    assert {key: row["due_on"] for key, row in rows.items()} == {
        ("interim_reply", ""): "2027-02-12",
        ("vedtak_outstanding", "dwelling"): "2027-02-12",
        ("vedtak_outstanding", "assistance"): "2027-02-12",
    }
    assert all(row["overdue"] for row in rows.values())
    assert_stays_open(office, about, "assistance", "dwelling")


def test_LH2_an_interim_reply_does_not_answer_the_application(office: Office) -> None:
    about = applied(office, "assistance")
    reply = {"reason": "waiting_for_information", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"/applications/{about.application}/interim-reply", reply)

    office.set_clock(FOUR_MONTHS_LATER)

    assert waiting(office, about)["vedtak_outstanding", "assistance"]["overdue"]
    assert_stays_open(office, about, "assistance")


def test_M13_a_refused_dwelling_leaves_the_application_for_help_waiting(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, dwelling=Outcome.REFUSE)

    issued(office, about, conclusion, "dwelling", "refuse")

    (application,) = office.saksbehandler.get(f"/cases/{about.case}").json()["applications"]
    assert (application["unanswered"], application["closed"]) == (["assistance"], False)
    assert ("vedtak_outstanding", "assistance") in waiting(office, about)
    assert_stays_open(office, about, "assistance")


def test_B08_the_help_that_a_conclusion_calls_for_is_listed_when_only_the_dwelling_was_decided(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    issued(office, about, concluded(office, about, dwelling=Outcome.REFUSE), "dwelling", "refuse")

    office.set_clock(THREE_WEEKS_LATER)

    assert waiting(office, about)["conclusion_without_vedtak", "assistance"]["overdue"]


@pytest.mark.parametrize("outcome", ["grant", "refuse"])
def test_M13_once_both_are_answered_the_case_can_be_closed(office: Office, outcome: str) -> None:
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, vanskeligstilt=outcome == "grant", dwelling=Outcome.REFUSE)
    issued(office, about, conclusion, "dwelling", "refuse")
    issued(office, about, conclusion, "assistance", outcome)

    close(office, about)

    assert office.saksbehandler.get(f"/cases/{about.case}").json()["closed"]


def test_LH5_what_is_another_municipalitys_is_not_dropped_but_sent_on(office: Office) -> None:
    about = applied(office, "assistance")
    settled = {"settled_in": "1103", "reasons": "Bosatt i Stavanger med integreringstilskudd."}
    office.saksbehandler.do(f"/cases/{about.case}/responsible-municipality", settled)
    assert_stays_open(office, about, "assistance")

    sent = {
        "to": "another_municipality", "name": "Stavanger kommune", "forwarded_on": "2027-01-12",
        "sender_told_on": "2027-01-12",
    }  # fmt: skip
    office.saksbehandler.do(f"/applications/{about.application}/forwarding", sent)

    close(office, about)
    assert waiting(office, about) == {}
