"""What the letter with a vedtak must say, by the law that asks for it (LD1-LD4, LA5, LK1-LK3, LO2, LR2)."""

from datetime import timedelta

import pytest

from domain.decisions.vedtak_rules import Outcome
from tests.api.decision_givens import A_TUESDAY, Applied, applied, concluded, drafted, issued, let
from tests.api.office import Office
from tests.api.paper_givens import assert_says, assert_too_early, made
from tests.services.papers import printed

tuesday = pytest.mark.usefixtures("on_a_tuesday")

APPEAL = {
    "LD4 right": "kan du klage",
    "LD4 procedure": "Slik klager du: Skriv hvilket vedtak du klager på",
    "LK3 deadline": "3 uker fra den dagen vedtaket kom fram til deg",
    "LK4 late": "Hvis du klager for sent",
    "LD4 costs": "få dekket nødvendige utgifter",
    "LD4 legal aid": "fri rettshjelp (rettshjelploven)",
    "LP1 documents": "rett til å se dokumentene i saken din",
    "LD4 guidance": "plikt til å veilede deg",
    "LD4 contact": "Service og tildeling: telefon 00 00 00 00",
    "LD3 rules": "Vedtaket er fattet etter",
    "LD3 rules of": "slik reglene var 1. januar 2026",
    "LR6": "Myndigheten til å fatte vedtaket er delegert fra kommunedirektøren",
    "made": "Vedtaket ble fattet 12. januar 2027.",
    "LK3 where": "Send klagen til Service og tildeling, Eksempel kommune, post@eksempel.invalid. Spørsmål: telefon",
    "LD3 facts": "Opplysningene vi bygger på",
    "LD3 considerations": "får ikke leid på det private markedet",
}
STATE = {"LK1 body": "Klageinstans: Statsforvalteren."}
MUNICIPAL = {"LK2 body": "Klageinstans: Kommunens klagenemnd."}
PARAGRAPH_6 = {"LD1 hjemmel": "boligsosialloven § 6"}
SUSPENSION = "Utsatt gjennomføring"
THE_NEXT_DAY = A_TUESDAY + timedelta(days=1)


def decided(office: Office, subject: str, outcome: str) -> tuple[Applied, str]:
    """A vedtak that is issued."""
    granted = Outcome(outcome)
    if subject == "extension":
        tenancy, _ = let(office)
        about = applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})
        conclusion = concluded(office, about, extension=granted)
        new_end = "2033-01-31" if outcome == "grant" else None
        return about, issued(office, about, conclusion, "extension", outcome, new_end=new_end)["vedtak"]
    about = applied(office, subject)
    is_in_need = outcome == "grant" or subject != "assistance"
    conclusion = concluded(
        office, about, vanskeligstilt=is_in_need, dwelling=granted if subject == "dwelling" else None
    )
    placement = {"placement": {"answers": {"without_dwelling": True}}}
    issue = placement if (subject, outcome) == ("dwelling", "grant") else {}
    return about, issued(office, about, conclusion, subject, outcome, issue=issue)["vedtak"]


VEDTAK: dict[tuple[str, str], tuple[dict[str, str], ...]] = {
    ("assistance", "grant"): (
        STATE,
        PARAGRAPH_6,
        {"LD2 main content": "Råd om å leie bolig, og følge på visninger.", "outcome": "Vi innvilger hjelp", "M15": "hos Nav"},
    ),
    ("assistance", "refuse"): (STATE, PARAGRAPH_6, {"outcome": "Vi avslår søknaden din om hjelp"}),
    ("dwelling", "grant"): (
        MUNICIPAL,
        {"size": "omtrent 2 rom", "length": "36 måneder", "lapse": "svarer ikke på et tilbud", "list": "på venteliste"},
    ),
    ("dwelling", "refuse"): (MUNICIPAL, {"outcome": "Vi avslår søknaden din om kommunal bolig"}),
    ("extension", "grant"): (MUNICIPAL, {"M19": "til og med 31. januar 2033"}),
    ("extension", "refuse"): (MUNICIPAL, {"M19": "Leiekontrakten går ut 31. januar 2030"}),
}  # fmt: skip


