"""Taking in what is already there: dwellings, and the leases that run in them (M01, M18)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from services.command_desk import Outcome
from services.commands.body import Body
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.keeping import Holds
from services.core.registry import Area, command
from services.imports.desk import ImportDesk, Kind, read_lines
from services.imports.dwellings import DWELLINGS
from services.imports.leases import LEASES
from services.imports.report import ImportReport, import_report, require_no_problems
from services.imports.table import lines_of
from services.installation import Installation

CSV_EXAMPLE = (
    "boligreferanse;adresse;område;type;rom;kvadratmeter;etasje;trinnfri\nB-1;Testveien 1;sentrum;hybel;1;24;1;ja\n"
)


class ImportFile(Body):
    """A CSV with headings, and whether it is only to be checked. docs/import.md says which columns there are."""

    csv: Annotated[
        str,
        StringConstraints(min_length=1, strip_whitespace=False),
        Field(
            description="The file's text, with semicolons or commas. Sealed at once; never logged.",
            examples=[CSV_EXAMPLE],
        ),
    ]
    dry_run: Annotated[bool, Field(description="Only say how it would go, for every line. Nothing is stored.")] = False


@command("/imports/dwellings", Area.IMPORTS, Holds(SAKSBEHANDLER), rehearsable=True)
def import_dwellings(office: Installation, context: Context, _: None, body: ImportFile) -> Outcome[ImportReport]:
    """Register the municipality's dwellings from a CSV: all of them, or none.

    With `dry_run` nothing is stored and every line is reported, with what is wrong by column. A line whose reference is
    in already is left as it is.
    """
    return _import(office, context, DWELLINGS, body)


@command("/imports/leases", Area.IMPORTS, Holds(SAKSBEHANDLER), rehearsable=True)
def import_leases(office: Installation, context: Context, _: None, body: ImportFile) -> Outcome[ImportReport]:
    """Register the leases that run already from a CSV: all of them, or none. Each is watched from then on (M18).

    One that ends within six months goes on the next agenda by itself; one past its end is pointed out. With `dry_run`
    nothing is stored and every line is reported, with what is wrong by column.
    """
    return _import(office, context, LEASES, body)


def _import(office: Installation, context: Context, kind: Kind, body: ImportFile) -> Outcome[ImportReport]:
    """Every line is tried before any is stored, so that a file with a mistake leaves no key and no identity behind.

    Raises `ImportUnreadableError`, `ImportTooLongError`, `ImportRefusedError`.
    """
    lines = lines_of(body.csv, required=kind.required, optional=kind.optional)
    rehearsed = read_lines(ImportDesk(office, context, dry_run=True), lines, kind)
    if body.dry_run:
        return Outcome((), import_report(rehearsed, dry_run=True))
    require_no_problems(rehearsed)
    desk = ImportDesk(office, context, dry_run=False)
    reports = read_lines(desk, lines, kind)
    require_no_problems(reports)
    return Outcome(tuple(desk.changed.values()), import_report(reports, dry_run=False))
