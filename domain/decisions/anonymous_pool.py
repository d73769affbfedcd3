"""The anonymised pool: everybody who stood on the waiting list when something was decided (B14).

Nobody's id, name, exact date, area or head count is in it. People are called A, B, C … in the order of the guidelines of
that day, so that the same moment always gives the same pool. What places them stays, since that is what an appeal body
must be able to try. Among fewer than `FEW`, dates and step-free needs would point at people and are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.housing.fit import HousingNeed
from domain.housing.ranking import EFFECTIVE_DATE, Answer, Standing, rank
from domain.law.waiting_list_guidelines import RankingCriterion

FEW = 5
"""Fewer people than this are a small number."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PoolState(StrEnum):
    """Where somebody stood at that moment."""

    WAITING = "waiting"
    PAUSED = "paused"
    HOUSED = "housed"
    """Got a dwelling in the year before."""


@dataclass(frozen=True, kw_only=True)
class Stood:
    """Somebody who stood on the list, before the name is taken away."""

    standing: Standing
    need: HousingNeed
    state: PoolState


@dataclass(frozen=True, kw_only=True)
class PoolRow:
    """Somebody without a name. `rank`: only for who waited. `waiting_since`: a month, `2026-12`; None among few."""

    pseudonym: str
    state: PoolState
    rank: int | None
    separated_by: str | None
    answers: dict[str, bool | int | str | None]
    waiting_since: str | None
    rooms_at_least: int
    step_free: bool | None
    is_appellant: bool
    got_the_dwelling: bool


def anonymous_pool(
    stood: Iterable[Stood], *, criteria: tuple[RankingCriterion, ...], appellant: UUID, given_to: UUID | None = None
) -> tuple[PoolRow, ...]:
    """The pool under `criteria`: those who waited by rank, then the others. `appellant`: the case that appeals.

    `given_to`: the entry that was offered the dwelling the appeal is about, if it is about one.
    """
    everybody = list(stood)
    by_entry = {each.standing.entry: each for each in everybody}
    waited = rank(criteria=criteria, standings=_in(everybody, PoolState.WAITING))
    others = [
        place.standing
        for state in (PoolState.PAUSED, PoolState.HOUSED)
        for place in rank(criteria=criteria, standings=_in(everybody, state))
    ]
    places: list[tuple[Standing, int | None, str | None]] = [
        (place.standing, number, place.separated_by) for number, place in enumerate(waited, start=1)
    ]
    places += [(standing, None, None) for standing in others]
    few = len(everybody) < FEW
    return tuple(
        PoolRow(
            pseudonym=pseudonym(number), state=by_entry[standing.entry].state, rank=place, separated_by=separated_by,
            answers={c.code: _coarse(standing.answer(c.code), few) for c in criteria if c.code != EFFECTIVE_DATE},
            waiting_since=None if few else _month(standing.effective_from),
            rooms_at_least=by_entry[standing.entry].need.rooms_at_least,
            step_free=None if few else by_entry[standing.entry].need.step_free,
            is_appellant=standing.case == appellant, got_the_dwelling=standing.entry == given_to,
        )
        for number, (standing, place, separated_by) in enumerate(places)
    )  # fmt: skip


def pseudonym(number: int) -> str:
    """A, B, … Z, AA, AB, … for 0, 1, …"""
    ahead, letter = divmod(number, len(LETTERS))
    return (pseudonym(ahead - 1) if ahead else "") + LETTERS[letter]


def _in(everybody: Iterable[Stood], state: PoolState) -> list[Standing]:
    return [each.standing for each in everybody if each.state is state]


def _coarse(answer: Answer | None, few: bool) -> bool | int | str | None:
    """Dates become months, and nothing among few."""
    if isinstance(answer, date):
        return None if few else _month(answer)
    return answer


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
