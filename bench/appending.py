"""Saving: one aggregate with one event, and three aggregates at once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from bench.ground import Ground
from bench.pairs import in_turn
from bench.raw import saved_after
from bench.size import Size
from bench.table import Row, rate
from domain.base import HusromAggregate
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.cases.pre_assessment import PreAssessment
from services.context import Context
from services.settings import Store

New = Callable[[Context], tuple[HusromAggregate, ...]]


def measure(where: Ground, _folder: Path, size: Size) -> Iterator[Row]:
    """One line each."""
    yield _append("append, 1 event", where, _one, size.rounds)
    yield _append("append, 3 aggregates", where, _three, size.rounds)


def _append(operation: str, where: Ground, new: New, rounds: int) -> Row:
    log = where.office.case_log
    before = log.head()
    log.append(*new(where.context()))
    saved = saved_after(where.office, before)
    with closing(where.raw.connect(Store.CASE_LOG)) as raw:
        pairs = in_turn(rounds, lambda: log.append(*new(where.context())), lambda: where.raw.save(raw, saved))
    return rate(operation, where.database, "saves", 1, pairs.ours, pairs.raw)


def _one(context: Context) -> tuple[HusromAggregate, ...]:
    case = Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.APPLICATION, by=context.by, at=context.at)
    return (case,)


def _three(context: Context) -> tuple[HusromAggregate, ...]:
    (case,) = _one(context)
    return (
        case,
        Consent.ask(case=case.id, person=uuid4(), by=context.by, at=context.at),
        PreAssessment.start(case=case.id, by=context.by, at=context.at),
    )
