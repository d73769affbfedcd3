"""Applications come in: form, letter, telephone or visit, all the same (LR1, M01); and what is added to them."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.actors import Role
from domain.cases.application import Application, ApplicationKind, ContentPart, WayIn
from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent
from domain.housing.tenancy import Tenancy
from domain.people.person import Person
from domain.refusals import SaksbehandlerOnlyError
from services.command_desk import Outcome
from services.commands.application_texts import ContentBody, RightBody, right_content, sealed_content
from services.commands.body import Attachments, Body, Code, Day, Id, Text
from services.commands.care_leases import stays_with_owner
from services.commands.people import PersonBody, person_for
from services.commands.representatives import RepresentativeBody, SubmitterBody, record_authority, submitter_of
from services.context import Context
from services.core.codes import DELAY_REASONS
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
from services.facts.similar_requests import Similar, similar_requests
from services.installation import Installation


class ReceiveApplication(ContentBody):
    """An application as it is registered. Every free text is sealed before it is stored."""

    applicant: PersonBody
    representative: Annotated[
        RepresentativeBody | None, Field(description="Who speaks for the applicant; gets the letters (LH7).")
    ] = None
    submitter: Annotated[
        SubmitterBody | None, Field(description="Who asks, when it is not the applicant; gets no letters by that.")
    ] = None
    kinds: Annotated[tuple[ApplicationKind, ...], Field(max_length=4, examples=[["dwelling", "assistance"]])]
    way_in: WayIn = WayIn.FORM
    received_on: Day
    tenancy: Annotated[Id | None, Field(description="The running tenancy, for an extension.")] = None


class SupplementApplication(Body):
    """What the applicant sent later."""

    text: Text
    attachments: Attachments = ()


class CorrectApplication(Body):
    """What is right, beside what was wrong (LA5)."""

    corrects: Annotated[
        int,
        Field(
            ge=1, le=1_000_000, examples=[1], description="Version of the event that said it wrong; 1 is what came in."
        ),
    ]
    part: Annotated[ContentPart, Field(examples=["years_in_municipality"])]
    right: Annotated[RightBody, Field(examples=[{"years_in_municipality": 3}])]
    because: Annotated[Text, Field(examples=["Søkeren sier at det ble skrevet feil."])]


class CorrectReceivedDate(Body):
    """The day it really came in (LA5)."""

    received_on: Day
    because: Annotated[Text, Field(examples=["Brevet er stemplet mottatt fire dager tidligere."])]


class SendInterimReply(Body):
    """Why it takes longer, as a code, and when to expect an answer (LH2)."""

    reason: Annotated[
        Code, DELAY_REASONS, Field(description="Why it takes time.", examples=["waiting_for_information"])
    ]
    expected_on: Day


@dataclass(frozen=True)
class ApplicationReceived:
    """What was registered. `reference`: for the receipt. `similar`: what the person has asked for before and waits for."""

    application: UUID
    case: UUID
    person: UUID
    reference: str
    similar: tuple[Similar, ...]


@dataclass(frozen=True)
class ApplicationChanged:
    """An application to which something was added."""

    application: UUID


@dataclass(frozen=True)
class ApplicationCorrected:
    """The part of an application beside which stands now what is right."""

    application: UUID
    part: ContentPart


@dataclass(frozen=True)
class ReceivedDateCorrected:
    """The day an application came in, and the day its deadlines run from."""

    application: UUID
    received_on: date
    counts_from: date


@command(
    "/applications", Area.APPLICATIONS,
    DecidesItself("whoever registers what comes in needs no case, and a machine may do it"),
    status=HTTPStatus.CREATED,
)  # fmt: skip
def receive_application(
    office: Installation, context: Context, _: None, body: ReceiveApplication
) -> Outcome[ApplicationReceived]:
    """Register an application that came in by form, letter, telephone or visit (LR1).

    Opens a case with its consent stream; an extension joins the thread of its lease. A receipt goes out at once (LH1).
    Whoever asks for somebody else is the submitter, and gets letters only by fullmakt or as guardian (LH7). `similar`
    names other requests of the person that wait for an answer, as far as the caller may know of them.

    A saksbehandler at Service og tildeling registers what comes in, or the digital form does it as a machine.
    """
    if not (context.actor.is_saksbehandler or context.actor.role is Role.MACHINE):
        raise SaksbehandlerOnlyError
    tenancy = office.case_log.load(Tenancy, body.tenancy) if body.tenancy else None
    person = person_for(office, context, body.applicant, tenant=tenancy.person if tenancy else None)
    if body.representative is not None:
        record_authority(office, context, person, body.representative, since=body.received_on)
    case, new = _case(office, context, body, person, tenancy)
    application = _application(office, context, body, person, case)
    if tenancy is not None and tenancy.applied_for is None:
        tenancy.apply_for_extension(application=application.id, case=case.id, by=context.by, at=context.at)
    consent = Consent.ask(case=case.id, person=person.id, by=context.by, at=context.at) if new else None
    similar = tuple(similar_requests(office, context, application)) if context.actor.is_saksbehandler else ()
    aggregates = tuple(a for a in (person, case, consent, application, tenancy) if a is not None)
    received = ApplicationReceived(application.id, case.id, person.id, application.id.hex[:8], similar)
    return Outcome(aggregates, received, tagged=case)


@command("/applications/{application}/supplements", Area.APPLICATIONS, Handles(Application))
def supplement_application(
    office: Installation, context: Context, application: Application, body: SupplementApplication
) -> Outcome[ApplicationChanged]:
    """Add what the applicant sent later; nothing of the original changes."""
    text = office.vault.seal(application.person, application.case, "housing.supplement", body.text)
    application.supplement(text=text, attachments=body.attachments, by=context.by, at=context.at)
    return _changed(application)


@command("/applications/{application}/corrections", Area.APPLICATIONS, Handles(Application))
def correct_application(
    office: Installation, context: Context, application: Application, body: CorrectApplication
) -> Outcome[ApplicationCorrected]:
    """Add what is right beside what was wrong; what came in stays as it was (LA5). Also after the answer."""
    right = right_content(office, application.case, application.person, body.part, body.right)
    because = office.vault.seal(application.person, application.case, "note.corrected_because", body.because)
    application.correct(
        corrects=body.corrects, part=body.part, right=right, because=because, by=context.by, at=context.at
    )
    return Outcome((application,), ApplicationCorrected(application.id, body.part), tagged=application)


@command("/applications/{application}/received-date", Area.APPLICATIONS, Handles(Application))
def correct_received_date(
    office: Installation, context: Context, application: Application, body: CorrectReceivedDate
) -> Outcome[ReceivedDateCorrected]:
    """Correct the day it came in; what was registered stays in the log (LA5). Also after the answer.

    Deadlines run from the right day. What is promised the applicant, and a place on the waiting list, stand as they
    are; the place moves only by `move_effective_date`.
    """
    because = office.vault.seal(application.person, application.case, "note.corrected_because", body.because)
    joined = (office.case_log.load(Application, id).counts_from for id in application.joined)
    application.correct_received_date(
        received_on=body.received_on, today=context.today, duplicates_from=min(joined, default=None), because=because,
        by=context.by, at=context.at,
    )  # fmt: skip
    corrected = ReceivedDateCorrected(application.id, application.received_on, application.counts_from)
    return Outcome((application,), corrected, tagged=application)


@command("/applications/{application}/interim-reply", Area.APPLICATIONS, Handles(Application))
def send_interim_reply(
    _office: Installation, context: Context, application: Application, body: SendInterimReply
) -> Outcome[ApplicationChanged]:
    """Record the interim reply: why it takes time, and when to expect an answer (LH2)."""
    application.send_interim_reply(reason=body.reason, expected_on=body.expected_on, by=context.by, at=context.at)
    return _changed(application)


def _changed(application: Application) -> Outcome[ApplicationChanged]:
    return Outcome((application,), ApplicationChanged(application.id), tagged=application)


def _is_inhabil_towards(office: Installation, context: Context, person: Person) -> bool:
    """Whether the actor is; then what comes in is taken in all the same, and waits for somebody else (LI1)."""
    is_new = person.version == len(person.pending_events)
    return not is_new and context.actor.id in office.case_log.inhabil_in([person.id])


def _case(
    office: Installation, context: Context, body: ReceiveApplication, person: Person, tenancy: Tenancy | None
) -> tuple[Case, bool]:
    """The case to hang the application on, and whether it is new: an extension joins its lease's thread (B09).

    Once that is closed, a new one. A care dwelling's lease stays with Service og tildeling as its application did (M20).
    """
    lease_case = lease_case_id(tenancy.id, tenancy.ends_on) if tenancy else None
    thread = office.case_log.find(Case, lease_case) if lease_case else None
    if thread is not None and not thread.closed:
        return thread, False
    case = Case.open(
        id=lease_case if lease_case and thread is None else uuid4(), person=person.id,
        opened_by=OpenedBy.TELEPHONE if body.way_in is WayIn.TELEPHONE else OpenedBy.APPLICATION,
        care_housing=ApplicationKind.CARE_HOUSING in body.kinds
        or (tenancy is not None and stays_with_owner(office, context, care_housing=tenancy.care_housing)),
        tenancy=body.tenancy, by=context.by, at=context.at,
    )  # fmt: skip
    if context.actor.is_saksbehandler and not _is_inhabil_towards(office, context, person):
        case.assign_responsibility(to=context.actor.id, by=context.by, at=context.at)
    return case, True


def _application(
    office: Installation, context: Context, body: ReceiveApplication, person: Person, case: Case
) -> Application:
    application = Application.receive(
        id=uuid4(), case=case.id, person=person.id, kinds=body.kinds, way_in=body.way_in,
        received_on=body.received_on, today=context.today, content=sealed_content(office, case.id, person.id, body),
        tenancy=body.tenancy, by=context.by, at=context.at,
    )  # fmt: skip
    if body.submitter is not None:
        submitter = submitter_of(office, application, person, body.submitter)
        application.made_on_behalf(submitter=submitter, by=context.by, at=context.at)
    return application
