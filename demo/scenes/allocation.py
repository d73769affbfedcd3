"""Scene 8: the waiting list, a vacant dwelling, two orders, two offers, a lease."""

from demo.moments import moment
from demo.people import (
    ADDRESSES,
    NAV_ONE,
    NAV_SUBSTITUTE,
    SAKSBEHANDLER,
    TECHNICAL,
    WANTS_BOTH,
    WANTS_DWELLING,
    WANTS_EXTENSION,
)
from demo.scenes.leases import NOTICES, extend, register_dwelling
from demo.scenes.meeting import conclusion, discuss, task, write_and_approve_minutes
from demo.story import Story
from demo.theatre import Theatre

ROOM = (SAKSBEHANDLER, NAV_ONE, NAV_SUBSTITUTE, TECHNICAL)


def the_dwelling_is_allocated(theatre: Theatre, story: Story) -> None:
    """The computed order is a proposal; the group's order, with its reason, decides; both are kept (M14, B06, B07)."""
    theatre.scene(8, "Venteliste og tildeling")
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    waiting = saksbehandler.get("/waiting-list")
    theatre.expect(len(waiting["items"]) == 2, "to står på ventelisten, hver med sine grunner")
    theatre.stage.move_to(moment("2027-02-09", "12:00"))
    meeting = story.meetings[1]["meeting"]
    allocation = _vacancy(theatre)
    theatre.stage.come_to_rest()
    computed = saksbehandler.do(f"/allocations/{allocation}/computed-order")
    order = [place["entry"] for place in computed["ranked"]]
    theatre.expect(
        order == [story.entries[WANTS_DWELLING], story.entries[WANTS_BOTH]]
        and computed["ranked"][1]["separated_by"] == "without_dwelling",
        "beregnet rekkefølge: den ene er uten bolig, og det skiller dem (B06)",
    )
    agenda = f"/meetings/{meeting}/agenda-items"
    item = saksbehandler.do(agenda, {"matter": "vacancy", "allocation": allocation})["item"]
    extension = {
        "matter": "extension",
        "case": story.cases[WANTS_EXTENSION],
        "tenancy": story.tenancies[WANTS_EXTENSION],
    }
    other = saksbehandler.do(agenda, extension)["item"]
    saksbehandler.do(f"/meetings/{meeting}/opening")
    _agree(theatre, allocation, item, list(reversed(order)))
    _extend_running_lease(theatre, story, other)
    saksbehandler.do(f"/meetings/{meeting}/closing")
    _offer(theatre, story, allocation)


def _vacancy(theatre: Theatre) -> str:
    dwelling = register_dwelling(theatre, ADDRESSES[0])
    theatre.as_(SAKSBEHANDLER).do(f"/dwellings/{dwelling}/vacancy", {"vacant_from": "2027-03-01"})
    allocation: str = theatre.as_(SAKSBEHANDLER).do("/allocations", {"dwelling": dwelling})["allocation"]
    return allocation


def _agree(theatre: Theatre, allocation: str, item: str, entries: list[str]) -> None:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    present = {"people": [str(person.id) for person in ROOM], "presence": "present"}
    saksbehandler.do(f"/agenda-items/{item}/attendance", present)
    saksbehandler.do(f"/agenda-items/{item}/discussion")
    saksbehandler.do(f"/agenda-items/{item}/discussion/closing")
    path = f"/allocations/{allocation}/agreed-order"
    order = {"item": item, "entries": entries}
    saksbehandler.is_refused(path, order, "order_needs_reasons", "en annen rekkefølge uten begrunnelse")
    answer = saksbehandler.do(path, {**order, "reasons": "Den andre må ut om to uker og har barn."})
    theatre.expect(answer["differs"], "gruppa blir enig om en annen rekkefølge, med begrunnelse; begge er bevart (M14)")
    saksbehandler.do(f"/agenda-items/{item}/settlement", {})


def _offer(theatre: Theatre, story: Story, allocation: str) -> None:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    first, second = story.entries[WANTS_BOTH], story.entries[WANTS_DWELLING]
    path = f"/allocations/{allocation}/offer"
    saksbehandler.is_refused(path, {"entry": second}, "not_next_in_order", "tilbud utenom rekkefølgen")
    offered = saksbehandler.do(path, {"entry": first})
    theatre.expect(offered["answer_by"] == "2027-02-16", "den første får tilbud, med sju dager til å svare")
    saksbehandler.do(f"{path}/decline", {"reason": "far_from_work_school_or_family"})
    theatre.expect(first, "hun takker nei; grunnen er en kode, og hun mister ikke plassen av seg selv")
    saksbehandler.do(path, {"entry": second})
    saksbehandler.do(f"{path}/acceptance")
    lease = {**NOTICES, "allocation": allocation, "starts_on": "2027-03-01", "ends_on": "2030-02-28"}
    answer = saksbehandler.do("/tenancies", lease)
    story.tenancies[WANTS_DWELLING] = answer["tenancy"]
    theatre.expect(not answer["can_be_terminated"], "den neste takker ja; leiekontrakt i tre år, til 28.02.2030 (LL1)")


def _extend_running_lease(theatre: Theatre, story: Story, item: str) -> None:
    concluded = discuss(theatre, item, ROOM, conclusion(None, task("2027-03-12"), extension="grant"))
    write_and_approve_minutes(theatre, item)
    vedtak = {"application": story.applications[WANTS_EXTENSION], "conclusion": concluded["conclusion"]}
    extend(theatre, vedtak, story.tenancies[WANTS_EXTENSION], "2030-06-30")
