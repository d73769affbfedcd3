"""Agendas over HTTP."""

from uuid import UUID, uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, ItemState, Matter
from domain.housing.tenancy import Tenancy
from domain.refusals import NotAllowedError, NotFoundError
from tests.api import givens
from tests.api.office import Office


def test_M10_a_case_that_is_ready_goes_on_the_agenda_and_opens_to_those_called(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    with pytest.raises(NotFoundError):
        givens.may_read(office, group.nav, case)
    givens.on_agenda(office, group.meetings[0], case)
    assert givens.may_read(office, group.nav, case).rules == ("M09_called_to_item_within_consent",)


def test_M09_a_case_without_consent_does_not_go_on_the_agenda(office: Office) -> None:
    group = givens.called_group(office)
    case = office.saksbehandler.do("/applications", office.application())["case"]
    givens.pre_assessment(office, case)
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": case}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="consent_missing")


def test_M10_a_new_case_without_pre_assessment_does_not_go_on_the_agenda(office: Office) -> None:
    group = givens.called_group(office)
    case = office.saksbehandler.do("/applications", office.application())["case"]
    givens.consent(office, case)
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": case}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="pre_assessment_missing")


def test_M20_care_housing_never_reaches_an_agenda(office: Office) -> None:
    group = givens.called_group(office)
    case = office.saksbehandler.do("/applications", office.application(kinds=["care_housing"]))["case"]
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": case}
    givens.assert_refused(office, office.saksbehandler, path, body, status=403, code="care_housing_on_agenda")


def test_M20_the_group_is_not_told_that_a_care_housing_case_exists(office: Office) -> None:
    group = givens.called_group(office)
    case = office.saksbehandler.do("/applications", office.application(kinds=["care_housing"]))["case"]
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": case}
    givens.assert_refused(office, group.nav, path, body, status=404, code="not_found")
    assert len(office.disclosures("Refused")) == 1


def test_D4_a_colleagues_case_is_not_put_on_the_agenda(office: Office) -> None:
    group = givens.called_group(office)
    colleague = office.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": givens.case_ready_for_meeting(office)}
    givens.assert_refused(office, colleague, path, body, status=403, code="not_allowed")
    assert len(office.disclosures("Refused")) == 1


def test_M18_the_same_matter_stands_on_one_agenda_at_a_time(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    givens.on_agenda(office, group.meetings[0], case)
    path = f"/meetings/{group.meetings[1]}/agenda-items"
    body = {"matter": "submitted", "case": case}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="already_on_agenda")


def test_M11_what_a_meeting_has_decided_is_not_taken_up_at_it_again(office: Office) -> None:
    talk, _ = givens.concluded(office)
    body = {"matter": "submitted", "case": talk.case}
    path = f"/meetings/{talk.meeting}/agenda-items"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="already_on_agenda")
    office.saksbehandler.do(f"/meetings/{talk.group.meetings[1]}/agenda-items", body)


def test_M11_an_item_is_decided_once(office: Office) -> None:
    talk, _ = givens.concluded(office)
    path, body = f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk)
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="wrong_state")


def test_M18_a_lease_that_the_rule_has_put_on_an_agenda_is_not_put_on_another(office: Office) -> None:
    group = givens.called_group(office)
    about = office.saksbehandler.do("/applications", office.application())
    tenancy: Tenancy = givens.stored(office, Tenancy, givens.tenancy_of(office, about["case"], about["person"]))
    by, at = givens.by(office.saksbehandler), givens.BEFORE
    lease_case = lease_case_id(tenancy.id, tenancy.ends_on)
    case = Case.open(
        id=lease_case, person=tenancy.person, opened_by=OpenedBy.LEASE_ENDING, tenancy=tenancy.id, by=by, at=at
    )
    by_rule = AgendaItem.add(
        id=uuid4(), meeting=UUID(group.meetings[0]), meeting_date=givens.FIRST_MEETING.date(),
        matter=Matter.LEASE_ENDING, added_by=AddedBy.RULE, case=CaseFacts(lease_case, tenancy.person, False),
        tenancy=tenancy.id, by=by, at=at,
    )  # fmt: skip
    office.installation.case_log.append(case, by_rule)
    body = {"matter": "lease_ending", "case": about["case"], "tenancy": str(tenancy.id)}
    path = f"/meetings/{group.meetings[1]}/agenda-items"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="already_on_agenda")


