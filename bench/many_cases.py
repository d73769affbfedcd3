"""An installation with very many cases, put straight into its tables: what a list is timed against.

Its readers have as many cases however many there are: the others belong to their colleagues.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import Connection, insert

from bench.ground import SAKSBEHANDLER
from bench.raw import FACTS, RawConnection
from domain.access.facts import EMPLOYEES, NOBODY, ConsentScope, FactName, FactValue
from domain.access.kinds import InformationKind
from domain.actors import Actor, Role, Unit
from domain.sealed import Sealed
from projections import (
    appeals,
    care_housing,
    case_overview,
    deadline_rows,
    departing_vedtak,
    leases_ending,
    people,
    task_inbox,
)
from services.installation import Installation
from services.settings import Store

OWN = 100
"""How many cases the saksbehandler has, and the member sees on an agenda."""
RARE = 5
"""Every so many cases there is an appeal, a lease that ends, a vedtak that departs; and one about care housing."""
BEGINNING = date(2020, 1, 1)
MEMBER = Actor(uuid4(), Unit("nav"), Role.EMPLOYEE)
MEETING = uuid4()
NOTHING = msgspec.json.encode(FactValue()).decode()
TO_NAV = FactValue(scopes=(ConsentScope(MEMBER.unit, tuple(InformationKind)),))


@dataclass(frozen=True)
class OneCase:
    """A case, number `number` of them all."""

    number: int
    is_own: bool
    id: UUID
    name: Sealed
    task: Sealed

    @property
    def person(self) -> UUID:
        return self.name.owner

    @property
    def day(self) -> date:
        """Spread over some years, so that those of one reader lie scattered among all."""
        return BEGINNING + timedelta(days=self.number * 7919 % 2000)

    @property
    def is_rare(self) -> bool:
        return self.number % RARE == 0


def fill_with_cases(office: Installation, count: int) -> None:
    """`count` cases with what lists show of them, of which every so many belong to the readers."""
    cases = [_a_case(office, number, every=count // OWN) for number in range(count)]
    with closing(RawConnection(office.settings, Store.CASE_LOG)) as connection:
        facts = [fact for case in cases for fact in _facts(case)] + list(_facts_about_the_member())
        connection.insert("access_facts", FACTS, [(*fact, 1) for fact in facts])
        connection.commit()
        connection.analyse()
    with office.view_store.begin() as connection:
        _fill_views(connection, cases)
    with closing(RawConnection(office.settings, Store.VIEWS)) as connection:
        connection.analyse()


def _a_case(office: Installation, number: int, *, every: int) -> OneCase:
    """Only what the readers may open is really closed."""
    case, person, is_own = uuid4(), uuid4(), number % every == 0
    name, task = Sealed(person, None, "identity.name", b"closed"), Sealed(person, case, "follow_up.task", b"closed")
    if is_own:
        name = office.vault.seal(person, None, name.field, "Prøve Eksempelsen")
        task = office.vault.seal(person, case, task.field, "Avtaler hjemmebesøk.")
    return OneCase(number, is_own, case, name, task)


def _facts(case: OneCase) -> Iterator[tuple[str, str, str, str, str]]:
    about_person = msgspec.json.encode(FactValue(person=case.person)).decode()
    yield _fact(FactName.CASE, case.id, value=about_person)
    yield _fact(FactName.OPEN_CASE, case.person, about=case.id)
    yield _fact(FactName.CONSENT, case.id, value=msgspec.json.encode(TO_NAV).decode())
    yield _fact(FactName.RESPONSIBLE, case.id, SAKSBEHANDLER.id if case.is_own else uuid4())
    yield _fact(FactName.AGENDA, case.id, MEETING if case.is_own else uuid4(), uuid4())


def _facts_about_the_member() -> Iterator[tuple[str, str, str, str, str]]:
    yield _fact(FactName.CALLED, MEETING, MEMBER.id)
    appointed = FactValue(unit=MEMBER.unit, valid_from=BEGINNING)
    yield _fact(FactName.MEMBER, EMPLOYEES, MEMBER.id, uuid4(), value=msgspec.json.encode(appointed).decode())


def _fact(
    name: FactName, scope: UUID, subject: UUID = NOBODY, about: UUID = NOBODY, *, value: str = NOTHING
) -> tuple[str, str, str, str, str]:
    return name.value, scope.hex, subject.hex, about.hex, value


def _fill_views(connection: Connection, cases: list[OneCase]) -> None:
    rare = [case for case in cases if case.is_rare]
    connection.execute(insert(people.TABLE), [_person(case) for case in cases])
    connection.execute(insert(case_overview.TABLE), [_overview(case) for case in cases])
    connection.execute(insert(deadline_rows.TABLE), [_deadline(case) for case in cases])
    connection.execute(insert(task_inbox.TABLE), [_task(case) for case in cases])
    connection.execute(insert(appeals.TABLE), [_appeal(case) for case in rare])
    connection.execute(insert(leases_ending.TABLE), [_lease(case) for case in rare])
    connection.execute(insert(departing_vedtak.TABLE), [_departure(case) for case in rare])
    connection.execute(insert(care_housing.TABLE), [_care(case) for case in rare])


def _person(case: OneCase) -> dict[str, Any]:
    return {
        "person": case.person, "name": case.name, "registered_name": case.name, "registered_by": SAKSBEHANDLER.id,
    }  # fmt: skip


def _of(case: OneCase, **more: Any) -> dict[str, Any]:
    return {"case": case.id, "person": case.person, **more}


def _overview(case: OneCase) -> dict[str, Any]:
    return _of(
        case, opened_by="application", opened_on=case.day, care_housing=False, stage="opened", consent="given",
        responsible=SAKSBEHANDLER.id if case.is_own else uuid4(), pre_assessed=False, submitted=False, waiting=1,
        kinds=("dwelling",),
    )  # fmt: skip


def _deadline(case: OneCase) -> dict[str, Any]:
    return _of(case, kind="interim_reply", subject=uuid4(), part="", due_on=case.day, runs=True)


def _task(case: OneCase) -> dict[str, Any]:
    return _of(
        case, follow_up=uuid4(), assignee=uuid4(), unit="nav", due_on=case.day, what=case.task, state="in_force",
        assigned_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _appeal(case: OneCase) -> dict[str, Any]:
    return _of(
        case, appeal=uuid4(), vedtak=uuid4(), subject="dwelling", body="klagenemnd", received_on=case.day,
        state="received", late=False, copied=False, awaits_new_vedtak=False, recorded_at=case.number,
    )  # fmt: skip


def _lease(case: OneCase) -> dict[str, Any]:
    return _of(
        case, tenancy=uuid4(), dwelling=uuid4(), care_housing=False, starts_on=case.day, ends_on=case.day,
        on_agenda_from=case.day, warn_on=(), move_out_demand_by=case.day,
    )  # fmt: skip


def _departure(case: OneCase) -> dict[str, Any]:
    because = Sealed(case.person, case.id, "assessment.departs_because", b"closed")
    return _of(
        case, vedtak=uuid4(), subject="dwelling", outcome="refuse", conclusion=uuid4(), departs_because=because,
        issued_on=case.day,
    )  # fmt: skip


def _care(case: OneCase) -> dict[str, Any]:
    return _of(
        case, opened_on=case.day, because_of=(), services=(), urgency_order=0, open_questions=0, unheard=False,
        awaits_place_since=case.day,
    )  # fmt: skip
