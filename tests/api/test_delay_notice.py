"""The further notice over HTTP, and the paragraph beside each deadline (LH3, LH9)."""

import pytest

from tests.api.decision_givens import applied
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

LATER = {"reason": "waiting_for_information", "expected_on": "2027-05-03"}


def promised(office: Office) -> str:
    """An application whose applicant was promised an answer by 1 March."""
    application = applied(office).application
    body = {"reason": "many_applications", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"/applications/{application}/interim-reply", body)
    return application


def test_LH3_the_further_notice_moves_the_day_that_is_watched(office: Office) -> None:
    application = promised(office)
    answer = office.saksbehandler.do(f"/applications/{application}/delay-notice", LATER)
    assert answer == {"application": application, "expected_on": "2027-05-03"}
    rows = office.saksbehandler.get("/deadlines?kind=delay_notice").json()["items"]
    assert [(row["subject"], row["due_on"]) for row in rows] == [(application, "2027-05-03")]


def test_LH3_without_an_interim_reply_no_promise_slips(office: Office) -> None:
    path = f"/applications/{applied(office).application}/delay-notice"
    assert_refused(office, office.saksbehandler, path, LATER, status=409, code="nothing_promised")


def test_LH3_the_new_day_is_later_than_the_promised_one(office: Office) -> None:
    path, body = f"/applications/{promised(office)}/delay-notice", {**LATER, "expected_on": "2027-03-01"}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="not_later_than_promised")


def test_LH2_LH3_a_reason_that_the_rulebook_does_not_have_is_refused_with_those_that_it_has(office: Office) -> None:
    application = promised(office)
    for letter in ("interim-reply", "delay-notice"):
        path, body = f"/applications/{application}/{letter}", {**LATER, "reason": "foo_bar"}
        refused = assert_refused(office, office.saksbehandler, path, body, status=422, code="unknown_code")
        assert "Det er sykdom hos oss" in refused.json()["detail"]
        assert "illness" in refused.json()["codes"]


def test_LH3_only_who_handles_the_case_tells_the_applicant(office: Office) -> None:
    path = f"/applications/{promised(office)}/delay-notice"
    assert_refused(office, office.caller("nav"), path, LATER, status=404, code="not_found")


def test_LH9_every_deadline_says_what_it_stands_on(office: Office) -> None:
    promised(office)
    rows = office.saksbehandler.get("/deadlines").json()["items"]
    grounds = {row["kind"]: row["ground"] for row in rows}
    assert grounds["delay_notice"] == "god forvaltningsskikk: nytt varsel når datoen ikke holder"
    assert grounds["vedtak_outstanding"].startswith("forvaltningsloven (1967) § 11 a")
