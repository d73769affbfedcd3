"""Scene 6: the meeting in January."""

from typing import Any

from demo.moments import moment
from demo.people import (
    HEALTH,
    HOUSING_SUPPORT,
    NAV_ONE,
    NAV_TWO,
    SAKSBEHANDLER,
    SENTENCES,
    TECHNICAL,
    WANTS_ASSISTANCE,
    WANTS_BOTH,
    WANTS_DWELLING,
    WANTS_EXTENSION,
    Employee,
)
from demo.scenes.leases import settle_ending_lease
from demo.story import Story
from demo.theatre import Theatre

ROOM = (SAKSBEHANDLER, HEALTH, NAV_ONE, NAV_TWO, TECHNICAL)
MINUTES = {"facts": SENTENCES["facts"], "assessment": SENTENCES["assessment"]}


def the_group_meets(theatre: Theatre, story: Story) -> None:
    """Attendance and inhabilitet per item, discussion, conclusion, tasks, minutes; a consent withdrawn midway."""
    theatre.scene(6, "Møtet i januar")
    theatre.stage.move_to(moment("2027-01-12", "12:00"))
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    meeting = story.meetings[0]["meeting"]
    saksbehandler.do(f"/meetings/{meeting}/opening")
    _discuss_dwelling(theatre, story)
    _discuss_both(theatre, story)
    _discuss_until_withdrawn(theatre, story)
    saksbehandler.is_refused(
        f"/meetings/{meeting}/closing", None, "items_not_settled", "møtet kan ikke avsluttes med åpne saker"
    )
    settle_ending_lease(theatre, meeting, story.cases[WANTS_EXTENSION], NAV_ONE, "2027-02-05")
    answer = saksbehandler.do(f"/meetings/{meeting}/closing")
    theatre.expect(answer["state"] == "closed", "møtet er avsluttet når hver sak har konklusjon og oppgaver (M07)")
    story.moments["after the meeting"] = theatre.stage.clock.now().isoformat()


def discuss(theatre: Theatre, item: str, room: tuple[Employee, ...], concluded: dict[str, Any]) -> dict[str, Any]:
    """Let those in the room talk about the item and conclude; returns the answer to the conclusion."""
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    _attend(theatre, item, room)
    saksbehandler.do(f"/agenda-items/{item}/discussion")
    saksbehandler.do(f"/agenda-items/{item}/discussion/closing")
    return saksbehandler.do(f"/agenda-items/{item}/conclusion", concluded)


def task(due_on: str, after_vedtak_on: str | None = None) -> dict[str, Any]:
    """Something for Nav to do; it takes effect with the vedtak that it follows, or at once (M15)."""
    return {"assignee": str(NAV_ONE.id), "due_on": due_on, "what": SENTENCES["task"], "vedtak_track": after_vedtak_on}


def write_and_approve_minutes(theatre: Theatre, item: str) -> None:
    """Minutes of one case: facts apart from assessment (LP2)."""
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    answer = saksbehandler.do(f"/agenda-items/{item}/minutes", MINUTES)
    saksbehandler.do(f"/agenda-items/{item}/minutes/approval", {"revision": answer["revision"]})


def _discuss_dwelling(theatre: Theatre, story: Story) -> None:
    item, case = story.items[WANTS_DWELLING], story.cases[WANTS_DWELLING]
    theatre.as_(HEALTH).get(f"/cases/{case}")
    theatre.as_(HEALTH).do(f"/agenda-items/{item}/inhabil", {"ground": "family"})
    theatre.as_(HEALTH).may_not_read(f"/cases/{case}", 403, "den som melder seg inhabil, ser ikke saken lenger (LI1)")
    attendance = {"people": [str(HEALTH.id)], "presence": "present"}
    path = f"/agenda-items/{item}/attendance"
    theatre.as_(SAKSBEHANDLER).is_refused(path, attendance, "inhabil_present", "inhabil til stede")
    room = (SAKSBEHANDLER, NAV_ONE, NAV_TWO, TECHNICAL)
    answer = discuss(theatre, item, room, conclusion("grant", task("2027-02-19", "dwelling")))
    story.conclusions[WANTS_DWELLING] = answer["conclusion"]
    write_and_approve_minutes(theatre, item)
    theatre.expect(answer["conclusion"], "søkeren er vanskeligstilt på boligmarkedet; bolig anbefales (M11)")


def _discuss_both(theatre: Theatre, story: Story) -> None:
    item, saksbehandler = story.items[WANTS_BOTH], theatre.as_(SAKSBEHANDLER)
    follow_up = task("2027-02-26", "assistance")
    answer = discuss(theatre, item, (*ROOM, HOUSING_SUPPORT), conclusion("grant", follow_up, facts_from_others=True))
    story.conclusions[WANTS_BOTH] = answer["conclusion"]
    dissent = {"dissenter": str(TECHNICAL.id), "text": "Boligen bør vente til gjelden er ordnet."}
    saksbehandler.do(f"/conclusions/{answer['conclusion']}/dissent", dissent)
    theatre.expect(
        answer["follow_ups"], "konklusjon med oppgave, ansvarlig og frist; uenigheten står der også (M07, M11)"
    )
    write_and_approve_minutes(theatre, item)
    theatre.as_(HOUSING_SUPPORT).may_not_read(
        f"/cases/{story.cases[WANTS_BOTH]}", 403, "gjestens innsyn slutter når referatet er godkjent (M03)"
    )
    story.follow_up = answer["follow_ups"][0]


def _discuss_until_withdrawn(theatre: Theatre, story: Story) -> None:
    item, case = story.items[WANTS_ASSISTANCE], story.cases[WANTS_ASSISTANCE]
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    _attend(theatre, item, ROOM)
    saksbehandler.do(f"/agenda-items/{item}/discussion")
    answer = saksbehandler.do(f"/cases/{case}/consent/withdrawal")
    theatre.expect(answer["state"] == "withdrawn", "samtykket trekkes midt i drøftingen; saken går av sakslisten (M09)")
    theatre.as_(NAV_ONE).may_not_read(f"/cases/{case}", 404, "Nav ser ikke saken lenger")
    path = f"/agenda-items/{item}/conclusion"
    saksbehandler.is_refused(
        path, conclusion(None, task("2027-02-19", "assistance")), "wrong_state", "konklusjon etterpå"
    )


def _attend(theatre: Theatre, item: str, room: tuple[Employee, ...]) -> None:
    present = {"people": [str(person.id) for person in room], "presence": "present"}
    theatre.as_(SAKSBEHANDLER).do(f"/agenda-items/{item}/attendance", present)


def conclusion(
    dwelling: str | None,
    follow_up: dict[str, Any],
    *,
    extension: str | None = None,
    facts_from_others: bool = False,
) -> dict[str, Any]:
    """Vanskeligstilt, with reasons; which help may and shall be offered; what is recommended (M11)."""
    return {
        "vanskeligstilt": True,
        "reasons": SENTENCES["assessment"],
        "may_offer": ["practical_help"],
        "shall_offer": ["advice"],
        "dwelling": dwelling,
        "extension": extension,
        "help_description": "Råd om økonomi og hjelp til å holde boligen.",
        "tasks": [follow_up],
        "facts_from_others": facts_from_others,
    }
