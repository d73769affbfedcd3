"""Whoever is in the room while a case is discussed has been told: a disclosure like any reading of it (M08, B02)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.access.decision import Rule
from domain.access.disclosure import Disclosure
from domain.actors import SERVICE_OG_TILDELING, EmployeeId, Unit
from domain.cases.case import Case
from domain.cases.consent_facts import ConsentFacts
from domain.group.agenda_item import AgendaItem, Told
from domain.housing.allocation import Allocation
from services.commands.agenda import consent_facts
from services.context import Context
from services.installation import Installation

IN_THE_ROOM = "M08_in_the_room"
"""Why somebody was told. Stands in the disclosure log for ever, beside the rule that let them be there."""

Compared = tuple[tuple[UUID, UUID], ...]
"""Cases that are talked about, each with the person it is about."""


def record_told(office: Installation, context: Context, item: AgendaItem) -> None:
    """Record everybody who hears `item` discussed, as the item, not yet stored, now tells it.

    The two logs are two databases, and no save spans both. So this comes first: should the save then fail, somebody
    stands as told who was not, which a reviewer can see from the case log; the other way round somebody would know
    what no log says they know. Ids follow from case, item, person and moment, so what is said twice is there once. A
    command that loses a race and runs again may leave a line some milliseconds early; that errs on the same side.

    Where candidates for a vacancy are compared, somebody is told of those whose consent names their unit; of the others
    only a place is mentioned (M14).

    Raises `LogUnavailableError`; then nothing is stored in the case log either (R10).
    """
    heard = heard_by_unit(office, context, item)
    decided_at = office.case_log.head()
    office.gate.told(
        [
            Disclosure.told_in_meeting(
                case=case, subjects=(person,), told=told.person, unit=told.unit, told_from=told.since,
                meeting=item.meeting, item=item.id, rules=_rules(item, told), decided_at=decided_at, by=context.by,
                at=context.at,
            )
            for told in item.told()
            for case, person in heard(told.unit)
        ]
    )  # fmt: skip


def heard_by_unit(office: Installation, context: Context, item: AgendaItem) -> Callable[[Unit], Compared]:
    """Which of the item's cases a unit hears about: its own, or of those compared the ones that have consented."""
    cases = cases_of(office, item)
    if item.case is not None:
        return lambda _: cases
    consents = {case: consent_facts(office, case) for case, _ in cases}

    def heard(unit: Unit) -> Compared:
        return tuple(each for each in cases if _may_hear(unit, consents[each[0]], context.today))

    return heard


def _may_hear(unit: Unit, consent: ConsentFacts | None, day: date) -> bool:
    return unit == SERVICE_OG_TILDELING or (consent is not None and consent.covers((unit,), day))


def inhabil_elsewhere(office: Installation, item: AgendaItem) -> tuple[EmployeeId, ...]:
    """Those declared inhabil in the case at any meeting, or for anybody compared for a vacancy (LI1, B05)."""
    cases = [case for case, _ in cases_of(office, item)]
    return office.case_log.inhabil_in(cases) if cases else ()


def cases_of(office: Installation, item: AgendaItem) -> Compared:
    """The item's case; for a vacancy, those of everybody in the newest computed order."""
    if item.case is not None:
        return ((item.case, office.case_log.load(Case, item.case).person),)
    if item.allocation is None:
        return ()
    return compared_for(office.case_log.load(Allocation, item.allocation))


def compared_for(allocation: Allocation) -> Compared:
    """Those of everybody in the newest computed order for a vacancy."""
    computations = allocation.computations
    return tuple((r.standing.case, r.standing.person) for r in computations[-1].order.ranked) if computations else ()


def _rules(item: AgendaItem, told: Told) -> tuple[str, ...]:
    if any(guest.guest == told.person for guest in item.guests):
        return (IN_THE_ROOM, Rule.GUEST.value)
    if any(declared.substitute == told.person for declared in item.inhabil):
        return (IN_THE_ROOM, Rule.SUBSTITUTE.value)
    if item.case is None:
        return (IN_THE_ROOM, Rule.COMPARED.value)
    return (IN_THE_ROOM, Rule.CALLED_AND_CONSENTED.value) if item.consent_needed else (IN_THE_ROOM,)
