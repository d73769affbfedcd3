"""What was read of the case log before something was decided, so that the save can see that it still holds (R07).

The log itself notes what it is asked, whoever asks: nothing has to be listed by hand.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.access.access_facts import AccessFacts
from domain.access.facts import EMPLOYEES, FactName
from services.log.access_facts import FactTable
from services.log.dialect import Dialect


@dataclass
class Reads:
    """The streams and the access facts that were asked for since `position`.

    `whole_log`: a view was asked as well, which may tell of anything that is stored.
    `scopes`: all facts in them were asked for. `personal_scopes`: only those about `people`, of whom it was asked as well
    whether they are inhabil anywhere: towards a person that is so in all cases.
    """

    position: int
    streams: set[UUID] = field(default_factory=set)
    scopes: set[UUID] = field(default_factory=set)
    personal_scopes: set[UUID] = field(default_factory=set)
    people: set[UUID] = field(default_factory=set)
    case: UUID | None = None
    """The case that was asked about first; a person or a vacancy where it was no case."""
    whole_log: bool = False
    used_up: bool = False
    """Whether what was decided on it is stored. What is read from then on is not noted."""

    def note_facts(self, facts: Iterable[AccessFacts], subject: UUID | None) -> None:
        """Note that `facts` were read, with what they lead on to: meetings, and comparisons.

        `subject`: whose facts as an employee were read; None when everybody's.
        """
        of_employees = {EMPLOYEES}
        for each in facts:
            self.case = self.case or each.case
            items = [item for comparison in each.comparisons for item in comparison.items]
            self.scopes |= {each.case, *(item.case for item in items), *(c.allocation for c in each.comparisons)}
            of_employees |= {row.key.subject for part in (each, *items) for row in part.named(FactName.AGENDA)}
        if subject is None:
            self.scopes |= of_employees
        else:
            self.personal_scopes |= of_employees
            self.people.add(subject)


_noting: ContextVar[Reads | None] = ContextVar("noting", default=None)


@contextmanager
def noting(position: int) -> Iterator[Reads]:
    """Note what this thread reads of the case log, which stood at `position` before the first of it."""
    reads = Reads(position)
    token = _noting.set(reads)
    try:
        yield reads
    finally:
        _noting.reset(token)


def noted() -> Reads | None:
    """What this thread has read since it began to note; None when it notes nothing."""
    reads = _noting.get()
    return None if reads is None or reads.used_up else reads


def note_facts(facts: Iterable[AccessFacts], subject: UUID | None) -> None:
    """Note that these facts, as they are now, were read; about `subject` as an employee, or about everybody (None)."""
    if (reads := noted()) is not None:
        reads.note_facts(facts, subject)


def note_scopes(*scopes: UUID) -> None:
    """Note that all facts in these scopes were read."""
    if (reads := noted()) is not None:
        reads.scopes.update(scopes)


def note_streams(*ids: UUID) -> None:
    """Note that the events of these streams were read, or that there were none."""
    if (reads := noted()) is not None:
        reads.streams.update(ids)


def note_whole_log() -> None:
    """Note that a view was read that knew all that was stored by now."""
    if (reads := noted()) is not None:
        reads.whole_log = True


def still_holds(facts: FactTable, newer: str, of_streams: str) -> str:
    """The condition that nothing that was read has changed since, to be asked while nobody else can append.

    `newer`: the query for events after `:position`. `of_streams`: the condition that one is of the streams in
    `:streams`. The other parameters are those of `what_was_read`.
    """
    scopes, personal, meetings, people = map(facts.dialect.listed, ("scopes", "personal", "meetings", "people"))
    concerned = (
        f"scope IN {scopes}",
        f"scope IN {personal} AND subject IN {people}",
        f"scope IN {meetings} AND name = 'meeting_day'",
        f"name = 'inhabil' AND subject IN {people}",
    )
    # One question for each: with OR between them SQLite looks at every row there is.
    changed = (
        f"SELECT 1 FROM {facts.name} WHERE {each} AND (since > :position OR until > :position)"  # noqa: S608 - all parts are our own
        for each in concerned
    )
    moved = (f"{newer} AND {of_streams}", f"{newer} AND :whole_log")
    return " AND ".join(f"NOT EXISTS ({each})" for each in (*moved, *changed))


def what_was_read(reads: Reads, dialect: Dialect) -> dict[str, Any]:
    """The parameters of `still_holds`, but for the streams: each database keeps their ids in its own way."""
    lists = {
        "scopes": reads.scopes, "personal": reads.personal_scopes, "meetings": reads.personal_scopes - {EMPLOYEES},
        "people": reads.people,
    }  # fmt: skip
    asked = {"position": reads.position, "whole_log": reads.whole_log}
    return {**asked, **{name: dialect.ids([id.hex for id in ids]) for name, ids in lists.items()}}
