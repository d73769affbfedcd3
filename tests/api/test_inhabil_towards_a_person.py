"""Inhabil towards a person is inhabil in all of that person's cases, whenever they came and under which registration (LI1)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from domain.access.decision import Action, decide
from domain.actors import SERVICE_OG_TILDELING, Role
from services.log.access_facts import NOW, Moment
from tests.api import givens
from tests.api.decision_givens import a_task, applied, concluded, inhabil_in, issued, refused
from tests.api.office import Caller, Office, synthetic_identity_number

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


@dataclass(frozen=True)
class Two:
    """Two cases of one person; the second is a colleague's, who is inhabil in the first alone."""

    colleague: Caller
    first: str
    second: str
    number: str


def by_number(office: Office, by: Caller, number: str) -> str:
    """A case of whoever has that number."""
    applicant = {"name": "Prøve Eksempelsen", "identity_number": number, "email": "prove@eksempel.invalid"}
    return str(by.do("/applications", office.application(applicant=applicant))["case"])


@pytest.fixture
def two(office: Office) -> Two:
    colleague = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    number = synthetic_identity_number()
    first, second = (by_number(office, by, number) for by in (office.saksbehandler, colleague))
    inhabil_in(office, first, colleague)
    return Two(colleague, first, second, number)


def test_LI1_who_is_inhabil_in_one_case_neither_reads_nor_handles_another_of_the_person(
    office: Office, two: Two
) -> None:
    assert refused(two.colleague.get(f"/cases/{two.second}")) == (403, "not_allowed")
    assert office.disclosures("Refused")[-1].rules == ("LI1_inhabil",)
    response = two.colleague.post(f"/cases/{two.second}/consent/refusal")
    assert refused(response) == (403, "not_allowed")


def test_LI1_no_list_shows_who_is_inhabil_another_case_of_the_person(office: Office, two: Two) -> None:
    for query in ("", "?whose=all", "?whose=unassigned"):
        assert two.colleague.get(f"/cases{query}").json()["items"] == []


def test_LI1_what_comes_in_later_is_taken_in_and_waits_for_somebody_else(office: Office, two: Two) -> None:
    third = by_number(office, two.colleague, two.number)
    assert refused(two.colleague.get(f"/cases/{third}")) == (403, "not_allowed")
    rows = office.saksbehandler.get("/cases?whose=unassigned").json()["items"]
    assert [row["case"] for row in rows] == [third]


def test_LI1_nobody_makes_somebody_inhabil_responsible_for_another_case(office: Office, two: Two) -> None:
    third = by_number(office, office.saksbehandler, two.number)
    for body in ({"responsible": two.colleague.id}, {"responsible": two.colleague.id, "reason": "urgent"}):
        for by in (office.saksbehandler, two.colleague):
            response = by.post(f"/cases/{third}/responsibility", body)
            assert response.status_code == 403, response.text
    assert refused(office.saksbehandler.post(f"/cases/{third}/responsibility", body))[1] == "inhabil_for_it"


def test_LI1_who_is_inhabil_in_another_case_of_the_person_gets_no_task(office: Office, two: Two) -> None:
    nav = givens.employee(office, "nav")
    inhabil_in(office, two.second, nav)
    applicant = {"name": "Prøve Eksempelsen", "identity_number": two.number, "email": "prove@eksempel.invalid"}
    about = applied(office, "assistance", applicant=applicant)
    task = a_task(office, about, assignee=givens.employee(office, "nav"))
    issued(office, about, concluded(office, about, tasks=(task,)), "assistance")
    response = office.saksbehandler.post(f"/follow-ups/{task.id}/assignee", {"assignee": nav.id, "unit": "nav"})
    assert refused(response) == (403, "inhabil_for_it")


def test_LI1_two_registrations_of_one_person_are_one_person_also_when_that_is_found_afterwards(office: Office) -> None:
    colleague = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    number = synthetic_identity_number()
    by_telephone = office.application(applicant={"name": "Prøve Eksempelsen"}, way_in="telephone")
    called = str(colleague.do("/applications", by_telephone)["case"])
    inhabil_in(office, by_number(office, office.saksbehandler, number), colleague)
    assert colleague.get(f"/cases/{called}").status_code == 200
    colleague.do(f"/cases/{called}/identification", {"identity_number": number})
    assert refused(colleague.get(f"/cases/{called}")) == (403, "not_allowed")


def test_LI1_towards_one_person_is_not_towards_another(office: Office, two: Two) -> None:
    case = str(two.colleague.do("/applications", office.application())["case"])
    assert two.colleague.get(f"/cases/{case}").status_code == 200


def test_LI1_the_log_is_asked_anew_and_knows_declarations_of_the_past(office: Office, two: Two) -> None:
    office.installation.case_log.rebuild_access_facts()
    assert refused(two.colleague.get(f"/cases/{two.second}")) == (403, "not_allowed")


def test_LI1_as_it_was_before_the_declaration_the_other_case_was_open_to_her(office: Office) -> None:
    colleague = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    number = synthetic_identity_number()
    first, second = (by_number(office, by, number) for by in (office.saksbehandler, colleague))
    reader, before = office.installation.case_log.facts, office.installation.case_log.head()
    inhabil_in(office, first, colleague)
    then, now = (reader.of([UUID(second)], None, moment).facts[UUID(second)] for moment in (Moment(before), NOW))
    decisions = [decide(colleague.actor, Action.READ, facts, date(2027, 1, 12)) for facts in (then, now)]
    assert [decision.allowed for decision in decisions] == [True, False]
