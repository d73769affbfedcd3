"""One office in which each thing that an operation can be about is there, and who may not touch it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.actors import Role
from domain.cases.application import Application
from domain.delivery import Delivery, Message, MessageKind, PostReason
from domain.people.employee import Employee
from tests.api import appeal_givens, care_givens, decision_givens, givens, worlds
from tests.api.decision_givens import Applied
from tests.api.givens import Talk
from tests.api.office import Caller, Office

SECRET = "Har mistet stedet å bo."
"""Stands in the applications: an answer to a wrong actor that holds it has leaked."""
NAME = "Prøve Eksempelsen"
"""Every applicant's name."""


@dataclass(frozen=True)
class World:
    """`things`: an id of each kind of thing, by the name that paths and bodies have for it. `cases`: all there are.

    `reviewer` has a review open of the first case; `asked` is in dialogue about care housing.
    """

    office: Office
    things: dict[str, str]
    cases: tuple[str, ...]
    talk: Talk
    reviewer: Caller
    guest: Caller
    asked: Caller
    entries: tuple[str, ...]

    @property
    def lead(self) -> Caller:
        """The saksbehandler who is responsible for every case."""
        return self.office.saksbehandler


@worlds.world
def world(office: Office) -> World:
    """The office, on the day of the first meeting and two weeks later for what takes time."""
    talk, concluded = givens.concluded(office)
    lead, log = office.saksbehandler, office.installation.case_log
    (application,) = log.applications_of(UUID(talk.case))
    about = Applied(str(application), talk.case, str(log.load(Application, application).person))
    vacancy = decision_givens.vacancy(office)
    decision_givens.offered(office, vacancy)
    lead.do(f"/allocations/{vacancy.allocation}/offer/acceptance")
    tenancy, tenant = decision_givens.let(office)
    vedtak = decision_givens.issued(office, about, concluded["conclusion"], "dwelling")["vedtak"]
    appeal_givens.told(office, vedtak)
    appealed = decision_givens.applied(office, "dwelling")
    appeal = appeal_givens.received(office, appeal_givens.refused_dwelling(office, appealed))
    demand = lead.do(f"/vedtak/{vedtak}/reasons-demand", {"demanded_on": appeal_givens.TODAY})["reasons_demand"]
    care_case, dialogue, asked = _in_dialogue(office)
    paper = lead.do(f"/cases/{talk.case}/papers", {"kind": "receipt", "about": about.application})["paper"]
    reviewer = givens.employee(office, "internkontroll", Role.REVIEWER)
    review = reviewer.do("/reviews", {"case": talk.case, "ground": "sample"})["review"]
    employee = givens.employee(office, "psykisk_helse")
    entry = log.load(Employee, UUID(employee.id))
    things = {
        "application": about.application, "case": talk.case, "person": about.person, "vedtak": vedtak, "item": talk.item,
        "meeting": talk.meeting, "plan": talk.group.plan, "conclusion": concluded["conclusion"], "tenancy": tenancy,
        "allocation": vacancy.allocation, "entry": vacancy.entries[0], "dwelling": vacancy.dwelling, "appeal": appeal,
        "reasons_demand": demand, "paper": paper, "review": review, "employee": employee.id,
        "member": talk.group.nav.id, "dialogue": dialogue, "follow_up": concluded["follow_ups"][0],
        "assignee": talk.group.nav.id, "unit": "nav", "care_case": care_case,
        "delivery": _to_be_posted(office, about), "seat": str(entry.seats[0].id), "kind": "dwelling",
    }  # fmt: skip
    return World(
        office,
        things,
        (talk.case, tenant.case, care_case, appealed.case, *vacancy.cases),
        talk,
        reviewer,
        givens.employee(office, "botjenesten"),
        asked,
        vacancy.entries,
    )


def _in_dialogue(office: Office) -> tuple[str, str, Caller]:
    """A case about care housing, the dialogue that goes on in it, and who is asked there."""
    care, lead = care_givens.care_case(office).case, office.saksbehandler
    care_givens.map_needs(office, care)
    asked = givens.employee(office, "hjemmetjenesten")
    scopes = [{"unit": "hjemmetjenesten"}]
    lead.do(f"/cases/{care}/consent", {"scopes": scopes, "given_on": "2027-01-12", "channel": "form"})
    dialogue = lead.do(f"/cases/{care}/care-dialogues", care_givens.question(asked, answer_by="2027-02-19"))["dialogue"]
    return care, dialogue, asked


def _to_be_posted(office: Office, about: Applied) -> str:
    message = Message(
        kind=MessageKind.APPLICATION_RECEIPT, subject=UUID(about.application), recipient=UUID(about.person),
        case=UUID(about.case), sequence=0, due_at=office.installation.clock.now(),
    )  # fmt: skip
    post = Delivery.to_be_posted(
        id=uuid4(), message=message, reason=PostReason.NO_EMAIL, by=givens.by(office.saksbehandler),
        at=office.installation.clock.now(),
    )  # fmt: skip
    office.installation.case_log.append(post)
    return str(post.id)
