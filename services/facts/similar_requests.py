"""What somebody has asked for before and still waits for: so that a second registration is noticed (LH4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access.decision import Decision, Rule
from domain.access.facts import FactName
from domain.cases.application import Application, ApplicationKind
from domain.cases.case import Case
from services.context import Context
from services.installation import Installation


class Because(StrEnum):
    """Why something is similar."""

    SAME_KIND_UNANSWERED = "same_kind_unanswered"
    OPEN_CASE = "open_case"


@dataclass(frozen=True)
class Similar:
    """Another request of the same person. `application` is None for an open case that nothing is unanswered in."""

    case: UUID
    application: UUID | None
    kinds: tuple[ApplicationKind, ...]
    received_on: date | None
    because: Because


def similar_requests(office: Installation, context: Context, application: Application) -> list[Similar]:
    """Unanswered applications of the person for the same, and open cases of the same sort, that the actor may know of.

    Only a saksbehandler at Service og tildeling gets to know of a colleague's case, and only that it exists; care
    housing stays with those who may see it (M20). Nothing is opened, so nothing is logged.
    """
    asked = _asked_before(office, application.person)
    unanswered = list(_unanswered(asked, application))
    named = {application.case, *(each.case for each in unanswered)}
    is_care_housing = ApplicationKind.CARE_HOUSING in application.kinds
    found = [*unanswered, *([] if is_care_housing else _open_cases(asked, named))]
    return _known(office, context, application.case, found)


def similar_to_submission(office: Installation, context: Context, case: Case) -> list[Similar]:
    """Other open cases of somebody whom a submission named, that the actor may know of: as for an application."""
    return _known(office, context, case.id, list(_open_cases(_asked_before(office, case.person), {case.id})))


@dataclass(frozen=True)
class _AskedBefore:
    """What a person has asked for under every registration. `cases`: the open ones that are not about care housing."""

    applications: Sequence[Application]
    cases: Sequence[Case]


def _asked_before(office: Installation, person: UUID) -> _AskedBefore:
    """All of it, read together."""
    registrations = office.case_log.registrations_of(person)
    applications, cases = (
        [row.key.about for id in sorted(registrations) for row in registrations[id].named(name)]
        for name in (FactName.APPLICATION, FactName.OPEN_CASE)
    )
    read = office.case_log.load_many([*applications, *cases])
    return _AskedBefore([read.load(Application, id) for id in applications], [read.load(Case, id) for id in cases])


def _known(office: Installation, context: Context, case: UUID, found: list[Similar]) -> list[Similar]:
    """Those in the case itself, and in others that the actor may know of."""
    permits = office.gate.permits(context, [each.case for each in found if each.case != case])
    return [each for each in found if each.case == case or may_know_of(permits[each.case].decision)]


def may_know_of(decision: Decision) -> bool:
    """Whether the actor may know that the case exists: sees it, or is a colleague of whoever handles it."""
    return decision.allowed or Rule.NOT_RESPONSIBLE in decision.rules


def _unanswered(asked: _AskedBefore, application: Application) -> Iterator[Similar]:
    for other in asked.applications:
        if other.id != application.id and set(other.unanswered) & set(application.kinds):
            yield Similar(other.case, other.id, other.unanswered, other.received_on, Because.SAME_KIND_UNANSWERED)


def _open_cases(asked: _AskedBefore, named: set[UUID]) -> Iterator[Similar]:
    """Open ordinary cases of the person, unless `named` already."""
    for case in sorted(asked.cases, key=lambda each: each.id):
        if case.id not in named and not case.closed:
            yield Similar(case.id, None, (), None, Because.OPEN_CASE)
