"""A small office in which things fall due: synthetic people, a mailbox, and time that passes when a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from demo.mailbox import Mailbox, Message
from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, By, Role, Unit
from domain.base import Event, HusromAggregate
from domain.cases.application import Application, ApplicationContent, ApplicationKind, Household, PresentHousing, WayIn
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.decisions.follow_up import FollowUp
from domain.group.meeting import Meeting
from domain.group.proposed_task import ProposedTask
from domain.group.working_group import Member
from domain.housing.lease_rules import LeaseTerms
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import oslo_date, oslo_datetime
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person, PersonDetails
from projections.due_rows import DUE_WORK, DueRow, RowState, Task, find
from services.clock import DemoClock
from services.installation import Installation
from services.settings import Settings
from tests.directory import enter
from workers import applications, consents, follow_ups, lease_ends, leases, meetings, offers, oversight, vedtak  # noqa: F401  (they register what they do)
from workers.job import carry_out
from workers.schedule import scan

E = TypeVar("E", bound=Event)

NAV = Unit("nav")
NAME = "Prøve Eksempelsen"
BEGINNING = datetime(2027, 1, 4, 7, tzinfo=UTC)


@dataclass
class Workplace:
    """One installation, its people, and the mailbox that its mail server keeps."""

    office: Installation
    mailbox: Mailbox
    saksbehandler: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.set_clock(BEGINNING)
        self.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, id=self.saksbehandler)

    # Time

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    def set_clock(self, to: datetime) -> None:
        DemoClock(self.office.settings.office_clock_path).set(to)

    def on(self, day: date, clock: time = time(8)) -> None:
        """It becomes that day, at that time of the clock in Norway (a minute past, so that what is due is due)."""
        self.set_clock(oslo_datetime(day, clock) + timedelta(minutes=1))
        self.work()

    def work(self) -> None:
        """Carry the views forward and do what is due, until nothing is."""
        self.carry_forward()
        while scan(self.office, lambda _, row: carry_out(self.office, row)):
            self.carry_forward()

    def carry_forward(self) -> None:
        for feed in self.office.feeds:
            for _ in feed.catch_up():
                pass

    # What can be seen afterwards

    def rows(self) -> list[DueRow]:
        """Every row, the one due first first."""
        with self.office.views.connect() as connection:
            ids = connection.scalars(select(DUE_WORK.c.id).order_by(DUE_WORK.c.due_at, DUE_WORK.c.id)).all()
            rows = [find(connection, id) for id in ids]
        return [row for row in rows if row is not None]

    def states_of(self, task: Task) -> list[RowState]:
        self.carry_forward()
        return [row.state for row in self.rows() if row.task is task]

    def mail_to(self, who: UUID) -> list[Message]:
        """What has come to that employee, or to an applicant, oldest first."""
        return [message for message in self.mailbox.messages if message.recipients == (address_of(who),)]

    def events(self, kind: type[E]) -> list[E]:
        """Every event of that kind in both logs."""
        recorded = [*self.office.case_log.after(0, 10_000), *self.office.disclosure_log.after(0, 10_000)]
        return [each.event for each in recorded if isinstance(each.event, kind)]

    # People and what they do

    @property
    def by(self) -> By:
        return By(self.saksbehandler, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, uuid4(), uuid4())

    def save(self, *aggregates: HusromAggregate) -> None:
        self.office.case_log.append(*aggregates)

    def employ(self, unit: Unit = NAV, role: Role = Role.EMPLOYEE, *, id: UUID | None = None) -> UUID:
        id = id or uuid4()
        enter(self.office, Actor(id, unit, role), email=address_of(id), at=self.now)
        return id

    def person(self, *, email: bool = True) -> Person:
        id = uuid4()
        texts = {"identity.name": NAME} | ({"contact.email": address_of(id)} if email else {})
        sealed = self.office.vault.seal_many(id, None, texts)
        details = PersonDetails(name=sealed["identity.name"], email=sealed.get("contact.email"))
        return Person.register(id=id, details=details, by=self.by, at=self.now)

    def case(self, *, care_housing: bool = False, responsible: bool = True, person: Person | None = None) -> Case:
        person = person or self.person()
        case = Case.open(
            id=uuid4(), person=person.id, opened_by=OpenedBy.APPLICATION, care_housing=care_housing, by=self.by,
            at=self.now,
        )  # fmt: skip
        if responsible:
            case.assign_responsibility(to=self.saksbehandler, by=self.by, at=self.now)
        self.save(person, case)
        return case

    def application(self, *, person: Person | None = None, case: Case | None = None) -> Application:
        case = case or self.case(person=person)
        reason = self.office.vault.seal(case.person, case.id, "housing.reason", "Har mistet stedet å bo.")
        content = ApplicationContent(Household(1), PresentHousing.NONE, reason)
        application = Application.receive(
            id=uuid4(), case=case.id, person=case.person, kinds=(ApplicationKind.DWELLING,), way_in=WayIn.FORM,
            received_on=oslo_date(self.now), today=oslo_date(self.now), content=content, by=self.by, at=self.now,
        )  # fmt: skip
        self.save(application)
        return application

    def task(self, assignee: UUID, due_on: date, *, track: DecisionSubject | None = None) -> FollowUp:
        case = self.case()
        what = self.office.vault.seal(case.person, case.id, "follow_up.task", f"Hjelp {NAME} med å flytte.")
        follow_up = FollowUp.assign(
            task=ProposedTask(uuid4(), assignee, NAV, due_on, what, track), case=case.id, person=case.person,
            item=uuid4(), conclusion=None, today=oslo_date(self.now), by=self.by, at=self.now,
        )  # fmt: skip
        self.save(follow_up)
        return follow_up

    def lease(self, ends_on: date, *, care_housing: bool = False, notice_no_termination: bool = True) -> Tenancy:
        """A lease of three years that ends on that day."""
        case = self.case(care_housing=care_housing)
        terms = LeaseTerms(
            starts_on=ends_on.replace(year=ends_on.year - 3), ends_on=ends_on, notice_of_exceptions=True,
            notice_no_termination=notice_no_termination,
        )  # fmt: skip
        tenancy = Tenancy.sign_lease(
            id=uuid4(), dwelling=uuid4(), person=case.person, case=case.id, terms=terms, care_housing=care_housing,
            by=self.by, at=self.now,
        )  # fmt: skip
        self.save(tenancy)
        return tenancy

    def consent(self, case: UUID, person: UUID, expires_on: date | None = None) -> Consent:
        """Consent given in that case to Nav's hearing of the housing."""
        consent = self.office.case_log.find(Consent, consent_id(case))
        consent = consent or Consent.ask(case=case, person=person, by=self.by, at=self.now)
        scopes = (ConsentScope(NAV, (InformationKind.HOUSING,)),)
        today = oslo_date(self.now)
        consent.give(
            scopes=scopes, given_on=today, expires_on=expires_on, channel="form", today=today, by=self.by, at=self.now
        )
        self.save(consent)
        return consent

    def meeting(self, day: date, *members: UUID) -> Meeting:
        """A meeting at nine o'clock UTC, with `members` of Nav called if there are any."""
        starts_at = datetime.combine(day, time(9), UTC)
        meeting = Meeting.schedule(
            id=uuid4(), plan=uuid4(), day=day, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
            room="moterom_2", by=self.by, at=self.now,
        )  # fmt: skip
        if members:
            self.call(meeting, *members)
        self.save(meeting)
        return meeting

    def call(self, meeting: Meeting, *members: UUID) -> None:
        called = tuple(Member(member, NAV, permanent=True) for member in members)
        meeting.call(members=called, by=self.by, at=self.now)


def text_of(mail: EmailMessage) -> str:
    """What a mail says in plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def address_of(who: UUID) -> str:
    return f"{who.hex}@eksempel.invalid"


@contextmanager
def workplace(settings: Settings, mailbox: Mailbox) -> Iterator[Workplace]:
    """A new installation with these settings."""
    with Installation(settings) as office:
        office.migrate()
        yield Workplace(office, mailbox)
