"""What each paper but a vedtak must say, by the law that asks for it, read back by another library (LH1-LH6, LL2, LL5-LL7)."""

from datetime import datetime, timedelta

import pytest

from domain.decisions.vedtak_rules import Outcome
from tests.api import givens
from tests.api.decision_givens import THREE_YEARS, Applied, applied, concluded, issued, let, offered, vacancy
from tests.api.office import Office, synthetic_identity_number
from tests.api.paper_givens import assert_says, assert_too_early, made

tuesday = pytest.mark.usefixtures("on_a_tuesday")


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
    notice = {"reason": "illness", "expected_on": "2027-04-01"}
    office.saksbehandler.do(f"{path}/delay-notice", notice)
    text = made(office, about.case, "delay_notice", about.application)
    wanted = {"promised": "svar innen 1. mars 2027", "new": "svar innen 1. april 2027", "reason": "sykdom hos oss"}
    assert_says(text, wanted)


@tuesday
@pytest.mark.parametrize(("kind", "last_day"), [("interim_reply", "2027-03-01"), ("delay_notice", "2027-04-01")])
def test_LH3_a_letter_does_not_promise_a_day_that_is_over(office: Office, kind: str, last_day: str) -> None:
    about = applied(office)
    path = f"/applications/{about.application}"
    office.saksbehandler.do(f"{path}/interim-reply", {"reason": "illness", "expected_on": "2027-03-01"})
    if kind == "delay_notice":
        office.saksbehandler.do(f"{path}/delay-notice", {"reason": "illness", "expected_on": "2027-04-01"})
    last = datetime.fromisoformat(f"{last_day}T12:00:00+00:00")
    office.set_clock(last)
    made(office, about.case, kind, about.application)
    office.set_clock(last + timedelta(days=1))
    assert_too_early(office, about.case, kind, about.application, "promised_date_passed")


def letters_of(office: Office, about: Applied) -> dict[str, str]:
    """Every letter that says when the application came in."""
    path = f"/applications/{about.application}"
    office.saksbehandler.do(f"{path}/interim-reply", {"reason": "illness", "expected_on": "2027-03-01"})
    office.saksbehandler.do(f"{path}/delay-notice", {"reason": "illness", "expected_on": "2027-04-01"})
    vedtak = issued(office, about, concluded(office, about, dwelling=Outcome.REFUSE), "dwelling", "refuse")["vedtak"]
    kinds = ("receipt", "interim_reply", "delay_notice")
    letters = {kind: made(office, about.case, kind, about.application) for kind in kinds}
    return {**letters, "vedtak": made(office, about.case, "vedtak", vedtak)}


def assert_all_say(letters: dict[str, str], day: str) -> None:
    assert [kind for kind, text in letters.items() if day not in text or "12. januar 2027. Du søkte" in text] == []


@tuesday
def test_LA5_every_letter_says_the_corrected_day_it_came_in(office: Office) -> None:
    about = applied(office)
    right = {"received_on": "2027-01-04", "because": "Søknaden lå i postkassen fra mandag."}
    office.saksbehandler.do(f"/applications/{about.application}/received-date", right)
    assert_all_say(letters_of(office, about), "4. januar 2027")


@tuesday
def test_LH4_every_letter_says_the_first_day_the_same_request_came_in(office: Office) -> None:
    person = {"name": "Prøve Eksempelsen", "identity_number": synthetic_identity_number()}
    early = applied(office, applicant=person, received_on="2027-01-04")
    late = applied(office, applicant=person)
    office.saksbehandler.do(f"/applications/{early.application}/duplicate", {"duplicate_of": late.application})
    assert_all_say(letters_of(office, late), "4. januar 2027")


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


@tuesday
def test_LH6_facts_are_sent_out_in_a_case_that_is_decided_without_the_group(office: Office) -> None:
    about = applied(office)
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "urgent"})
    facts = {"facts": "Utleier opplyser at leien ikke er betalt.", "answer_by": "2027-01-26"}
    office.saksbehandler.do(f"/cases/{about.case}/facts", facts)
    office.carry_forward()
    assert_says(made(office, about.case, "facts_to_answer", about.case), {"LH6": facts["facts"]})


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
        "M07 task": f"Oppgave {answer['follow_ups'][0][:8]}: Nav, frist 1. mars 2027 Avtaler hjemmebesøk.",
        "M07 when": "Møtet ble holdt 12. januar 2027.",
        "M07 revision": "Utgave 1, skrevet 12. januar 2027, godkjent 12. januar 2027.",
        "LP2": "forvaltningsloven (1967) §§ 18 a, 18 c og 18 d",
    }  # fmt: skip
    assert_says(text, wanted)
    assert "mens saken ble drøftet" not in text
    assert "inhabil" not in text


def test_LI3_minutes_tell_who_was_inhabil_and_who_came_and_left_meanwhile(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path, group = f"/agenda-items/{talk.item}", talk.group
    stand_in = givens.employee(office, "nav")
    givens.present(office, talk.item, group.saksbehandler, group.nav, group.psykisk_helse)
    givens.present(office, talk.item, group.tekniske_tjenester)
    office.saksbehandler.do(f"{path}/discussion")
    office.set_clock(givens.FIRST_MEETING + timedelta(minutes=10))
    inhabil = {"person": group.nav.id, "ground": "family", "substitute": stand_in.id}
    office.saksbehandler.do(f"{path}/inhabil", inhabil)
    givens.present(office, talk.item, stand_in)
    office.saksbehandler.do(f"{path}/inhabil", {"person": group.tekniske_tjenester.id, "ground": "family"})
    office.set_clock(givens.FIRST_MEETING + timedelta(minutes=15))
    givens.present(office, talk.item, group.psykisk_helse, presence="left")
    office.set_clock(givens.FIRST_MEETING + timedelta(minutes=30))
    office.saksbehandler.do(f"{path}/discussion/closing")
    office.saksbehandler.do(f"{path}/conclusion", givens.conclusion_body(talk))
    office.saksbehandler.do(f"{path}/minutes", {"facts": "Bor hos venner.", "assessment": "Trenger hjelp."})
    office.set_clock(givens.FIRST_MEETING + timedelta(days=1))
    office.saksbehandler.do(f"{path}/minutes/approval", {"revision": 1})
    wanted = {
        "LI1 inhabil": "Nav: erklært inhabil fra kl. 12.10. Vara deltok.",
        "LI3 nobody stood in": "Tekniske tjenester: erklært inhabil fra kl. 12.10. Vara deltok ikke.",
        "M08 came": "Nav: kom kl. 12.10 mens saken ble drøftet.",
        "M08 left": "Psykisk helse: gikk kl. 12.15 mens saken ble drøftet.",
        "M07 approved": "skrevet 12. januar 2027, godkjent 13. januar 2027",
    }
    assert_says(made(office, talk.case, "minutes", talk.item), wanted)


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
