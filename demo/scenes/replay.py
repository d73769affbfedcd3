"""Scene 10: the replay. Who could know, who did, who was told, who was refused, and what the case said then."""

from typing import Any

from demo.people import (
    HEALTH,
    HOUSING_SUPPORT,
    NAV_ONE,
    REVIEWER,
    SENTENCES,
    STRANGER,
    WANTS_BOTH,
    WANTS_DWELLING,
)
from demo.story import Story
from demo.theatre import Theatre


def the_log_is_replayed(theatre: Theatre, story: Story) -> None:
    """One case at two points in time (C05, B01, B02)."""
    theatre.scene(10, "Innsyn: hvem visste hva, når og med hvilken rett")
    case = story.cases[WANTS_BOTH]
    reviewer = theatre.as_(REVIEWER)
    reviewer.do("/reviews", {"case": case, "ground": "sample"})
    after_meeting, now = story.moments["after the meeting"], theatre.stage.clock.now().isoformat()
    then, today = (reviewer.get(f"/cases/{case}/replay", at=at) for at in (after_meeting, now))
    could = _employees(then["could_see"])
    theatre.expect(str(NAV_ONE.id) not in could, "Nav kunne ikke se saken lenger, for referatet var godkjent (LC7)")
    theatre.expect(str(HOUSING_SUPPORT.id) not in could, "gjesten kunne heller ikke lenger (M03)")
    theatre.expect(str(NAV_ONE.id) in _actors(then["did_see"]), "Nav hadde sett den")
    theatre.expect(str(HOUSING_SUPPORT.id) in _actors(then["was_told"]), "gjesten fikk vite det i rommet (M08)")
    theatre.expect(str(STRANGER.id) in _actors(then["was_refused"]), "en utenfor gruppa ble avvist")
    theatre.expect(then["consent"]["state"] == "given" and then["consent"]["valid"], "samtykket gjaldt da")
    theatre.expect(SENTENCES["facts"] in str(then["content"]), "det saken sa da, kan leses i en åpen kontroll")
    theatre.expect("vedtak" not in _parts(then) and "vedtak" in _parts(today), "vedtakene kom senere")
    other = story.cases[WANTS_DWELLING]
    judged = reviewer.get(f"/cases/{other}/replay", at=after_meeting)
    theatre.expect(str(HEALTH.id) not in _employees(judged["could_see"]), "den inhabile kunne ikke se saken (LI1)")
    theatre.expect(judged["content"] is None, "uten åpen kontroll av den andre saken vises ikke innholdet")


def _employees(judged: list[dict[str, Any]]) -> set[str]:
    return {str(one["employee"]) for one in judged}


def _actors(lines: list[dict[str, Any]]) -> set[str]:
    return {str(line["actor"]) for line in lines}


def _parts(replay: dict[str, Any]) -> set[str]:
    return {str(part["what"]) for part in replay["content"]["parts"]}
