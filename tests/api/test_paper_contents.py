"""What each paper must say, by the law that asks for it, read back by another library (LH1-LH6, LD2-LD4, LL2, LL5-LL7)."""

from typing import Any

import pytest

from domain.decisions.vedtak_rules import Outcome
from tests.api import givens
from tests.api.decision_givens import (
    THREE_YEARS,
    Applied,
    applied,
    concluded,
    drafted,
    issued,
    let,
    offered,
    vacancy,
)
from tests.api.givens import assert_refused
from tests.api.office import Office
from tests.services.papers import printed

tuesday = pytest.mark.usefixtures("on_a_tuesday")

APPEAL = {
    "LD4 right": "kan du klage",
    "LD4 procedure": "Slik klager du: Skriv hvilket vedtak du klager på",
    "LK3 deadline": "3 uker fra den dagen vedtaket kom fram til deg",
    "LK4 late": "Hvis du klager for sent",
    "LD4 suspension": "Utsatt gjennomføring",
    "LD4 costs": "få dekket nødvendige utgifter",
    "LD4 legal aid": "fri rettshjelp (rettshjelploven)",
    "LP1 documents": "rett til å se dokumentene i saken din",
    "LD4 guidance": "plikt til å veilede deg",
    "LD4 contact": "Service og tildeling: telefon 00 00 00 00",
    "LD3 rules": "Vedtaket er fattet etter",
    "LD3 version": "regelsett 2026-01-01",
    "LD3 facts": "Opplysningene vi bygger på",
    "LD3 considerations": "får ikke leid på det private markedet",
}
STATE = {"LK1 body": "Klageinstans: Statsforvalteren."}
MUNICIPAL = {"LK2 body": "Klageinstans: Kommunens klagenemnd."}
PARAGRAPH_6 = {"LD1 hjemmel": "boligsosialloven § 6"}


def made(office: Office, case: str, kind: str, about: str, **more: Any) -> str:
    """What a paper of that kind says."""
    body = {"kind": kind, "about": about, **more}
    paper = office.saksbehandler.do(f"/cases/{case}/papers", body)["paper"]
    response = office.saksbehandler.get(f"/papers/{paper}")
    assert response.status_code == 200, response.text
    return printed.words(response.content)


def assert_says(text: str, *wanted: dict[str, str]) -> None:
    lacking = [rule for elements in wanted for rule, element in elements.items() if element not in text]
    assert lacking == [], text


def assert_too_early(office: Office, case: str, kind: str, about: str, code: str, status: int = 409) -> None:
    body = {"kind": kind, "about": about}
    assert_refused(office, office.saksbehandler, f"/cases/{case}/papers", body, status=status, code=code)


