"""The overview of need over HTTP: who sees it, what it counts, and that nobody can be read out of it (LR4, LG1, R12)."""

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from domain.actors import Role
from tests.api.decision_givens import A_TUESDAY, applied, concluded, issued, offered, refused, vacancy
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

PERIOD = "?from=2027-01-01&to=2027-12-31"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def overview(caller: Caller, period: str = PERIOD) -> dict[str, Any]:
    response = caller.get(f"/overview{period}")
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


def need(shown: dict[str, Any], kind: str = "dwelling") -> dict[str, Any]:
    return next(each for each in shown["need"] if each["kind"] == kind)


def waiting_for(shown: dict[str, Any], kind: str, until: str) -> tuple[Any, Any]:
    found = next(each for each in shown["waiting"] if (each["kind"], each["until"]) == (kind, until))
    return found["median_days"], found["longest_days"]


def test_LR4_need_is_counted_by_kind_household_and_accessibility(office: Office) -> None:
    for _ in range(6):
        applied(office, "dwelling")
        applied(office, "dwelling", household={"adults": 2, "children": 2}, wishes={"step_free": True})
    for _ in range(5):
        applied(office, "assistance", household={"adults": 1, "children_part_time": 1}, adaptations="Trenger rampe.")
    dwelling = need(overview(office.saksbehandler))
    assert dwelling["all"] == {"total": 12, "ordinary": 6, "lift": 0, "step_free": 6, "adapted": 0}
    assert dwelling["by_household"]["single"]["ordinary"] == 6
    assert dwelling["by_household"]["two_children"]["step_free"] == 6
    assistance = need(overview(office.saksbehandler), "assistance")
    assert assistance["by_household"]["one_child"] == {
        "total": 5, "ordinary": 0, "lift": 0, "step_free": 0, "adapted": 5,
    }  # fmt: skip


def test_LG1_small_numbers_are_hidden_and_cannot_be_computed(office: Office) -> None:
    for _ in range(6):
        applied(office, "dwelling")
    applied(office, "dwelling", wishes={"lift": True})
    dwelling = need(overview(office.saksbehandler))
    assert dwelling["by_household"]["single"]["lift"] == "<5"
    assert dwelling["by_household"]["couple"]["total"] == 0
    assert "x" in dwelling["by_household"]["single"].values()
    assert 7 not in dwelling["by_household"]["single"].values() or dwelling["by_household"]["single"]["ordinary"] == "x"


def test_LR4_waiting_times_are_days_to_the_vedtak_and_hidden_for_few(office: Office) -> None:
    about = [applied(office, "assistance") for _ in range(5)]
    for days, one in zip((1, 2, 3, 10, 20), about, strict=True):
        assert waiting_for(overview(office.saksbehandler), "assistance", "vedtak") == (None, None)
        office.set_clock(A_TUESDAY + timedelta(days=days))
        issued(office, one, concluded(office, one), "assistance")
    shown = overview(office.saksbehandler)
    assert waiting_for(shown, "assistance", "vedtak") == (3, 20)
    assert waiting_for(shown, "dwelling", "lease") == (None, None)


def test_LR4_outcomes_are_counted_for_each_track(office: Office) -> None:
    for _ in range(5):
        about = applied(office, "assistance")
        issued(office, about, concluded(office, about), "assistance")
    outcomes = {each["subject"]: each for each in overview(office.saksbehandler)["outcomes"]}
    assert outcomes["assistance"] == {
        "subject": "assistance", "total": 5, "granted": 5, "refused": 0, "dismissed": 0,
    }  # fmt: skip
    assert outcomes["dwelling"]["total"] == 0


def test_LR4_offers_are_counted_by_what_became_of_them(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/decline", {"reason": "too_small"})
    offers = overview(office.saksbehandler)["offers"]
    assert (offers["accepted"], offers["total"]) == (0, "<5") or offers["declined"] in ("<5", "x")
    assert 1 not in offers.values()


def test_LR4_what_lies_outside_the_period_is_not_counted(office: Office) -> None:
    for _ in range(5):
        applied(office, "dwelling")
    later = overview(office.saksbehandler, "?from=2027-02-01&to=2027-03-01")
    assert need(later)["all"]["total"] == 0
    assert need(overview(office.saksbehandler, ""))["all"]["total"] == 5


@pytest.mark.parametrize(
    ("unit", "role"),
    [("psykisk_helse", Role.LEADER), ("nav", Role.REVIEWER), ("service_og_tildeling", Role.SAKSBEHANDLER)],
)
def test_LR4_leaders_reviewers_and_saksbehandlere_see_the_overview(office: Office, unit: str, role: Role) -> None:
    assert overview(office.caller(unit, role))["first"] == "2027-01-01"


def test_M20_leaders_of_other_units_are_told_no_number_about_care_housing(office: Office) -> None:
    applied(office, "care_housing")
    shown = overview(office.caller("nav", Role.LEADER))
    told_of = [each["kind"] for each in (*shown["need"], *shown["waiting"])] + [o["subject"] for o in shown["outcomes"]]
    assert ("care_housing" in told_of, shown["leases"]["care_housing"]) == (False, None)
    assert "Omsorgsbolig" not in office.caller("nav", Role.LEADER).get(f"/overview.csv{PERIOD}").text
    own = overview(office.caller("service_og_tildeling", Role.LEADER))
    assert need(own, "care_housing")["all"]["total"] == "<5"


def test_LR4_other_employees_do_not(office: Office) -> None:
    for path in ("/overview", "/overview.csv"):
        assert refused(office.caller("nav").get(path)) == (403, "overview_closed")
        assert refused(office.caller("nav", Role.SAKSBEHANDLER).get(path)) == (403, "overview_closed")


def test_R08_a_machine_fetches_the_overview_by_its_scope(office: Office) -> None:
    machine = office.caller("nav", Role.MACHINE, scopes=frozenset({"export_overview"}))
    assert machine.get("/overview.csv").status_code == 200
    assert refused(machine.get("/overview")) == (403, "scope_missing")


@pytest.mark.parametrize(
    ("period", "code"), [("?from=2027-02-01&to=2027-01-01", "period_backwards"), ("?from=i%20fjor", "invalid_input")]
)
def test_R12_a_period_that_is_none_is_refused(office: Office, period: str, code: str) -> None:
    assert refused(office.saksbehandler.get(f"/overview{period}")) == (422, code)


def test_LG1_no_answer_holds_an_id(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    for path in ("/overview", "/overview.csv"):
        assert not ID.search(office.saksbehandler.get(path).text)


def test_R12_the_table_for_a_spreadsheet_is_in_bokmal_and_runs_nothing(office: Office) -> None:
    for _ in range(6):
        applied(office, "dwelling")
    response = office.saksbehandler.get(f"/overview.csv{PERIOD}")
    assert response.headers["Content-Type"].startswith("text/csv")
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert rows[0] == ["Tabell", "Gjelder", "Husstand", "Måltall", "Verdi"]
    assert ["Behov", "Kommunal bolig", "Én voksen", "Ordinær bolig", "6"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert {len(row) for row in rows} == {5}
