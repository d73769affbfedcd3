"""Scene 5: the agenda for January, and what may not stand on it."""

from demo.people import (
    CALLS,
    HOUSING_SUPPORT,
    NAV_ONE,
    SAKSBEHANDLER,
    STRANGER,
    WANTS_ASSISTANCE,
    WANTS_BOTH,
    WANTS_CARE_HOUSING,
    WANTS_DWELLING,
    Applicant,
)
from demo.scenes.applications import pre_assess
from demo.story import Story
from demo.theatre import Theatre

DISCUSSED_IN_JANUARY = (WANTS_DWELLING, WANTS_BOTH, WANTS_ASSISTANCE)


def the_agenda_is_made(theatre: Theatre, story: Story) -> None:
    """No consent, no pre-assessment, care housing: refused, each with its reason (M09, M10, M20). Then the rest."""
    theatre.scene(5, "Saksliste for januarmøtet")
    agenda = f"/meetings/{story.meetings[0]['meeting']}/agenda-items"
    for applicant, code, what in (
        (CALLS, "consent_missing", "sak uten samtykke"),
        (WANTS_ASSISTANCE, "pre_assessment_missing", "sak som ikke er forhåndskartlagt"),
        (WANTS_CARE_HOUSING, "care_housing_on_agenda", "omsorgsbolig"),
    ):
        theatre.as_(SAKSBEHANDLER).is_refused(agenda, _new_case(story, applicant), code, what)
    pre_assess(theatre, story.cases[WANTS_ASSISTANCE])
    for applicant in DISCUSSED_IN_JANUARY:
        story.items[applicant] = theatre.as_(SAKSBEHANDLER).do(agenda, _new_case(story, applicant))["item"]
    theatre.expect(len(story.items) == len(DISCUSSED_IN_JANUARY), "tre saker er satt på sakslisten")
    guest = f"/agenda-items/{story.items[WANTS_BOTH]}/guests"
    theatre.as_(SAKSBEHANDLER).do(guest, {"guest": str(HOUSING_SUPPORT.id)})
    _who_sees_what(theatre, story)


def _who_sees_what(theatre: Theatre, story: Story) -> None:
    case = theatre.as_(NAV_ONE).get(f"/cases/{story.cases[WANTS_BOTH]}")
    theatre.expect("health" in str(case["withheld"]), "Nav ser saken de er kalt inn til, men ikke helseopplysningene")
    theatre.as_(HOUSING_SUPPORT).get(f"/cases/{story.cases[WANTS_BOTH]}")
    theatre.as_(HOUSING_SUPPORT).may_not_read(
        f"/cases/{story.cases[WANTS_DWELLING]}", 404, "botjenesten ser bare den ene saken de er gjest i (M03)"
    )
    theatre.as_(NAV_ONE).may_not_read(
        f"/cases/{story.cases[WANTS_CARE_HOUSING]}", 404, "for Nav finnes ikke saken om omsorgsbolig (M20)"
    )
    theatre.as_(STRANGER).may_not_read(
        f"/cases/{story.cases[WANTS_BOTH]}", 404, "en ansatt utenfor gruppa ser ingenting"
    )


def _new_case(story: Story, applicant: Applicant) -> dict[str, str]:
    return {"matter": "new_case", "case": story.cases[applicant]}
