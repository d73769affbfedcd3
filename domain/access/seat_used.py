"""The facts as they count in one seat: what somebody was given in another seat opens nothing in this one (D16)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.access.access_facts import AccessFacts
from domain.access.facts import Fact, FactName
from domain.actors import Actor, Unit
from domain.people.seats import first_seat

GIVEN_TO_A_SEAT = frozenset({FactName.MEMBER, FactName.GUEST, FactName.SUBSTITUTE, FactName.TASK, FactName.SUBMITTED})
"""What somebody is given, or does, in one of their seats. The fact says in which unit."""

HANGS_ON_A_SEAT = GIVEN_TO_A_SEAT | {FactName.CALLED}
"""All that may count in one seat and not in another."""


def given_to(facts: AccessFacts, actor: Actor) -> AccessFacts:
    """The facts, without what the actor was given in another seat than the one that she uses."""
    if not facts.comparisons and facts.names.isdisjoint(HANGS_ON_A_SEAT):
        return facts
    return _counted(facts, _SeatUsed.of(actor, facts.rows))


@dataclass(frozen=True)
class _SeatUsed:
    """The seat that somebody uses, and what follows from her others.

    `first_unit`: of the seat that she was registered in, None in no directory. What names no unit, in an old log, was
    given to that one. `is_called`: whether a calling counts. Only members are called, in the seat of their appointment.
    """

    actor: Actor
    first_unit: Unit | None
    is_called: bool = True

    @classmethod
    def of(cls, actor: Actor, rows: Iterable[Fact]) -> "_SeatUsed":
        own = [row for row in rows if row.key.subject == actor.id]
        first = (row for row in own if row.key.name is FactName.SEAT and row.key.about == first_seat(actor.id))
        seat = cls(actor, next((row.value.unit for row in first), None))
        memberships = [row for row in own if row.key.name is FactName.MEMBER]
        return replace(seat, is_called=not memberships or any(map(seat.counts, memberships)))

    def counts(self, row: Fact) -> bool:
        """Whether a row counts in this seat: everything but what gives her something in another one."""
        if row.key.subject != self.actor.id:
            return True
        if row.key.name is FactName.CALLED:
            return self.is_called
        given_to = row.value.unit or self.first_unit
        return row.key.name not in GIVEN_TO_A_SEAT or given_to in (None, self.actor.unit)


def _counted(facts: AccessFacts, seat: _SeatUsed) -> AccessFacts:
    rows = tuple(row for row in facts.rows if seat.counts(row))
    comparisons = (
        replace(each, items=tuple(_counted(item, seat) for item in each.items)) for each in facts.comparisons
    )
    return AccessFacts.of(facts.case, rows, comparisons)
