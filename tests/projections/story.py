"""A history to project: synthetic people whose cases go all the way, recorded without commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from domain.access.facts import ConsentScope
from domain.access.kinds import CASE_KINDS
from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from domain.base import HusromAggregate
from domain.cases.application import Application, ApplicationContent, ApplicationKind, Household, PresentHousing, WayIn
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.cases.pre_assessment import PreAssessment, Topic
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealedVedtak
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import NotificationChannel, Vedtak
from domain.decisions.vedtak_rules import DwellingTerms, Outcome, VedtakContent, legal_basis
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, Matter, Presence
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import GroupAnswers, HelpKind
from domain.group.meeting import Meeting
from domain.group.proposed_task import ProposedTask
from domain.group.working_group import Member, WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import AgreedOrder, Present
from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingKind
from domain.housing.fit import HousingNeed
from domain.housing.lease_rules import LeaseTerms
from domain.housing.ranking import CriterionFact, compute_order
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadlines import add_months
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.people.person import Person, PersonDetails
from domain.sealed import Sealed
from services.installation import Installation

NAV = Unit("nav")
BEGINNING = datetime(2027, 1, 12, 9, tzinfo=UTC)


@dataclass
class Story:
    """Records what happens in an office. Everything is done by one saksbehandler at the time `at`, unless it says otherwise."""

    office: Installation
    saksbehandler: UUID = field(default_factory=uuid4)
    nav: UUID = field(default_factory=uuid4)
    at: datetime = BEGINNING

    @property
    def by(self) -> By:
        return By(self.saksbehandler, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, uuid4(), uuid4())

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def rules(self) -> Rulebook:
        return self.office.rulebooks.on(self.today)

    def store(self, *aggregates: HusromAggregate) -> None:
        self.office.case_log.append(*aggregates)

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)

    def sealed(self, case: Case, name: str, text: str = "Noe som ble sagt.") -> Sealed:
        return self.office.vault.seal(case.person, case.id, name, text)

    def person(self, name: str = "Prøve Eksempelsen") -> Person:
        id = uuid4()
        details = PersonDetails(name=self.office.vault.seal(id, None, "identity.name", name))
        person = Person.register(id=id, details=details, by=self.by, at=self.at)
        self.store(person)
        return person

    def case(self, name: str = "Prøve Eksempelsen", *, care_housing: bool = False) -> Case:
        """A case of a new person, in the saksbehandler's hands."""
        case = Case.open(
            id=uuid4(), person=self.person(name).id, opened_by=OpenedBy.APPLICATION, care_housing=care_housing,
            by=self.by, at=self.at,
        )  # fmt: skip
        case.assign_responsibility(to=self.saksbehandler, by=self.by, at=self.at)
        self.store(case, Consent.ask(case=case.id, person=case.person, by=self.by, at=self.at))
        return case

    def application(
        self, case: Case, *kinds: ApplicationKind, received_on: date | None = None, tenancy: UUID | None = None
    ) -> Application:
        content = ApplicationContent(
            household=Household(adults=1), present_housing=PresentHousing.NONE,
            reason=self.sealed(case, "housing.reason", "Har mistet stedet å bo."),
        )  # fmt: skip
        application = Application.receive(
            id=uuid4(), case=case.id, person=case.person, kinds=kinds or (ApplicationKind.DWELLING,),
            way_in=WayIn.FORM, received_on=received_on or self.today, today=self.today, content=content,
            tenancy=tenancy, by=self.by, at=self.at,
        )  # fmt: skip
        self.store(application)
        return application

    def consent(self, case: Case, *units: Unit) -> Consent:
        """The case's consent, given to `units` for everything."""
        consent = self.office.case_log.load(Consent, consent_id(case.id))
        scopes = tuple(ConsentScope(unit, tuple(sorted(CASE_KINDS))) for unit in units or (NAV,))
        consent.give(
            scopes=scopes, given_on=self.today, expires_on=add_months(self.today, 12), channel="form",
            today=self.today, by=self.by, at=self.at,
        )  # fmt: skip
        self.store(consent)
        return consent

    def pre_assessment(self, case: Case) -> None:
        assessment = PreAssessment.start(case=case.id, by=self.by, at=self.at)
        for topic in Topic:
            assessment.write(topic=topic, text=self.sealed(case, f"{topic}.pre_assessment"), by=self.by, at=self.at)
        assessment.complete(by=self.by, at=self.at)
        self.store(assessment)

    def meeting(self, day: date | None = None) -> Meeting:
        """A meeting that the saksbehandler and the member from Nav are called to."""
        day = day or self.today + timedelta(days=7)
        starts_at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        meeting = Meeting.schedule(
            id=uuid4(), plan=uuid4(), day=day, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), room="101",
            by=self.by, at=self.at,
        )  # fmt: skip
        members = (Member(self.saksbehandler, SERVICE_OG_TILDELING, True), Member(self.nav, NAV, True))
        meeting.call(members=members, by=self.by, at=self.at)
        self.store(meeting)
        return meeting

    def members(self) -> None:
        """The working group, with the member from Nav."""
        group = WorkingGroup.establish(
            permanent_units=(SERVICE_OG_TILDELING, NAV), on_demand_units=(Unit("botjenesten"),), by=self.by, at=self.at
        )
        for member, unit in ((self.saksbehandler, SERVICE_OG_TILDELING), (self.nav, NAV)):
            group.appoint_member(member=member, unit=unit, valid_from=self.today, by=self.by, at=self.at)
        self.store(group)

    def item(
        self, case: Case, meeting: Meeting, matter: Matter = Matter.NEW_CASE, tenancy: UUID | None = None
    ) -> AgendaItem:
        item = AgendaItem.add(
            id=uuid4(), meeting=meeting.id, meeting_date=meeting.day, matter=matter, added_by=AddedBy.SAKSBEHANDLER,
            case=self.facts(case), consent=self.load_consent(case).facts, pre_assessment_completed=True,
            tenancy=tenancy, by=self.by, at=self.at,
        )  # fmt: skip
        self.store(item)
        return item

    def discuss(self, item: AgendaItem, case: Case, meeting: Meeting) -> None:
        """Both units are there, and talk."""
        consent = self.load_consent(case)
        for person in (self.saksbehandler, self.nav):
            item.record_attendance(
                person=person, presence=Presence.PRESENT, called=meeting.called, consent=consent.facts, day=self.today,
                by=self.by, at=self.at,
            )  # fmt: skip
        item.open_discussion(case=self.facts(case), consent=consent.facts, day=self.today, by=self.by, at=self.at)
        consent.rely_on(item=item.id, meeting=meeting.id, units=(NAV,), today=self.today, by=self.by, at=self.at)
        item.close_discussion(by=self.by, at=self.at)
        self.store(item, consent)

    def conclude(
        self, item: AgendaItem, case: Case, *, vanskeligstilt: bool = True, dwelling: Outcome | None = Outcome.GRANT,
        assignee: UUID | None = None, due_on: date | None = None,
    ) -> tuple[Conclusion, FollowUp]:  # fmt: skip
        """The group concludes, and shares out one task that waits for the vedtak on assistance."""
        task = ProposedTask(
            uuid4(), assignee or self.nav, NAV, due_on or self.today + timedelta(days=30),
            self.sealed(case, "follow_up.task", "Ring og avtal besøk."), DecisionSubject.ASSISTANCE,
        )  # fmt: skip
        conclusion = Conclusion.reach(
            id=uuid4(), item=item.as_discussed, tasks=(task,), facts_from_others=False,
            answers=GroupAnswers(
                vanskeligstilt=vanskeligstilt, may_offer=(), shall_offer=(HelpKind.ADVICE,) if vanskeligstilt else (),
                reasons=self.sealed(case, "assessment.reasons", "Klarer ikke å finne bolig alene."), dwelling=dwelling,
            ),
            consent=self.load_consent(case).facts, day=self.today, by=self.by, at=self.at,
        )  # fmt: skip
        item.conclude(conclusion=conclusion.id, by=self.by, at=self.at)
        follow_up = FollowUp.assign(
            task=task, case=case.id, person=case.person, item=item.id, conclusion=conclusion.id, today=self.today,
            by=self.by, at=self.at,
        )  # fmt: skip
        self.store(conclusion, item, follow_up)
        return conclusion, follow_up

    def minutes(self, item: AgendaItem, case: Case) -> None:
        item.write_minutes(
            facts=self.sealed(case, "minutes.facts", "Bor hos venner."),
            assessment=self.sealed(case, "minutes.assessment", "Trenger hjelp."),
            consent=self.load_consent(case).facts, day=self.today, by=self.by, at=self.at,
        )  # fmt: skip
        item.approve_minutes(revision=1, by=self.by, at=self.at)
        self.store(item)

    def vedtak(
        self, case: Case, application: Application, conclusion: Conclusion, subject: DecisionSubject,
        follow_up: FollowUp | None = None, kind: ApplicationKind | None = None, departs: bool = False,
    ) -> Vedtak:  # fmt: skip
        """A granting vedtak, issued and notified; the follow-up takes effect. `departs`: it says why it departs."""
        granted = VedtakContent(
            facts=self.sealed(case, "vedtak.facts", "Søkeren er uten bolig."),
            reasons=self.sealed(case, "vedtak.reasons", "Vilkårene er oppfylt."),
            wishes_considered=self.sealed(case, "vedtak.wishes_considered", "Ønsker en bolig i sentrum."),
            main_content=self.sealed(case, "vedtak.main_content", "Råd om å finne bolig."),
            departs_because=self.sealed(case, "vedtak.departs_because", "Noe er endret.") if departs else None,
            dwelling=DwellingTerms(rooms=2, lease_months=36, lapses_when=("offers_declined",)),
        )  # fmt: skip
        basis = legal_basis(self.rules, subject)
        ground = conclusion.facts(self.today)
        vedtak = Vedtak.draft(
            id=uuid4(), case=case.id, application=application.id, person=case.person, subject=subject,
            outcome=Outcome.GRANT, ground=ground, content=granted, basis=basis, by=self.by, at=self.at,
        )  # fmt: skip
        vedtak.issue(issued_on=self.today, ground=ground, by=self.by, at=self.at)
        application.answer(kind=kind or ApplicationKind(subject), vedtak=vedtak.id, by=self.by, at=self.at)
        if follow_up is not None:
            follow_up.take_effect(vedtak=vedtak.facts, by=self.by, at=self.at)
        vedtak.notify(
            notified_on=self.today, channel=NotificationChannel.DIGITAL,
            appeal_deadline=self.today + timedelta(weeks=3), by=self.by, at=self.at,
        )  # fmt: skip
        self.store(vedtak, application, *([follow_up] if follow_up else []))
        return vedtak

    def appeal(self, case: Case, *, deadline: date | None = None) -> Appeal:
        """An appeal on help after § 6, which goes to the state."""
        subject = DecisionSubject.ASSISTANCE
        vedtak = AppealedVedtak(
            id=uuid4(), case=case.id, person=case.person, subject=subject, issued_on=self.today,
            deadline=deadline or self.today, hard_stop=self.today + timedelta(days=365),
        )  # fmt: skip
        appeal = Appeal.receive(
            number=1, vedtak=vedtak, body=self.rules.appeal_bodies[subject], received_on=self.today,
            way_in=WayIn.LETTER, by_representative=False, grounds=self.sealed(case, "vedtak.appeal_grounds"),
            by=self.by, at=self.at,
        )  # fmt: skip
        self.store(appeal)
        return appeal

    def wait(self, vedtak: Vedtak, **answers: bool) -> WaitingListEntry:
        facts = tuple(CriterionFact(criterion=code, value=value, source=uuid4()) for code, value in answers.items())
        entry = WaitingListEntry.enter(
            id=uuid4(), vedtak=vedtak.facts, registered_on=self.today,
            facts=facts, need=HousingNeed(adults=1, children=0, rooms_at_least=1, step_free=False), by=self.by, at=self.at,
        )  # fmt: skip
        self.store(entry)
        return entry

    def granted_dwelling(self, name: str = "Prøve Eksempelsen", **answers: bool) -> tuple[Case, WaitingListEntry]:
        """The whole way to the waiting list, for a new person."""
        case = self.case(name)
        application = self.application(case, ApplicationKind.DWELLING)
        self.consent(case)
        meeting = self.meeting()
        item = self.item(case, meeting)
        self.discuss(item, case, meeting)
        conclusion, _ = self.conclude(item, case)
        return case, self.wait(self.vedtak(case, application, conclusion, DecisionSubject.DWELLING), **answers)

    def dwelling(self, *, care_housing: bool = False, area: str = "sentrum") -> Dwelling:
        id = uuid4()
        facts = DwellingFacts(
            area=area, kind=DwellingKind.FLAT, rooms=2, square_metres=50, floor=1, step_free=True,
            care_housing=care_housing,
        )  # fmt: skip
        address = self.office.vault.seal(id, None, "address.street", "Testgata 9")
        dwelling = Dwelling.register(id=id, address=address, facts=facts, by=self.by, at=self.at)
        dwelling.become_vacant(vacant_from=self.today, by=self.by, at=self.at)
        self.store(dwelling)
        return dwelling

    def allocation(self, dwelling: Dwelling, *entries: WaitingListEntry) -> Allocation:
        """Opened, computed, and agreed on as computed."""
        allocation = Allocation.open(
            id=uuid4(), dwelling=dwelling.id, vacant_from=self.today, care_housing=False, by=self.by, at=self.at
        )
        dwelling.reserve(allocation=allocation.id, by=self.by, at=self.at)
        candidates = tuple(entry.candidate for entry in entries)
        order = compute_order(criteria=self.rules.ranking, candidates=candidates, dwelling=dwelling.facts)
        allocation.compute(order=order, rulebook_version=self.rules.version, by=self.by, at=self.at)
        present = (Present(person=self.saksbehandler, unit=SERVICE_OG_TILDELING), Present(person=self.nav, unit=NAV))
        agreed = AgreedOrder(
            entries=order.entries, reasons=None, present=present, dissent=None, item=uuid4(), meeting=uuid4()
        )
        allocation.agree(agreed=agreed, inhabil=frozenset(), by=self.by, at=self.at)
        self.store(allocation, dwelling)
        return allocation

    def offer(self, allocation: Allocation, entry: WaitingListEntry) -> None:
        answer_by = self.today + timedelta(days=7)
        allocation.make_offer(entry=entry.id, answer_by=answer_by, today=self.today, by=self.by, at=self.at)
        self.store(allocation)

    def lease(
        self, case: Case, dwelling: Dwelling, allocation: Allocation | None = None, *, starts_on: date | None = None,
        ends_on: date | None = None, care_housing: bool = False,
    ) -> Tenancy:  # fmt: skip
        starts_on = starts_on or self.today
        terms = LeaseTerms(
            starts_on=starts_on, ends_on=ends_on or add_months(starts_on, 36), notice_of_exceptions=True,
            notice_no_termination=True,
        )  # fmt: skip
        tenancy = Tenancy.sign_lease(
            id=uuid4(), dwelling=dwelling.id, person=case.person, case=case.id, terms=terms, care_housing=care_housing,
            by=self.by, at=self.at,
        )  # fmt: skip
        if allocation is not None:
            dwelling.let_to(tenancy=tenancy.id, allocation=allocation.id, by=self.by, at=self.at)
            self.store(tenancy, dwelling)
        else:
            self.store(tenancy)
        return tenancy

    def load_consent(self, case: Case) -> Consent:
        return self.office.case_log.load(Consent, consent_id(case.id))

    @staticmethod
    def facts(case: Case) -> CaseFacts:
        return CaseFacts(case.id, case.person, case.care_housing)

    def carry_forward(self) -> None:
        for feed in self.office.feeds:
            for _ in feed.catch_up():
                pass
