"""What happens around the end of a lease, wherever in the play it happens (M18, M19, B09)."""

from typing import Any

from demo.people import ADDRESSES, SAKSBEHANDLER, SENTENCES, WANTS_EXTENSION, Employee
from demo.story import Story
from demo.theatre import Theatre

NOTICES = {"notice_of_exceptions": True, "notice_no_termination": True}
"""The tenant was told in writing beforehand (LL2, LL5)."""


def register_dwelling(theatre: Theatre, address: str) -> str:
    """A two-room flat with a lift."""
    body = {
        "address": address, "area": "sentrum", "kind": "flat", "rooms": 3, "square_metres": 56, "floor": 2,
        "step_free": True,
    }  # fmt: skip
    dwelling: str = theatre.as_(SAKSBEHANDLER).do("/dwellings", body)["dwelling"]
    return dwelling


def register_running_lease(theatre: Theatre, story: Story) -> None:
    """A lease that was there before Husrom: the tenant's case, the dwelling, the lease (M01)."""
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    submission = {"person": WANTS_EXTENSION.as_body(), "why": "Leieforhold fra før."}
    case = saksbehandler.do("/submissions", submission)["case"]
    saksbehandler.do(f"/cases/{case}/responsibility", {"responsible": str(SAKSBEHANDLER.id)})
    dwelling = register_dwelling(theatre, ADDRESSES[1])
    lease = {**NOTICES, "dwelling": dwelling, "case": case, "starts_on": "2024-07-01", "ends_on": "2027-06-30"}
    answer = saksbehandler.do("/tenancies/registration", lease)
    story.tenancies[WANTS_EXTENSION] = answer["tenancy"]
    theatre.expect(answer["ends_on"] == "2027-06-30", "et leieforhold fra før er registrert, slutter 30.06.2027")


def ending_lease_item(theatre: Theatre, meeting: str, case: str) -> str | None:
    """The item that the rule has put on the meeting's agenda for that case, if it has."""
    agenda = theatre.as_(SAKSBEHANDLER).get(f"/meetings/{meeting}/agenda")
    found = [row for row in agenda["items"] if row["case"] == case and row["matter"] == "lease_ending"]
    return str(found[0]["item"]) if found else None


def settle_ending_lease(theatre: Theatre, meeting: str, case: str, assignee: Employee, due_on: str) -> None:
    """The three questions: has an application come? status? who does what next? (M18)"""
    item = ending_lease_item(theatre, meeting, case)
    theatre.expect(item, "leieforholdet som slutter innen seks måneder, står på sakslisten av seg selv (M18)")
    settlement: dict[str, Any] = {"application_received": True, "outcome": SENTENCES["assessment"], "tasks": []}
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    room = {"people": [str(SAKSBEHANDLER.id), str(assignee.id)], "presence": "present"}
    saksbehandler.do(f"/agenda-items/{item}/attendance", room)
    saksbehandler.do(f"/agenda-items/{item}/discussion")
    saksbehandler.do(f"/agenda-items/{item}/discussion/closing")
    path = f"/agenda-items/{item}/settlement"
    saksbehandler.is_refused(path, settlement, "three_questions", "avslutning uten at noen gjør noe videre")
    task = {"assignee": str(assignee.id), "due_on": due_on, "what": SENTENCES["task"]}
    saksbehandler.do(path, {**settlement, "tasks": [task]})
    theatre.expect(item, "de tre spørsmålene er besvart, og noen har ansvaret videre")


def extend(theatre: Theatre, vedtak: dict[str, Any], tenancy: str, new_end: str) -> None:
    """Grant the extension by a new vedtak, and sign it (M19)."""
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    path = f"/tenancies/{tenancy}/extension"
    saksbehandler.is_refused(path, NOTICES, "extension_not_granted", "forlengelse uten vedtak")
    body = {
        **vedtak,
        "subject": "extension",
        "outcome": "grant",
        "facts": SENTENCES["facts"],
        "reasons": SENTENCES["assessment"],
        "new_end": new_end,
    }
    drafted = saksbehandler.do("/vedtak", body)
    saksbehandler.do(f"/vedtak/{drafted['vedtak']}/issue", {})
    answer = saksbehandler.do(path, NOTICES)
    theatre.expect(answer["ends_on"] == new_end, f"leiekontrakten er forlenget til {new_end} ved nytt vedtak (M19)")
