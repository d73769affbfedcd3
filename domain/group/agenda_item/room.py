"""The room during one item: who was there when, and who has therefore been told (M08, B02)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.actors import EmployeeId, Unit


@dataclass(frozen=True)
class PersonPresent:
    """Somebody in the room."""

    person: EmployeeId
    unit: Unit
    substitute_for: EmployeeId | None = None


@dataclass(frozen=True)
class Span:
    """From `since` until `until` (UTC); None while it lasts."""

    since: datetime
    until: datetime | None = None

    def ended(self, at: datetime) -> "Span":
        return replace(self, until=at)


@dataclass(frozen=True)
class Stay:
    """One unbroken presence of somebody in the room."""

    who: PersonPresent
    span: Span

    def heard(self, talk: Span) -> "Told | None":
        """The part of `talk` that fell within the stay, if any. A talk of an instant was heard by those there."""
        since = max(self.span.since, talk.since)
        until = min((end for end in (self.span.until, talk.until) if end is not None), default=None)
        talk_was_an_instant = talk.since == talk.until
        if until is None or since < until or (since == until and talk_was_an_instant):
            return Told(self.who.person, self.who.unit, since, until)
        return None


@dataclass(frozen=True)
class Told:
    """Somebody was in the room while the item was discussed. Times are UTC; `until` is None while it lasts."""

    person: EmployeeId
    unit: Unit
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Room:
    """Stays and discussions of one item, in the order they began."""

    stays: tuple[Stay, ...] = ()
    discussions: tuple[Span, ...] = ()

    @property
    def present(self) -> tuple[PersonPresent, ...]:
        """Who is there now."""
        return tuple(stay.who for stay in self.stays if stay.span.until is None)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The different units there now, in order."""
        return _different(person.unit for person in self.present)

    @property
    def units_told(self) -> tuple[Unit, ...]:
        """The different units that have heard the item discussed, in order."""
        return _different(told.unit for told in self.told())

    def holds(self, person: UUID) -> bool:
        return any(present.person == person for present in self.present)

    def has_been(self, person: UUID) -> bool:
        return any(stay.who.person == person for stay in self.stays)

    def last_change(self, person: UUID, otherwise: datetime) -> datetime:
        """When that person last came or went; `otherwise` for somebody who never has."""
        return max(
            (stay.span.until or stay.span.since for stay in self.stays if stay.who.person == person), default=otherwise
        )

    def entered(self, who: PersonPresent, at: datetime) -> "Room":
        return replace(self, stays=(*self.stays, Stay(who, Span(at))))

    def left(self, person: UUID, at: datetime) -> "Room":
        """The same room without that person from `at`; unchanged when the person is not there."""
        stays = tuple(
            replace(stay, span=stay.span.ended(at)) if stay.who.person == person and stay.span.until is None else stay
            for stay in self.stays
        )
        return replace(self, stays=stays)

    def discussion_opened(self, at: datetime) -> "Room":
        return replace(self, discussions=(*self.discussions, Span(at)))

    def discussion_closed(self, at: datetime) -> "Room":
        *earlier, last = self.discussions
        return replace(self, discussions=(*earlier, last.ended(at)))

    def told(self) -> tuple[Told, ...]:
        """Everybody who was in the room while the item was discussed, once for each time."""
        heard = (stay.heard(talk) for stay in self.stays for talk in self.discussions)
        return tuple(told for told in heard if told is not None)


def _different(units: Iterator[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(set(units)))
