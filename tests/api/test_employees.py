"""The directory of employees over HTTP (M02)."""

from uuid import uuid4

from tests.api import givens
from tests.api.office import Office


def test_M02_nothing_opens_any_more_for_somebody_who_no_longer_works_here(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    nav = talk.group.nav
    assert nav.get(f"/cases/{talk.case}").status_code == 200

    office.saksbehandler.do(f"/employees/{nav.id}/leaving")

    response = nav.get(f"/cases/{talk.case}")
    assert (response.status_code, "applicant" in response.json()) == (404, False)
    assert len(office.disclosures("Refused")) == 1


def test_M02_an_employee_leaves_once(office: Office) -> None:
    gone = givens.employee(office, "nav")
    office.saksbehandler.do(f"/employees/{gone.id}/leaving")
    givens.assert_refused(
        office, office.saksbehandler, f"/employees/{gone.id}/leaving", None, status=409, code="employee_already_gone"
    )


def test_M02_only_who_keeps_the_directory_records_that_somebody_left(office: Office) -> None:
    colleague = givens.employee(office, "nav")
    for somebody in (colleague.id, str(uuid4())):
        response = colleague.post(f"/employees/{somebody}/leaving")
        assert (response.status_code, response.json()["type"]) == (403, "/problems/directory_not_yours")
