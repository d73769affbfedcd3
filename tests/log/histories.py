"""The same situations as what has happened: events that lead to each, read as a decision reads them (R08).

So what an event opens and closes, and how the facts are found, is held against the mandate as well. What is not so in a
situation may have been so, and have been undone.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from domain.access.access_facts import AccessFacts
from domain.access.changes import fact_changes
from domain.access.decision import Action, Decision, decide
from domain.access.emergency import EmergencyAccess
from domain.access.review import Review
from domain.actors import Role
from domain.base import Event
from domain.care.dialogue import CareDialogue
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.meeting import CalledMember, Meeting
from domain.group.working_group import Appointment, WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.ranking import ComputedOrder, Ranked, Standing
from domain.housing.tenancy import Tenancy
from domain.people.absence import Absence
from domain.people.employee import Employee
from domain.people.person import Person
from domain.people.seats import Seat
from services.log.access_facts import SCHEMA, FactTable, write_changes
from services.log.dialect import SQLITE
from services.log.fact_reading import read_facts
from tests.domain.access.situations import (
    ABSENT,
    ACTOR,
    ALLOCATION,
    ANOTHER_UNIT,
    ITEM,
    MEETING,
    REVIEW,
    TASK,
    TODAY,
    VACANCY_ITEM,
    VACANCY_MEETING,
    Situation,
    situations,
)
from tests.domain.support import CASE, PERSON, an_id
from tests.examples import example

YESTERDAY, LATELY = TODAY - timedelta(days=1), TODAY - timedelta(days=3)
ANOTHER_CASE, CASE_ELSEWHERE, A_STRANGERS_CASE = (an_id(name) for name in ("second case", "case elsewhere", "other"))
PERSON_ELSEWHERE, STRANGER = an_id("the same, registered again"), an_id("a stranger")
TABLE = FactTable("access_facts", "SELECT 0", SQLITE)


class History(NamedTuple):
    """A situation, and what the code under test makes of the events that led to it."""

    so: Situation
    facts: AccessFacts

    def decide(self, action: Action) -> Decision:
        return decide(self.so.actor, action, self.facts, self.so.day, reason_stated=self.so.reason_stated)


def histories(how_many: int, seed: int) -> Iterator[History]:
    """`how_many` histories, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - to be repeatable, not secret
    with closing(sqlite3.connect(":memory:")) as database:
        database.row_factory = sqlite3.Row
        for statement in SCHEMA:
            database.execute(statement.format(table=TABLE.name))
        for so in situations(how_many, seed):
            yield History(so, _read(database, list(_led_to(so, chance))))


def _read(database: sqlite3.Connection, events: Sequence[Event]) -> AccessFacts:
    """The facts of the case after these events, as a request of the actor reads them."""

    def execute(statement: str, parameters: Any) -> Any:
        return database.execute(statement, parameters).fetchall()

    database.execute(f"DELETE FROM {TABLE.name}")
    write_changes(execute, TABLE, [(position, fact_changes(event)) for position, event in enumerate(events, 1)])
    return read_facts(execute, TABLE, [CASE], ACTOR).facts[CASE]


def _led_to(so: Situation, chance: Random) -> Iterator[Event]:
    """Each thing by itself in its order; what came before what of different things is by chance."""
    things = [
        [*_the_case(so), *_its_end(so)], [*_at_its_meeting(so, chance)], [*_at_the_vacancy(so)], [*_consent(so, chance)],
        [*_the_actor(so)], [*_in_the_case(so, chance)], [*_reviews(so)], [*_inhabil(so)], [*_elsewhere(so, chance)],
    ]  # fmt: skip
    while things := [thing for thing in things if thing]:
        yield chance.choice(things).pop(0)


def _the_case(so: Situation) -> Iterator[Event]:
    if so.exists:
        yield example(Case.Opened, originator_id=CASE, person=PERSON, care_housing=so.care_housing)
    if so.stand_in != "none":
        yield _responsible(CASE, ABSENT)
        last_day = TODAY if so.stand_in == "today" else YESTERDAY
        yield example(Absence.Recorded, absent=ABSENT, stand_in=ACTOR, from_day=LATELY, last_day=last_day)
    if so.responsible:
        yield _responsible(CASE, ACTOR, until=TODAY if so.state == "taken_up" else None)


def _responsible(case: UUID, who: UUID, **more: Any) -> Event:
    return example(
        Case.ResponsibilityAssigned, originator_id=case, responsible=who, **{"replaces": None, "until": None, **more}
    )


