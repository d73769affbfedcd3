"""The case itself: who is responsible, who submits it to the group, what is decided without it (M04, M13)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.cases.case import Case, OpenedBy, WithoutGroupGround
from domain.cases.consent import Consent
from domain.people.person import Person
from domain.refusals import NotAllowedError, SaksbehandlerOnlyError
from services.command_desk import Outcome
from services.commands.body import Body, Code, Id, Text
from services.commands.people import PersonBody, person_for
from services.context import Context, ReadReason
from services.installation import Installation
from services.refusals import InvalidInputError


class AssignResponsibility(Body):
    """The saksbehandler who takes the case over, and why when it is a colleague's."""

    responsible: Id
    reason: ReadReason | None = None


class SubmitCase(Body):
    """A case somebody at the table wants discussed (M04): an existing one, or a person nobody has applied for yet.

    With an existing case the caller must already know it; otherwise the person is named, and the answer
    says nothing about whether there was a case before.
    """

    case: Id | None = None
    person: PersonBody | None = None
    why: Annotated[Text, Field(description="What the group should talk about.")]


class DecideWithoutGroup(Body):
    """The recorded ground for deciding without the group (M13)."""

    ground: WithoutGroupGround


class CloseCase(Body):
    """Why the case ends, as a code."""

    reason: Annotated[Code, Field(examples=["help_completed"])]


class NotInTheGroupError(NotAllowedError):
    code = "not_in_the_group"
    rule = "M04"
    missing = "Bare enheter som deltar i boligsosial arbeidsgruppe, kan melde inn saker."
    next_step = "Ta kontakt med Service og tildeling."


class NobodySubmittedError(InvalidInputError):
    code = "nobody_submitted"
    rule = "M04"
    missing = "Innmeldingen sier ikke hvem eller hvilken sak den gjelder."
    next_step = "Oppgi id-en til saken, eller hvem personen er."


def assign_responsibility(office: Installation, context: Context, case: UUID, body: AssignResponsibility) -> Outcome:
    """Give the case to a saksbehandler. A colleague's case is taken over on a stated reason only."""
    aggregate = office.case_log.find(Case, case) if context.actor.is_saksbehandler else None
    if aggregate is None:
        office.gate.permit(context, Action.HANDLE, case, purpose="assign_responsibility")
        raise SaksbehandlerOnlyError
    context.expect(aggregate)
    aggregate.assign_responsibility(to=body.responsible, reason=body.reason, by=context.by, at=context.at)
    return Outcome((aggregate,), {"case": case, "responsible": body.responsible}, tagged=aggregate)


def submit_case(office: Installation, context: Context, body: SubmitCase) -> Outcome:
    """Ask for a discussion (M04). A person without a case gets one: any request counts (LR1)."""
    units = office.rules(context).units
    if context.actor.unit not in (*units.permanent, *units.on_demand):
        raise NotInTheGroupError
    others: tuple[Person | Consent, ...] = ()
    if body.case is not None:
        office.gate.permit(context, Action.READ, body.case, purpose="submit_case")
        case = office.case_log.load(Case, body.case)
    elif body.person is not None:
        case, others = _new_or_open_case(office, context, body.person)
    else:
        raise NobodySubmittedError
    why = office.vault.seal(case.person, case.id, "note.submission", body.why)
    case.submit_to_group(why=why, by=context.by, at=context.at)
    return Outcome((*others, case), {"case": case.id}, status=HTTPStatus.CREATED)


def decide_without_group(office: Installation, context: Context, case: UUID, body: DecideWithoutGroup) -> Outcome:
    """Record why the case is decided without the group (M13)."""
    aggregate = _handled(office, context, case, "decide_without_group")
    aggregate.decide_without_group(ground=body.ground, by=context.by, at=context.at)
    return Outcome((aggregate,), {"case": case, "ground": body.ground}, tagged=aggregate)


def close_case(office: Installation, context: Context, case: UUID, body: CloseCase) -> Outcome:
    """End the case."""
    aggregate = _handled(office, context, case, "close_case")
    aggregate.close(reason=body.reason, by=context.by, at=context.at)
    return Outcome((aggregate,), {"case": case}, tagged=aggregate)


def _new_or_open_case(
    office: Installation, context: Context, body: PersonBody
) -> tuple[Case, tuple[Person | Consent, ...]]:
    """The person's open ordinary case, or a new one; with what else is new. Details already known stay as they are."""
    person = person_for(office, context, body, update=False)
    if (open_case := office.case_log.open_case_of(person.id)) is not None:
        return office.case_log.load(Case, open_case), ()
    case = Case.open(id=uuid4(), person=person.id, opened_by=OpenedBy.SUBMISSION, by=context.by, at=context.at)
    return case, (person, Consent.ask(case=case.id, person=person.id, by=context.by, at=context.at))


def _handled(office: Installation, context: Context, case: UUID, purpose: str) -> Case:
    office.gate.permit(context, Action.HANDLE, case, purpose=purpose)
    aggregate = office.case_log.load(Case, case)
    context.expect(aggregate)
    return aggregate
