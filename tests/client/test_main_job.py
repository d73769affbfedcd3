"""A client made of our own OpenAPI: generated anew, type-checked against the main job, and run against the whole system."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from demo.moments import moment
from demo.people import NAV_ONE, SAKSBEHANDLER, WANTS_DWELLING
from demo.stage import Stage, set_up
from services import demo_tokens
from services.api.app import create_app
from services.installation import Installation
from services.operating import as_operator
from services.settings import Settings

HERE = Path(__file__).parent
PROGRAMS = Path(sys.executable).parent
BEGINS, MEETS = moment("2027-01-04", "09:00"), moment("2027-01-12", "12:00")


@pytest.fixture(scope="module")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the package that has just been made. What the generator cannot read is an error."""
    folder = tmp_path_factory.mktemp("client")
    document = create_app(Settings(demo=True, data_dir=folder)).openapi()
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    _run(
        folder, "openapi-python-client", "generate", "--path=openapi.json", "--output-path=husrom_client", "--meta=none",
        f"--config={HERE / 'openapi-client.yaml'}", "--fail-on-warning",
    )  # fmt: skip
    return folder


def test_C06_the_main_job_is_type_checked_against_the_client(client_folder: Path) -> None:
    _run(
        client_folder, "mypy", "--strict", "--config-file=", "--follow-imports=silent", "--cache-dir=.mypy",
        str(HERE / "main_job.py"),
    )  # fmt: skip


def test_C06_the_client_does_the_main_job(client_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(client_folder)
    main_job, client = import_module("tests.client.main_job"), import_module("husrom_client")
    with set_up(tmp_path, begins=BEGINS) as stage:
        _enter_the_first(stage)
        token = demo_tokens.issue(stage.settings, SAKSBEHANDLER.id)
        with client.AuthenticatedClient(base_url=stage.api, token=token) as signe:
            office = main_job.Office(signe, SAKSBEHANDLER.id, NAV_ONE.id, stage.move_to)
            person = client.models.PersonBody(WANTS_DWELLING.name, WANTS_DWELLING.identity_number)

            outline = main_job.play(office, received_on=BEGINS.date(), meets_at=MEETS, applicant=person)

    assert outline.case.applicant.name == WANTS_DWELLING.name
    assert outline.offered.answer_by > MEETS.date()
    assert outline.letter.startswith(b"%PDF-")


def _enter_the_first(stage: Stage) -> None:
    with Installation(stage.settings) as office:
        as_operator(office, "register_employee", {}, SAKSBEHANDLER.as_body())


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of our own environment in `folder`, where it also finds packages to read; it must end well."""
    env = {**os.environ, "MYPYPATH": str(folder), "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    command = [str(PROGRAMS / program), *arguments]
    ended = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
