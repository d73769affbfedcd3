"""What a reader asks the gate to open, and the place each of it is read from (design D17).

Owner and field follow from the place: the owner is the case's person, or whose aggregate the reader read; the field is
what the event or the column declares. The case is none or the permit's. What a stored value says of itself opens nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.access.access_facts import AccessFacts
from domain.access.kinds import InformationKind, kind_of
from domain.sealed import Place, Sealed
from services.permits import Permit


@dataclass(frozen=True)
class OwnedBy:
    """A closed value that is not data of the case's person: a dwelling's address, an employee's name.

    `owner`: whose it is, by the aggregate it was read from.
    """

    owner: UUID
    sealed: Sealed

    @property
    def field(self) -> str:
        return self.sealed.field


Closed = Sealed | OwnedBy
"""A closed value as it was read. A bare one is data of the case's person."""

SealedFields = Mapping[str, Closed | None]
"""Closed values under the names the caller uses for them; None where nothing was written."""

Box = tuple[Place, bytes]
"""A closed text and the place it is read from: it opens only if it was closed for that place."""

Boxes = Mapping[str, Box]


def boxes_of(permit: Permit, fields: SealedFields) -> dict[str, Box]:
    """What the decision covers: its kinds, and nothing that was written in another case."""
    found = {name: _box(permit, closed) for name, closed in fields.items() if closed is not None}
    return {name: box for name, box in found.items() if box is not None and permit.decision.opens(kind_of(box[0]))}


def _box(permit: Permit, closed: Closed) -> Box | None:
    owner, sealed = (closed.owner, closed.sealed) if isinstance(closed, OwnedBy) else (permit.facts.person, closed)
    if owner is None or sealed.case not in (None, permit.case):
        return None
    return Place(owner, sealed.case, sealed.field), sealed.box


def kinds_of(boxes: Boxes) -> tuple[InformationKind, ...]:
    """The kinds of information in them."""
    return tuple(sorted({kind_of(place) for place, _ in boxes.values()}))


def names_of(boxes: Boxes) -> tuple[str, ...]:
    """Their permanent names."""
    return tuple(sorted(place.field for place, _ in boxes.values()))


def subjects_of(facts: AccessFacts, boxes: Boxes) -> tuple[UUID, ...]:
    """Everybody whose data they are, and whom the case is about."""
    people = {place.owner for place, _ in boxes.values()}
    if facts.person is not None:
        people.add(facts.person)
    return tuple(sorted(people))
