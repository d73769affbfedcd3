"""Every problem that an answer can be: its permanent name, status, what it says, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from domain.refusals import Refusal
from services.api.problems import HTTP_TITLES, status_of

OURS: Final = ("domain.", "projections.", "services.", "workers.")


@dataclass(frozen=True)
class ProblemType:
    """One problem. `missing` and `next_step` are bokmål; `rule` is None for what HTTP itself refuses."""

    code: str
    status: int
    missing: str
    next_step: str
    rule: str | None = None


def problem_types() -> tuple[ProblemType, ...]:
    """All of them, by status and code. Whole once every module that refuses is imported."""
    found = {refusal.code: _of(refusal) for refusal in _refusals(Refusal) if refusal.__module__.startswith(OURS)}
    http = (_of_http(status, *words) for status, words in HTTP_TITLES.items())
    found = {**{each.code: each for each in http}, **found}
    return tuple(sorted(found.values(), key=lambda each: (each.status, each.code)))


def _of(refusal: type[Refusal]) -> ProblemType:
    return ProblemType(refusal.code, status_of(refusal), refusal.missing, refusal.next_step, refusal.rule)


def _of_http(status: int, missing: str, next_step: str) -> ProblemType:
    return ProblemType(HTTPStatus(status).phrase.lower().replace(" ", "_"), status, missing, next_step)


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """The refusals with a code, the more general ones last: where two share a code, the general one is told."""
    for refusal in kind.__subclasses__():
        yield from _refusals(refusal)
        if hasattr(refusal, "code"):
            yield refusal
