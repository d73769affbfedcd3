"""A log with a past: cases as they come in, written many to a save because only their number matters."""

import os
from collections.abc import Iterator
from uuid import UUID, uuid4

from bench.ground import Ground
from domain.base import HusromAggregate
from domain.cases.application import Application, ApplicationContent, ApplicationKind, Household, PresentHousing, WayIn
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.command_record import CommandRecord
from domain.people.person import Person, PersonDetails
from domain.sealed import Sealed
from services.context import Context

EVENTS_A_CASE = 6
CASES_A_SAVE = 50
BOX = os.urandom(90)
"""As long as a closed sentence. Nobody opens it."""


def fill(where: Ground, events: int) -> None:
    """Let the case log grow by some `events`."""
    cases = -(-events // EVENTS_A_CASE)
    for first in range(0, cases, CASES_A_SAVE):
        here = range(first, min(first + CASES_A_SAVE, cases))
        where.office.case_log.append(*(part for _ in here for part in new_case(where.context())))


def new_case(context: Context) -> Iterator[HusromAggregate]:
    """What one application for a dwelling leaves behind: six events."""
    by, at = context.by, context.at
    person, id = uuid4(), uuid4()
    details = PersonDetails(
        name=_sealed(person, None, "identity.name"),
        identity_number=_sealed(person, None, "identity.number"),
        address=_sealed(person, None, "contact.address"),
        phone=None,
        email=_sealed(person, None, "contact.email"),
        language="nb",
        needs_interpreter=False,
    )
    yield Person.register(id=person, details=details, by=by, at=at)
    case = Case.open(id=id, person=person, opened_by=OpenedBy.APPLICATION, by=by, at=at)
    case.assign_responsibility(to=by.actor, by=by, at=at)
    yield case
    yield Consent.ask(case=id, person=person, by=by, at=at)
    yield _application(context, id, person)
    yield CommandRecord.carried_out(
        id=uuid4(), route="POST /api/v1/applications", digest=BOX[:32], status=201, answer="{}", etag=None, by=by, at=at
    )


def _application(context: Context, case: UUID, person: UUID) -> Application:
    content = ApplicationContent(
        household=Household(adults=1),
        present_housing=PresentHousing.NONE,
        reason=_sealed(person, case, "housing.reason"),
        economy=_sealed(person, case, "economy.situation"),
    )
    return Application.receive(
        id=uuid4(), case=case, person=person, kinds=(ApplicationKind.DWELLING,), way_in=WayIn.FORM,
        received_on=context.today, today=context.today, content=content, by=context.by, at=context.at,
    )  # fmt: skip


def _sealed(owner: UUID, case: UUID | None, field: str) -> Sealed:
    return Sealed(owner, case, field, BOX)
