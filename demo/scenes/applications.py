"""Scenes 3 and 4: applications come in; consent and pre-assessment."""

from typing import Any

from demo.people import (
    APPLICANTS,
    BOTJENESTEN,
    CALLS,
    NAV,
    NAV_ONE,
    PSYKISK_HELSE,
    SAKSBEHANDLER,
    SENTENCES,
    TEKNISKE_TJENESTER,
    WANTS_ASSISTANCE,
    WANTS_BOTH,
    WANTS_CARE_HOUSING,
    WANTS_DWELLING,
    WANTS_EXTENSION,
    Applicant,
)
from demo.scenes.leases import register_running_lease
from demo.story import Story
from demo.theatre import Theatre

KINDS = {
    WANTS_DWELLING: ["dwelling"],
    WANTS_ASSISTANCE: ["assistance"],
    WANTS_BOTH: ["dwelling", "assistance"],
    WANTS_EXTENSION: ["extension"],
    WANTS_CARE_HOUSING: ["care_housing"],
    CALLS: ["dwelling"],
}
WORDS = {
    "dwelling": "bolig",
    "assistance": "bistand",
    "extension": "forlengelse",
    "care_housing": "omsorgsbolig",
}
CONSENTING = (WANTS_DWELLING, WANTS_ASSISTANCE, WANTS_BOTH, WANTS_EXTENSION)
UNITS = (PSYKISK_HELSE, NAV, TEKNISKE_TJENESTER, BOTJENESTEN)


def applications_come_in(theatre: Theatre, story: Story) -> None:
    """Six applications: a dwelling, assistance, both, an extension, care housing, one by telephone (LR1, LH1)."""
    theatre.scene(3, "Seks søknader kommer inn")
    register_running_lease(theatre, story)
    for applicant in APPLICANTS:
        answer = theatre.as_(SAKSBEHANDLER).do("/applications", _application(theatre, story, applicant))
        story.cases[applicant], story.applications[applicant] = answer["case"], answer["application"]
        how = "på telefon" if applicant is CALLS else "på skjema"
        theatre.expect(answer["reference"], f"søknad om {_what(applicant)} {how}, referanse {answer['reference']}")
    theatre.stage.come_to_rest()
    received = {str(to) for message in theatre.stage.messages() for to in _recipients(message)}
    theatre.expect(
        all(applicant.email in received for applicant in APPLICANTS), "hver søker har fått kvittering på e-post (LH1)"
    )


def consent_and_pre_assessment(theatre: Theatre, story: Story) -> None:
    """Consent given, refused by one, to be withdrawn later by another; pre-assessment; a submission (M04, M09, M10)."""
    theatre.scene(4, "Samtykke og forhåndskartlegging")
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    today = str(theatre.stage.clock.now().date())
    for applicant in CONSENTING:
        scopes = [{"unit": unit} for unit in UNITS]
        body = {"scopes": scopes, "given_on": today, "channel": "form"}
        answer = saksbehandler.do(f"/cases/{story.cases[applicant]}/consent", body)
        theatre.expect(
            answer["state"] == "given",
            f"samtykke gitt i saken om {_what(applicant)}, til {answer['expires_on']}",
        )
    answer = saksbehandler.do(f"/cases/{story.cases[CALLS]}/consent/refusal")
    theatre.expect(answer["state"] == "refused", "én søker samtykker ikke; søknaden skal avgjøres likevel (M09)")
    for applicant in (WANTS_DWELLING, WANTS_BOTH, CALLS):
        pre_assess(theatre, story.cases[applicant])
    saksbehandler.is_refused(
        f"/cases/{story.cases[WANTS_ASSISTANCE]}/pre-assessment/completion", None, "pre_assessment_not_started",
        "kartlegging som ikke er begynt, kan ikke fullføres",
    )  # fmt: skip
    nav_submits_somebody(theatre, story.cases[WANTS_BOTH])


def nav_submits_somebody(theatre: Theatre, known: str) -> None:
    """Nav does not learn that the applicant has a case; the saksbehandler does, and has it discussed there (M04)."""
    saksbehandler, why = theatre.as_(SAKSBEHANDLER), "Trenger hjelp til mer enn bolig."
    case = theatre.as_(NAV_ONE).do("/submissions", {"person": WANTS_BOTH.as_body(), "why": why})["case"]
    theatre.expect(case != known, "Nav melder inn en søker, og får ikke vite at det er en sak fra før (M04)")
    saksbehandler.do(f"/cases/{case}/responsibility", {"responsible": str(SAKSBEHANDLER.id)})
    similar = saksbehandler.get(f"/cases/{case}/possible-duplicates")
    theatre.expect([each["similar_case"] for each in similar] == [known], "saksbehandleren ser saken fra før")
    saksbehandler.do("/submissions", {"case": known, "why": why})
    saksbehandler.do(f"/cases/{case}/closing", {"reason": "same_person_has_a_case"})


def _application(theatre: Theatre, story: Story, applicant: Applicant) -> dict[str, Any]:
    extension = applicant is WANTS_EXTENSION
    return {
        "applicant": applicant.as_body(),
        "kinds": KINDS[applicant],
        "way_in": "telephone" if applicant is CALLS else "form",
        "received_on": str(theatre.stage.clock.now().date()),
        "household": {"adults": 1, "children": 1 if applicant is WANTS_BOTH else 0},
        "present_housing": "municipal_lease" if extension else "with_others",
        "reason": SENTENCES["reason"],
        "residence_permit": "Norsk statsborger.",
        "years_in_municipality": 4,
        "urgency": {"violence": False},
        "economy": SENTENCES["economy"],
        "health": SENTENCES["health"],
        "adaptations": "Trenger heis eller første etasje.",
        "wishes": {"areas": ["sentrum"], "rooms_at_least": 2, "step_free": True},
        "follow_up_need": "Ønsker hjelp til å holde orden på regningene.",
        "tenancy": story.tenancies[applicant] if extension else None,
    }


def pre_assess(theatre: Theatre, case: str) -> None:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    for topic in ("housing", "economy", "follow_up"):
        saksbehandler.do(f"/cases/{case}/pre-assessment", {"topic": topic, "text": SENTENCES["economy"]})
    answer = saksbehandler.do(f"/cases/{case}/pre-assessment/completion")
    theatre.expect(answer["completed"], "sak forhåndskartlagt (M10)")


def _what(applicant: Applicant) -> str:
    """What was applied for, in words."""
    return " og ".join(WORDS[kind] for kind in KINDS[applicant])


def _recipients(message: dict[str, object]) -> list[object]:
    recipients = message["recipients"]
    assert isinstance(recipients, list)
    return recipients
