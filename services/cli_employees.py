"""`husrom employee`: the directory from the command line, for who runs the installation (design D16).

The first saksbehandler of a new installation, leaders, reviewers and machines are entered here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from domain.access.facts import EMPLOYEES, FactName
from domain.actors import Role, Unit
from domain.refusals import Refusal
from services.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from services.installation import Installation

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A date in Oslo.")]

app = typer.Typer(no_args_is_help=True, help="The directory of employees and machines.")


@app.command()
def register(
    unit: str, role: Role, name: str, email: str,
    id: Annotated[UUID | None, typer.Option(help="The id that the login service gives them; a new one without it.")] = None,
    subject: Annotated[str | None, typer.Option(help="The claim `sub` of their tokens, when it is no such id.")] = None,
) -> None:  # fmt: skip
    """Enter an employee or a machine, with a first seat."""
    entry = id or uuid4()
    body = {"employee": entry, "unit": unit, "role": role, "name": name, "email": email}
    _run("register_employee", {}, body)
    if subject is not None:
        link(entry, subject)


@app.command()
def correct(employee: UUID, name: str | None = None, email: str | None = None) -> None:
    """Put a wrong name or mail address right."""
    _run("correct_employee", {"employee": employee}, {"name": name, "email": email})


@app.command()
def seat(employee: UUID, unit: str, role: Role, valid_from: Day = None, valid_to: Day = None) -> None:
    """Give one more seat."""
    _run("give_seat", {"employee": employee}, _seat(unit, role, valid_from, valid_to))


@app.command()
def correct_seat(
    employee: UUID, seat: UUID, unit: str, role: Role, valid_from: Day = None, valid_to: Day = None
) -> None:
    """Put a seat right that was entered wrong."""
    _run("correct_seat", {"employee": employee, "seat": seat}, _seat(unit, role, valid_from, valid_to))


@app.command()
def end_seat(
    employee: UUID, seat: UUID, out_from: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])]
) -> None:  # fmt: skip
    """End a seat; `out_from` is the first day (Oslo) without it."""
    _run("end_seat", {"employee": employee, "seat": seat}, {"out_from": out_from.date()})


@app.command()
def link(employee: UUID, subject: str) -> None:
    """Let a sign-in at the login service stand for the employee."""
    _run("link_login", {"employee": employee}, {"subject": subject})


@app.command()
def unlink(employee: UUID, login: UUID) -> None:
    """Take a sign-in away again."""
    _run("unlink_login", {"employee": employee, "login": login})


@app.command()
def leave(employee: UUID) -> None:
    """Record that somebody no longer works here."""
    _run("record_leaving", {"employee": employee})


@app.command(name="return")
def come_back(employee: UUID, unit: str, role: Role) -> None:
    """Record that somebody who left is back, in a new seat."""
    _run("record_return", {"employee": employee}, {"unit": unit, "role": role})


@app.command(name="list")
def listed() -> None:
    """Show every entry that has a seat, and who has left. Names stay sealed."""
    table = Table("employee", "unit", "role", "from", "to", "seat")
    with _office() as office:
        _, facts = office.case_log.facts.of([EMPLOYEES], None)
        for row in facts[EMPLOYEES].rows:
            if row.key.name is FactName.SEAT and (who := row.seated) is not None:
                dates = (str(day) if day else "" for day in (row.value.valid_from, row.value.valid_to))
                table.add_row(str(who.id), who.unit, who.role, *dates, str(row.key.about))
            elif row.key.name is FactName.GONE:
                table.add_row(str(row.key.subject), "", "has left")
    Console(width=200).print(table)


def _seat(unit: str, role: Role, valid_from: datetime | None, valid_to: datetime | None) -> dict[str, object]:
    days = {"valid_from": valid_from, "valid_to": valid_to}
    return {"unit": Unit(unit), "role": role, **{name: day.date() for name, day in days.items() if day is not None}}


def _office() -> "Installation":
    from services.installation import Installation

    try:
        return Installation(load_settings())
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _run(operation: str, ids: Mapping[str, UUID], body: Mapping[str, object] | None = None) -> None:
    """Carry it out and print what it answers; a refusal or a wrong argument ends with status 1 and says why."""
    from services.operating import as_operator

    with _office() as office:
        try:
            answer = as_operator(office, operation, ids, body)
        except (Refusal, ValidationError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None
    typer.echo("  ".join(f"{name}={value}" for name, value in answer.items()))
