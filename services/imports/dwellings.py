"""Dwellings from a CSV: one a line, known again by the municipality's own reference."""

from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingKind
from services.imports import cells as as_
from services.imports.cells import Cells
from services.imports.desk import ImportDesk, Kind, wrong
from services.imports.report import LineReport, LineResult

REFERENCE = "boligreferanse"
REQUIRED = (REFERENCE, "adresse", "område", "type", "rom", "kvadratmeter", "etasje", "trinnfri")
OPTIONAL = ("omsorgsbolig", "heis", "dyr")
KINDS = {
    "hybel": DwellingKind.BEDSIT, "leilighet": DwellingKind.FLAT, "rekkehus": DwellingKind.ROW_HOUSE,
    "enebolig": DwellingKind.HOUSE,
}  # fmt: skip


def read_dwelling(desk: ImportDesk, cells: Cells, reference: str) -> LineReport:
    """A dwelling registered as the line describes it, not yet vacant or let."""
    id = desk.id_of("dwelling", reference)
    address, facts = cells.need("adresse", as_.text(200)), _facts(cells)
    if address is None or facts is None or cells.problems:
        return wrong(cells)
    if desk.office.case_log.find(Dwelling, id) is not None:
        return LineReport(cells.line.number, LineResult.ALREADY_IN, ids={"dwelling": id})
    sealed = desk.seal(id, None, {"address.street": address})["address.street"]
    desk.take(Dwelling.register(id=id, address=sealed, facts=facts, by=desk.context.by, at=desk.context.at))
    return LineReport(cells.line.number, LineResult.OK, ids={"dwelling": id})


def _facts(cells: Cells) -> DwellingFacts | None:
    """What the dwelling is like; None when a cell it takes is missing or wrong."""
    area = cells.need("område", as_.matching(r"[a-z][a-z0-9_]{0,49}", "Et område er en kode med små bokstaver a–z."))
    kind, rooms = cells.need("type", as_.word(KINDS)), cells.need("rom", as_.number(1, 20))
    square_metres = cells.need("kvadratmeter", as_.number(1, 1000))
    floor, step_free = cells.need("etasje", as_.number(0, 60)), cells.need("trinnfri", as_.yes_or_no)
    care_housing = cells.read("omsorgsbolig", as_.yes_or_no) or False
    lift, pets = cells.read("heis", as_.yes_or_no), cells.read("dyr", as_.yes_or_no)
    if area is None or kind is None or rooms is None or square_metres is None or floor is None or step_free is None:
        return None
    return DwellingFacts(
        area=area, kind=kind, rooms=rooms, square_metres=square_metres, floor=floor, step_free=step_free,
        care_housing=care_housing, lift=lift, pets=pets,
    )  # fmt: skip


DWELLINGS = Kind(REFERENCE, REQUIRED, OPTIONAL, read_dwelling)
