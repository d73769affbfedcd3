"""The anonymised pool of an appeal: the waiting list replayed to the moment that the appeal is about (B14).

Nothing of today is in it, so it is the same each time it is made, and its checksum says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from domain.decisions.anonymous_pool import FEW, PoolRow, PoolState, Stood, anonymous_pool
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.vedtak import Vedtak
from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry
from domain.law.deadlines import add_months, oslo_date
from domain.law.rulebook import Rulebook
from domain.refusals import NotFoundError
from projections import case_history
from services.freshness import wait_for_views
from services.installation import Installation

HOUSED_WITHIN_MONTHS = 12
"""How far back those stand in the pool who got a dwelling before the decision."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The pool under the guidelines of its day. `as_of`: an Oslo date. `checksum`: hex SHA-256 of all the rest."""

    as_of: date
    rules: Rulebook
    rows: tuple[PoolRow, ...]

    @property
    def few(self) -> bool:
        return len(self.rows) < FEW

    @property
    def checksum(self) -> str:
        content = (self.as_of, self.rules.version, self.rows)
        return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


@dataclass(frozen=True)
class Moment:
    """What the appeal is about: the log up to `position`, and to whom the dwelling went, if it is about one."""

    position: int
    recorded_at: datetime
    rules: Rulebook
    given_to: UUID | None = None


def pool_of(office: Installation, appeal: Appeal) -> Pool:
    """The pool for `appeal`. Raises `ViewsBehindError`."""
    wait_for_views(office, office.case_log.head())
    moment = _of_allocation(office, appeal, appeal.allocation) if appeal.allocation else _of_vedtak(office, appeal)
    rows = anonymous_pool(
        _stood(office, moment), criteria=moment.rules.ranking, appellant=appeal.case, given_to=moment.given_to
    )
    return Pool(as_of=oslo_date(moment.recorded_at), rules=moment.rules, rows=rows)


def _of_vedtak(office: Installation, appeal: Appeal) -> Moment:
    with office.views.connect() as connection:
        issued = case_history.first(connection, appeal.case, appeal.vedtak, Vedtak.Issued.TOPIC)
    if issued is None:
        raise NotFoundError
    return Moment(issued.position, issued.recorded_at, office.rulebooks.on(oslo_date(issued.recorded_at)))


def _of_allocation(office: Installation, appeal: Appeal, id: UUID) -> Moment:
    """The last order before the appeal came, and who had the dwelling offered by then."""
    version = sum(event.timestamp <= appeal.created_on for event in office.case_log.stream(id))
    allocation = office.case_log.load(Allocation, id, version=version)
    computation = allocation.computations[-1]
    rules = office.rulebooks.version(computation.rulebook_version)
    given_to = allocation.offer.entry if allocation.offer else None
    return Moment(office.case_log.position_at(computation.computed_at), computation.computed_at, rules, given_to)


def _stood(office: Installation, moment: Moment) -> Iterator[Stood]:
    """Everybody who waited or had paused, and who had got a dwelling in the year before."""
    year_before = add_months(oslo_date(moment.recorded_at), -HOUSED_WITHIN_MONTHS)
    with office.views.connect() as connection:
        rows = case_history.as_they_stood(connection, WaitingListEntry, moment.position)
    recent = [r for r in rows if r.topic != WaitingListEntry.Left.TOPIC or oslo_date(r.recorded_at) >= year_before]
    streams = office.case_log.load_many(row.originator for row in recent)
    for row in recent:
        entry = streams.load_at(WaitingListEntry, row.originator, row.version)
        if (state := _state(entry)) is not None:
            yield Stood(standing=entry.candidate.standing, need=entry.need, state=state)


def _state(entry: WaitingListEntry) -> PoolState | None:
    if entry.state is EntryState.LEFT:
        return PoolState.HOUSED if entry.left_because is LeavingReason.LEASE else None
    return PoolState.PAUSED if entry.state is EntryState.PAUSED else PoolState.WAITING
