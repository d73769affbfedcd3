"""`husrom operations`: everything that can be done or asked, with who may."""

from typer.testing import CliRunner

from services.cli import app
from services.core import catalogue


def test_D15_every_operation_is_listed_with_its_permit_and_its_result() -> None:
    listed = CliRunner().invoke(app, ["operations"], env={"COLUMNS": "300"})

    assert listed.exit_code == 0
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in listed.stdout.splitlines() if "│" in line]
    expected = [
        [one.id, one.method, f"/api/v1{one.path}", str(one.permit), one.result_name] for one in catalogue.operations()
    ]
    assert sorted(lines) == sorted(expected)
