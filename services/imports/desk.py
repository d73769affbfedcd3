"""What every import shares: how things get their ids, how texts are closed, and one line after the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from domain.base import HusromAggregate
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.context import Context
from services.imports.cells import Cells, reference
from services.imports.report import LineReport, LineResult
from services.imports.table import Line
from services.installation import Installation


@dataclass
class ImportDesk:
    """One import under way. In a dry run nothing is closed, and no key and no identity number is stored."""

    office: Installation
    context: Context
    dry_run: bool
    changed: dict[UUID, HusromAggregate] = field(default_factory=dict)
    """What is to be stored, each once, in the order it was made."""
    seen: dict[str, int] = field(default_factory=dict)
    """On which line a reference stood first."""
    newcomers: dict[str, UUID] = field(default_factory=dict)
    """People nobody knew before, by identity number, in a dry run."""

    def id_of(self, kind: str, reference: str) -> UUID:
        """The id of what the municipality calls `reference`: always the same, and nobody else can work it out."""
        digest = self.office.vault.digest(f"imported {kind} {reference}".encode())
        return UUID(bytes=digest[:16], version=4)

    def seal(self, owner: UUID, case: UUID | None, texts: Mapping[str, str | None]) -> dict[str, Sealed]:
        """The texts that are there, closed; in a dry run only empty boxes."""
        given = {name: text for name, text in texts.items() if text is not None}
        if self.dry_run:
            return {name: Sealed(owner, case, name, b"") for name in given}
        return self.office.vault.seal_many(owner, case, given)

    def person_with(self, identity_number: str) -> UUID:
        """The person with that number, whether anybody knows them yet or not."""
        if not self.dry_run:
            return self.office.vault.person_for(identity_number, uuid4())
        return self.office.vault.find_person(identity_number) or self.newcomers.setdefault(identity_number, uuid4())

    def take(self, *aggregates: HusromAggregate) -> None:
        """Store these with the rest of the file."""
        self.changed |= {aggregate.id: aggregate for aggregate in aggregates}


ReadLine = Callable[[ImportDesk, Cells, str], LineReport]
"""Reads a line whose reference is known, and takes what it becomes."""


@dataclass(frozen=True)
class Kind:
    """What a file holds: its headings, the one that says what the municipality calls a line, and how a line is read."""

    reference: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: ReadLine


def read_lines(desk: ImportDesk, lines: Iterable[Line], kind: Kind) -> list[LineReport]:
    """The report on every line; what they become is taken by the desk."""
    return [_read(desk, Cells(line), kind) for line in lines]


def _read(desk: ImportDesk, cells: Cells, kind: Kind) -> LineReport:
    number = cells.line.number
    if cells.line.broken:
        cells.note(None, "wrong_number_of_cells", "Linjen har ikke like mange celler som overskriften.")
        return wrong(cells)
    name = cells.need(kind.reference, reference)
    if name is None:
        return wrong(cells)
    if (first := desk.seen.setdefault(name, number)) != number:
        cells.note(kind.reference, "reference_repeated", f"Den samme referansen står på linje {first}.")
        return wrong(cells)
    try:
        return kind.read(desk, cells, name)
    except Refusal as refusal:
        cells.refused(refusal)
        return wrong(cells)


def wrong(cells: Cells) -> LineReport:
    """The line with everything that is wrong in it."""
    return LineReport(cells.line.number, LineResult.WRONG, tuple(cells.problems))
