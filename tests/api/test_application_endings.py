"""An application that is withdrawn or sent on leaves nothing hanging (LH4, LH5, M11, M13, M18)."""

from typing import Any
from uuid import UUID

import pytest

from domain.cases.application import Application
from domain.decisions.vedtak_rules import Outcome
from domain.group.agenda_item import AgendaItem, ItemState
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from tests.api.decision_givens import Applied, Vacancy, applied, by, concluded, drafted, issued, offered, vacant
from tests.api.givens import (
    FIRST_MEETING,
    assert_refused,
    called_group,
    case_ready_for_meeting,
    on_agenda,
    present,
    stored,
    tenancy_of,
    under_discussion,
)
from tests.api.office import Office
from tests.api.test_ways_in import deadlines, the_application

FORWARDED = {
    "to": "another_municipality", "name": "Nabo kommune", "forwarded_on": "2027-01-12", "sender_told_on": "2027-01-12"
}  # fmt: skip


def application_in(office: Office, case: str) -> str:
    (id,) = office.installation.case_log.applications_of(UUID(case))
    return str(id)


def state_of_item(office: Office, item: str) -> ItemState:
    found: AgendaItem = stored(office, AgendaItem, item)
    return found.state


def extension_applied_for(office: Office) -> tuple[str, Applied]:
    tenant = applied(office)
    tenancy = tenancy_of(office, tenant.case, tenant.person)
    applicant = {"name": "Prøve Eksempelsen"}
    return tenancy, applied(office, "extension", tenancy=tenancy, applicant=applicant)


@pytest.mark.usefixtures("on_a_tuesday")
def test_LH5_an_application_sent_on_whole_ends_its_deadlines(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    answer = office.saksbehandler.do(f"/applications/{about.application}/forwarding", FORWARDED)
    assert (answer["closed"], answer["left"]) == (True, [])
    assert deadlines(office, about.case) == set()
    assert set(the_application(office, about)["put_away"].values()) == {"forwarded"}


@pytest.mark.usefixtures("on_a_tuesday")
def test_LH5_a_part_is_sent_on_and_the_rest_waits_here(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    body = {**FORWARDED, "kinds": ["assistance"]}
    answer = office.saksbehandler.do(f"/applications/{about.application}/forwarding", body)
    assert answer["left"] == ["dwelling"]
    assert {kind for kind, _ in deadlines(office, about.case)} == {"interim_reply", "vedtak_outstanding"}
    again = f"/applications/{about.application}/forwarding"
    assert_refused(office, office.saksbehandler, again, body, status=409, code="not_waiting_for_answer")


@pytest.mark.usefixtures("on_a_tuesday")
@pytest.mark.parametrize("day", ["2027-01-13", "2027-01-01"])
@pytest.mark.parametrize("field", ["forwarded_on", "sender_told_on"])
def test_LH5_nothing_is_sent_on_or_told_before_it_came_or_in_the_future(office: Office, field: str, day: str) -> None:
    about = applied(office)
    path, body = f"/applications/{about.application}/forwarding", {**FORWARDED, field: day}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="forwarding_date_wrong")


@pytest.mark.usefixtures("on_a_tuesday")
def test_LH5_nothing_is_sent_on_without_telling_the_sender(office: Office) -> None:
    about = applied(office)
    untold = {key: value for key, value in FORWARDED.items() if key != "sender_told_on"}
    assert office.saksbehandler.post(f"/applications/{about.application}/forwarding", untold).status_code == 422


@pytest.mark.usefixtures("on_a_tuesday")
def test_M13_one_thing_is_withdrawn_and_the_other_still_waits(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    path = f"/applications/{about.application}/kinds/dwelling/withdrawal"
    assert office.saksbehandler.do(path)["left"] == ["assistance"]
    assert_refused(office, office.saksbehandler, path, status=409, code="not_waiting_for_answer")
    draft = {"application": about.application, "subject": "dwelling", "outcome": "refuse", "reasons": "Trukket."}
    assert_refused(office, office.saksbehandler, "/vedtak", draft, status=409, code="application_closed")


@pytest.mark.usefixtures("on_a_tuesday")
def test_M13_only_what_was_applied_for_is_withdrawn(office: Office) -> None:
    about = applied(office)
    path = f"/applications/{about.application}/kinds/assistance/withdrawal"
    assert_refused(office, office.saksbehandler, path, status=409, code="not_waiting_for_answer")
    assert office.saksbehandler.post(f"/applications/{about.application}/kinds/castle/withdrawal").status_code == 422


@pytest.mark.parametrize("way_out", ["withdrawal", "kinds/dwelling/withdrawal", "forwarding"])
def test_M11_an_application_that_is_gone_comes_off_the_agenda(office: Office, way_out: str) -> None:
    group = called_group(office)
    case = case_ready_for_meeting(office)
    item = on_agenda(office, group.meetings[0], case)
    today = str(office.installation.clock.now().date())
    body = {**FORWARDED, "forwarded_on": today, "sender_told_on": today} if way_out == "forwarding" else None
    office.saksbehandler.do(f"/applications/{application_in(office, case)}/{way_out}", body)
    assert state_of_item(office, item) is ItemState.REMOVED


def test_M11_a_talk_about_an_application_that_is_withdrawn_stops(office: Office) -> None:
    talk = under_discussion(office)
    office.saksbehandler.do(f"/applications/{application_in(office, talk.case)}/withdrawal")
    assert state_of_item(office, talk.item) is ItemState.REMOVED


def test_M11_what_is_withdrawn_does_not_come_on_an_agenda(office: Office) -> None:
    group = called_group(office)
    case = case_ready_for_meeting(office)
    office.saksbehandler.do(f"/applications/{application_in(office, case)}/withdrawal")
    body = {"matter": "new_case", "case": case}
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="nothing_to_decide")


def test_M11_what_was_withdrawn_at_the_same_moment_is_not_discussed(office: Office) -> None:
    group = called_group(office)
    case = case_ready_for_meeting(office)
    item = on_agenda(office, group.meetings[0], case)
    withdrawn_beside_the_item(office, application_in(office, case))
    office.set_clock(FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/opening")
    present(office, item, group.saksbehandler, group.nav)
    path = f"/agenda-items/{item}/discussion"
    assert_refused(office, office.saksbehandler, path, status=409, code="nothing_to_decide")


def withdrawn_beside_the_item(office: Office, id: str) -> None:
    """Withdrawn by a command that did not see the item, which was added at the same moment."""
    application = stored(office, Application, id)
    application.withdraw(by=by(office.saksbehandler), at=office.installation.clock.now())
    office.installation.case_log.append(application)


def test_LH4_a_duplicate_comes_off_the_agenda_and_its_case_can_be_closed(office: Office) -> None:
    group = called_group(office)
    case = case_ready_for_meeting(office)
    on_agenda(office, group.meetings[0], case)
    kept, double = applied_again(office, case)
    office.saksbehandler.do(f"/applications/{double}/duplicate", {"duplicate_of": kept})
    assert office.installation.case_log.items_of(UUID(case)) == ()
    office.saksbehandler.do(f"/cases/{case}/closing", {"reason": "duplicate"})


def test_LH4_a_member_in_the_room_sees_no_other_case(office: Office) -> None:
    group = called_group(office)
    case = case_ready_for_meeting(office)
    on_agenda(office, group.meetings[0], case)
    applied_again(office, case)
    path = f"/cases/{case}/possible-duplicates"
    assert len(office.saksbehandler.get(path).json()) == 1
    assert group.nav.get(path).json() == []


def applied_again(office: Office, case: str) -> tuple[str, str]:
    """The person of that case has applied once more; gives the new application and the one in the case."""
    applicant = office.saksbehandler.get(f"/cases/{case}").json()["applicant"]
    again = applied(office, applicant={key: applicant[key] for key in ("name", "identity_number")})
    return again.application, application_in(office, case)


@pytest.mark.usefixtures("on_a_tuesday")
def test_M18_a_withdrawn_extension_leaves_the_lease_free_for_another(office: Office) -> None:
    tenancy, about = extension_applied_for(office)
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    assert stored(office, Tenancy, tenancy).applied_for is None
    again = applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})
    assert str(stored(office, Tenancy, tenancy).applied_for) == again.application


