"""What stands on an agenda about one lease: its end, its extension, and a change in the household are one matter (M18)."""

from collections.abc import Iterator
from uuid import UUID

from domain.cases.case import lease_case_id
from domain.group.agenda_item import AgendaItem, Matter, RemovalReason
from domain.group.agenda_item.refusals import LeaseMustNotSlipError
from domain.housing.tenancy import Tenancy
from services.commands.agenda import Subject
from services.installation import Installation


def open_lease_item(office: Installation, tenancy: Tenancy) -> AgendaItem | None:
    """The item about the lease that is not settled, if there is one: never are there two (M18)."""
    return next((item for item in lease_items(office, tenancy) if not item.outcome.settled), None)


def lease_items(office: Installation, tenancy: Tenancy) -> Iterator[AgendaItem]:
    """Every item there has been about the lease, and what an earlier release put on by rule for its present end."""
    nth = 1
    while (item := office.case_log.find(AgendaItem, _item_id(tenancy, nth))) is not None:
        yield item
        nth += 1
    for id in office.case_log.items_of(lease_case_id(tenancy.id, tenancy.ends_on)):
        yield office.case_log.load(AgendaItem, id)


def next_lease_item_id(office: Installation, tenancy: Tenancy) -> UUID:
    """The next free id, the same for everybody who asks at the same time."""
    nth = 1
    while office.case_log.find(AgendaItem, _item_id(tenancy, nth)) is not None:
        nth += 1
    return _item_id(tenancy, nth)


def require_may_leave(office: Installation, item: AgendaItem, reason: RemovalReason) -> None:
    """Raise `LeaseMustNotSlipError` when the reason for taking a lease off the agenda does not hold (M18).

    A duplicate has another open item about the lease, or an application to extend it that is watched by itself.
    """
    tenancy = office.case_log.find(Tenancy, item.tenancy) if item.tenancy else None
    if tenancy is None or item.matter is not Matter.LEASE_ENDING:
        return
    is_elsewhere = any(other.id != item.id and not other.outcome.settled for other in lease_items(office, tenancy))
    holds = {
        RemovalReason.DUPLICATE: is_elsewhere or tenancy.applied_for is not None,
        RemovalReason.LEASE_ENDED: tenancy.ended_on is not None or not _is_current(item, tenancy),
        RemovalReason.CARE_HOUSING: tenancy.care_housing,
    }  # fmt: skip
    if not holds.get(reason, False):
        raise LeaseMustNotSlipError()


def _is_current(item: AgendaItem, tenancy: Tenancy) -> bool:
    """Whether the item is about the end the lease has now, or about the household as it is now."""
    takeover = tenancy.takeover.case if tenancy.takeover else None
    return item.case in (lease_case_id(tenancy.id, tenancy.ends_on), takeover)


def _item_id(tenancy: Tenancy, nth: int) -> UUID:
    return Subject(Matter.LEASE_ENDING, None, tenancy.id).item_id(nth)