@tuesday
def test_LH1_a_receipt_says_when_it_came_and_its_reference(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    text = made(office, about.case, "receipt", about.application)
    wanted = {
        "LH1 time": "mottok søknaden din 12. januar 2027",
        "LH1 reference": f"referansen {about.application.replace('-', '')[:8]}",
        "M13 what": "kommunal bolig og hjelp til å skaffe eller beholde bolig",
        "LH2": "Får du ikke svar innen 12. februar 2027",
        "LH7": "la noen andre hjelpe deg",
    }
    assert_says(text, wanted)


@tuesday
def test_LH2_an_interim_reply_says_why_and_when(office: Office) -> None:
    about = applied(office)
    assert_too_early(office, about.case, "interim_reply", about.application, "no_date_to_tell")
    reply = {"reason": "waiting_for_meeting", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"/applications/{about.application}/interim-reply", reply)
    text = made(office, about.case, "interim_reply", about.application)
    assert_says(text, {"LH2 reason": "drøftes i boligsosial arbeidsgruppe", "LH2 date": "innen 1. mars 2027"})


@tuesday
def test_LH3_a_second_notice_says_what_was_promised_and_the_new_date(office: Office) -> None:
    about = applied(office)
    path = f"/applications/{about.application}"
    reply = {"reason": "waiting_for_meeting", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"{path}/interim-reply", reply)
    assert_too_early(office, about.case, "delay_notice", about.application, "nothing_slipped")
    notice = {"reason": "a_reason_of_its_own", "expected_on": "2027-04-01"}
    office.saksbehandler.do(f"{path}/delay-notice", notice)
    text = made(office, about.case, "delay_notice", about.application)
    wanted = {"promised": "svar innen 1. mars 2027", "new": "svar innen 1. april 2027", "reason": "trenger mer tid"}
    assert_says(text, wanted)


@tuesday
def test_LH6_facts_from_others_are_sent_with_a_deadline_and_how_to_answer(office: Office) -> None:
    about = applied(office)
    conclusion = concluded(office, about, facts_from_others=True)
    assert_too_early(office, about.case, "facts_to_answer", conclusion, "no_facts_to_answer")
    facts = {"facts": "Nav opplyser at leieforholdet er sagt opp.", "answer_by": "2027-01-26"}
    office.saksbehandler.do(f"/conclusions/{conclusion}/facts", facts)
    office.carry_forward()
    text = made(office, about.case, "facts_to_answer", conclusion)
    wanted = {"facts": facts["facts"], "deadline": "Svar oss innen 26. januar 2027", "how": "skrive, ringe eller komme"}
    assert_says(text, wanted, {"hjemmel": "§ 17", "silence": "Svarer du ikke innen fristen"})


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


@tuesday
def test_LH6_facts_are_sent_out_in_a_case_that_is_decided_without_the_group(office: Office) -> None:
    about = applied(office)
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "urgent"})
    facts = {"facts": "Utleier opplyser at leien ikke er betalt.", "answer_by": "2027-01-26"}
    office.saksbehandler.do(f"/cases/{about.case}/facts", facts)
    office.carry_forward()
    assert_says(made(office, about.case, "facts_to_answer", about.case), {"LH6": facts["facts"]})


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
    assert_says(made(office, about.case, "vedtak", vedtak), {"LK3": "Fristen er 2. februar 2027"})


