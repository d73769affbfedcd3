"""`husrom operations`: everything that can be done or asked, with who may."""

import subprocess
import sys

from typer.testing import CliRunner

from services.cli import app
from services.core import catalogue

EXPECTED = [
    [one.id, one.method, f"/api/v1{one.path}", str(one.permit), one.result_name] for one in catalogue.operations()
]


def test_D15_every_operation_is_listed_with_its_permit_and_its_result() -> None:
    listed = CliRunner().invoke(app, ["operations"], env={"COLUMNS": "300", "FORCE_COLOR": "1"})

    assert listed.exit_code == 0
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in listed.stdout.splitlines() if "│" in line]
    assert sorted(lines) == sorted(EXPECTED)


def test_D15_where_no_screen_is_each_operation_has_a_line_of_its_own() -> None:
    listed = CliRunner().invoke(app, ["operations"], env={"COLUMNS": "20"})

    assert sorted(line.split("\t") for line in listed.stdout.splitlines()) == sorted(EXPECTED)


def test_D14_a_command_brings_in_only_what_it_runs() -> None:
    """Each process of an installation begins with this import; the API's alone takes seconds."""
    command = (
        "import sys, services.cli; print(*sorted({'fastapi', 'services.installation', 'uvicorn'} & set(sys.modules)))"
    )

    brought_in = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)

    assert brought_in.stdout == "\n"
