"""The case itself: who is responsible, who submits it to the group, what is decided without it (M04, M13)."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field, StringConstraints

from domain.access.decision import Action
from domain.base import HusromAggregate
from domain.cases.case import Case, OpenedBy, WithoutGroupGround
from domain.cases.consent import Consent
from domain.decisions.without_group import refuse_ground
from domain.group.agenda_item import AgendaItem, ItemState
from domain.law.responsible_municipality import HERE, Municipality, ResponsibilityBasis, Stay, responsible_municipality
from domain.people.person import Person
from domain.refusals import NotAllowedError, SaksbehandlerOnlyError
from services.command_desk import Outcome
from services.commands.body import Body, Code, Id, Text
from services.commands.employees import employed
from services.commands.people import PersonBody, person_named
from services.context import Context, ReadReason
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.permits.subject import itself
from services.core.registry import Area, command
from services.facts.case_applications import unanswered_in
from services.installation import Installation
from services.refusals import InvalidInputError


class AssignResponsibility(Body):
    """The saksbehandler who takes the case over, and why when it is a colleague's."""

    responsible: Id
    reason: ReadReason | None = None


class SubmitCase(Body):
    """A case somebody at the table wants discussed (M04): an existing one, or a person nobody has applied for yet.

    With an existing case the caller must already know it. Otherwise the person is named and gets a case of its own,
    and nothing says whether the person was known before.
    """

    case: Id | None = None
    person: PersonBody | None = None
    why: Annotated[Text, Field(description="What the group should talk about.")]


class DecideWithoutGroup(Body):
    """The recorded ground for deciding without the group (M13)."""

    ground: WithoutGroupGround


class CloseCase(Body):
    """Why the case ends, as a code."""

    reason: Annotated[Code, Field(description="A code of the municipality's own.", examples=["help_completed"])]


MunicipalityNumber = Annotated[
    Municipality,
    StringConstraints(pattern=r"^(here|[0-9]{4})$"),
    Field(description="A municipality's four digits, or here for this one.", examples=["here"]),
]


class AssessResponsibleMunicipality(Body):
    """Where somebody stays, and what the law looks to instead (LR3). How long plays no part (LR2)."""

    staying_in: MunicipalityNumber = HERE
    before_admission: Annotated[
        MunicipalityNumber | None, Field(description="For who is in an institution: where the person stayed before.")
    ] = None
    settled_in: Annotated[
        MunicipalityNumber | None, Field(description="For a refugee with integreringstilskudd: where settled.")
    ] = None
    move_agreed: Annotated[bool, Field(description="Whether the municipalities have agreed to the move.")] = False
    reasons: Annotated[Text, Field(examples=["Oppholder seg her; ikke i institusjon."])]


class NotInTheGroupError(NotAllowedError):
    code = "not_in_the_group"
    rule = "M04"
    missing = "Bare enheter som deltar i boligsosial arbeidsgruppe, kan melde inn saker."
    next_step = "Ta kontakt med Service og tildeling."


class NotASaksbehandlerError(InvalidInputError):
    code = "not_a_saksbehandler"
    rule = "M13"
    missing = "Den som skal ha ansvaret for saken, er ikke saksbehandler på Service og tildeling."
    next_step = "Velg en saksbehandler på Service og tildeling."


class NobodySubmittedError(InvalidInputError):
    code = "nobody_submitted"
    rule = "M04"
    missing = "Innmeldingen sier ikke hvem eller hvilken sak den gjelder."
    next_step = "Oppgi id-en til saken, eller hvem personen er."


@dataclass(frozen=True)
class ResponsibilityAssigned:
    """Who is responsible for the case now."""

    case: UUID
    responsible: UUID


@dataclass(frozen=True)
class CaseSubmitted:
    """The case that was submitted to the group."""

    case: UUID


@dataclass(frozen=True)
class DecidedWithoutGroup:
    """The recorded ground on which the case is decided without the group."""

    case: UUID
    ground: WithoutGroupGround


@dataclass(frozen=True)
class MunicipalityAssessed:
    """The municipality that has to help, and what the law looks to."""

    case: UUID
    municipality: str
    basis: ResponsibilityBasis
    is_here: bool


@dataclass(frozen=True)
class CaseClosed:
    """The case that has ended."""

    case: UUID


