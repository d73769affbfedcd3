"""What the people table does not give anybody, tried one way after the other (M03, M04, M14, M15, M20, D4, R08)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.cases.case import Case
from services.core.pages import encode_cursor
from tests.api import decision_givens, givens
from tests.api.decision_givens import applied, dwelling, refused
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

SECRETS = ("Testveien 1", "prove@eksempel.invalid", "Prøve Vergesen")
KNOWN_TO_A_CASEWORKER = ("opened_by", "responsible", "consent", "pre_assessment", "without_group", "tenancy")


def submitted_by_number(office: Office, member: Caller) -> str:
    """A member submits somebody whose identity number they know, and who has applied already."""
    body = office.application(representative={"name": "Prøve Vergesen", "contact": "Testveien 2"})
    office.saksbehandler.do("/applications", body)
    person = {"name": "Prøve Eksempelsen", "identity_number": body["applicant"]["identity_number"]}
    return str(member.do("/submissions", {"person": person, "why": "Trenger hjelp."})["case"])


def with_a_task(office: Office) -> tuple[Caller, str, str]:
    """Somebody with one of the two tasks in a pre-assessed case: who, the case, the task."""
    nav, other = office.caller("nav"), office.caller("psykisk_helse")
    about = applied(office, "assistance")
    givens.pre_assessment(office, about.case)
    own, others = (decision_givens.a_task(office, about, assignee=who) for who in (nav, other))
    conclusion = decision_givens.concluded(office, about, tasks=(own, others))
    decision_givens.issued(office, about, conclusion, "assistance")
    return nav, about.case, str(own.id)


def test_M04_knowing_somebodys_number_gives_neither_their_address_nor_their_case(office: Office) -> None:
    member = office.caller("nav")
    case = submitted_by_number(office, member)
    response = member.get(f"/cases/{case}")
    assert not any(secret in response.text for secret in SECRETS)
    assert [response.json()[name] for name in KNOWN_TO_A_CASEWORKER] == [None] * len(KNOWN_TO_A_CASEWORKER)


def test_M04_the_list_tells_a_submitter_nothing_of_how_far_the_case_has_come(office: Office) -> None:
    member = office.caller("nav")
    case = submitted_by_number(office, member)
    (row,) = member.get("/cases").json()["items"]
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "case": case, "person": row["person"], "name": "Prøve Eksempelsen", "care_housing": False, "withheld": [],
    }  # fmt: skip


def test_M04_only_units_that_take_part_in_the_group_submit(office: Office) -> None:
    person = {"name": "Prøve Innmeldt"}
    stranger = office.caller("kultur")
    response = stranger.post("/submissions", {"person": person, "why": "Trenger hjelp."})
    assert refused(response) == (403, "not_in_the_group")


def test_M15_an_assignee_sees_the_main_content_of_the_vedtak_and_not_why(office: Office) -> None:
    nav, case, _ = with_a_task(office)
    shown = nav.get(f"/cases/{case}").json()
    assert (shown["applicant"]["name"], shown["applicant"]["email"]) == ("Prøve Eksempelsen", "prove@eksempel.invalid")
    (vedtak,) = shown["vedtak"]
    assert vedtak["main_content"] == "Råd om å leie bolig, og følge på visninger."
    assert vedtak["reasons"] is None
    assert shown["applicant"]["identity_number"] is None
    assert "vedtak.reasons" not in office.disclosures("Viewed")[-1].fields


def test_M15_a_task_opens_neither_the_pre_assessment_nor_the_consent(office: Office) -> None:
    nav, case, _ = with_a_task(office)
    response = nav.get(f"/cases/{case}")
    assert "Kartlagt." not in response.text
    assert response.json()["consent"] is None


def test_M15_a_task_opens_no_other_task_in_the_case(office: Office) -> None:
    nav, case, task = with_a_task(office)
    rows = nav.get(f"/follow-ups?whose=all&case={case}").json()["items"]
    assert [row["follow_up"] for row in rows] == [task]


def test_M15_a_leader_cannot_hand_a_task_out_of_the_unit_by_naming_the_unit(office: Office) -> None:
    _, _, task = with_a_task(office)
    leader, outsider = office.caller("nav", Role.LEADER), givens.employee(office, "kultur")
    response = leader.post(f"/follow-ups/{task}/assignee", {"assignee": outsider.id, "unit": "nav"})
    assert refused(response) == (409, "assignee_from_another_unit")
    assert outsider.get("/follow-ups").json()["items"] == []


def test_M15_a_task_is_handed_to_somebody_at_work_only(office: Office) -> None:
    _, _, task = with_a_task(office)
    response = office.saksbehandler.post(f"/follow-ups/{task}/assignee", {"assignee": str(uuid4()), "unit": "nav"})
    assert refused(response) == (404, "not_found")


def test_M20_an_extension_of_a_care_lease_stays_at_service_og_tildeling(office: Office) -> None:
    about = applied(office, "care_housing")
    lease = {**decision_givens.THREE_YEARS, **decision_givens.NOTICES}
    home = dwelling(office, care_housing=True)
    body = {"dwelling": home, "case": about.case, **lease}
    tenancy = office.saksbehandler.do("/tenancies/registration", body)["tenancy"]
    extension = applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})
    assert office.installation.case_log.load(Case, UUID(extension.case)).care_housing


def test_M19_nobody_applies_to_extend_somebody_elses_lease(office: Office) -> None:
    tenancy, _ = decision_givens.let(office)
    head = office.installation.case_log.head()
    response = office.saksbehandler.post("/applications", office.application(kinds=["extension"], tenancy=tenancy))
    assert refused(response) == (404, "not_found")
    assert office.installation.case_log.head() == head


def test_D4_a_stated_reason_stands_in_the_log_of_the_one_case_that_it_opens(office: Office) -> None:
    case = applied(office).case
    reviewer = office.caller("personvern", Role.REVIEWER)
    office.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER).get(f"/cases/{case}?reason=guidance")
    (row,) = reviewer.get("/access-log").json()["items"]
    assert (row["what"], row["purpose"]) == ("viewed", "guidance")


def stranger_is_told_the_same(office: Office, path: str, real: str, body: dict[str, Any] | None = None) -> None:
    """Somebody from Nav gets one answer whether the thing is there or not."""
    stranger = office.caller("nav")
    answers = [
        refused(stranger.post(path.format(id=id), body and {k: id if v is None else v for k, v in body.items()}))
        for id in (real, str(uuid4()))
    ]
    assert answers[0] == answers[1]


def test_D4_a_stranger_cannot_tell_an_allocation_by_signing_its_lease(office: Office) -> None:
    the = decision_givens.vacancy(office)
    lease = {**decision_givens.THREE_YEARS, **decision_givens.NOTICES, "allocation": None}
    stranger_is_told_the_same(office, "/tenancies", the.allocation, lease)


def test_D4_a_stranger_cannot_tell_a_review(office: Office) -> None:
    reviewer, case = office.caller("personvern", Role.REVIEWER), applied(office).case
    review = reviewer.do("/reviews", {"case": case, "ground": "sample"})["review"]
    stranger_is_told_the_same(office, "/reviews/{id}/closing", review)


def test_D4_a_stranger_cannot_tell_an_employee(office: Office) -> None:
    person = {"unit": "nav", "role": "employee", "name": "Ansatt Eksempelsen", "email": "a@eksempel.invalid"}
    stranger_is_told_the_same(office, "/employees", givens.employee(office, "nav").id, {**person, "employee": None})


def test_D4_a_stranger_cannot_tell_an_allocation_by_comparing(office: Office) -> None:
    home = decision_givens.vacant(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": home})["allocation"]
    stranger, entries = office.caller("nav"), f"a={uuid4()}&b={uuid4()}"
    answers = [stranger.get(f"/allocations/{id}/comparison?{entries}") for id in (allocation, uuid4())]
    assert refused(answers[0]) == refused(answers[1]) == (404, "not_found")


def test_D4_a_comparison_that_is_refused_stands_in_the_log(office: Office) -> None:
    the = decision_givens.vacancy(office)
    a, b = the.entries
    office.caller("nav").get(f"/allocations/{the.allocation}/comparison?a={a}&b={b}")
    assert office.disclosures("Refused")[-1].purpose == "comparison"


def test_R08_no_cursor_tells_whether_somebody_waits(office: Office) -> None:
    entry, _ = decision_givens.waiting(office)
    stranger = office.caller("nav")
    answers = [stranger.get(f"/waiting-list?cursor={cursor_at(id)}") for id in (entry, str(uuid4()))]
    assert refused(answers[0]) == refused(answers[1]) == (422, "invalid_cursor")


def cursor_at(entry: str) -> str:
    return encode_cursor((entry,))


def test_M14_what_the_group_said_of_all_is_read_by_who_sees_all(office: Office) -> None:
    the = decision_givens.vacancy(office)
    decision_givens.agreed(office, the)
    givens.register(office, office.saksbehandler)
    colleague = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    office.saksbehandler.do(f"/cases/{the.cases[1]}/responsibility", {"responsible": colleague.id})
    shown = office.saksbehandler.get(f"/allocations/{the.allocation}").json()
    assert [place.get("name") for place in shown["computed"]["places"]] == ["Prøve Eksempelsen", None]
    assert shown["agreed"]["reasons"] is None
    body = {"responsible": office.saksbehandler.id, "reason": "substituting"}
    office.saksbehandler.do(f"/cases/{the.cases[1]}/responsibility", body)
    whole = office.saksbehandler.get(f"/allocations/{the.allocation}").json()
    assert whole["agreed"]["reasons"] == "Den andre trenger boligen mest nå."


def test_C05_leafing_through_the_whole_access_log_is_a_look_too(office: Office) -> None:
    case = applied(office).case
    office.saksbehandler.get(f"/cases/{case}")
    reviewer = office.caller("personvern", Role.REVIEWER)
    reviewer.get("/access-log")
    looked = office.disclosures("ListViewed")[-1]
    assert (looked.view, looked.cases, str(looked.by.actor)) == ("access_log", (UUID(case),), reviewer.id)
