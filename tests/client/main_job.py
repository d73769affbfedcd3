"""The main job, from a søknad to the offer of a dwelling, as somebody writes it who has only the generated client.

Type-checked and run by `test_main_job.py`, against the client that it has just made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from husrom_client import AuthenticatedClient
from husrom_client.api.agenda_items import (
    approve_minutes,
    close_discussion,
    open_discussion,
    reach_conclusion,
    record_attendance,
    write_minutes,
)
from husrom_client.api.allocations import agree_order, compute_allocation_order, offer_dwelling, open_allocation
from husrom_client.api.applications import receive_application
from husrom_client.api.cases import complete_pre_assessment, give_consent, record_pre_assessment, show_case
from husrom_client.api.dwellings import dwelling_became_vacant, register_dwelling
from husrom_client.api.employees import register_employee
from husrom_client.api.meetings import add_agenda_item, adopt_meeting_plan, call_in_plan, open_meeting
from husrom_client.api.papers import make_paper, show_paper
from husrom_client.api.vedtak import draft_vedtak, issue_vedtak, notify_vedtak
from husrom_client.api.working_group import appoint_member
from husrom_client.models import (
    AddAgendaItem,
    AdoptMeetingPlan,
    AdoptMeetingPlanHalf,
    AgreeOrder,
    ApplicationKind,
    ApplicationReceived,
    AppointMember,
    ApproveMinutes,
    CaseView,
    ConsentScopeBody,
    DecisionSubject,
    DraftVedtak,
    DwellingBecameVacant,
    DwellingDetails,
    DwellingKind,
    DwellingOffered,
    DwellingTermsBody,
    GiveConsent,
    HelpKind,
    HouseholdBody,
    IssueVedtak,
    MakePaper,
    Matter,
    NotificationChannel,
    NotifyVedtak,
    OfferDwelling,
    OpenAllocation,
    Outcome,
    PaperKind,
    PersonBody,
    PlacementBody,
    PlacementBodyAnswers,
    Presence,
    PresentHousing,
    Problem,
    ReachConclusion,
    ReceiveApplication,
    RecordAttendance,
    RecordPreAssessment,
    RegisterEmployee,
    Role,
    TaskAfterVedtakBody,
    Topic,
    WriteMinutes,
)
from husrom_client.types import File, Response

T = TypeVar("T")
NAV = "nav"


class RefusedError(Exception):
    """The service answered with a problem."""


@dataclass
class Office:
    """A saksbehandler's client, a colleague at Nav, and how to let time pass."""

    client: AuthenticatedClient
    saksbehandler: UUID
    nav: UUID
    move_to: Callable[[datetime], None]
    position: str | None = None

    def done(self, response: Response[T | Problem]) -> T:
        """The answer. Raises RefusedError for a problem."""
        answer = response.parsed
        if answer is None or isinstance(answer, Problem):
            raise RefusedError(answer.detail if answer else response.content.decode())
        self.position = response.headers.get("Husrom-Position", self.position)
        return answer


@dataclass(frozen=True)
class Outline:
    """What came of it."""

    received: ApplicationReceived
    offered: DwellingOffered
    case: CaseView
    letter: bytes


def play(office: Office, *, received_on: date, meets_at: datetime, applicant: PersonBody) -> Outline:
    """From the søknad to the offer; the group meets at `meets_at`."""
    meeting = prepare(office, meets_at.date())
    received = office.done(receive_application.sync_detailed(
        client=office.client, idempotency_key=key(), body=application(applicant, received_on)
    ))  # fmt: skip
    make_ready(office, received.case, received_on)
    item = put_on_agenda(office, meeting, AddAgendaItem(Matter.NEW_CASE, case=received.case))
    office.move_to(meets_at)
    office.done(open_meeting.sync_detailed(meeting, client=office.client, idempotency_key=key()))
    conclusion = conclude(office, item, due_on=meets_at.date())
    vedtak, entry = decide(office, received.application, conclusion, meets_at.date())
    offered = allocate(office, meeting, entry, meets_at.date())
    case = office.done(show_case.sync_detailed(received.case, client=office.client, husrom_at_least=office.position))
    return Outline(received, offered, case, print_vedtak(office, received.case, vedtak))


