"""What else the person of a case has asked for and waits for, so that nobody handles one request twice (LH4)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.cases.application import ApplicationKind
from domain.cases.case import Case
from domain.people.person import Person
from services.context import Context
from services.core.permits.reading import ReadsCase
from services.core.registry import Area, query
from services.facts.case_applications import applications_in
from services.facts.similar_requests import Because, Similar, similar_requests, similar_to_submission
from services.gate import ListEntry
from services.installation import Installation
from services.permits import Permit
from services.queries.answer import Answer


class PossibleDuplicate(Answer):
    """One other request of the same person; of a colleague's case no more than what it waits for and since when."""

    application: UUID | None = Field(
        description="The application in this case that it resembles; null for a case that somebody was submitted in."
    )
    similar_case: UUID
    similar_application: UUID | None = Field(
        description="Null for an open case in which nothing like it is unanswered."
    )
    kinds: tuple[ApplicationKind, ...] = Field(description="What the other application still waits for.")
    received_on: date | None
    because: Because


@query("/cases/{case}/possible-duplicates", Area.CASES, ReadsCase(purpose="possible_duplicates"))
def list_possible_duplicates(office: Installation, context: Context, permit: Permit) -> list[PossibleDuplicate]:
    """Other requests of the same person that wait for an answer, and other open cases, as far as the caller may know.

    Of a colleague's case a saksbehandler sees that it exists; care housing stays with Service og tildeling (M20, LH4).
    """
    if not permit.decision.opens_in_case(InformationKind.HOUSING):
        office.gate.refuse(context, permit, purpose="possible_duplicates")
    case = office.case_log.load(Case, permit.case)
    found = list(_similar(office, context, case))
    others = sorted({similar.case for _, similar in found} - {permit.case})
    permits = office.gate.permits(context, others)
    entries = [ListEntry(other, case.person, {}) for other in others]
    plain = frozenset({InformationKind.HOUSING})
    office.gate.open(context, permit, {}, purpose="possible_duplicates", plain=plain)
    office.gate.open_list(context, "possible_duplicates", entries, permits)
    return [_row(application, similar) for application, similar in found]


def _similar(office: Installation, context: Context, case: Case) -> Iterator[tuple[UUID | None, Similar]]:
    """Each other request with the application here that it resembles; None in a case without one."""
    applications = applications_in(office, case.id)
    for application in applications:
        if not application.closed:
            yield from ((application.id, each) for each in similar_requests(office, context, application))
    if not applications and office.case_log.load(Person, case.person).same_as is not None:
        yield from ((None, each) for each in similar_to_submission(office, context, case))


def _row(application: UUID | None, similar: Similar) -> PossibleDuplicate:
    return PossibleDuplicate(
        application=application, similar_case=similar.case, similar_application=similar.application,
        kinds=similar.kinds, received_on=similar.received_on, because=similar.because,
    )  # fmt: skip
