"""Emergency access over HTTP: one case, for some days, for a written reason (D4)."""

from datetime import timedelta

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from tests.api import givens
from tests.api.decision_givens import A_TUESDAY, applied, inhabil_in, refused
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

REASON = "Søkeren står uten tak over hodet, og saksbehandleren er ikke å få tak i."
BODY = {"last_day": "2027-01-13", "reason": REASON}


def leader_of(office: Office) -> Caller:
    return givens.employee(office, SERVICE_OG_TILDELING, Role.LEADER)


@pytest.mark.parametrize("kind", ["dwelling", "care_housing"])
def test_D4_the_units_leader_reads_one_case_until_the_last_day(office: Office, kind: str) -> None:
    case, other, leader = applied(office, kind).case, applied(office, kind).case, leader_of(office)
    assert refused(leader.get(f"/cases/{case}")) == (404, "not_found")
    leader.do(f"/cases/{case}/emergency-access", BODY)
    assert leader.get(f"/cases/{case}").status_code == 200
    assert refused(leader.get(f"/cases/{other}")) == (404, "not_found")
    office.set_clock(A_TUESDAY + timedelta(days=2))
    assert refused(leader.get(f"/cases/{case}")) == (404, "not_found")


def test_D4_the_ground_and_the_look_are_in_the_log(office: Office) -> None:
    case, leader = applied(office).case, leader_of(office)
    leader.do(f"/cases/{case}/emergency-access", BODY)
    leader.get(f"/cases/{case}")
    (taken,) = office.disclosures("AccessTaken")
    assert (str(taken.case), taken.fact, taken.rules) == (case, "emergency", ("emergency_for_written_reason",))
    assert office.disclosures("Viewed")[-1].rules == ("emergency_access_for_written_reason",)


def test_D4_it_opens_a_case_to_read_and_not_to_handle(office: Office) -> None:
    case = applied(office).case
    colleague = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    colleague.do(f"/cases/{case}/emergency-access", BODY)
    assert colleague.get(f"/cases/{case}").status_code == 200
    assert refused(colleague.post(f"/cases/{case}/consent/refusal")) == (403, "not_allowed")


@pytest.mark.parametrize("last_day", ["2027-01-11", "2027-01-16"])
def test_D4_it_ends_within_some_days(office: Office, last_day: str) -> None:
    case = applied(office).case
    response = office.saksbehandler.post(f"/cases/{case}/emergency-access", {**BODY, "last_day": last_day})
    assert refused(response)[1] == "emergency_days"


@pytest.mark.parametrize(("unit", "role"), [("nav", Role.LEADER), ("nav", Role.EMPLOYEE), ("nav", Role.REVIEWER)])
def test_D4_nobody_else_opens_a_case_in_an_emergency(office: Office, unit: str, role: Role) -> None:
    case = applied(office).case
    response = office.caller(unit, role).post(f"/cases/{case}/emergency-access", BODY)
    assert refused(response) == (403, "emergency_not_yours")


def test_LI1_nobody_inhabil_opens_a_case_in_an_emergency(office: Office) -> None:
    case, leader = applied(office).case, leader_of(office)
    inhabil_in(office, case, leader)
    assert refused(leader.post(f"/cases/{case}/emergency-access", BODY)) == (403, "inhabil_for_it")


def test_C05_it_stands_first_until_the_case_is_reviewed_and_there_with_its_reason(office: Office) -> None:
    earlier, later = applied(office).case, applied(office).case
    leader, reviewer = leader_of(office), office.caller("personvernombud", Role.REVIEWER)
    for case in (earlier, later):
        leader.do(f"/cases/{case}/emergency-access", BODY)
    rows = reviewer.get("/emergency-accesses").json()["items"]
    assert [(row["case"], row["reviewed"]) for row in rows] == [(earlier, False), (later, False)]
    reviewer.do("/reviews", {"case": earlier, "ground": "emergency_access"})
    rows = reviewer.get("/emergency-accesses").json()["items"]
    assert [(row["case"], row["reviewed"]) for row in rows] == [(later, False), (earlier, True)]
    assert refused(leader.get("/emergency-accesses")) == (403, "reviewer_only")
