"""The pairs: a command, and a change of something it reads and does not save. After the change it is refused.

So whichever is stored first, a command that is stored after the change is a mistake.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from httpx2 import Response

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.cases.case import Case
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, Matter
from domain.law.deadlines import oslo_date
from domain.people.seats import first_seat
from tests.api import givens
from tests.api.decision_givens import vacant, waiting
from tests.api.givens import Group
from tests.api.office import Caller, Office


@dataclass(frozen=True)
class Sent:
    """A command that somebody is about to send."""

    caller: Caller
    path: str
    body: Any = None

    def by_way_of(self, office: Office) -> "Sent":
        """The same, sent to the API process that `office` speaks to."""
        return replace(self, caller=replace(self.caller, office=office))

    def send(self) -> Response:
        return self.caller.post(self.path, self.body)


@dataclass(frozen=True)
class Race:
    """What is sent at the same time."""

    command: Sent
    change: Sent


@dataclass(frozen=True)
class Ground:
    """The group whose first meeting is going on and whose next one is being prepared."""

    office: Office
    group: Group

    @property
    def coming(self) -> str:
        return self.group.meetings[1]

    def with_a_saksbehandler(self) -> Office:
        """The office as a saksbehandler sees it who has no case yet."""
        self.office.numbers += 1
        hers = copy(self.office)
        hers.saksbehandler = hers.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
        return hers


def prepared(office: Office) -> Ground:
    """The ground of every race; the office clock stands where the first meeting begins."""
    group = givens.called_group(office)
    givens.on_agenda(office, group.meetings[0], givens.case_ready_for_meeting(office))
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/opening")
    return Ground(office, group)


def item_added_and_consent_withdrawn(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    case = givens.case_ready_for_meeting(hers)
    return Race(_adding(hers, ground.coming, case), Sent(hers.saksbehandler, f"/cases/{case}/consent/withdrawal"))


def guest_invited_and_consent_narrowed(ground: Ground) -> Race:
    hers, case, item = _on_the_coming_agenda(ground)
    narrowed = {"scopes": [{"unit": "nav"}]}
    invite = Sent(hers.saksbehandler, f"/agenda-items/{item}/guests", {"guest": hers.caller("botjenesten").id})
    return Race(invite, Sent(hers.saksbehandler, f"/cases/{case}/consent/narrowing", narrowed))


def told_in_one_item_and_declared_inhabil_in_another(ground: Ground) -> Race:
    hers, case, item = _on_the_coming_agenda(ground)
    nav = ground.group.nav
    hearing = {"people": [nav.id], "presence": "present"}
    told = Sent(hers.saksbehandler, f"/agenda-items/{_challenge_at_the_meeting(ground, case)}/attendance", hearing)
    return Race(told, Sent(nav, f"/agenda-items/{item}/inhabil", {"ground": "family"}))


def own_command_and_own_declaration(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    supplement, case = _supplement(hers)
    givens.consent(hers, case)
    givens.pre_assessment(hers, case)
    item = givens.on_agenda(hers, ground.coming, case)
    return Race(supplement, Sent(hers.saksbehandler, f"/agenda-items/{item}/inhabil", {"ground": "family"}))


def command_and_responsibility_moved(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    supplement, case = _supplement(hers)
    colleague = hers.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    return Race(supplement, Sent(hers.saksbehandler, f"/cases/{case}/responsibility", {"responsible": colleague.id}))


def guest_invited_and_guest_left(ground: Ground) -> Race:
    hers, _, item = _on_the_coming_agenda(ground)
    guest = hers.caller("botjenesten")
    invite = Sent(hers.saksbehandler, f"/agenda-items/{item}/guests", {"guest": guest.id})
    return Race(invite, Sent(ground.office.saksbehandler, f"/employees/{guest.id}/leaving"))


def command_in_a_case_and_its_sender_left(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    supplement, _ = _supplement(hers)
    return Race(supplement, Sent(ground.office.saksbehandler, f"/employees/{hers.saksbehandler.id}/leaving"))


def command_about_no_case_and_its_sender_left(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    register = Sent(hers.saksbehandler, "/applications", hers.application())
    return Race(register, Sent(ground.office.saksbehandler, f"/employees/{hers.saksbehandler.id}/leaving"))


def command_in_a_case_and_its_senders_seat_ended(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    supplement, _ = _supplement(hers)
    return Race(supplement, _seat_ended(ground, hers))


def command_about_no_case_and_its_senders_seat_ended(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    register = Sent(hers.saksbehandler, "/applications", hers.application())
    return Race(register, _seat_ended(ground, hers))


def command_and_case_closed(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    received = hers.saksbehandler.do("/applications", hers.application())
    hers.saksbehandler.do(f"/applications/{received['application']}/withdrawal")
    path = f"/cases/{received['case']}"
    consent = {"scopes": [{"unit": "nav"}], "given_on": "2026-12-01", "channel": "form"}
    closing = Sent(hers.saksbehandler, f"{path}/closing", {"reason": "withdrawn"})
    return Race(Sent(hers.saksbehandler, f"{path}/consent", consent), closing)


def order_computed_and_inhabil_declared_for_a_candidate(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    _, case = waiting(hers)
    allocation = hers.saksbehandler.do("/allocations", {"dwelling": vacant(hers)})["allocation"]
    item = _challenge_at_the_meeting(ground, case)
    return Race(
        Sent(hers.saksbehandler, f"/allocations/{allocation}/computed-order"),
        Sent(hers.saksbehandler, f"/agenda-items/{item}/inhabil", {"ground": "family"}),
    )


def member_appointed_and_employee_left(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    new = hers.caller("nav")
    appoint = Sent(hers.saksbehandler, "/working-group/members", {"member": new.id, "valid_from": "2027-03-01"})
    return Race(appoint, Sent(ground.office.saksbehandler, f"/employees/{new.id}/leaving"))


def item_added_and_put_on_another_agenda(ground: Ground) -> Race:
    hers = ground.with_a_saksbehandler()
    case = givens.case_ready_for_meeting(hers)
    return Race(_adding(hers, ground.coming, case), _adding(hers, ground.group.meetings[2], case))


SENDER_GOES: tuple[Callable[[Ground], Race], ...] = (
    command_in_a_case_and_its_sender_left,
    command_about_no_case_and_its_sender_left,
    command_in_a_case_and_its_senders_seat_ended,
    command_about_no_case_and_its_senders_seat_ended,
)
"""Those where what is changed was read at the door already."""

PAIRS: tuple[Callable[[Ground], Race], ...] = (
    *SENDER_GOES,
    item_added_and_consent_withdrawn,
    guest_invited_and_consent_narrowed,
    told_in_one_item_and_declared_inhabil_in_another,
    own_command_and_own_declaration,
    command_and_responsibility_moved,
    guest_invited_and_guest_left,
    command_and_case_closed,
    order_computed_and_inhabil_declared_for_a_candidate,
    member_appointed_and_employee_left,
    item_added_and_put_on_another_agenda,
)


def stored_after_the_change(race: Race, command: Response, change: Response) -> bool:
    """Whether both were stored, and the command last: it stands on what no longer held."""
    if not (command.is_success and change.is_success):
        return False
    vault = race.command.caller.office.installation.vault
    at, changed = (vault.position_of(each.headers["Husrom-Position"]) for each in (command, change))
    return at > changed


def _adding(office: Office, meeting: str, case: str) -> Sent:
    return Sent(office.saksbehandler, f"/meetings/{meeting}/agenda-items", {"matter": "new_case", "case": case})


def _seat_ended(ground: Ground, whose: Office) -> Sent:
    """The only seat of that saksbehandler ends, from today on."""
    employee, today = whose.saksbehandler.actor.id, str(oslo_date(whose.now))
    path = f"/employees/{employee}/seats/{first_seat(employee)}/ending"
    return Sent(ground.office.saksbehandler, path, {"out_from": today})


def _on_the_coming_agenda(ground: Ground) -> tuple[Office, str, str]:
    """A saksbehandler's office, her case, and its item on the coming agenda."""
    hers = ground.with_a_saksbehandler()
    case = givens.case_ready_for_meeting(hers)
    return hers, case, givens.on_agenda(hers, ground.coming, case)


def _supplement(office: Office) -> tuple[Sent, str]:
    """A saksbehandler's command in a case of her own that saves nothing of what decides whether she may, and the case."""
    received = office.saksbehandler.do("/applications", office.application())
    path = f"/applications/{received['application']}/supplements"
    return Sent(office.saksbehandler, path, {"text": "Har fått et brev fra utleier."}), received["case"]


def _challenge_at_the_meeting(ground: Ground, case_id: str) -> UUID:
    """Another item about the case, at the meeting that is going on."""
    installation, by = ground.office.installation, givens.by(ground.office.saksbehandler)
    case, at = installation.case_log.load(Case, UUID(case_id)), installation.clock.now()
    item = AgendaItem.add(
        id=uuid4(), meeting=UUID(ground.group.meetings[0]), meeting_date=oslo_date(at),
        matter=Matter.ASSISTANCE_CHALLENGE, added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case.id, case.person, False),
        challenge_needs_consent=False, by=by, at=at,
    )  # fmt: skip
    installation.case_log.append(item)
    return item.id
