"""Taking turns: those who got into each other's way about one case go one at a time from then on (R07)."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Condition
from uuid import UUID

Ticket = tuple[bool, int]
"""False for who goes ahead, then a number; the lowest is next."""


class Turns:
    """A queue for each case, within this process. Every wait in it ends after `patience` seconds."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._changed = Condition()
        self._numbers = count()
        self._waiting: dict[UUID, set[Ticket]] = {}
        self._busy: set[UUID] = set()

    @contextmanager
    def turn(self, case: UUID, *, ahead: bool = False) -> Iterator[bool]:
        """Wait for one's turn; `ahead` of all who came without it. Gives False when the patience ended first."""
        came = self._come(case, (not ahead, next(self._numbers)))
        try:
            yield came
        finally:
            if came:
                self._go(case)

    def waiting(self, case: UUID) -> int:
        """How many wait for a turn in the case."""
        return len(self._waiting.get(case, ()))

    def _come(self, case: UUID, mine: Ticket) -> bool:
        with self._changed:
            self._waiting.setdefault(case, set()).add(mine)
            came = self._changed.wait_for(lambda: self._is_next(case, mine), self._patience)
            self._waiting[case].remove(mine)
            if not self._waiting[case]:
                del self._waiting[case]
            if came:
                self._busy.add(case)
            else:
                self._changed.notify_all()
            return came

    def _is_next(self, case: UUID, mine: Ticket) -> bool:
        return case not in self._busy and min(self._waiting[case]) == mine

    def _go(self, case: UUID) -> None:
        with self._changed:
            self._busy.remove(case)
            self._changed.notify_all()