def prepare(office: Office, day: date) -> UUID:
    """A colleague is entered, two units make a group, and its meeting is called."""
    client = office.client
    nav = RegisterEmployee(office.nav, NAV, Role.EMPLOYEE, "Nils Navestad", "nils@kommunen.invalid")
    office.done(register_employee.sync_detailed(client=client, idempotency_key=key(), body=nav))
    for member in (office.saksbehandler, office.nav):
        appointed = AppointMember(member, valid_from=day.replace(day=1))
        office.done(appoint_member.sync_detailed(client=client, idempotency_key=key(), body=appointed))
    dates = [day + timedelta(weeks=4 * number) for number in range(6)]
    wished = AdoptMeetingPlan(day.year, AdoptMeetingPlanHalf.VALUE_1, dates=dates)
    planned = office.done(adopt_meeting_plan.sync_detailed(client=client, idempotency_key=key(), body=wished))
    office.done(call_in_plan.sync_detailed(planned.plan, client=client, idempotency_key=key()))
    return planned.meetings[0].meeting


def application(applicant: PersonBody, received_on: date) -> ReceiveApplication:
    """A søknad about a dwelling for one."""
    return ReceiveApplication(
        reason="Jeg mistet leiligheten og sover hos en venn.", applicant=applicant, kinds=[ApplicationKind.DWELLING],
        received_on=received_on, household=HouseholdBody(adults=1), present_housing=PresentHousing.WITH_OTHERS,
        economy="Jeg lever av arbeidsavklaringspenger.",
    )  # fmt: skip


def make_ready(office: Office, case: UUID, today: date) -> None:
    """Consent for Nav, and the pre-assessment."""
    consent = GiveConsent([ConsentScopeBody(NAV)], given_on=today, channel="form")
    office.done(give_consent.sync_detailed(case, client=office.client, idempotency_key=key(), body=consent))
    for topic in Topic:
        said = RecordPreAssessment(topic, "Det er kartlagt sammen med søkeren.")
        office.done(record_pre_assessment.sync_detailed(case, client=office.client, idempotency_key=key(), body=said))
    office.done(complete_pre_assessment.sync_detailed(case, client=office.client, idempotency_key=key()))


def put_on_agenda(office: Office, meeting: UUID, what: AddAgendaItem) -> UUID:
    """The new item."""
    added = add_agenda_item.sync_detailed(meeting, client=office.client, idempotency_key=key(), body=what)
    return office.done(added).item


def discuss(office: Office, item: UUID) -> None:
    """Both are there, and it is talked about."""
    present = RecordAttendance([office.saksbehandler, office.nav], Presence.PRESENT)
    office.done(record_attendance.sync_detailed(item, client=office.client, idempotency_key=key(), body=present))
    office.done(open_discussion.sync_detailed(item, client=office.client, idempotency_key=key()))
    office.done(close_discussion.sync_detailed(item, client=office.client, idempotency_key=key()))


def conclude(office: Office, item: UUID, due_on: date) -> UUID:
    """Vanskeligstilt, and a dwelling recommended; with a task and approved minutes."""
    discuss(office, item)
    task = TaskAfterVedtakBody(office.nav, due_on, "Hjelp til å søke bostøtte.", DecisionSubject.DWELLING)
    concluded = ReachConclusion(
        facts_from_others=False, vanskeligstilt=True, reasons="Klarer ikke å skaffe bolig alene.",
        may_offer=[HelpKind.PRACTICAL_HELP], shall_offer=[HelpKind.ADVICE], dwelling=Outcome.GRANT,
        help_description="Råd om økonomi.", tasks=[task],
    )  # fmt: skip
    reached = office.done(
        reach_conclusion.sync_detailed(item, client=office.client, idempotency_key=key(), body=concluded)
    )
    minutes = WriteMinutes(facts="Søkeren står uten bolig.", assessment="Søkeren vil klare seg med råd.")
    written = office.done(write_minutes.sync_detailed(item, client=office.client, idempotency_key=key(), body=minutes))
    approval = ApproveMinutes(written.revision)
    office.done(approve_minutes.sync_detailed(item, client=office.client, idempotency_key=key(), body=approval))
    return reached.conclusion


