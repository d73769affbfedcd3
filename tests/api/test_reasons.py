"""Demands for reasons over HTTP: the time to appeal breaks off and begins anew (LK5, LW1)."""

from uuid import UUID

import pytest

from domain.decisions.appeal.appeal import Appeal
from tests.api.appeal_givens import (
    AFTER_TWO_WEEKS,
    LAST_DAY,
    TODAY,
    granted_assistance,
    received,
    told,
)
from tests.api.decision_givens import applied, concluded, issued, offered, vacancy, waiting
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

LATE = AFTER_TWO_WEEKS.replace(month=2, day=3)
DAY_AFTER = "2027-02-03"


def stored(office: Office, appeal: str) -> Appeal:
    return office.installation.case_log.load(Appeal, UUID(appeal))


def test_LK5_a_demand_for_reasons_breaks_the_time_to_appeal_off_and_it_begins_anew(office: Office) -> None:
    vedtak = granted_assistance(office)
    demand = office.saksbehandler.do(f"/vedtak/{vedtak}/reasons-demand", {"demanded_on": TODAY})
    assert (demand["period"], demand["appeal_deadline"]) == ("broken_off", None)
    kinds = {row["kind"]: row["due_on"] for row in office.saksbehandler.get("/deadlines").json()["items"]}
    assert "appeal" not in kinds
    assert kinds["reasons_demanded"] == LAST_DAY
    office.set_clock(LATE)
    body = {"reasons": "Vilkårene er oppfylt, og derfor.", "arrived_on": DAY_AFTER}
    given = office.saksbehandler.do(f"/reasons-demands/{demand['reasons_demand']}/reasons", body)
    assert (given["period"], given["appeal_deadline"]) == ("running", "2027-02-24")
    kinds = {row["kind"]: row["due_on"] for row in office.saksbehandler.get("/deadlines").json()["items"]}
    assert kinds["appeal"] == "2027-02-24"
    assert not stored(office, received(office, vedtak, DAY_AFTER)).late


def test_LK5_a_demand_comes_in_time_and_once(office: Office) -> None:
    vedtak = granted_assistance(office)
    path = f"/vedtak/{vedtak}/reasons-demand"
    office.set_clock(LATE)
    assert_refused(
        office, office.saksbehandler, path, {"demanded_on": DAY_AFTER}, status=409, code="reasons_demanded_too_late"
    )
    office.saksbehandler.do(path, {"demanded_on": LAST_DAY})
    assert_refused(office, office.saksbehandler, path, {"demanded_on": LAST_DAY}, status=409, code="reasons_demanded")


def test_LK5_no_demand_before_the_party_is_told(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    path = f"/vedtak/{vedtak}/reasons-demand"
    assert_refused(office, office.saksbehandler, path, {"demanded_on": "2027-01-12"}, status=409, code="not_told_yet")
    told(office, vedtak)
    office.saksbehandler.do(path, {"demanded_on": "2027-01-12"})


def test_LW1_a_candidate_gets_the_reasons_for_an_allocation_on_demand(office: Office) -> None:
    place = vacancy(office)
    offered(office, place)
    body = {"entry": place.entries[1], "told_on": "2027-01-12", "demanded_on": "2027-01-12"}
    demand = office.saksbehandler.do(f"/allocations/{place.allocation}/reasons-demand", body)["reasons_demand"]
    view = office.saksbehandler.get(f"/reasons-demands/{demand}").json()
    about = f"/allocations/{view['allocation']}/reasons?entry={view['entry']}"
    built_on = office.saksbehandler.get(about).json()
    assert (built_on["computed_place"], built_on["separated_by"]) == (2, "without_dwelling")
    reasons = {"reasons": "Boligen gikk til en som er uten bolig.", "arrived_on": "2027-01-12"}
    given = office.saksbehandler.do(f"/reasons-demands/{demand}/reasons", reasons)
    assert given["appeal_deadline"] == "2027-02-02"


def test_LW1_who_was_not_among_the_candidates_is_told_so(office: Office) -> None:
    place, (other, _) = vacancy(office), waiting(office)
    body = {"entry": other, "told_on": "2027-01-12", "demanded_on": "2027-01-12"}
    path = f"/allocations/{place.allocation}/reasons-demand"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="not_in_comparison")