@tuesday
def test_LD1_a_draft_can_be_looked_at_and_not_made_into_a_letter(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    assert_too_early(office, about.case, "vedtak", vedtak, "paper_of_draft")
    response = office.saksbehandler.get(f"/cases/{about.case}/paper-preview?kind=vedtak&about={vedtak}")
    assert_says(printed.words(response.content), STATE, {"marked": "Utkast. Dette er ikke sendt og gjelder ikke."})
    assert office.saksbehandler.get(f"/cases/{about.case}/papers").json()["papers"] == []


@tuesday
def test_M14_an_offer_says_what_it_is_by_when_to_answer_and_how(office: Office) -> None:
    the = vacancy(office)
    assert_too_early(office, the.cases[0], "offer", the.allocation, "no_offer_to_tell")
    offered(office, the)
    text = made(office, the.cases[0], "offer", the.allocation)
    wanted = {
        "what": "Boligveien 7, 0000 Eksempel",
        "size": "2 rom, 48 kvadratmeter",
        "by when": "Svar innen 19. januar 2027",
        "how": "Si ja eller nei til Service og tildeling: telefon 00 00 00 00",
        "silence": "faller tilbudet bort",
        "LV5": "uten at en saksbehandler har vurdert det",
    }
    assert_says(text, wanted)


@tuesday
def test_M14_an_offer_is_not_printed_in_the_case_of_somebody_else(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    assert_too_early(office, the.cases[1], "offer", the.allocation, "not_found", status=404)


def test_LP2_minutes_of_one_case_keep_facts_apart_from_assessments(office: Office) -> None:
    talk, answer = givens.concluded(office)
    office.saksbehandler.do(
        f"/conclusions/{answer['conclusion']}/dissent", {"text": "Helt uenig.", "dissenter": talk.group.nav.id}
    )
    minutes = {"facts": "Bor hos venner til jul.", "assessment": "Trenger hjelp til å skaffe bolig."}
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", minutes)
    assert_too_early(office, talk.case, "minutes", talk.item, "minutes_not_approved")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes/approval", {"revision": 1})
    text = made(office, talk.case, "minutes", talk.item)
    facts, assessment = text.index("Fakta Bor hos venner til jul."), text.index("Vurderinger")
    assert facts < assessment < text.index(minutes["assessment"])
    wanted = {
        "M07 one case": "Referatet gjelder bare denne saken: Prøve Eksempelsen.",
        "M08 who": "Til stede fra: Service og tildeling og Nav.",
        "M11": "er vanskeligstilt på boligmarkedet",
        "M11 reasons": "Får ikke leid selv.",
        "M11 dissent": "Uenighet fra Nav Helt uenig.",
        "M07 task": "Nav, frist 1. mars 2027 Avtaler hjemmebesøk.",
    }  # fmt: skip
    assert_says(text, wanted)


@tuesday
def test_LL6_a_demand_to_move_out_says_that_the_lease_is_not_prolonged(office: Office) -> None:
    tenancy, about = let(office)
    assert_too_early(office, about.case, "move_out_demand", tenancy, "move_out_not_demanded")
    demand = {"demanded_on": "2027-01-12", "in_writing": True, "reasons": "Leietiden er snart ute."}
    office.saksbehandler.do(f"/tenancies/{tenancy}/move-out-demand", demand)
    text = made(office, about.case, "move_out_demand", tenancy)
    wanted = {
        "LL6 demand": "Vi krever at du flytter ut",
        "LL6 law": "husleieloven § 9-2 tredje ledd",
        "LL6 date": "Kravet er sendt 12. januar 2027",
        "LL6 effect": "blir avtalen ikke forlenget",
        "where": "Boligveien 7, 0000 Eksempel",
        "reasons": "Leietiden er snart ute.",
    }
    assert_says(text, wanted)


LEASE_NOTICES = {
    "LL2 purpose": "bolig for vanskeligstilte på boligmarkedet",
    "LL2 law": "husleieloven § 11-1",
    "LL2 exceptions": "Du kan ikke leie ut hele eller deler av boligen.",
    "LL5 notice": "Verken du eller kommunen kan si den opp før leietiden er ute",
    "LL5 law": "husleieloven § 9-2 første og andre ledd",
}


@tuesday
def test_LL2_the_tenant_is_told_before_signing_what_the_lease_is_and_what_differs(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/acceptance")
    assert_too_early(office, the.cases[0], "lease_information", the.allocation, "lease_to_sign_missing")
    lease = {**THREE_YEARS, "exceptions": ["no_subletting"]}
    text = made(office, the.cases[0], "lease_information", the.allocation, lease=lease)
    assert_says(text, LEASE_NOTICES, {"term": "fra 1. februar 2027 til og med 31. januar 2030"})


@tuesday
def test_LL5_a_running_lease_has_an_information_sheet_too(office: Office) -> None:
    tenancy, about = let(office, exceptions=["no_subletting"])
    text = made(office, about.case, "lease_information", tenancy)
    assert_says(text, LEASE_NOTICES)


@tuesday
def test_LL5_a_tenant_who_was_not_told_otherwise_reads_that_the_lease_can_be_terminated(office: Office) -> None:
    tenancy, about = let(office, notice_no_termination=False)
    text = made(office, about.case, "lease_information", tenancy)
    assert_says(text, {"LL5": "kan både du og kommunen si den opp"})
    assert "Verken du eller kommunen" not in text


@tuesday
def test_LL7_a_notice_of_termination_holds_all_that_makes_it_valid(office: Office) -> None:
    tenancy, about = let(office, notice_no_termination=False)
    assert_too_early(office, about.case, "termination", tenancy, "no_notice_given")
    form = {"in_writing": True, "right_to_protest": True, "consequence_of_silence": True, "eviction": True}
    notice = {"given_on": "2027-01-12", "ground": "breach", "reasons": "Husleien er ikke betalt.", "form": form}
    office.saksbehandler.do(f"/tenancies/{tenancy}/notice", notice)
    text = made(office, about.case, "termination", tenancy)
    wanted = {
        "LL7 ground": "Du har misligholdt leieavtalen.",
        "LL7 law": "husleieloven § 9-5 andre ledd",
        "LL7 reasons": "Husleien er ikke betalt.",
        "LL7 protest": "protestere skriftlig til oss innen én måned",
        "LL7 protest date": "senest 12. februar 2027",
        "LL7 consequence": "mister du retten til å påstå",
        "LL7 eviction": "tvangsfravikelse",
        "LL7 eviction law": "tvangsfullbyrdelsesloven § 13-2 tredje ledd",
        "LL7 when": "senest 30. april 2027",
        "LL8": "gå til sak innen tre måneder",
    }
    assert_says(text, wanted)
