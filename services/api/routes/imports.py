"""What is already there, from a CSV: dwellings and running leases (M01, M18)."""

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import imports

router = APIRouter(prefix="/imports", tags=["imports"], responses=COMMAND_ERRORS)


@router.post("/dwellings", operation_id="import_dwellings", response_model=CommandAnswer)
def import_dwellings(body: imports.ImportFile, desk: CommandDesk) -> Response:
    """Register the municipality's dwellings from a CSV: all of them, or none.

    With `dry_run` nothing is stored and every line is reported, with what is wrong by column. A line whose reference is
    in already is left as it is.
    """
    run = desk.rehearse if body.dry_run else desk.carry_out
    return run(imports.import_dwellings, body)


@router.post("/leases", operation_id="import_leases", response_model=CommandAnswer)
def import_leases(body: imports.ImportFile, desk: CommandDesk) -> Response:
    """Register the leases that run already from a CSV: all of them, or none. Each is watched from then on (M18).

    One that ends within six months goes on the next agenda by itself; one past its end is pointed out. With `dry_run`
    nothing is stored and every line is reported, with what is wrong by column.
    """
    run = desk.rehearse if body.dry_run else desk.carry_out
    return run(imports.import_leases, body)