@command(
    "/cases/{case}/responsibility", Area.CASES,
    DecidesItself("a colleague's case is taken over on a reason that stands in the body"),
)  # fmt: skip
def assign_responsibility(
    office: Installation, context: Context, _: None, case: UUID, body: AssignResponsibility
) -> Outcome[ResponsibilityAssigned]:
    """Give the case to a saksbehandler at Service og tildeling.

    A colleague's case is taken over on a stated reason only.

    A closed case is taken up again on one as well, for as many days as the rulebook says (LC1). Whoever is inhabil neither
    takes it nor hands it on (LI1).
    """
    aggregate = office.case_log.find(Case, case) if context.actor.is_saksbehandler else None
    if aggregate is None or context.actor.id in office.case_log.inhabil_in([case]):
        office.gate.permit(context, Action.HANDLE, case, purpose="assign_responsibility")
        raise SaksbehandlerOnlyError
    context.expect(aggregate)
    if not any(seat.is_saksbehandler for seat in employed(office, body.responsible).seats_on(context.today)):
        raise NotASaksbehandlerError
    until = context.today + timedelta(days=office.rules(context).choices.closed_case_days)
    aggregate.assign_responsibility(to=body.responsible, reason=body.reason, until=until, by=context.by, at=context.at)
    return Outcome((aggregate,), ResponsibilityAssigned(case, body.responsible), tagged=aggregate)


@command(
    "/submissions", Area.CASES, DecidesItself("any unit in the group may submit, also somebody it knows no case of"),
    status=HTTPStatus.CREATED,
)  # fmt: skip
def submit_case(office: Installation, context: Context, _: None, body: SubmitCase) -> Outcome[CaseSubmitted]:
    """Submit a case to the group. Any participant may (M04); care housing is never taken in (M20).

    A person who is named gets a case of its own: any request counts (LR1).
    """
    units = office.rules(context).units
    if context.actor.unit not in (*units.permanent, *units.on_demand):
        raise NotInTheGroupError
    others: list[HusromAggregate] = []
    if body.case is not None:
        office.gate.permit(context, Action.READ, body.case, purpose="submit_case")
        case = office.case_log.load(Case, body.case)
    elif body.person is not None:
        case, *others = _case_of_its_own(office, context, body.person)
    else:
        raise NobodySubmittedError
    why = office.vault.seal(case.person, case.id, "note.submission", body.why)
    case.submit_to_group(why=why, by=context.by, at=context.at)
    return Outcome((*others, case), CaseSubmitted(case.id))


@command("/cases/{case}/decision-without-group", Area.CASES, Handles(Case, itself))
def decide_without_group(
    office: Installation, context: Context, case: Case, body: DecideWithoutGroup
) -> Outcome[DecidedWithoutGroup]:
    """Record why the case is decided without the group (M13)."""
    choices = office.rules(context).choices
    refuse_ground(body.ground, choices, discussed_in_vain=_was_discussed_in_vain(office, case.id))
    case.decide_without_group(ground=body.ground, by=context.by, at=context.at)
    return Outcome((case,), DecidedWithoutGroup(case.id, body.ground), tagged=case)


def _was_discussed_in_vain(office: Installation, case: UUID) -> bool:
    """Whether the group has talked about the case and come to nothing: its discussion is over, without a conclusion."""
    items = [office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(case)]
    discussed = [item for item in items if item.state is ItemState.DISCUSSED]
    return bool(discussed) and not any(item.is_concluded for item in items)


@command("/cases/{case}/responsible-municipality", Area.CASES, Handles(Case, itself))
def assess_responsible_municipality(
    office: Installation, context: Context, case: Case, body: AssessResponsibleMunicipality
) -> Outcome[MunicipalityAssessed]:
    """Record which municipality has to help, and why (LR3). How long somebody has lived here plays no part (LR2).

    When it is another, what came in is sent on to it (LH5).
    """
    reasons = office.vault.seal(case.person, case.id, "assessment.responsible_municipality", body.reasons)
    stay = Stay(
        staying_in=body.staying_in, before_admission=body.before_admission, settled_in=body.settled_in,
        move_agreed=body.move_agreed,
    )  # fmt: skip
    case.assess_responsible_municipality(stay=stay, reasons=reasons, by=context.by, at=context.at)
    found = responsible_municipality(stay)
    assessed = MunicipalityAssessed(case.id, found.municipality, found.basis, found.is_here)
    return Outcome((case,), assessed, tagged=case)


@command("/cases/{case}/closing", Area.CASES, Handles(Case, itself))
def close_case(office: Installation, context: Context, case: Case, body: CloseCase) -> Outcome[CaseClosed]:
    """End the case, with a coded reason, once every application in it has its answer (LH4)."""
    case.close(reason=body.reason, unanswered=unanswered_in(office, case.id), by=context.by, at=context.at)
    return Outcome((case,), CaseClosed(case.id), tagged=case)


def _case_of_its_own(office: Installation, context: Context, body: PersonBody) -> tuple[Case, Person, Consent]:
    """A new case about the person as the submission names them, also when they are known and have one.

    That they are the same is recorded; who handles either case sees it as a possible duplicate.
    """
    person = person_named(office, context, body)
    case = Case.open(id=uuid4(), person=person.id, opened_by=OpenedBy.SUBMISSION, by=context.by, at=context.at)
    return case, person, Consent.ask(case=case.id, person=person.id, by=context.by, at=context.at)