def decide(office: Office, application: UUID, conclusion: UUID, today: date) -> tuple[UUID, UUID]:
    """The vedtak that grants a dwelling, and the place on the waiting list that it gives."""
    client, terms = office.client, DwellingTermsBody(rooms=2, lease_months=36, lapses_when=["no_answer"])
    draft = DraftVedtak(
        application, DecisionSubject.DWELLING, Outcome.GRANT, "Vilkårene er oppfylt.", conclusion=conclusion,
        facts="Søkeren står uten bolig.", dwelling=terms,
    )  # fmt: skip
    vedtak = office.done(draft_vedtak.sync_detailed(client=client, idempotency_key=key(), body=draft)).vedtak
    answers = PlacementBodyAnswers()
    answers["without_dwelling"] = True
    issue = IssueVedtak(placement=PlacementBody(answers=answers))
    issued = office.done(issue_vedtak.sync_detailed(vedtak, client=client, idempotency_key=key(), body=issue))
    told = NotifyVedtak(NotificationChannel.POST, today)
    office.done(notify_vedtak.sync_detailed(vedtak, client=client, idempotency_key=key(), body=told))
    if issued.waiting_list_entry is None:
        raise RefusedError("a granted dwelling gave no place on the waiting list")
    return vedtak, issued.waiting_list_entry


def allocate(office: Office, meeting: UUID, entry: UUID, today: date) -> DwellingOffered:
    """A dwelling becomes vacant; the group agrees whose it is; she is offered it."""
    client = office.client
    flat = DwellingDetails(
        "Nyboligveien 7, 0001 Eksempel", "sentrum", DwellingKind.FLAT, rooms=3, square_metres=56, floor=2, step_free=True
    )  # fmt: skip
    dwelling = office.done(register_dwelling.sync_detailed(client=client, idempotency_key=key(), body=flat)).dwelling
    vacant = DwellingBecameVacant(today)
    office.done(dwelling_became_vacant.sync_detailed(dwelling, client=client, idempotency_key=key(), body=vacant))
    opened = open_allocation.sync_detailed(client=client, idempotency_key=key(), body=OpenAllocation(dwelling))
    allocation = office.done(opened).allocation
    computed = compute_allocation_order.sync_detailed(allocation, client=client, idempotency_key=key())
    order = [place.entry for place in office.done(computed).ranked]
    item = put_on_agenda(office, meeting, AddAgendaItem(Matter.VACANCY, allocation=allocation))
    discuss(office, item)
    agreed = AgreeOrder(item, order)
    office.done(agree_order.sync_detailed(allocation, client=client, idempotency_key=key(), body=agreed))
    offer = OfferDwelling(entry)
    return office.done(offer_dwelling.sync_detailed(allocation, client=client, idempotency_key=key(), body=offer))


def print_vedtak(office: Office, case: UUID, vedtak: UUID) -> bytes:
    """The letter, as PDF."""
    wanted = MakePaper(PaperKind.VEDTAK, about=vedtak)
    made = office.done(make_paper.sync_detailed(case, client=office.client, idempotency_key=key(), body=wanted))
    paper: File = office.done(show_paper.sync_detailed(made.paper, client=office.client))
    return paper.payload.read()


def key() -> str:
    """A new idempotency key."""
    return str(uuid4())
