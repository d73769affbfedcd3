"""The replay over HTTP (B01, C05, R12)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.actors import Role
from domain.law.deadlines import oslo_date
from tests.api import givens
from tests.api.decision_givens import applied, refused
from tests.api.office import Caller, Office
from tests.feeds import feeds_running

NAME = "Prøve Eksempelsen"


@pytest.fixture
def feeds(office: Office) -> Iterator[None]:
    with feeds_running(office.installation):
        yield


def now(office: Office) -> str:
    return office.installation.clock.now().isoformat().replace("+00:00", "Z")


def ask(caller: Caller, case: str, at: str) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {caller.token}"}
    response = caller.office.client.get(f"/api/v1/cases/{case}/replay", params={"at": at}, headers=headers)
    return response.status_code, response.json()


@pytest.fixture
def reviewer(office: Office) -> Caller:
    return office.caller("personvernombud", Role.REVIEWER)


def test_C05_what_a_case_said_opens_with_a_review_and_closes_with_it(
    office: Office, reviewer: Caller, feeds: None
) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    status, before = ask(reviewer, case, now(office))
    review = reviewer.do("/reviews", {"case": case, "ground": "sample"})["review"]
    _, during = ask(reviewer, case, now(office))
    reviewer.do(f"/reviews/{review}/closing")
    _, after = ask(reviewer, case, now(office))

    assert status == 200
    assert before["content"] is None
    assert after["content"] is None
    assert NAME in str(during["content"])
    assert office.application()["reason"] in str(during["content"])
    assert {line["purpose"] for line in during["did_see"]} == {"access_log"}


def test_C05_the_saksbehandler_is_told_that_it_is_for_reviewers_and_others_that_there_is_nothing(
    office: Office, feeds: None
) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    assert ask(office.saksbehandler, case, now(office))[0] == 403
    assert ask(office.caller("nav"), case, now(office))[0] == 404
    assert ask(office.caller("nav"), str(uuid4()), now(office))[0] == 404
    assert len(office.disclosures("Refused")) == 3


@pytest.mark.parametrize(
    "at",
    ["", "yesterday", "2027-01-12", "2027-01-12T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
     "2199-01-01T00:00:00Z", "\x00"],
)  # fmt: skip
def test_R12_a_moment_that_is_none_is_refused_and_says_what_is_wrong(office: Office, reviewer: Caller, at: str) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    status, problem = ask(reviewer, case, at)

    assert status == 422
    assert problem["next_step"]
    assert office.disclosures("Viewed") == []


def test_R10_a_view_that_lags_is_said_to_lag_and_not_shown_half(office: Office, reviewer: Caller) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]

    status, problem = ask(reviewer, case, now(office))

    assert (status, problem["type"]) == (503, "/problems/views_behind")


def test_B01_of_each_seat_it_is_told_what_was_open_to_it(office: Office, reviewer: Caller, feeds: None) -> None:
    talk = givens.item_at_open_meeting(office, "psykisk_helse", "nav")
    member = talk.group.nav
    office.saksbehandler.do(f"/employees/{member.id}/seats", {"unit": "psykisk_helse", "role": "employee"})

    _, told = ask(reviewer, talk.case, now(office))

    could = {(one["employee"], one["unit"]) for one in told["could_see"]}
    assert (member.id, "nav") in could
    assert (member.id, "psykisk_helse") not in could


def test_C05_a_review_of_care_housing_opens_nothing_before_a_second_person_has_confirmed_it(office: Office) -> None:
    about = applied(office, "care_housing")
    reviewer, other = (office.caller("personvernombud", Role.REVIEWER) for _ in range(2))
    opened = reviewer.do("/reviews", {"case": about.case, "ground": "complaint"})
    assert opened["needs_second_person"] is True
    assert reviewer.get(f"/cases/{about.case}").status_code == 404
    response = reviewer.post(f"/reviews/{opened['review']}/confirmation")
    assert refused(response) == (403, "second_person")
    other.do(f"/reviews/{opened['review']}/confirmation")
    assert reviewer.get(f"/cases/{about.case}").status_code == 200
    assert other.get(f"/cases/{about.case}").status_code == 404


def test_C05_a_review_ends_on_its_last_day(office: Office) -> None:
    about, today = applied(office), oslo_date(office.installation.clock.now())
    reviewer = office.caller("personvernombud", Role.REVIEWER)
    reviewer.do("/reviews", {"case": about.case, "ground": "sample", "ends_on": str(today)})
    assert reviewer.get(f"/cases/{about.case}").status_code == 200
    office.set_clock(office.installation.clock.now() + timedelta(days=2))
    assert reviewer.get(f"/cases/{about.case}").status_code == 404