def test_B04_a_guest_reads_what_the_item_needs_and_not_the_case(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    item, case = guest.get(f"/agenda-items/{talk.item}").json(), guest.get(f"/cases/{talk.case}").json()
    assert item["name"] == "Prøve Eksempelsen"
    assert item["pre_assessment"]["texts"] == {"housing": "Kartlagt.", "economy": None, "follow_up": "Kartlagt."}
    assert case["applicant"]["name"] == "Prøve Eksempelsen"
    assert (case["applicant"]["address"], case["applicant"]["phone"]) == (None, None)
    assert (case["applications"], case["pre_assessment"], case["conclusions"]) == ([], None, [])


def test_LI3_a_substitute_reads_the_item_within_the_consent_until_the_minutes_are_approved(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    substitute = givens.employee(office, "nav")
    body = {"person": talk.group.nav.id, "ground": "family", "substitute": substitute.id}
    office.saksbehandler.do(f"/agenda-items/{talk.item}/inhabil", body)
    assert substitute.get(f"/agenda-items/{talk.item}").json()["name"] == "Prøve Eksempelsen"
    assert substitute.get(f"/cases/{talk.case}").json()["applications"] == []
    rows = substitute.get(f"/meetings/{talk.meeting}/agenda").json()["items"]
    assert [row["item"] for row in rows] == [talk.item]


def test_M05_nothing_is_put_on_a_meeting_that_has_been(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    office.set_clock(givens.FIRST_MEETING.replace(day=20))
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "new_case", "case": case}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="meeting_over")


def test_M18_an_expiring_lease_without_consent_goes_on_for_service_og_tildeling_alone(office: Office) -> None:
    group = givens.called_group(office)
    application = office.saksbehandler.do("/applications", office.application())
    tenancy = givens.tenancy_of(office, application["case"], application["person"])
    body = {"matter": "lease_ending", "case": application["case"], "tenancy": tenancy}
    answer = office.saksbehandler.do(f"/meetings/{group.meetings[0]}/agenda-items", body)
    assert answer["restricted"] is True
    with pytest.raises(NotFoundError):
        givens.may_read(office, group.nav, application["case"])


def test_M18_consent_opens_the_expiring_lease_to_the_group(office: Office) -> None:
    group = givens.called_group(office)
    application = office.saksbehandler.do("/applications", office.application())
    tenancy = givens.tenancy_of(office, application["case"], application["person"])
    item = givens.on_agenda(office, group.meetings[0], application["case"], "lease_ending", tenancy=tenancy)
    path = f"/agenda-items/{item}/restriction/lifting"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="consent_missing")
    givens.consent(office, application["case"])
    office.saksbehandler.do(path)
    assert givens.may_read(office, group.nav, application["case"]).decision.allowed


def test_M07_somebody_elses_tenancy_is_not_drawn_into_the_case(office: Office) -> None:
    group = givens.called_group(office)
    one, other = (office.saksbehandler.do("/applications", office.application()) for _ in range(2))
    tenancy = givens.tenancy_of(office, other["case"], other["person"])
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "lease_ending", "case": one["case"], "tenancy": tenancy}
    givens.assert_refused(office, office.saksbehandler, path, body, status=404, code="not_found")


def test_M14_a_vacancy_goes_on_the_agenda_without_a_case(office: Office) -> None:
    group = givens.called_group(office)
    allocation = givens.vacancy_among(office)
    path = f"/meetings/{group.meetings[0]}/agenda-items"
    body = {"matter": "vacancy", "allocation": allocation}
    givens.assert_refused(office, group.nav, path, body, status=403, code="saksbehandler_only")
    item = office.saksbehandler.do(path, body)["item"]
    assert office.installation.case_log.items_at(UUID(group.meetings[0])) == (UUID(item),)


