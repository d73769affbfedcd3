"""What must have happened before a test begins: a group, its meetings, a case that is ready, a talk that is going on."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from httpx2 import Response

from domain.access.decision import Action
from domain.actors import Actor, By, Role, Unit
from domain.base import HusromAggregate
from domain.housing.allocation import Allocation
from domain.housing.lease_rules import LeaseTerms
from domain.housing.ranking import ComputedOrder, Ranked, Standing
from domain.housing.tenancy import Tenancy
from services.context import Context
from services.permits import Permit
from tests.api.office import Caller, Office
from tests.api.worlds import world

BEFORE = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""When the half-year of the tests is planned."""
FIRST_MEETING = datetime(2027, 1, 12, 11, tzinfo=UTC)
"""When the first meeting by the rulebook's rhythm begins: noon in Oslo."""
SINCE = "2026-12-01"


@dataclass(frozen=True)
class Group:
    """The members, each with a token, and the half-year's meetings, which everybody is called to."""

    saksbehandler: Caller
    psykisk_helse: Caller
    nav: Caller
    tekniske_tjenester: Caller
    plan: str = ""
    meetings: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[Caller, ...]:
        return (self.saksbehandler, self.psykisk_helse, self.nav, self.tekniske_tjenester)


@dataclass(frozen=True)
class Talk:
    """An item at a meeting, and who is around it."""

    group: Group
    case: str
    item: str
    meeting: str


def employee(office: Office, unit: str, role: Role = Role.EMPLOYEE) -> Caller:
    """Somebody in the directory of employees."""
    caller = office.caller(unit, role)
    register(office, caller)
    return caller


def register(office: Office, caller: Caller) -> None:
    """See that a caller is in the directory of employees."""
    office.employ(caller.actor)


def unregistered(office: Office, subject: str | None = None) -> Caller:
    """Somebody who can sign in, as `subject` or under an id of their own, and whom nobody has entered."""
    actor = Actor(uuid4(), Unit("nav"), Role.EMPLOYEE)
    return Caller(actor, office, subject=subject)


@world
def appointed_group(office: Office) -> Group:
    """A member from each permanent unit, before the half-year begins."""
    office.set_clock(BEFORE)
    register(office, office.saksbehandler)
    health, nav, technical = (employee(office, unit) for unit in ("psykisk_helse", "nav", "tekniske_tjenester"))
    group = Group(office.saksbehandler, health, nav, technical)
    for member in group.members:
        office.saksbehandler.do("/working-group/members", {"member": member.id, "valid_from": SINCE})
    return group


@world
def called_group(office: Office) -> Group:
    """The group with its meetings for the first half of 2027, all of them called in."""
    group = appointed_group(office)
    plan = office.saksbehandler.do("/meeting-plans", {"year": 2027, "half": 1})
    office.saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    meetings = tuple(meeting["meeting"] for meeting in plan["meetings"])
    return replace(group, plan=plan["plan"], meetings=meetings)


def consent(office: Office, case: str, *units: str) -> None:
    """The applicant consents to these units being told."""
    scopes = [{"unit": unit} for unit in units or ("psykisk_helse", "nav", "tekniske_tjenester", "botjenesten")]
    office.saksbehandler.do(f"/cases/{case}/consent", {"scopes": scopes, "given_on": SINCE, "channel": "form"})


def pre_assessment(office: Office, case: str) -> None:
    """The saksbehandler has found out what there is to find out."""
    for topic in ("housing", "economy", "follow_up"):
        office.saksbehandler.do(f"/cases/{case}/pre-assessment", {"topic": topic, "text": "Kartlagt."})
    office.saksbehandler.do(f"/cases/{case}/pre-assessment/completion")


@world
def case_ready_for_meeting(office: Office, *units: str) -> str:
    """A case with consent (for every unit unless some are named) and a complete pre-assessment."""
    case: str = office.saksbehandler.do("/applications", office.application())["case"]
    consent(office, case, *units)
    pre_assessment(office, case)
    return case


def on_agenda(office: Office, meeting: str, case: str, matter: str = "new_case", **more: Any) -> str:
    """An item on that meeting's agenda."""
    body = {"matter": matter, "case": case, **more}
    item: str = office.saksbehandler.do(f"/meetings/{meeting}/agenda-items", body)["item"]
    return item


