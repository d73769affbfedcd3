"""What the decision side starts from: applications, conclusions, vedtak, vacancies and tenancies."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from httpx2 import Response

from domain.actors import SERVICE_OG_TILDELING, By, Unit
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak_rules import Outcome
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, DiscussedItem, InhabilGround, Matter, Presence
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import GroupAnswers, HelpKind
from domain.group.meeting import CalledMember
from domain.group.proposed_task import ProposedTask
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from tests.api.office import Caller, Office
from tests.api.worlds import world

A_TUESDAY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
NAV = Unit("nav")
THREE_YEARS = {"starts_on": "2027-02-01", "ends_on": "2030-01-31"}
NOTICES = {"notice_of_exceptions": True, "notice_no_termination": True}
TERMS_OF_A_DWELLING = {"rooms": 2, "lease_months": 36, "lapses_when": ["no_answer"]}


@dataclass(frozen=True)
class Applied:
    """An application and what it opened."""

    application: str
    case: str
    person: str


@dataclass(frozen=True)
class Vacancy:
    """A vacant dwelling being allocated, and those who wait."""

    dwelling: str
    allocation: str
    entries: tuple[str, ...]
    cases: tuple[str, ...]


@world
def applied(office: Office, *kinds: str, **changes: Any) -> Applied:
    """An application that has come in, registered by the saksbehandler who is responsible for it."""
    body = office.application(kinds=list(kinds or ("dwelling",)), **changes)
    answer = office.saksbehandler.do("/applications", body)
    return Applied(answer["application"], answer["case"], answer["person"])


def by(caller: Caller) -> By:
    return By.of(caller.actor, correlation=uuid4(), cause=uuid4())


@world
def concluded(
    office: Office,
    about: Applied,
    *,
    vanskeligstilt: bool = True,
    dwelling: Outcome | None = None,
    extension: Outcome | None = None,
    facts_from_others: bool = False,
    tasks: tuple[ProposedTask, ...] = (),
) -> str:
    """The group has discussed the case, Nav and Service og tildeling together, and shared out `tasks`."""
    log, at = office.installation.case_log, office.installation.clock.now()
    case, person, item = UUID(about.case), UUID(about.person), uuid4()
    tasks = tasks or ((a_task(office, about),) if vanskeligstilt else ())
    help_given = (HelpKind.ADVICE,) if vanskeligstilt else ()
    conclusion = Conclusion.reach(
        id=uuid4(),
        item=DiscussedItem(item, uuid4(), Matter.NEW_CASE, case, person, (NAV, SERVICE_OG_TILDELING), False),
        answers=GroupAnswers(
            vanskeligstilt=vanskeligstilt, may_offer=help_given, shall_offer=help_given, dwelling=dwelling,
            reasons=office.installation.vault.seal(person, case, "assessment.reasons", "Får ikke leid privat."),
            extension=extension,
        ),
        tasks=tasks, facts_from_others=facts_from_others, consent=None, day=oslo_date(at), by=by(office.saksbehandler), at=at,
    )  # fmt: skip
    follow_ups = [
        FollowUp.assign(
            task=task, case=case, person=person, item=item, conclusion=conclusion.id, today=oslo_date(at),
            by=by(office.saksbehandler), at=at,
        )
        for task in tasks
    ]  # fmt: skip
    log.append(conclusion, *follow_ups)
    return str(conclusion.id)


def a_task(
    office: Office,
    about: Applied,
    *,
    assignee: Caller | None = None,
    track: DecisionSubject | None = DecisionSubject.ASSISTANCE,
) -> ProposedTask:
    """A task for `assignee`, somebody at Nav unless named, due in a month."""
    actor = (assignee or office.caller("nav")).actor
    what = office.installation.vault.seal(UUID(about.person), UUID(about.case), "follow_up.task", "Bli med på visning.")
    due_on = oslo_date(office.installation.clock.now()) + timedelta(days=30)
    return ProposedTask(uuid4(), actor.id, actor.unit, due_on, what, track)


def draft_of(
    about: Applied, conclusion: str | None, subject: str, outcome: str = "grant", **changes: Any
) -> dict[str, Any]:
    """A complete draft of its kind."""
    body: dict[str, Any] = {
        "application": about.application, "subject": subject, "outcome": outcome, "conclusion": conclusion,
        "facts": "Søkeren er uten bolig.", "reasons": "Søkeren får ikke leid på det private markedet.",
    }  # fmt: skip
    granted: dict[str, dict[str, Any]] = {
        "assistance": {
            "main_content": "Råd om å leie bolig, og følge på visninger.",
            "wishes_considered": "Søkeren ønsker å bli boende i kommunen. Visningene legges i nærheten.",
        },
        "dwelling": {"dwelling": TERMS_OF_A_DWELLING},
    }
    return {**body, **(granted.get(subject, {}) if outcome == "grant" else {}), **changes}


@world
def drafted(
    office: Office, about: Applied, conclusion: str | None, subject: str, outcome: str = "grant", **changes: Any
) -> str:
    body = draft_of(about, conclusion, subject, outcome, **changes)
    return str(office.saksbehandler.do("/vedtak", body)["vedtak"])


@world
def issued(
    office: Office,
    about: Applied,
    conclusion: str | None,
    subject: str,
    outcome: str = "grant",
    *,
    issue: dict[str, Any] | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """A vedtak drafted and issued; gives the answer."""
    vedtak = drafted(office, about, conclusion, subject, outcome, **changes)
    return office.saksbehandler.do(f"/vedtak/{vedtak}/issue", issue or {})


@world
def waiting(office: Office, *, answers: dict[str, bool] | None = None, **application: Any) -> tuple[str, str]:
    """Somebody on the waiting list: the entry and the case."""
    about = applied(office, "dwelling", **application)
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    placement = {"answers": answers or {"without_dwelling": True}}
    answer = issued(office, about, conclusion, "dwelling", issue={"placement": placement})
    return answer["waiting_list_entry"], about.case


@world
def dwelling(office: Office, **changes: Any) -> str:
    """A registered dwelling."""
    body = {
        "address": "Boligveien 7, 0000 Eksempel", "area": "centre", "kind": "flat", "rooms": 2, "square_metres": 48,
        "floor": 1, "step_free": True,
    }  # fmt: skip
    return str(office.saksbehandler.do("/dwellings", {**body, **changes})["dwelling"])


@world
def vacant(office: Office) -> str:
    """A vacant dwelling."""
    id = dwelling(office)
    office.saksbehandler.do(f"/dwellings/{id}/vacancy", {"vacant_from": "2027-02-01"})
    return id


@world
def vacancy(office: Office, *, candidates: int = 2) -> Vacancy:
    """A vacant dwelling with a computed order; the first of `entries` is without a dwelling and stands first."""
    people = [waiting(office, answers={"without_dwelling": nth == 0}) for nth in range(candidates)]
    home = vacant(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": home})["allocation"]
    office.carry_forward()
    ranked = office.saksbehandler.do(f"/allocations/{allocation}/computed-order")["ranked"]
    cases = dict(people)
    entries = tuple(place["entry"] for place in ranked)
    return Vacancy(home, allocation, entries, tuple(cases[entry] for entry in entries))


def discussed(office: Office, vacancy: Vacancy, *others: Caller) -> str:
    """The agenda item at which the vacancy is discussed, with the saksbehandler and `others` in the room."""
    at, lead = office.installation.clock.now(), by(office.saksbehandler)
    called = tuple(CalledMember(c.actor.id, c.actor.unit) for c in (office.saksbehandler, *others))
    item = AgendaItem.add(
        id=uuid4(), meeting=uuid4(), meeting_date=oslo_date(at), matter=Matter.VACANCY,
        added_by=AddedBy.SAKSBEHANDLER, allocation=UUID(vacancy.allocation), by=lead, at=at,
    )  # fmt: skip
    for member in called:
        item.record_attendance(
            person=member.member,
            presence=Presence.PRESENT,
            called=called,
            consent=None,
            day=oslo_date(at),
            by=lead,
            at=at,
        )
    item.open_discussion(case=None, consent=None, day=oslo_date(at), least_units=1, by=lead, at=at)
    office.installation.case_log.append(item)
    return str(item.id)


def inhabil_in(office: Office, case_id: str, caller: Caller) -> None:
    """`caller` has been declared inhabil in that case, at some meeting."""
    at, lead = office.installation.clock.now(), by(office.saksbehandler)
    case = office.installation.case_log.load(Case, UUID(case_id))
    item = AgendaItem.add(
        id=uuid4(), meeting=uuid4(), meeting_date=oslo_date(at), matter=Matter.ASSISTANCE_CHALLENGE,
        added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case.id, case.person, False), challenge_needs_consent=False,
        by=lead, at=at,
    )  # fmt: skip
    item.declare_inhabil(person=caller.actor.id, unit=caller.actor.unit, ground=InhabilGround.FAMILY, by=lead, at=at)
    office.installation.case_log.append(item)


@world
def agreed(office: Office, vacancy: Vacancy, *, order: tuple[str, ...] | None = None) -> None:
    """The group has agreed on an order; on the computed one unless `order` says another."""
    item = discussed(office, vacancy, office.caller("nav"))
    body = {"item": item, "entries": order or vacancy.entries, "reasons": "Den andre trenger boligen mest nå."}
    office.saksbehandler.do(f"/allocations/{vacancy.allocation}/agreed-order", body)


@world
def offered(office: Office, vacancy: Vacancy) -> None:
    """The dwelling is offered to the first in the agreed order."""
    agreed(office, vacancy)
    office.saksbehandler.do(f"/allocations/{vacancy.allocation}/offer", {"entry": vacancy.entries[0]})


@world
def let(office: Office, **terms: Any) -> tuple[str, Applied]:
    """A tenancy older than the system, and the tenant's case."""
    about = applied(office, "assistance")
    body = {"dwelling": dwelling(office), "case": about.case, **THREE_YEARS, **NOTICES, **terms}
    return office.saksbehandler.do("/tenancies/registration", body)["tenancy"], about


def refused(response: Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return response.status_code, response.json()["type"].removeprefix("/problems/")
