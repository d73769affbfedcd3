"""What others told of somebody whose case is decided without the group, over HTTP (LH6)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.decisions.hearing import Hearing, hearing_id
from domain.group.conclusion import Conclusion
from tests.api import givens
from tests.api.decision_givens import Applied, applied, drafted, refused
from tests.api.office import Office

FACTS = {"facts": "Nav opplyser at husleien ikke er betalt."}
BECAUSE = {"ground": "known_to_applicant", "because": "Søkeren fortalte det selv 12. januar."}


@pytest.fixture
def alone(office: Office, on_a_tuesday: None) -> tuple[Applied, str]:
    """An application that is decided without the group, and the draft of its vedtak."""
    about = applied(office, "dwelling")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "consent_missing"})
    return about, drafted(office, about, None, "dwelling", "refuse")


def issue(office: Office, vedtak: str, **body: Any) -> tuple[int, str]:
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/issue", body)
    return (200, "") if response.status_code == 200 else refused(response)


def test_LH6_nothing_is_issued_before_somebody_has_said_whether_others_told_anything(
    office: Office, alone: tuple[Applied, str]
) -> None:
    about, vedtak = alone
    assert issue(office, vedtak) == (409, "facts_not_settled")
    office.saksbehandler.do(f"/cases/{about.case}/facts/none")
    assert issue(office, vedtak) == (200, "")


def test_LH6_a_word_at_the_issue_is_recorded_as_what_it_says(office: Office, alone: tuple[Applied, str]) -> None:
    about, vedtak = alone
    assert issue(office, vedtak, facts_settled=True) == (200, "")
    events = office.installation.case_log.stream(hearing_id(UUID(about.case)))
    assert [type(event).__name__ for event in events] == ["Begun", "NothingToldRecorded", "ReliedOn"]


def test_LH6_a_word_at_the_issue_does_not_outweigh_what_is_put_to_the_applicant(
    office: Office, alone: tuple[Applied, str]
) -> None:
    about, vedtak = alone
    assert office.saksbehandler.do(f"/cases/{about.case}/facts", FACTS)["answer_by"] == "2027-01-26"
    givens.assert_refused(
        office, office.saksbehandler, f"/vedtak/{vedtak}/issue", {"facts_settled": True}, status=409,
        code="facts_were_told",
    )  # fmt: skip
    none = f"/cases/{about.case}/facts/none"
    givens.assert_refused(office, office.saksbehandler, none, status=409, code="facts_were_told")


def test_LH6_the_answer_lets_the_vedtak_be_issued(office: Office, alone: tuple[Applied, str]) -> None:
    about, vedtak = alone
    office.saksbehandler.do(f"/cases/{about.case}/facts", FACTS)
    assert issue(office, vedtak) == (409, "facts_not_settled")
    office.saksbehandler.do(f"/cases/{about.case}/facts/answer", {"answer": "Det er betalt nå."})
    assert issue(office, vedtak) == (200, "")


def test_LH6_silence_lets_the_vedtak_be_issued_after_the_last_day(office: Office, alone: tuple[Applied, str]) -> None:
    about, vedtak = alone
    office.saksbehandler.do(f"/cases/{about.case}/facts", FACTS)
    office.set_clock(office.installation.clock.now() + timedelta(days=14))
    assert issue(office, vedtak) == (409, "facts_not_settled")
    office.set_clock(office.installation.clock.now() + timedelta(days=1))
    assert issue(office, vedtak) == (200, "")


def test_LH6_an_exception_needs_its_ground_and_its_reason(office: Office, alone: tuple[Applied, str]) -> None:
    about, vedtak = alone
    path = f"/cases/{about.case}/facts/exception"
    assert office.saksbehandler.post(path, {"ground": "no_bearing"}).status_code == 422
    office.saksbehandler.do(path, BECAUSE)
    assert issue(office, vedtak) == (200, "")
    hearing = office.installation.case_log.load(Hearing, hearing_id(UUID(about.case)))
    assert hearing.heard.exception == "known_to_applicant"


def test_LH6_nothing_is_answered_that_was_not_put(office: Office, alone: tuple[Applied, str]) -> None:
    path = f"/cases/{alone[0].case}/facts/answer"
    givens.assert_refused(office, office.saksbehandler, path, {"answer": None}, status=409, code="wrong_state")


@pytest.mark.parametrize(
    ("path", "body"), [("", FACTS), ("/answer", {"answer": None}), ("/exception", BECAUSE), ("/none", None)]
)
def test_LH6_nobody_else_hears_the_applicant(
    office: Office, alone: tuple[Applied, str], path: str, body: dict[str, str] | None
) -> None:
    stranger, where = office.caller("nav"), f"/cases/{alone[0].case}/facts{path}"
    givens.assert_refused(office, stranger, where, body, status=404, code="not_found")


def test_LH6_the_time_to_answer_is_among_the_deadlines(office: Office, alone: tuple[Applied, str]) -> None:
    about, vedtak = alone
    office.saksbehandler.do(f"/cases/{about.case}/facts", FACTS)
    path = "/deadlines?kind=applicant_answer"
    assert [row["due_on"] for row in office.saksbehandler.get(path).json()["items"]] == ["2027-01-26"]
    office.saksbehandler.do(f"/cases/{about.case}/facts/exception", BECAUSE)
    assert office.saksbehandler.get(path).json()["items"] == []
    assert issue(office, vedtak) == (200, "")


def test_LH6_the_case_shows_what_was_put_and_answered_to_who_handles_it(
    office: Office, alone: tuple[Applied, str]
) -> None:
    about, _ = alone
    office.saksbehandler.do(f"/cases/{about.case}/facts", FACTS)
    office.saksbehandler.do(f"/cases/{about.case}/facts/answer", {"answer": "Det er betalt nå."})
    shown = office.saksbehandler.get(f"/cases/{about.case}").json()["hearing"]
    assert (shown["facts"], shown["answer"], shown["is_answered"]) == (FACTS["facts"], "Det er betalt nå.", True)


@pytest.mark.parametrize(
    ("reason", "settled"), [("factual_error", False), ("omission", False), ("conclusion_changed", True)]
)
def test_LH6_facts_that_reopened_minutes_bring_go_to_the_applicant_anew(
    office: Office, reason: str, settled: bool
) -> None:
    talk, answer = givens.concluded(office)
    minutes = f"/agenda-items/{talk.item}/minutes"
    office.saksbehandler.do(minutes, {"facts": "Bor hos venner.", "assessment": "Trenger hjelp."})
    office.saksbehandler.do(f"{minutes}/approval", {"revision": 1})
    assert givens.stored(office, Conclusion, answer["conclusion"]).heard.is_settled(talk_day(office))
    office.saksbehandler.do(f"{minutes}/reopening", {"revision": 1, "reason": reason})
    assert givens.stored(office, Conclusion, answer["conclusion"]).heard.is_settled(talk_day(office)) is settled
    if not settled:
        office.saksbehandler.do(f"/conclusions/{answer['conclusion']}/facts", FACTS)
        office.saksbehandler.do(f"/conclusions/{answer['conclusion']}/facts/answer", {"answer": None})
        assert givens.stored(office, Conclusion, answer["conclusion"]).heard.is_settled(talk_day(office))


def talk_day(office: Office) -> Any:
    return office.installation.clock.now().date()