def _its_end(so: Situation) -> Iterator[Event]:
    if so.state == "runs":
        return
    yield example(Vedtak.Issued, case=CASE, person=PERSON)
    until = TODAY if so.state == "appealable" else YESTERDAY
    yield example(Vedtak.Notified, case=CASE, person=PERSON, appeal_deadline=until)
    if so.state == "appealed":
        yield example(Appeal.Received, case=CASE, person=PERSON)
    if so.state == "leased":
        yield example(Tenancy.LeaseSigned, case=CASE, person=PERSON)
    yield example(Case.Closed, originator_id=CASE, person=PERSON)


def _at_its_meeting(so: Situation, chance: Random) -> Iterator[Event]:
    day = TODAY if so.met == "today" else TODAY - timedelta(days=31)
    yield example(Meeting.Scheduled, originator_id=MEETING, day=day)
    me = (CalledMember(ACTOR, so.actor.unit),)
    yield example(Meeting.Called, originator_id=MEETING, called=me, no_longer=())
    if not so.called:
        yield example(Meeting.Called, originator_id=MEETING, called=(), no_longer=me)
    if so.item != "none" or chance.random() < 0.5:
        yield _added(ITEM, MEETING, case=CASE, restricted=so.item == "restricted")
    if so.later_item:
        yield _added(an_id("later item"), MEETING, case=CASE)
    yield from _let_in_to(ITEM, CASE, so, "guest" if so.guest else "", "substitute" if so.substitute else "")
    if not so.guest and chance.random() < 0.5:
        yield example(AgendaItem.GuestInvited, originator_id=ITEM, case=CASE, guest=ACTOR, unit=_unit(so))
        yield example(AgendaItem.GuestUninvited, originator_id=ITEM, case=CASE, guest=ACTOR)
    if so.item == "approved":
        yield example(AgendaItem.MinutesApproved, originator_id=ITEM, case=CASE)
    if so.item == "none":
        yield example(AgendaItem.Removed, originator_id=ITEM, meeting=MEETING, case=CASE)


def _added(item: UUID, meeting: UUID, **about: Any) -> Event:
    nothing = {"case": None, "allocation": None, "tenancy": None, "restricted": False, "guest_days": 30}
    return example(AgendaItem.Added, originator_id=item, meeting=meeting, **{**nothing, **about})


def _let_in_to(item: UUID, case: UUID | None, so: Situation, *ways: str) -> Iterator[Event]:
    if "guest" in ways:
        yield example(AgendaItem.GuestInvited, originator_id=item, case=case, guest=ACTOR, unit=_unit(so))
    if "substitute" in ways:
        yield example(
            AgendaItem.InhabilDeclared, originator_id=item, case=case, person=an_id("inhabil"), substitute=ACTOR,
            unit=_unit(so),
        )  # fmt: skip


def _unit(so: Situation) -> Any:
    """Of the seat that something is given to."""
    return so.actor.unit if so.given_in == "this" else ANOTHER_UNIT


def _at_the_vacancy(so: Situation) -> Iterator[Event]:
    if so.vacancy == "none":
        return
    cases = {CASE: PERSON, A_STRANGERS_CASE: STRANGER}
    ranked = tuple(Ranked(standing=_standing(case, person), separated_by=None) for case, person in cases.items())
    yield example(Allocation.OrderComputed, originator_id=ALLOCATION, order=ComputedOrder(ranked=ranked, unfit=()))
    yield example(Case.Opened, originator_id=A_STRANGERS_CASE, person=STRANGER, care_housing=False)
    yield _added(VACANCY_ITEM, VACANCY_MEETING, allocation=ALLOCATION)
    if so.at_vacancy == "called":
        me = (CalledMember(ACTOR, so.actor.unit),)
        yield example(Meeting.Called, originator_id=VACANCY_MEETING, called=me, no_longer=())
    yield from _let_in_to(VACANCY_ITEM, None, so, so.at_vacancy)
    if so.inhabil_for_another:
        yield _declared_in(A_STRANGERS_CASE)
    if so.vacancy in ("settled", "approved"):
        yield example(AgendaItem.Settled, originator_id=VACANCY_ITEM, case=None, allocation=ALLOCATION)
    if so.vacancy == "approved":
        yield example(AgendaItem.MinutesApproved, originator_id=VACANCY_ITEM, case=None)


def _standing(case: UUID, person: UUID) -> Standing:
    return Standing(
        entry=an_id(f"entry {case}"), case=case, person=person, facts=(), registered_on=LATELY, effective_from=LATELY
    )


def _declared_in(case: UUID) -> Event:
    return example(
        AgendaItem.InhabilDeclared, originator_id=an_id(f"item in {case}"), case=case, person=ACTOR, substitute=None
    )


