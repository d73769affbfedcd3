"""What must have happened before an appeal can be handled: a vedtak, a party who is told and disagrees, somebody to prepare it."""

from datetime import UTC, datetime
from typing import Any

from httpx2 import Response

from domain.decisions.vedtak_rules import Outcome
from tests.api.decision_givens import Applied, applied, concluded, issued
from tests.api.givens import employee
from tests.api.office import Caller, Office
from tests.api.worlds import world

TOLD_ON = "2027-01-12"
LAST_DAY = "2027-02-02"
AFTER_TWO_WEEKS = datetime(2027, 1, 26, 9, tzinfo=UTC)
TODAY = "2027-01-26"


def told(office: Office, vedtak: str, on: str = TOLD_ON) -> str:
    """The party is told of the vedtak; gives the last day to appeal."""
    body = {"channel": "post", "notified_on": on}
    return str(office.saksbehandler.do(f"/vedtak/{vedtak}/notification", body)["appeal_deadline"])


@world
def refused_dwelling(office: Office, about: Applied | None = None) -> str:
    """A vedtak that refuses a dwelling, two weeks after the party was told of it."""
    about = about or applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.REFUSE)
    vedtak = str(issued(office, about, conclusion, "dwelling", "refuse")["vedtak"])
    told(office, vedtak)
    office.set_clock(AFTER_TWO_WEEKS)
    return vedtak


@world
def granted_assistance(office: Office, about: Applied | None = None) -> str:
    """A vedtak on help after § 6, two weeks after the party was told of it."""
    about = about or applied(office, "assistance")
    vedtak = str(issued(office, about, concluded(office, about), "assistance")["vedtak"])
    told(office, vedtak)
    office.set_clock(AFTER_TWO_WEEKS)
    return vedtak


def appeal_body(received_on: str = TODAY, **changes: Any) -> dict[str, Any]:
    return {"received_on": received_on, "way_in": "letter", "grounds": "Jeg har ventet i to år.", **changes}


@world
def received(office: Office, vedtak: str, received_on: str = TODAY, **changes: Any) -> str:
    """The party's appeal on the vedtak."""
    body = appeal_body(received_on, **changes)
    return str(office.saksbehandler.do(f"/vedtak/{vedtak}/appeals", body)["appeal"])


@world
def upheld(office: Office, appeal: str) -> str:
    """The municipality keeps its vedtak, and the party has a copy of why."""
    office.saksbehandler.do(f"/appeals/{appeal}/upholding", {"statement": "Vi ser ikke grunn til å endre vedtaket."})
    office.saksbehandler.do(f"/appeals/{appeal}/statement-copy", {"sent_on": TODAY})
    return appeal


def secretary(office: Office) -> Caller:
    """Somebody at the appeal body who has had nothing to do with any case."""
    return employee(office, "klagenemnd")


def with_secretary(office: Office, appeal: str) -> str:
    named(office, appeal, secretary(office))
    return appeal


def named(office: Office, appeal: str, who: Caller, *members: Caller) -> Response:
    """Ask for `who` to prepare the appeal for a body in which `members` sit."""
    office.carry_forward()
    body = {"secretary": who.id, "members": [member.id for member in members]}
    return office.saksbehandler.post(f"/appeals/{appeal}/secretary", body)


def forwarding(office: Office, appeal: str, **changes: Any) -> dict[str, Any]:
    """What is sent: with the pool when the appeal is about a dwelling."""
    answer = office.saksbehandler.get(f"/appeals/{appeal}/pool")
    checksum = answer.json()["checksum"] if answer.status_code == 200 else None
    return {"forwarded_on": TODAY, "pool_checksum": checksum, "with_assessments": False, **changes}


def forwarded(office: Office, appeal: str, **changes: Any) -> str:
    body = forwarding(office, appeal, **changes)
    office.saksbehandler.do(f"/appeals/{appeal}/forwarding", body)
    return appeal


@world
def at_the_municipal_body(office: Office) -> str:
    """An appeal about a dwelling that the municipality's body has got."""
    appeal = upheld(office, received(office, refused_dwelling(office)))
    return forwarded(office, with_secretary(office, appeal))


def decision(outcome: str, day: str = TODAY) -> dict[str, Any]:
    return {"outcome": outcome, "decided_on": day, "told_on": day, "summary": "Barnas behov er ikke vurdert."}
