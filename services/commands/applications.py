"""Applications come in: form, letter, telephone or visit, all the same (LR1, M01)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.actors import Role
from domain.cases.application import (
    Application,
    ApplicationContent,
    ApplicationKind,
    Household,
    PresentHousing,
    Urgency,
    WayIn,
    Wishes,
)
from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent
from domain.housing.tenancy import Tenancy
from domain.people.person import Person
from domain.refusals import SaksbehandlerOnlyError
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Attachments, Body, Code, Count, Day, Id, Text
from services.commands.people import PersonBody, RepresentativeBody, person_for
from services.context import Context
from services.installation import Installation


class HouseholdBody(Body):
    """Head counts of the household."""

    adults: Annotated[int, Field(ge=1, le=20)]
    children: Count = 0
    children_part_time: Count = 0


class UrgencyBody(Body):
    """What makes it urgent."""

    eviction_on: Day | None = None
    discharge_on: Day | None = None
    violence: bool = False


class WishesBody(Body):
    """What the applicant wants (LV3)."""

    areas: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    rooms_at_least: Annotated[int, Field(ge=1, le=12)] | None = None
    step_free: bool = False
    lift: bool = False
    pets: bool = False


class ReceiveApplication(Body):
    """An application as it is registered. Every free text is sealed before it is stored."""

    applicant: PersonBody
    representative: RepresentativeBody | None = None
    kinds: Annotated[tuple[ApplicationKind, ...], Field(max_length=4, examples=[["dwelling", "assistance"]])]
    way_in: WayIn = WayIn.FORM
    received_on: Day
    household: HouseholdBody
    present_housing: PresentHousing
    lease_ends_on: Day | None = None
    reason: Annotated[Text, Field(description="Why help is asked for, in the applicant's words.")]
    residence_permit: Text | None = None
    years_in_municipality: Annotated[int, Field(ge=0, le=120, examples=[4])] | None = None
    urgency: UrgencyBody = UrgencyBody()
    economy: Annotated[Text, Field(description="Income, benefits, wealth, debt, rent arrears.")] | None = None
    health: Text | None = None
    adaptations: Text | None = None
    wishes: WishesBody = WishesBody()
    follow_up_need: Text | None = None
    attachments: Attachments = ()
    tenancy: Annotated[Id | None, Field(description="The running tenancy, for an extension.")] = None


class SupplementApplication(Body):
    """What the applicant sent later."""

    text: Text
    attachments: Attachments = ()


class SendInterimReply(Body):
    """Why it takes longer, as a code, and when to expect an answer (LH2)."""

    reason: Annotated[Code, Field(examples=["waiting_for_information"])]
    expected_on: Day


def receive_application(office: Installation, context: Context, body: ReceiveApplication) -> Outcome:
    """Register the person, the case, its consent stream and the application, in one save.

    A saksbehandler at Service og tildeling registers what comes in, or the digital form does it as a machine.
    """
    if not (context.actor.is_saksbehandler or context.actor.role is Role.MACHINE):
        raise SaksbehandlerOnlyError
    tenancy = office.case_log.load(Tenancy, body.tenancy) if body.tenancy else None
    person = person_for(office, context, body.applicant, tenant=tenancy.person if tenancy else None)
    _name_representative(office, context, body, person)
    case, new = _case(office, context, body, person, tenancy)
    application = Application.receive(
        id=uuid4(), case=case.id, person=person.id, kinds=body.kinds, way_in=body.way_in,
        received_on=body.received_on, today=context.today, content=_content(office, case.id, person.id, body),
        tenancy=body.tenancy, by=context.by, at=context.at,
    )  # fmt: skip
    if tenancy is not None:
        tenancy.apply_for_extension(application=application.id, case=case.id, by=context.by, at=context.at)
    consent = Consent.ask(case=case.id, person=person.id, by=context.by, at=context.at) if new else None
    return Outcome(
        tuple(a for a in (person, case, consent, application, tenancy) if a is not None),
        {"application": application.id, "case": case.id, "person": person.id, "reference": application.id.hex[:8]},
        tagged=case,
        status=HTTPStatus.CREATED,
    )


def supplement_application(
    office: Installation, context: Context, application_id: UUID, body: SupplementApplication
) -> Outcome:
    """Add what the applicant sent later."""
    application = office.case_log.load(Application, application_id)
    office.gate.permit(context, Action.HANDLE, application.case, purpose="supplement_application")
    context.expect(application)
    text = office.vault.seal(application.person, application.case, "housing.supplement", body.text)
    application.supplement(text=text, attachments=body.attachments, by=context.by, at=context.at)
    return Outcome((application,), {"application": application.id}, tagged=application)


def send_interim_reply(office: Installation, context: Context, application_id: UUID, body: SendInterimReply) -> Outcome:
    """Record that the applicant was told why it takes time and when to expect an answer (LH2)."""
    application = office.case_log.load(Application, application_id)
    office.gate.permit(context, Action.HANDLE, application.case, purpose="send_interim_reply")
    context.expect(application)
    application.send_interim_reply(reason=body.reason, expected_on=body.expected_on, by=context.by, at=context.at)
    return Outcome((application,), {"application": application.id}, tagged=application)


def withdraw_application(office: Installation, context: Context, application_id: UUID) -> Outcome:
    """The applicant takes the application back."""
    application = office.case_log.load(Application, application_id)
    office.gate.permit(context, Action.HANDLE, application.case, purpose="withdraw_application")
    context.expect(application)
    application.withdraw(by=context.by, at=context.at)
    return Outcome((application,), {"application": application.id}, tagged=application)


def _case(
    office: Installation, context: Context, body: ReceiveApplication, person: Person, tenancy: Tenancy | None
) -> tuple[Case, bool]:
    """The case to hang the application on, and whether it is new: an extension joins its lease's thread (B09).

    A care dwelling's lease stays with Service og tildeling as the application for it did (M20).
    """
    case_id = lease_case_id(tenancy.id, tenancy.ends_on) if tenancy else uuid4()
    if tenancy and (known := office.case_log.find(Case, case_id)) and not known.closed:
        return known, False
    case = Case.open(
        id=case_id, person=person.id,
        opened_by=OpenedBy.TELEPHONE if body.way_in is WayIn.TELEPHONE else OpenedBy.APPLICATION,
        care_housing=ApplicationKind.CARE_HOUSING in body.kinds or (tenancy is not None and tenancy.care_housing),
        tenancy=body.tenancy, by=context.by, at=context.at,
    )  # fmt: skip
    if context.actor.is_saksbehandler:
        case.assign_responsibility(to=context.actor.id, by=context.by, at=context.at)
    return case, True


def _name_representative(office: Installation, context: Context, body: ReceiveApplication, person: Person) -> None:
    if body.representative is None:
        return
    sealed = office.vault.seal_many(
        person.id, None,
        {"identity.representative": body.representative.name, "contact.representative": body.representative.contact},
    )  # fmt: skip
    person.name_representative(
        name=sealed["identity.representative"], contact=sealed["contact.representative"],
        guardian=body.representative.guardian, by=context.by, at=context.at,
    )  # fmt: skip


def _content(office: Installation, case: UUID, person: UUID, body: ReceiveApplication) -> ApplicationContent:
    sealed = _sealed_texts(office, case, person, body)
    return ApplicationContent(
        household=Household(**body.household.model_dump()),
        present_housing=body.present_housing,
        reason=sealed["housing.reason"],
        lease_ends_on=body.lease_ends_on,
        residence_permit=sealed.get("identity.residence_permit"),
        years_in_municipality=body.years_in_municipality,
        urgency=Urgency(**body.urgency.model_dump()),
        economy=sealed.get("economy.situation"),
        health=sealed.get("health.situation"),
        adaptations=sealed.get("health.adaptations"),
        wishes=Wishes(**body.wishes.model_dump()),
        follow_up_need=sealed.get("follow_up.need"),
        attachments=body.attachments,
    )


def _sealed_texts(office: Installation, case: UUID, person: UUID, body: ReceiveApplication) -> dict[str, Sealed]:
    plain = {
        "housing.reason": body.reason,
        "identity.residence_permit": body.residence_permit,
        "economy.situation": body.economy,
        "health.situation": body.health,
        "health.adaptations": body.adaptations,
        "follow_up.need": body.follow_up_need,
    }
    return office.vault.seal_many(person, case, {field: text for field, text in plain.items() if text is not None})