@tuesday
@pytest.mark.parametrize(("subject", "outcome"), VEDTAK, ids=lambda part: part)
def test_LD4_a_vedtak_says_all_that_the_law_asks_for(office: Office, subject: str, outcome: str) -> None:
    about, vedtak = decided(office, subject, outcome)
    text = made(office, about.case, "vedtak", vedtak)
    assert_says(text, APPEAL, *VEDTAK[subject, outcome], {"M11": "Boligsosial arbeidsgruppe har drøftet saken."})
    assert (SUSPENSION in text) == (outcome == "grant")
    assert "Dette er rettet" not in text


@tuesday
def test_LO2_a_vedtak_on_care_housing_gives_four_weeks_and_names_the_state(office: Office) -> None:
    about = applied(office, "care_housing")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    office.saksbehandler.do(f"/cases/{about.case}/facts/none")
    vedtak = issued(office, about, None, "care_housing", "refuse")["vedtak"]
    text = made(office, about.case, "vedtak", vedtak)
    wanted = {"LO2 deadline": "4 uker fra den dagen", "LO2 law": "pasient- og brukerrettighetsloven §§ 7-2 og 7-5"}
    assert_says(text, wanted, STATE, {"M20": "avgjort uten å være drøftet"})


@tuesday
def test_LR2_a_formal_dismissal_is_a_vedtak_with_the_rule_it_follows(office: Office) -> None:
    about = applied(office, "dwelling")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "formally_dismissed"})
    office.saksbehandler.do(f"/cases/{about.case}/facts/none")
    vedtak = issued(office, about, None, "dwelling", "refuse", barred_by="unlawful_stay")["vedtak"]
    text = made(office, about.case, "vedtak", vedtak)
    assert_says(text, APPEAL, MUNICIPAL, {"outcome": "Vi avviser søknaden din", "LR2": "oppholder seg ikke lovlig"})


@tuesday
def test_B08_a_vedtak_that_departs_from_the_conclusion_tells_the_party_why(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    why = "Søkeren har fått bolig i en annen kommune."
    vedtak = issued(office, about, conclusion, "dwelling", "refuse", departs_because=why)["vedtak"]
    assert_says(
        made(office, about.case, "vedtak", vedtak), {"B08": why, "B08 heading": "et annet enn det arbeidsgruppa"}
    )


@tuesday
def test_LK3_a_vedtak_printed_after_it_arrived_gives_the_last_day_to_appeal(office: Office) -> None:
    about, vedtak = decided(office, "assistance", "grant")
    told = {"channel": "in_person", "notified_on": "2027-01-12"}
    office.saksbehandler.do(f"/vedtak/{vedtak}/notification", told)
    office.set_clock(THE_NEXT_DAY)
    wanted = {
        "LK3": "Fristen er 2. februar 2027",
        "printed": "Dato: 13. januar 2027",
        "made": "Vedtaket ble fattet 12. januar 2027.",
        "told": "Beskjed om vedtaket ble gitt 12. januar 2027.",
    }
    assert_says(made(office, about.case, "vedtak", vedtak), wanted)


@tuesday
def test_LA5_a_corrected_vedtak_says_when_what_and_why_and_that_it_stands(office: Office) -> None:
    about, vedtak = decided(office, "assistance", "grant")
    office.set_clock(THE_NEXT_DAY)
    right = {
        "corrects": 1,
        "part": "reasons",
        "text": "Den rette begrunnelsen.",
        "because": "Navnet på enheten var feil.",
    }
    office.saksbehandler.do(f"/vedtak/{vedtak}/corrections", right)
    wanted = {
        "what": "Rettet 13. januar 2027: begrunnelsen. Grunnen til rettelsen: Navnet på enheten var feil.",
        "stands": "Selve vedtaket står fast.",
        "made": "Vedtaket ble fattet 12. januar 2027.",
        "text": "Den rette begrunnelsen.",
    }
    assert_says(made(office, about.case, "vedtak", vedtak), wanted)


@tuesday
def test_LD1_a_draft_can_be_looked_at_and_not_made_into_a_letter(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    assert_too_early(office, about.case, "vedtak", vedtak, "paper_of_draft")
    response = office.saksbehandler.get(f"/cases/{about.case}/paper-preview?kind=vedtak&about={vedtak}")
    assert_says(printed.words(response.content), STATE, {"marked": "Utkast. Dette er ikke sendt og gjelder ikke."})
    assert office.saksbehandler.get(f"/cases/{about.case}/papers").json()["papers"] == []
