"""What somebody has asked for before and still waits for: so that a second registration is noticed (LH4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access.decision import Decision, Rule
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
    people = _registrations(office, application.person)
    unanswered = list(_unanswered(office, application, people))
    named = {application.case, *(each.case for each in unanswered)}
    is_care_housing = ApplicationKind.CARE_HOUSING in application.kinds
    found = [*unanswered, *([] if is_care_housing else _open_cases(office, people, named))]
    return _known(office, context, application.case, found)


def similar_to_submission(office: Installation, context: Context, case: Case) -> list[Similar]:
    """Other open cases of somebody whom a submission named, that the actor may know of: as for an application."""
    return _known(office, context, case.id, list(_open_cases(office, _registrations(office, case.person), {case.id})))


def _registrations(office: Installation, person: UUID) -> list[UUID]:
    return sorted({person, *office.case_log.same_people(person)})


def _known(office: Installation, context: Context, case: UUID, found: list[Similar]) -> list[Similar]:
    """Those in the case itself, and in others that the actor may know of."""
    permits = office.gate.permits(context, [each.case for each in found if each.case != case])
    return [each for each in found if each.case == case or may_know_of(permits[each.case].decision)]


def may_know_of(decision: Decision) -> bool:
    """Whether the actor may know that the case exists: sees it, or is a colleague of whoever handles it."""
    return decision.allowed or Rule.NOT_RESPONSIBLE in decision.rules


def _unanswered(office: Installation, application: Application, people: list[UUID]) -> Iterator[Similar]:
    log = office.case_log
    for person in people:
        for other in (log.load(Application, id) for id in log.applications_of(person) if id != application.id):
            if set(other.unanswered) & set(application.kinds):
                yield Similar(other.case, other.id, other.unanswered, other.received_on, Because.SAME_KIND_UNANSWERED)


def _open_cases(office: Installation, people: list[UUID], named: set[UUID]) -> Iterator[Similar]:
    """Open ordinary cases of these people, unless `named` already."""
    log = office.case_log
    for person in people:
        for case in sorted(set(log.open_cases_of(person)) - named):
            if not log.load(Case, case).closed:
                yield Similar(case, None, (), None, Because.OPEN_CASE)