def _consent(so: Situation, chance: Random) -> Iterator[Event]:
    if so.consent == "none" and chance.random() < 0.5:
        return
    given_on, expires_on = {
        "none": (TODAY, None), "given": (TODAY, TODAY), "expired": (LATELY, YESTERDAY),
        "not_begun": (TODAY + timedelta(days=1), None),
    }[so.consent]  # fmt: skip
    yield example(Consent.Given, case=CASE, scopes=so.consent_scopes, given_on=given_on, expires_on=expires_on)
    if so.consent == "none":
        yield example(chance.choice([Consent.Withdrawn, Consent.Refused, Consent.Expired]), case=CASE)


def _the_actor(so: Situation) -> Iterator[Event]:
    """In the directory with two seats, and in the group."""
    yield example(Employee.Registered, originator_id=ACTOR, unit=so.actor.unit, role=so.actor.role)
    second = Seat(an_id("second seat"), ANOTHER_UNIT, Role.EMPLOYEE)
    yield example(Employee.SeatGiven, originator_id=ACTOR, seat=second)
    if so.membership != "none":
        appointment = Appointment(ACTOR, _unit(so), TODAY.replace(year=2026), None)
        yield example(
            WorkingGroup.MemberAppointed, member=ACTOR, unit=appointment.unit, valid_from=appointment.valid_from,
            valid_to=None,
        )  # fmt: skip
        if so.membership == "ended":
            yield example(WorkingGroup.MemberReleased, on=TODAY, ended=(appointment,))
    if so.gone:
        yield example(Employee.Gone, originator_id=ACTOR)


def _in_the_case(so: Situation, chance: Random) -> Iterator[Event]:
    if so.submitted:
        yield example(Case.SubmittedToGroup, originator_id=CASE, submitted_by=ACTOR, unit=_unit(so))
    if so.task or chance.random() < 0.5:
        yield _task(CASE, _unit(so))
    if not so.task:
        yield example(FollowUp.Completed, originator_id=TASK, case=CASE, assignee=ACTOR)
    if so.emergency != "none":
        yield _emergency(CASE, last_day=YESTERDAY if so.emergency == "ended" else TODAY)
    if so.asked:
        yield example(CareDialogue.InputAsked, case=CASE, person=PERSON, asked=ACTOR, unit=so.actor.unit)


def _task(case: UUID, unit: Any) -> Event:
    return example(FollowUp.Assigned, originator_id=TASK, case=case, assignee=ACTOR, unit=unit, vedtak_track=None)


def _emergency(case: UUID, **more: Any) -> Event:
    return example(EmergencyAccess.Opened, case=case, employee=ACTOR, from_day=LATELY, **{"last_day": TODAY, **more})


def _reviews(so: Situation) -> Iterator[Event]:
    if not so.review:
        return
    ends_on = TODAY if so.review_runs else YESTERDAY
    yield _review(CASE, ends_on=ends_on, needs_second_person=so.second_person != "not_needed")
    if so.second_person == "confirmed":
        yield example(Review.Confirmed, originator_id=REVIEW, case=CASE, reviewer=ACTOR, ends_on=ends_on)


def _review(case: UUID, **more: Any) -> Event:
    given = {"ends_on": TODAY, "needs_second_person": False, **more}
    return example(Review.Opened, originator_id=REVIEW, case=case, reviewer=ACTOR, **given)


def _inhabil(so: Situation) -> Iterator[Event]:
    """Towards the person, so in all her cases; not towards a stranger."""
    if not so.inhabil:
        yield example(Case.Opened, originator_id=an_id("nobody's"), person=an_id("nobody"), care_housing=False)
        yield _declared_in(an_id("nobody's"))
    elif so.inhabil_where == "here":
        yield _declared_in(CASE)
    elif so.inhabil_where == "another_case":
        yield _declared_in(ANOTHER_CASE)
        yield example(Case.Opened, originator_id=ANOTHER_CASE, person=PERSON, care_housing=False)
    else:
        yield _declared_in(CASE_ELSEWHERE)


def _elsewhere(so: Situation, chance: Random) -> Iterator[Event]:
    """A case of the same person under another registration, and what the actor has in that one."""
    one, other = chance.sample([PERSON, PERSON_ELSEWHERE], 2)
    yield example(chance.choice([Person.FoundSame, Person.MatchedByNumber]), originator_id=one, same_as=other)
    yield example(Case.Opened, originator_id=CASE_ELSEWHERE, person=PERSON_ELSEWHERE, care_housing=False)
    match so.has_elsewhere:
        case "submission":
            yield example(Case.SubmittedToGroup, originator_id=CASE_ELSEWHERE, submitted_by=ACTOR, unit=so.actor.unit)
        case "task":
            yield _task(CASE_ELSEWHERE, so.actor.unit)
        case "review":
            yield _review(CASE_ELSEWHERE)
        case "responsibility":
            yield _responsible(CASE_ELSEWHERE, ACTOR)
        case "emergency":
            yield _emergency(CASE_ELSEWHERE)