@pytest.mark.usefixtures("on_a_tuesday")
def test_M12_who_withdraws_everything_leaves_the_waiting_list(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    issued(office, about, conclusion, "dwelling")
    assert office.saksbehandler.get("/waiting-list").json()["items"]
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    assert office.saksbehandler.get("/waiting-list").json()["items"] == []


@pytest.mark.usefixtures("on_a_tuesday")
def test_M14_an_offer_to_who_withdraws_everything_is_taken_back(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    entry = issued(office, about, concluded(office, about, dwelling=Outcome.GRANT), "dwelling")["waiting_list_entry"]
    home = vacant(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": home})["allocation"]
    office.carry_forward()
    office.saksbehandler.do(f"/allocations/{allocation}/computed-order")
    offered(office, Vacancy(home, allocation, (entry,), (about.case,)))
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    assert stored(office, Allocation, allocation).offer is None


@pytest.mark.usefixtures("on_a_tuesday")
def test_B08_a_conclusion_calls_for_no_vedtak_on_what_is_withdrawn(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    assert "conclusion_without_vedtak" in {kind for kind, _ in deadlines(office, about.case)}
    drafted(office, about, conclusion, "dwelling")
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    assert deadlines(office, about.case) == set()


@pytest.mark.usefixtures("on_a_tuesday")
@pytest.mark.parametrize(
    "way_out", ["withdrawal", "kinds/dwelling/withdrawal", "forwarding", "corrections", "duplicate"]
)
def test_D4_only_who_handles_the_case_changes_its_application(office: Office, way_out: str) -> None:
    about = applied(office)
    bodies: dict[str, Any] = {
        "forwarding": FORWARDED, "duplicate": {"duplicate_of": about.application},
        "corrections": {"corrects": 1, "part": "reason", "right": {"text": "Rett."}, "because": "Feil."},
    }  # fmt: skip
    path = f"/applications/{about.application}/{way_out}"
    assert_refused(office, office.caller("nav"), path, bodies.get(way_out), status=404, code="not_found")
