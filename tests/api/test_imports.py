"""Dwellings and running leases from a CSV, over HTTP (M01, M18)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, func, select

from domain.cases.case import Case, OpenedBy
from domain.housing.dwelling import Dwelling, DwellingState
from domain.housing.tenancy import Tenancy
from services.settings import Store
from services.vault.key_store import identity_index, keys
from tests.api.givens import assert_refused, stored
from tests.api.office import Office, synthetic_identity_number
from tests.places import claimed

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

HOMES = "boligreferanse;adresse;område;type;rom;kvadratmeter;etasje;trinnfri;omsorgsbolig"
HOME = "B-1;Testveien 1, 0000 Eksempel;sentrum;leilighet;2;48;1;ja;nei"
LEASES = (
    "leiereferanse;boligreferanse;navn;fødselsnummer;starter;slutter;varslet_om_unntak;varslet_ikke_oppsigelig;"
    "særlige_grunner;flyttekrav_sendt"
)
SECRET = "Hemmelig Navnesen"


def file(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def lease(reference: str = "L-1", dwelling: str = "B-1", **cells: str) -> str:
    """A line of a lease that ends in three years."""
    values = {
        "navn": "Prøve Eksempelsen", "nummer": synthetic_identity_number(), "starter": "2027-01-01",
        "slutter": "31.12.2029", "unntak": "ja", "oppsigelig": "ja", "grunner": "", "flyttekrav": "", **cells,
    }  # fmt: skip
    return ";".join((reference, dwelling, *values.values()))


def send(office: Office, kind: str, csv: str, *, dry_run: bool = False) -> dict[str, Any]:
    return office.saksbehandler.do(f"/imports/{kind}", {"csv": csv, "dry_run": dry_run})


def homes(office: Office, *references: str) -> list[dict[str, Any]]:
    """These dwellings, imported."""
    lines = [HOME.replace("B-1", reference) for reference in references or ("B-1",)]
    report: list[dict[str, Any]] = send(office, "dwellings", file(HOMES, *lines))["report"]
    return report


def the_line(office: Office, kind: str, csv: str) -> dict[str, Any]:
    """How it would go with the only line."""
    (line,) = send(office, kind, csv, dry_run=True)["report"]
    return dict(line)


def problems(office: Office, kind: str, csv: str) -> list[tuple[str | None, str]]:
    return [(problem["column"], problem["code"]) for problem in the_line(office, kind, csv)["problems"]]


def traces(office: Office) -> tuple[int, int]:
    """How much is stored: events, and keys with identity numbers."""
    engine = create_engine(office.settings.sqlalchemy_url(Store.KEYS))
    with engine.connect() as connection:
        rows = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in (keys, identity_index)]
    engine.dispose()
    return office.installation.case_log.head(), sum(rows)


def test_M01_dwellings_are_registered_as_the_file_describes_them(office: Office) -> None:
    (line,) = homes(office)
    home = stored(office, Dwelling, line["dwelling"])
    assert (line["line"], line["result"]) == (2, "ok")
    assert (home.state, home.facts.rooms, home.facts.step_free) == (DwellingState.REGISTERED, 2, True)
    assert office.installation.vault.open(*claimed(home.address)) == "Testveien 1, 0000 Eksempel"


def test_M01_a_running_lease_opens_the_tenant_a_case_and_the_lease(office: Office) -> None:
    homes(office)
    (line,) = send(office, "leases", file(LEASES, lease()))["report"]
    tenancy, case = stored(office, Tenancy, line["tenancy"]), stored(office, Case, line["case"])
    assert (str(tenancy.ends_on), tenancy.can_be_terminated) == ("2029-12-31", False)
    assert (case.opened_by, case.tenancy, case.responsible) == (
        OpenedBy.RUNNING_LEASE, tenancy.id, office.saksbehandler.actor.id,
    )  # fmt: skip
    assert stored(office, Dwelling, line["dwelling"]).state is DwellingState.LET
    assert office.saksbehandler.get(f"/tenancies/{tenancy.id}").json()["name"] == "Prøve Eksempelsen"


def test_M01_commas_and_a_byte_order_mark_are_read_as_well(office: Office) -> None:
    csv = "\ufeff" + file(HOMES, HOME.replace("1, 0000", "1 0000")).replace(";", ",").replace("\n", "\r\n")
    assert send(office, "dwellings", csv)["ok"] == 1


@pytest.mark.parametrize("kind", ["dwellings", "leases"])
def test_M01_a_dry_run_reports_every_line_and_stores_nothing(office: Office, kind: str) -> None:
    homes(office)
    before = traces(office)
    headings, line = (HOMES, HOME.replace("B-1", "B-2")) if kind == "dwellings" else (LEASES, lease())
    answer = send(office, kind, file(headings, line, line.replace("-", "_", 1) + ";1"), dry_run=True)
    assert [(line["line"], line["result"]) for line in answer["report"]] == [(2, "ok"), (3, "wrong")]
    assert (answer["dry_run"], answer["ok"], answer["wrong"]) == (True, 1, 1)
    assert traces(office) == before


def test_M01_one_wrong_line_keeps_all_of_the_file_out(office: Office) -> None:
    homes(office)
    before = traces(office)
    csv = file(LEASES, lease(), lease("L-2", "B-9"))
    response = assert_refused(
        office, office.saksbehandler, "/imports/leases", {"csv": csv}, status=422, code="import_refused"
    )
    assert "linje 3 («boligreferanse»)" in response.json()["detail"]
    assert traces(office) == before


def test_M01_a_line_that_is_in_already_is_not_taken_in_again(office: Office) -> None:
    homes(office)
    csv = file(LEASES, lease())
    first = send(office, "leases", csv)["report"][0]
    again = send(office, "leases", csv)
    assert (again["ok"], again["already_in"]) == (0, 1)
    assert again["report"][0]["tenancy"] == first["tenancy"]
    assert homes(office)[0]["result"] == "already_in"


def test_M01_somebody_known_by_identity_number_stays_one_person(office: Office) -> None:
    homes(office, "B-1", "B-2")
    number = synthetic_identity_number()
    csv = file(LEASES, lease(nummer=number), lease("L-2", "B-2", nummer=number))
    report = send(office, "leases", csv)["report"]
    people = {stored(office, Tenancy, line["tenancy"]).person for line in report}
    assert people == {office.installation.vault.find_person(number)}


def test_M01_a_tenant_without_an_identity_number_is_taken_in(office: Office) -> None:
    homes(office)
    assert send(office, "leases", file(LEASES, lease(nummer="")))["ok"] == 1


def test_M01_a_dwelling_that_was_registered_by_hand_is_named_by_its_id(office: Office) -> None:
    home = homes(office)[0]["dwelling"]
    assert send(office, "leases", file(LEASES, lease(dwelling=home)))["ok"] == 1


@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ({}, []),
        ({"slutter": "2027-06-30", "starter": "2024-07-01"}, ["on_next_agenda"]),
        ({"slutter": "2026-12-31", "starter": "2024-01-01"}, ["on_next_agenda", "past_its_end"]),
        ({"slutter": "2026-09-30", "starter": "2023-10-01"}, ["on_next_agenda", "past_its_end", "open_ended"]),
        ({"slutter": "2026-09-30", "starter": "2023-10-01", "flyttekrav": "2026-12-01"}, ["on_next_agenda"]),
        ({"slutter": "2028-12-31"}, ["short_without_grounds"]),
        ({"slutter": "2028-12-31", "grunner": "Huset skal rives."}, []),
    ],
)
def test_M18_LL6_a_lease_that_needs_somebodys_eyes_is_pointed_out(
    office: Office, cells: dict[str, str], notes: list[str]
) -> None:
    homes(office)
    assert the_line(office, "leases", file(LEASES, lease(**cells)))["notes"] == notes


def test_M18_an_imported_lease_that_ends_soon_is_on_the_list_of_leases_ending(office: Office) -> None:
    homes(office)
    (line,) = send(office, "leases", file(LEASES, lease(starter="2024-07-01", slutter="2027-06-30")))["report"]
    rows = office.saksbehandler.get("/leases-ending").json()["items"]
    assert [row["tenancy"] for row in rows] == [line["tenancy"]]


def test_LL4_an_imported_short_lease_counts_when_the_next_one_is_agreed(office: Office) -> None:
    homes(office)
    (line,) = send(office, "leases", file(LEASES, lease(slutter="2028-12-31")))["report"]
    assert stored(office, Tenancy, line["tenancy"]).had_short_term


def test_LL6_a_demand_that_came_too_late_is_said_and_not_recorded(office: Office) -> None:
    homes(office)
    late = lease(starter="2023-01-01", slutter="2026-06-30", flyttekrav="2026-12-01")
    assert problems(office, "leases", file(LEASES, late)) == [(None, "move_out_demand_too_late")]


def test_M20_a_lease_of_a_care_dwelling_stays_with_service_og_tildeling(office: Office) -> None:
    send(office, "dwellings", file(HOMES, HOME.removesuffix("nei") + "ja"))
    (line,) = send(office, "leases", file(LEASES, lease(starter="2024-07-01", slutter="2027-06-30")))["report"]
    assert stored(office, Case, line["case"]).care_housing
    assert line["notes"] == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nummer": "12345678901"}, ("fødselsnummer", "identity_number_malformed")),
        ({"nummer": "01010012345"}, ("fødselsnummer", "identity_number_wrong_check_digit")),
        ({"navn": ""}, ("navn", "cell_missing")),
        ({"navn": "\u200b"}, ("navn", "cell_missing")),
        ({"navn": "=HYPERLINK(A1)"}, ("navn", "looks_like_formula")),
        ({"navn": "@SUM(A1)"}, ("navn", "looks_like_formula")),
        ({"navn": "N" * 201}, ("navn", "cell_too_long")),
        ({"navn": "N" * 100_000}, ("navn", "cell_too_long")),
        ({"navn": "PrÃ¸ve Eksempelsen"}, ("navn", "wrong_encoding")),
        ({"navn": "Prøve\x07Eksempelsen"}, ("navn", "unreadable_cell")),
        ({"navn": '"Prøve\nEksempelsen"'}, ("navn", "unreadable_cell")),
        ({"slutter": "31.02.2027"}, ("slutter", "not_a_date")),
        ({"slutter": "12/31/2029"}, ("slutter", "not_a_date")),
        ({"slutter": "9999-12-31"}, ("slutter", "not_a_date")),
        ({"slutter": "٢٠٢٩-12-31"}, ("slutter", "not_a_date")),
        ({"slutter": "2026-12-31"}, (None, "lease_ends_before_it_starts")),
        ({"unntak": "kanskje"}, ("varslet_om_unntak", "unknown_word")),
    ],
)
def test_M01_a_cell_that_is_wrong_is_named_by_its_column(
    office: Office, cells: dict[str, str], expected: tuple[str | None, str]
) -> None:
    homes(office)
    assert problems(office, "leases", file(LEASES, lease(**cells))) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (HOME.replace("leilighet", "slott"), ("type", "unknown_word")),
        (HOME.replace(";48;", ";-48;"), ("kvadratmeter", "not_a_number")),
        (HOME.replace(";48;", ";99999999999;"), ("kvadratmeter", "not_a_number")),
        (HOME.replace("sentrum", "Sentrum Øst"), ("område", "not_as_expected")),
        (HOME.replace("B-1", "=1+1"), ("boligreferanse", "not_a_reference")),
        (HOME.replace("B-1", ""), ("boligreferanse", "cell_missing")),
        (HOME + ";", (None, "wrong_number_of_cells")),
    ],
)
def test_M01_a_dwelling_that_cannot_be_is_named_by_its_column(
    office: Office, line: str, expected: tuple[str | None, str]
) -> None:
    assert problems(office, "dwellings", file(HOMES, line)) == [expected]


def test_M01_the_same_line_twice_is_found(office: Office) -> None:
    report = send(office, "dwellings", file(HOMES, HOME, HOME), dry_run=True)["report"]
    assert [line["result"] for line in report] == ["ok", "wrong"]
    assert "linje 2" in report[1]["problems"][0]["message"]


def test_M01_two_leases_of_one_dwelling_are_found(office: Office) -> None:
    homes(office)
    report = send(office, "leases", file(LEASES, lease(), lease("L-2")), dry_run=True)["report"]
    assert [problem["code"] for problem in report[1]["problems"]] == ["dwelling_not_vacant"]


def test_M01_lines_are_counted_as_the_file_has_them(office: Office) -> None:
    csv = file(HOMES, "", HOME.replace("Testveien 1, 0000 Eksempel", '"Testveien\n1"'), HOME.replace("B-1", "B-2"))
    report = send(office, "dwellings", csv, dry_run=True)["report"]
    assert [(line["line"], line["result"]) for line in report] == [(3, "wrong"), (5, "ok")]


@pytest.mark.parametrize(
    ("csv", "code"),
    [
        ("", "invalid_input"),
        ("\n\n", "import_unreadable"),
        (file("navn;adresse", "Prøve;Testveien 1"), "import_unreadable"),
        (file(HOME), "import_unreadable"),
        (file(HOMES + ";rom", HOME + ";2"), "import_unreadable"),
        (file(HOMES, HOME.replace("ja", "\ufffd")), "import_unreadable"),
        (file(HOMES, HOME.replace("Testveien", '"Testveien')), "import_unreadable"),
        (file(HOMES, *[HOME] * 2001), "import_too_long"),
    ],
)
def test_R12_a_file_that_is_no_such_table_is_refused(office: Office, csv: str, code: str) -> None:
    body = {"csv": csv, "dry_run": True}
    assert_refused(office, office.saksbehandler, "/imports/dwellings", body, status=422, code=code)


def test_D3_nothing_that_stood_in_the_file_is_repeated(office: Office) -> None:
    homes(office)
    number = synthetic_identity_number()
    wrong = lease(navn=SECRET, nummer=number, slutter=SECRET, unntak=SECRET)
    dry = office.saksbehandler.post("/imports/leases", {"csv": file(LEASES, wrong), "dry_run": True})
    real = office.saksbehandler.post("/imports/leases", {"csv": file(LEASES, wrong)})
    headless = office.saksbehandler.post("/imports/leases", {"csv": file(wrong)})
    unclosed = office.saksbehandler.post("/imports/leases", {"csv": file(LEASES, '"' + wrong)})
    for response in (dry, real, headless, unclosed):
        assert SECRET not in response.text
        assert number not in response.text


def test_D3_personal_columns_are_closed_in_the_log(office: Office) -> None:
    homes(office)
    number = synthetic_identity_number()
    send(office, "leases", file(LEASES, lease(navn=SECRET, nummer=number, grunner=SECRET)))
    notifications = office.installation.case_log.recorder.select_notifications(0, 1000)
    assert not [n for n in notifications if SECRET.encode() in n.state or number.encode() in n.state]


def test_M13_only_a_saksbehandler_takes_in_what_is_there(office: Office) -> None:
    body = {"csv": file(HOMES, HOME), "dry_run": True}
    assert_refused(office, office.caller("nav"), "/imports/dwellings", body, status=403, code="saksbehandler_only")


def test_D7_the_same_request_again_gives_the_same_answer(office: Office) -> None:
    body, key = {"csv": file(HOMES, HOME)}, "import-1"
    first = office.saksbehandler.post("/imports/dwellings", body, key=key)
    head = office.installation.case_log.head()
    again = office.saksbehandler.post("/imports/dwellings", body, key=key)
    assert (again.json(), office.installation.case_log.head()) == (first.json(), head)


def test_M18_the_clock_decides_what_is_on_the_next_agenda(office: Office) -> None:
    homes(office)
    csv = file(LEASES, lease())
    office.set_clock(datetime(2029, 7, 1, 9, tzinfo=UTC))
    assert the_line(office, "leases", csv)["notes"] == ["on_next_agenda"]
    assert UUID(the_line(office, "leases", csv)["tenancy"]).version == 4
