"""What keeps a case with whoever is responsible for it after it is closed: appeals, the time to appeal, leases (LC1)."""

from domain.access.facts import FactChange, FactKey, FactName, FactSweep, FactValue
from domain.base import Event
from domain.cases.case import Case
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.reasons_demand import ReasonsDemand
from domain.decisions.vedtak import Vedtak
from domain.housing.tenancy import Tenancy

opened = FactChange.opened
closed = FactChange.closed


def running_case(event: Event) -> tuple[FactChange | FactSweep, ...]:
    """What `event` begins or ends of it."""
    match event:
        case Case.Closed():
            return (opened(FactKey(FactName.CLOSED, event.originator_id)),)
        case Tenancy.LeaseSigned() | Tenancy.LeaseExtended():
            return (opened(FactKey(FactName.LEASE, event.case, about=event.originator_id)),)
        case Tenancy.Ended():
            return (FactSweep(FactName.LEASE, about=event.originator_id),)
    return _time_to_appeal(event) or _appeal(event)


def _time_to_appeal(event: Event) -> tuple[FactChange, ...]:
    """From the vedtak until its time to appeal has gone, broken off while reasons are asked for (LK3, LK5)."""
    match event:
        case Vedtak.Issued():
            return (opened(FactKey(FactName.APPEALABLE, event.case, about=event.originator_id)),)
        case Vedtak.Notified():
            until = FactValue(valid_to=event.appeal_deadline)
            return (opened(FactKey(FactName.APPEALABLE, event.case, about=event.originator_id), until),)
        case ReasonsDemand.Demanded():
            return (opened(FactKey(FactName.APPEALABLE, event.case, about=event.vedtak or event.originator_id)),)
        case ReasonsDemand.Given():
            until = FactValue(valid_to=event.appeal_deadline)
            about = event.vedtak or event.originator_id
            return (opened(FactKey(FactName.APPEALABLE, event.case, about=about), until),)
    return ()


def _appeal(event: Event) -> tuple[FactChange, ...]:
    """From the day it came in until nobody has anything left to do about it (LK6, LK7, LK8)."""
    match event:
        case Appeal.Received() | Appeal.DismissalAppealed():
            return (opened(FactKey(FactName.APPEAL, event.case, about=event.originator_id)),)
        case Appeal.Dismissed():
            until = FactValue(valid_to=event.deadline)
            return (opened(FactKey(FactName.APPEAL, event.case, about=event.originator_id), until),)
        case Appeal.Decided() if not event.outcome.needs_new_vedtak:
            until = FactValue(valid_to=event.dismissal_deadline or event.told_on)
            return (opened(FactKey(FactName.APPEAL, event.case, about=event.originator_id), until),)
        case Appeal.ReversedByMunicipality() | Appeal.CarriedOut() | Appeal.Withdrawn():
            return (closed(FactKey(FactName.APPEAL, event.case, about=event.originator_id)),)
    return ()
