"""What an import says: every line, whether it is in order, and if not, why not. Nothing personal stands in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from services.imports.cells import CellProblem
from services.refusals import InvalidInputError

NAMED_AT_MOST = 20


class LineResult(StrEnum):
    """How it goes with one line."""

    OK = "ok"
    ALREADY_IN = "already_in"
    WRONG = "wrong"


class Note(StrEnum):
    """What somebody should know of a lease that is in order."""

    ON_NEXT_AGENDA = "on_next_agenda"
    """It ends within six months, so the rule puts it on the next agenda (M18)."""
    PAST_ITS_END = "past_its_end"
    """Its end has passed and nobody has demanded moving out (LL6)."""
    OPEN_ENDED = "open_ended"
    """The time to demand moving out has passed too: it has become open-ended (LL6)."""
    SHORT_WITHOUT_GROUNDS = "short_without_grounds"
    """It is under three years, and no special grounds are given (LL1, LL3)."""


@dataclass(frozen=True)
class LineReport:
    """One line, and the id of what it becomes or has become."""

    line: int
    result: LineResult
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()
    ids: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportedLine:
    """One line of the file, and what it becomes or has become: a dwelling, or a tenancy with its case and dwelling."""

    line: int
    result: LineResult
    problems: tuple[CellProblem, ...]
    notes: tuple[Note, ...]
    dwelling: UUID | None = None
    tenancy: UUID | None = None
    case: UUID | None = None


@dataclass(frozen=True)
class ImportReport:
    """How the import goes: how many lines, how many with each result, and every line."""

    dry_run: bool
    lines: int
    ok: int
    already_in: int
    wrong: int
    report: tuple[ImportedLine, ...]


class ImportRefusedError(InvalidInputError):
    """A line is wrong, so no line is stored. The detail names lines and columns."""

    code = "import_refused"
    rule = "M18"
    missing = "Ingenting er importert, for noen linjer må rettes først:"
    next_step = "Send filen med «dry_run» for å se hva som er galt i hver linje, rett den, og send den på nytt."


def require_no_problems(reports: Sequence[LineReport]) -> None:
    """Raise `ImportRefusedError` unless every line is in order or already in."""
    wrong = [report for report in reports if report.result is LineResult.WRONG]
    if wrong:
        more = f" og {len(wrong) - NAMED_AT_MOST} til" if len(wrong) > NAMED_AT_MOST else ""
        raise ImportRefusedError("; ".join(_named(report) for report in wrong[:NAMED_AT_MOST]) + more + ".")


def import_report(reports: Sequence[LineReport], *, dry_run: bool) -> ImportReport:
    """The answer to an import: counts, and every line."""
    counts = Counter(report.result for report in reports)
    return ImportReport(
        dry_run=dry_run, lines=len(reports), ok=counts[LineResult.OK], already_in=counts[LineResult.ALREADY_IN],
        wrong=counts[LineResult.WRONG], report=tuple(_line(report) for report in reports),
    )  # fmt: skip


def _line(report: LineReport) -> ImportedLine:
    return ImportedLine(report.line, report.result, report.problems, report.notes, **report.ids)


def _named(report: LineReport) -> str:
    columns = dict.fromkeys(problem.column for problem in report.problems if problem.column)
    return f"linje {report.line}" + (f" ({', '.join(f'«{column}»' for column in columns)})" if columns else "")
