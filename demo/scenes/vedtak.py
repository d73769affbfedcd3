"""Scene 7: facts put to the applicant; two vedtak on two tracks; one refusal."""

from datetime import date
from typing import Any

from demo.moments import moment
from demo.people import CALLS, SAKSBEHANDLER, SENTENCES, WANTS_BOTH, WANTS_DWELLING, Applicant
from demo.scenes.papers import papers_are_made
from demo.story import Story
from demo.theatre import Theatre
from workers.texts_nb import on

DWELLING = {"rooms": 2, "lease_months": 36, "lapses_when": ["no_answer"]}
NOTIFIED, APPEAL_BY = "2027-01-21", "2027-02-11"


def vedtak_are_issued(theatre: Theatre, story: Story) -> None:
    """Facts from others are put to the applicant first (LH6); each track has its own hjemmel and appeal body (LK1, LK2)."""
    theatre.scene(7, "Vedtak")
    theatre.stage.move_to(moment("2027-01-14", "09:00"))
    assistance = _draft(
        theatre, story, WANTS_BOTH, "assistance", main_content="Råd om økonomi, en time i uka.",
        wishes_considered="Søkeren ønsker råd hjemme, ikke på kontoret. Slik blir det.",
    )  # fmt: skip
    theatre.as_(SAKSBEHANDLER).is_refused(
        f"/vedtak/{assistance['vedtak']}/issue", {}, "facts_not_settled", "vedtak før søkeren har fått uttale seg"
    )
    _put_facts(theatre, story)
    theatre.stage.move_to(moment(NOTIFIED, "10:00"))
    dwelling = _draft(theatre, story, WANTS_BOTH, "dwelling", dwelling=DWELLING)
    theatre.expect(
        (assistance["hjemmel"], assistance["appeal_body"]) == ("bsl_6", "statsforvalteren"),
        "bistand etter boligsosialloven § 6, klage til statsforvalteren (LK1)",
    )
    theatre.expect(dwelling["appeal_body"] == "klagenemnd", "bolig etter retningslinjene, klage til klagenemnda (LK2)")
    issued = _issue(theatre, assistance)
    theatre.expect(issued["follow_ups"] == [story.follow_up], "oppgaven trer i kraft med vedtaket (M15)")
    story.entries[WANTS_BOTH] = _issue(theatre, dwelling, {"must_move_soon": True})["waiting_list_entry"]
    other = _draft(theatre, story, WANTS_DWELLING, "dwelling", dwelling=DWELLING)
    story.entries[WANTS_DWELLING] = _issue(theatre, other, {"without_dwelling": True})["waiting_list_entry"]
    papers_are_made(theatre, story, assistance["vedtak"])
    _refuse_one(theatre, story)


def _draft(theatre: Theatre, story: Story, applicant: Applicant, subject: str, **terms: Any) -> dict[str, Any]:
    body = {
        "application": story.applications[applicant], "subject": subject, "outcome": "grant",
        "conclusion": story.conclusions[applicant], "facts": SENTENCES["facts"], "reasons": SENTENCES["assessment"], **terms,
    }  # fmt: skip
    return theatre.as_(SAKSBEHANDLER).do("/vedtak", body)


def _put_facts(theatre: Theatre, story: Story) -> None:
    path = f"/conclusions/{story.conclusions[WANTS_BOTH]}/facts"
    theatre.as_(SAKSBEHANDLER).do(path, {"facts": SENTENCES["facts"]})
    theatre.as_(SAKSBEHANDLER).do(f"{path}/answer", {"answer": "Det stemmer, men mars er betalt nå."})
    theatre.expect(path, "det andre fortalte, er lagt fram for søkeren, som har svart (LH6)")


def _issue(theatre: Theatre, drafted: dict[str, Any], answers: dict[str, bool] | None = None) -> dict[str, Any]:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    issued = saksbehandler.do(f"/vedtak/{drafted['vedtak']}/issue", {"placement": {"answers": answers or {}}})
    told = {"channel": "post", "notified_on": NOTIFIED}
    notified = saksbehandler.do(f"/vedtak/{drafted['vedtak']}/notification", told)
    theatre.expect(
        notified["appeal_deadline"] == APPEAL_BY,
        f"vedtak meldt {on(date.fromisoformat(NOTIFIED))}, klagefrist {on(date.fromisoformat(APPEAL_BY))} (LK3)",
    )
    return issued


def _refuse_one(theatre: Theatre, story: Story) -> None:
    """The one who would not consent is decided without the group (M09, M13)."""
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    saksbehandler.do(f"/cases/{story.cases[CALLS]}/decision-without-group", {"ground": "consent_missing"})
    body = {
        "application": story.applications[CALLS], "subject": "dwelling", "outcome": "refuse",
        "facts": "Søkeren har en bolig.", "reasons": "Boligen er egnet for husstanden.",
    }  # fmt: skip
    drafted = saksbehandler.do("/vedtak", body)
    issued = saksbehandler.do(f"/vedtak/{drafted['vedtak']}/issue", {"facts_settled": True})
    theatre.expect(issued["outcome"] == "refuse", "avslag til den som ikke samtykket, avgjort uten gruppa (M13)")
