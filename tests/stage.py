"""A case on the agenda of a meeting, stored: what the tests of logs, gate and replay start from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.access.decision import Action
from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, By, Role, Unit
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, Matter, Presence
from domain.group.meeting import Meeting
from domain.group.working_group import WORKING_GROUP_ID, Member, WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.ranking import ComputedOrder, Ranked, Standing
from domain.law.deadlines import oslo_date
from domain.people.person import Person, PersonDetails
from services.boxes import SealedFields
from services.context import Context
from services.gate import Gate, ListEntry, Opened
from services.installation import Installation
from tests.directory import enter

NAV, PSYKISK_HELSE = Unit("nav"), Unit("psykisk_helse")
KINDS = (InformationKind.IDENTITY, InformationKind.HEALTH, InformationKind.MINUTES)
NAME = "Prøve Eksempelsen"


@dataclass
class Stage:
    """Whom and what the tests play with. Every step is stored at once, at `now` (UTC)."""

    office: Installation
    now: datetime = field(default_factory=lambda: datetime.fromisoformat("2027-01-12T08:00:00+00:00"))
    saksbehandler: Actor = field(default_factory=lambda: Actor(uuid4(), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER))
    colleague: Actor = field(default_factory=lambda: Actor(uuid4(), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER))
    member: Actor = field(default_factory=lambda: Actor(uuid4(), NAV, Role.EMPLOYEE))
    outsider: Actor = field(default_factory=lambda: Actor(uuid4(), PSYKISK_HELSE, Role.EMPLOYEE))
    reviewer: Actor = field(default_factory=lambda: Actor(uuid4(), Unit("personvernombud"), Role.REVIEWER))
    meeting: UUID = field(default_factory=uuid4)

    @property
    def today(self) -> date:
        return oslo_date(self.now)

    def context(self, actor: Actor) -> Context:
        request = uuid4()
        return Context(actor, request, request, self.now)

    def by(self, actor: Actor | None = None) -> By:
        return self.context(actor or self.saksbehandler).by

    def later(self, **delta: int) -> datetime:
        """Let time pass, by a minute unless it is said how much; returns the new moment."""
        self.now += timedelta(**delta or {"minutes": 1})
        return self.now

    def register_everybody(self) -> None:
        for actor in (self.saksbehandler, self.colleague, self.member, self.outsider, self.reviewer):
            enter(self.office, actor, at=self.now)

    def call_the_member(self) -> None:
        """The member of Nav is appointed and called to a meeting."""
        group = WorkingGroup.establish(
            permanent_units=(SERVICE_OG_TILDELING, NAV), on_demand_units=(), by=self.by(), at=self.now
        )
        group.appoint_member(member=self.member.id, unit=NAV, valid_from=self.today, by=self.by(), at=self.now)
        meeting = Meeting.schedule(
            id=self.meeting, plan=uuid4(), day=self.today, starts_at=self.now, ends_at=self.now + timedelta(hours=2),
            by=self.by(), at=self.now,
        )  # fmt: skip
        meeting.call(members=(Member(self.member.id, NAV, True),), by=self.by(), at=self.now)
        self.office.case_log.append(group, meeting)

    def release_the_member(self) -> None:
        group = self.office.case_log.load(WorkingGroup, WORKING_GROUP_ID)
        group.release_member(member=self.member.id, on=self.today, by=self.by(), at=self.now)
        self.office.case_log.append(group)

    def open_case(self, *, care_housing: bool = False) -> UUID:
        """A person with a case that the saksbehandler is responsible for, and a consent asked for."""
        person, case = uuid4(), uuid4()
        name = self.office.vault.seal(person, None, "identity.name", NAME)
        opened = Case.open(
            id=case, person=person, opened_by=OpenedBy.APPLICATION, care_housing=care_housing, by=self.by(), at=self.now
        )
        opened.assign_responsibility(to=self.saksbehandler.id, by=self.by(), at=self.now)
        self.office.case_log.append(
            Person.register(id=person, details=PersonDetails(name), by=self.by(), at=self.now),
            opened,
            Consent.ask(case=case, person=person, by=self.by(), at=self.now),
        )
        return case

    def give_consent(self, case: UUID, *units: Unit) -> None:
        consent = self.office.case_log.load(Consent, consent_id(case))
        scopes = tuple(ConsentScope(unit, KINDS) for unit in units or (NAV,))
        consent.give(
            scopes=scopes, given_on=self.today, expires_on=None, channel="form", today=self.today, by=self.by(),
            at=self.now,
        )  # fmt: skip
        self.office.case_log.append(consent)

    def withdraw_consent(self, case: UUID) -> None:
        consent = self.office.case_log.load(Consent, consent_id(case))
        consent.withdraw(by=self.by(), at=self.now)
        self.office.case_log.append(consent)

    def put_on_agenda(self, case: UUID) -> UUID:
        """The case as an item of the meeting, with saksbehandler and member in the room."""
        log = self.office.case_log
        item = AgendaItem.add(
            id=uuid4(), meeting=self.meeting, meeting_date=self.today, matter=Matter.NEW_CASE,
            added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case, log.load(Case, case).person, False),
            consent=log.load(Consent, consent_id(case)).facts, pre_assessment_completed=True, by=self.by(), at=self.now,
        )  # fmt: skip
        log.append(item)
        return item.id

    def compare(self, allocation: Allocation, *cases: UUID) -> None:
        """The order of the vacancy's candidates, computed anew."""
        standings = [
            Standing(
                entry=uuid4(), case=case, person=self.office.case_log.load(Case, case).person,
                registered_on=self.today, effective_from=self.today, facts=(),
            )
            for case in cases
        ]  # fmt: skip
        ranked = tuple(Ranked(standing=standing, separated_by=None) for standing in standings)
        order = ComputedOrder(ranked=ranked, unfit=())
        allocation.compute(order=order, rulebook_version="2026-01-01", by=self.by(), at=self.now)
        self.office.case_log.append(allocation)

    def open_vacancy(self, *cases: UUID) -> Allocation:
        """A vacant dwelling with these candidates."""
        allocation = Allocation.open(
            id=uuid4(), dwelling=uuid4(), vacant_from=self.today, care_housing=False, by=self.by(), at=self.now
        )
        self.compare(allocation, *cases)
        return allocation

    def put_vacancy_on_agenda(self, allocation: Allocation) -> AgendaItem:
        """The vacancy as an item of the meeting."""
        item = AgendaItem.add(
            id=uuid4(), meeting=self.meeting, meeting_date=self.today, matter=Matter.VACANCY,
            added_by=AddedBy.SAKSBEHANDLER, allocation=allocation.id, by=self.by(), at=self.now,
        )  # fmt: skip
        self.office.case_log.append(item)
        return item

    def enter_the_room(self, case: UUID, item_id: UUID) -> None:
        log = self.office.case_log
        meeting, item = log.load(Meeting, self.meeting), log.load(AgendaItem, item_id)
        item.invite_guest(
            guest=self.saksbehandler.id, unit=SERVICE_OG_TILDELING, permanent_units=(NAV,),
            consent=log.load(Consent, consent_id(case)).facts, day=self.today, by=self.by(), at=self.now,
        )  # fmt: skip
        for who in (self.member.id, self.saksbehandler.id):
            item.record_attendance(
                person=who, presence=Presence.PRESENT, called=meeting.called,
                consent=log.load(Consent, consent_id(case)).facts, day=self.today, by=self.by(), at=self.now,
            )  # fmt: skip
        log.append(item)


def look(gate: Gate, context: Context, case: UUID, fields: SealedFields, *, purpose: str) -> Opened:
    """Decide whether the actor may read the case, and open these values by that decision."""
    return gate.open(context, gate.permit(context, Action.READ, case, purpose=purpose), fields, purpose=purpose)


def look_at_list(gate: Gate, context: Context, view: str, entries: Sequence[ListEntry]) -> list[Opened | None]:
    """Decide about the case of each row, and open the rows by what was decided."""
    return gate.open_list(context, view, entries, gate.permits(context, [entry.case for entry in entries]))


@pytest.fixture
def stage(office: Installation) -> Stage:
    return Stage(office)