def test_M03_a_guest_sees_the_item_until_its_minutes_are_approved(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    assert givens.may_read(office, guest, talk.case).rules == ("M03_guest_of_item_until_minutes_approved",)
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav, guest)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion/closing")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk))
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", {"facts": "Bor hos venner.", "assessment": "Haster."})
    assert givens.may_read(office, guest, talk.case).decision.allowed
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes/approval", {"revision": 1})
    with pytest.raises(NotAllowedError, match="M03_minutes_approved"):
        givens.may_read(office, guest, talk.case)


def test_M03_a_task_does_not_bring_a_guest_back_to_the_item(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav, guest)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion/closing")
    task = {"assignee": guest.id, "due_on": "2027-03-01", "what": "Besøker søkeren.", "vedtak_track": None}
    conclusion = givens.conclusion_body(talk, tasks=[task])
    office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", conclusion)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", {"facts": "Bor hos venner.", "assessment": "Haster."})
    assert guest.get(f"/agenda-items/{talk.item}").status_code == 200
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes/approval", {"revision": 1})
    assert guest.get(f"/agenda-items/{talk.item}").status_code == 404
    assert guest.get(f"/meetings/{talk.meeting}/agenda").json()["items"] == []
    assert len(guest.get("/follow-ups").json()["items"]) == 1


def test_M03_a_guest_does_not_see_the_rest_of_the_agenda(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    other = givens.case_ready_for_meeting(office)
    givens.on_agenda(office, talk.meeting, other)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    with pytest.raises(NotFoundError):
        givens.may_read(office, guest, other)


def test_M09_a_guest_is_not_invited_outside_the_consent(office: Office) -> None:
    talk = givens.item_at_open_meeting(office, "nav")
    guest = givens.employee(office, "botjenesten")
    path = f"/agenda-items/{talk.item}/guests"
    givens.assert_refused(office, office.saksbehandler, path, {"guest": guest.id}, status=409, code="consent_missing")


def test_M03_an_invitation_can_be_taken_back(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests/{guest.id}/withdrawal")
    with pytest.raises(NotFoundError):
        givens.may_read(office, guest, talk.case)


def test_M18_a_postponed_item_stands_on_the_other_agenda_at_once(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    answer = office.saksbehandler.do(f"/agenda-items/{talk.item}/postponement", {"to_meeting": talk.group.meetings[1]})
    assert office.installation.case_log.items_of(UUID(talk.case)) == (UUID(answer["becomes"]),)
    assert givens.stored(office, AgendaItem, talk.item).state is ItemState.POSTPONED


def test_M18_an_item_is_not_postponed_to_a_meeting_that_is_not_there(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/postponement"
    body = {"to_meeting": str(uuid4())}
    givens.assert_refused(office, office.saksbehandler, path, body, status=404, code="not_found")


def test_M18_an_expiring_lease_does_not_slip_off_the_agenda(office: Office) -> None:
    group = givens.called_group(office)
    application = office.saksbehandler.do("/applications", office.application())
    tenancy = givens.tenancy_of(office, application["case"], application["person"])
    item = givens.on_agenda(office, group.meetings[0], application["case"], "lease_ending", tenancy=tenancy)
    path = f"/agenda-items/{item}/removal"
    body = {"reason": "decided_without_group"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="lease_must_not_slip")


def test_M04_an_item_that_is_taken_off_can_be_put_on_again(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    item = givens.on_agenda(office, group.meetings[0], case)
    office.saksbehandler.do(f"/agenda-items/{item}/position", {"position": 3})
    office.saksbehandler.do(f"/agenda-items/{item}/removal", {"reason": "duplicate"})
    assert givens.on_agenda(office, group.meetings[0], case) != item


def test_D4_an_item_of_a_case_one_has_no_part_in_does_not_exist(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    stranger = office.caller("nav")
    for path in (f"/agenda-items/{talk.item}/position", f"/agenda-items/{uuid4()}/position"):
        givens.assert_refused(office, stranger, path, {"position": 1}, status=404, code="not_found")
    assert len(office.disclosures("Refused")) == 1
