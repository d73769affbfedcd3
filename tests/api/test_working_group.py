"""The group over HTTP."""

import pytest

from domain.group.working_group import WORKING_GROUP_ID, WorkingGroup
from domain.refusals import NotAllowedError
from tests.api import givens
from tests.api.office import Office


def group_of(office: Office) -> WorkingGroup:
    return office.installation.case_log.load(WorkingGroup, WORKING_GROUP_ID)


def test_M02_the_first_appointment_begins_the_group_with_the_rulebooks_units(office: Office) -> None:
    nav = givens.employee(office, "nav")
    answer = office.saksbehandler.do("/working-group/members", {"member": nav.id, "valid_from": "2026-12-01"})
    assert answer == {"member": nav.id, "unit": "nav"}
    assert group_of(office).permanent_units == ("service_og_tildeling", "psykisk_helse", "nav", "tekniske_tjenester")
    assert group_of(office).on_demand_units == ("integreringstjenesten", "botjenesten")


def test_M02_a_unit_may_have_two_members(office: Office) -> None:
    for _ in range(2):
        nav = givens.employee(office, "nav")
        office.saksbehandler.do("/working-group/members", {"member": nav.id, "valid_from": "2026-12-01"})
    assert [a.unit for a in group_of(office).appointments] == ["nav", "nav"]


def test_M02_nobody_from_a_unit_outside_the_group_is_appointed(office: Office) -> None:
    stranger = givens.employee(office, "hjemmetjenesten")
    body = {"member": stranger.id, "valid_from": "2026-12-01"}
    givens.assert_refused(
        office, office.saksbehandler, "/working-group/members", body, status=409, code="unit_not_in_group"
    )


def test_M02_somebody_who_is_not_in_the_directory_is_not_appointed(office: Office) -> None:
    body = {"member": givens.unregistered(office).id, "valid_from": "2026-12-01"}
    givens.assert_refused(office, office.saksbehandler, "/working-group/members", body, status=404, code="not_found")


def test_M02_only_the_saksbehandler_appoints(office: Office) -> None:
    nav = givens.employee(office, "nav")
    body = {"member": nav.id, "valid_from": "2026-12-01"}
    givens.assert_refused(office, nav, "/working-group/members", body, status=403, code="saksbehandler_only")


def test_M02_a_substitute_comes_from_the_members_unit(office: Office) -> None:
    group = givens.appointed_group(office)
    substitute = givens.employee(office, "nav")
    body = {
        "substitute": substitute.id,
        "for_member": group.nav.id,
        "valid_from": "2027-01-01",
        "valid_to": "2027-01-31",
    }
    assert office.saksbehandler.do("/working-group/substitutes", body)["unit"] == "nav"
    other = givens.employee(office, "psykisk_helse")
    body = {**body, "substitute": other.id}
    givens.assert_refused(
        office, office.saksbehandler, "/working-group/substitutes", body, status=409, code="not_a_member"
    )


def test_M02_a_released_member_reads_no_longer(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    assert givens.may_read(office, talk.group.nav, talk.case).decision.allowed
    office.saksbehandler.do(f"/working-group/members/{talk.group.nav.id}/release", {"out_from": "2027-01-12"})
    with pytest.raises(NotAllowedError, match="M02_not_a_member_on_this_date"):
        givens.may_read(office, talk.group.nav, talk.case)
    assert len(office.disclosures("Refused")) == 1
