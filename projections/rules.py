"""The rulebooks as views use them: the one in force on a day, and a version that changes with them (design D11)."""

from dataclasses import dataclass
from datetime import date

from domain.law.rulebook import Rulebook
from domain.law.working_days import WorkingDays


@dataclass(frozen=True)
class DatedRules:
    """Every rulebook, oldest first, and the days on which deadlines can end (LH9)."""

    oldest_first: tuple[Rulebook, ...]
    working_days: WorkingDays

    def on(self, day: date) -> Rulebook:
        """The rulebook in force on the Oslo date `day`; the first one for what is older than all of them.

        A command refuses a day without rules. A view must read whatever the log says.
        """
        return next((book for book in reversed(self.oldest_first) if book.valid_from <= day), self.oldest_first[0])

    def version_of(self, shape: int) -> str:
        """The version of a view of that shape: another one as soon as a rulebook is added, so that it is rebuilt."""
        return " ".join([str(shape), *(book.version for book in self.oldest_first)])
