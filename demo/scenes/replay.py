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
    could = _people(then["could_see"])
    theatre.expect(str(NAV_ONE.id) in could, "etter møtet kunne Nav se saken, etter samtykket (M09)")
    theatre.expect(str(HOUSING_SUPPORT.id) not in could, "gjesten kunne ikke lenger, for referatet var godkjent (M03)")
    theatre.expect(str(NAV_ONE.id) in _people(then["did_see"]), "Nav hadde sett den")
    theatre.expect(str(HOUSING_SUPPORT.id) in _people(then["told"]), "gjesten fikk vite det i rommet (M08)")
    theatre.expect(str(STRANGER.id) in _people(then["refused"]), "en utenfor gruppa ble avvist")
    theatre.expect(SENTENCES["facts"] in str(then["said"]), "det saken sa da, kan leses")
    theatre.expect("vedtak" not in _kinds(then["said"]) and "vedtak" in _kinds(today["said"]), "vedtakene kom senere")
    theatre.expect(then["consent"]["state"] == "given", "samtykket gjaldt da")
    inhabil = reviewer_of(theatre, story.cases[WANTS_DWELLING]).get(
        f"/cases/{story.cases[WANTS_DWELLING]}/replay", at=after_meeting
    )
    theatre.expect(str(HEALTH.id) not in _people(inhabil["could_see"]), "den inhabile kunne ikke se saken (LI1)")


def reviewer_of(theatre: Theatre, case: str) -> Any:
    """The reviewer, with a review of that case open."""
    theatre.as_(REVIEWER).do("/reviews", {"case": case, "ground": "sample"})
    return theatre.as_(REVIEWER)


def _people(lines: list[dict[str, Any]]) -> set[str]:
    return {str(line["employee"]) for line in lines}


def _kinds(said: list[dict[str, Any]]) -> set[str]:
    return {str(record["kind"]) for record in said}