@world
def item_at_open_meeting(office: Office, *units: str) -> Talk:
    """A case on the agenda of the first meeting, which has begun; nobody is in the room for it yet."""
    group = called_group(office)
    case = case_ready_for_meeting(office, *units)
    item = on_agenda(office, group.meetings[0], case)
    office.set_clock(FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/opening")
    return Talk(group, case, item, group.meetings[0])


def present(office: Office, item: str, *people: Caller, presence: str = "present", **more: str) -> Response:
    """Note who is in the room, or has left it."""
    body = {"people": [person.id for person in people], "presence": presence, **more}
    return office.saksbehandler.post(f"/agenda-items/{item}/attendance", body)


@world
def under_discussion(office: Office) -> Talk:
    """A case that Service og tildeling and Nav are talking about."""
    talk = item_at_open_meeting(office)
    present(office, talk.item, talk.group.saksbehandler, talk.group.nav)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    return talk


@world
def discussed(office: Office) -> Talk:
    """A case that Service og tildeling and Nav have talked about."""
    talk = under_discussion(office)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion/closing")
    return talk


def conclusion_body(talk: Talk, **changes: Any) -> dict[str, Any]:
    """A conclusion that the applicant is vanskeligstilt, with one task for Nav that waits for the vedtak."""
    task = {
        "assignee": talk.group.nav.id, "due_on": "2027-03-01", "what": "Avtaler hjemmebesøk.",
        "vedtak_track": "assistance",
    }  # fmt: skip
    body = {
        "vanskeligstilt": True, "reasons": "Får ikke leid selv.", "may_offer": ["advice"],
        "shall_offer": ["practical_help"], "dwelling": "grant", "tasks": [task], "facts_from_others": False,
    }  # fmt: skip
    return {**body, **changes}


@world
def concluded(office: Office, **changes: Any) -> tuple[Talk, dict[str, Any]]:
    """A case with a conclusion, and what reaching it answered."""
    talk = discussed(office)
    path = f"/agenda-items/{talk.item}/conclusion"
    return talk, office.saksbehandler.do(path, conclusion_body(talk, **changes))


def tenancy_of(office: Office, case: str, person: str, ends_on: date = date(2027, 6, 30)) -> str:
    """A lease of that person, signed three years before it ends."""
    terms = LeaseTerms(
        starts_on=date(ends_on.year - 3, ends_on.month, ends_on.day) + timedelta(days=1), ends_on=ends_on,
        notice_of_exceptions=True, notice_no_termination=True,
    )  # fmt: skip
    tenancy = Tenancy.sign_lease(
        id=uuid4(), dwelling=uuid4(), person=UUID(person), case=UUID(case), terms=terms, by=by(office.saksbehandler),
        at=BEFORE,
    )  # fmt: skip
    office.installation.case_log.append(tenancy)
    return str(tenancy.id)


def vacancy_among(office: Office, *applications: dict[str, Any]) -> str:
    """The allocation of a vacant dwelling, with an order computed among these applicants."""
    allocation = Allocation.open(
        id=uuid4(), dwelling=uuid4(), vacant_from=BEFORE.date(), care_housing=False, by=by(office.saksbehandler),
        at=BEFORE,
    )  # fmt: skip
    standings = [
        Standing(
            entry=uuid4(), case=UUID(application["case"]), person=UUID(application["person"]), facts=(),
            registered_on=BEFORE.date(), effective_from=BEFORE.date(),
        )
        for application in applications
    ]  # fmt: skip
    order = ComputedOrder(ranked=tuple(Ranked(standing=s, separated_by=None) for s in standings), unfit=())
    allocation.compute(order=order, rulebook_version="2026-01-01", by=by(office.saksbehandler), at=BEFORE)
    office.installation.case_log.append(allocation)
    return str(allocation.id)


def by(caller: Caller) -> By:
    """That caller, in a request of the test's own."""
    return By.of(caller.actor, correlation=uuid4(), cause=uuid4())


def may_read(office: Office, caller: Caller, case: str) -> Permit:
    """The gate's permission to read. Raises what the gate refuses with."""
    request = uuid4()
    context = Context(caller.actor, request, request, office.installation.clock.now())
    return office.installation.gate.permit(context, Action.READ, UUID(case), purpose="test")


def stored(office: Office, kind: type[HusromAggregate], id: str) -> Any:
    """An aggregate as the log has it."""
    return office.installation.case_log.load(kind, UUID(id))


def assert_refused(office: Office, caller: Caller, path: str, body: Any = None, *, status: int, code: str) -> Response:
    """Send a command that must be refused with that problem and store nothing in the case log."""
    head = office.installation.case_log.head()
    response = caller.post(path, body)
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{code}"), response.text
    assert office.installation.case_log.head() == head
    return response
