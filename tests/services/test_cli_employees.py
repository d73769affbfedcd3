"""`husrom employee`: who runs the installation enters the first ones, and those who watch others (D16)."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from domain.access.facts import FactName
from domain.actors import THE_OPERATOR, Role
from domain.people.employee import Employee
from services.cli import app
from services.installation import Installation
from services.refusals import NoAccessYetError
from services.seating import Knock, Proof, seated
from services.settings import Settings

RUNNER = CliRunner()
ID = re.compile(r"(employee|seat|login)=([0-9a-f-]{36})")
KARI = ("service_og_tildeling", "saksbehandler", "Kari Prøvesen", "kari@eksempel.invalid")


@pytest.fixture
def here(migrated_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation without anybody in its directory, which `husrom` finds in its environment."""
    settings = Settings(demo=True, data_dir=tmp_path)
    with Installation(settings) as office:
        office.migrate()
    for name, value in {
        "DEMO": "1",
        "DATA_DIR": str(tmp_path),
        "RULEBOOKS": str(settings.rulebooks.absolute()),
    }.items():
        monkeypatch.setenv(f"HUSROM_{name}", value)
    return settings


def employee(*arguments: str) -> Result:
    return RUNNER.invoke(app, ["employee", *arguments], env={"COLUMNS": "300"})


def done(*arguments: str) -> dict[str, str]:
    """Run it, and give the ids that it says."""
    result = employee(*arguments)
    assert result.exit_code == 0, result.output
    return dict(ID.findall(result.output))


def entry(settings: Settings, id: str) -> Employee:
    with Installation(settings) as office:
        return next(
            office.case_log.load(Employee, row.event.originator_id)
            for row in office.case_log.after(0, 100)
            if str(row.event.originator_id) == id
        )


def test_D16_the_first_saksbehandler_of_an_installation_is_entered_by_who_runs_it(here: Settings) -> None:
    kari = done("register", *KARI, "--subject", "kari@login")["employee"]

    with Installation(here) as office:
        login = office.vault.login_id(here.token_issuer, "kari@login")
        found = office.case_log.facts.directory([login]).facts
        registered = office.case_log.after(0, 1)[0].event
    assert [str(fact.key.subject) for fact in found if fact.key.name is FactName.LOGIN] == [kari]
    assert [fact.value.role for fact in found if fact.key.name is FactName.SEAT] == [Role.SAKSBEHANDLER]
    assert registered.by.actor == THE_OPERATOR


def test_D16_the_same_subject_at_another_issuer_is_somebody_else(here: Settings) -> None:
    kari = done("register", *KARI, "--subject", "kari@login")["employee"]

    with Installation(here) as office:
        for subject in ("kari@login", kari):
            with pytest.raises(NoAccessYetError):
                seated(office, Proof("https://another.invalid", subject, frozenset(), "t1"), Knock("x", uuid4()))
            known = seated(office, Proof(here.token_issuer, subject, frozenset(), "t1"), Knock("x", uuid4()))
            assert str(known.actor.id) == kari


@pytest.mark.parametrize("role", ["leader", "reviewer", "machine"])
def test_D16_leaders_reviewers_and_machines_are_entered_by_who_runs_the_installation(here: Settings, role: str) -> None:
    id = done("register", "nav", role, "Prøve Eksempelsen", "prove@eksempel.invalid")["employee"]

    assert [seat.role for seat in entry(here, id).seats] == [role]


def test_D16_an_entry_is_corrected_seated_left_and_taken_up_again(here: Settings) -> None:
    kari = done("register", *KARI)["employee"]

    second = done("seat", kari, "nav", "leader", "--valid-from", "2027-01-01")["seat"]
    done("correct-seat", kari, second, "psykisk_helse", "leader", "--valid-from", "2027-02-01")
    done("end-seat", kari, second, "2027-03-01")
    done("correct", kari, "--email", "kari.ny@eksempel.invalid")
    login = done("link", kari, "kari@login")["login"]
    done("unlink", kari, login)
    seats = [(seat.unit, str(seat.valid_from), str(seat.valid_to)) for seat in entry(here, kari).seats]
    done("leave", kari)
    done("return", kari, "nav", "employee")

    assert seats == [("service_og_tildeling", "None", "None"), ("psykisk_helse", "2027-02-01", "2027-02-28")]
    assert [seat.unit for seat in entry(here, kari).seats] == ["nav"]


def test_D16_the_list_shows_seats_and_who_has_left_and_no_name(here: Settings) -> None:
    kari, gone = done("register", *KARI)["employee"], done("register", "nav", "leader", "Ola", "o@eksempel.invalid")
    done("leave", gone["employee"])

    listed = employee("list").output

    assert kari in listed
    assert re.search(rf"{gone['employee']} │\s+│ has left", listed)
    assert "Prøvesen" not in listed


def test_D16_a_refusal_says_why_and_ends_with_an_error(here: Settings) -> None:
    refused = employee("leave", str(uuid4()))
    wrong = employee("register", "No such unit!", "leader", "Ola", "o@eksempel.invalid")

    assert (refused.exit_code, wrong.exit_code) == (1, 1)
    assert "Det finnes ingenting med denne id-en" in refused.output
    assert here.demo
