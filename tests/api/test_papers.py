"""Papers over HTTP: made by who handles the case, filed closed under a checksum, read through the gate (D3, LA1, LH7)."""

import zlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text

from demo.leaks import search
from domain.actors import Role
from domain.delivery import Delivery, Message, MessageKind, PostReason
from domain.paper import Paper
from services.papers.store import PaperStore
from services.settings import Store
from tests.api import givens
from tests.api.decision_givens import Applied, applied, concluded, issued, let
from tests.api.givens import assert_refused
from tests.api.office import Office
from tests.services.papers import printed

CANARY = "Kanarifuglen bor i Fjæregata 12"
tuesday = pytest.mark.usefixtures("on_a_tuesday")


def receipt(office: Office, about: Applied, **headers: str) -> dict[str, Any]:
    """The receipt for an application, made and filed."""
    body = {"kind": "receipt", "about": about.application}
    return office.saksbehandler.do(f"/cases/{about.case}/papers", body, **headers)


def in_store(office: Office, statement: str, **values: Any) -> list[Any]:
    """What a database owner gets to see, or changes, in the store of papers."""
    engine = create_engine(office.settings.sqlalchemy_url(Store.PAPERS), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        return list(result.scalars()) if result.returns_rows else []


def filed(office: Office) -> list[str]:
    """The checksums in the store of papers."""
    return in_store(office, "SELECT checksum FROM papers")


def words(office: Office, paper: str) -> str:
    return printed.words(office.saksbehandler.get(f"/papers/{paper}").content)


@tuesday
def test_LA1_a_paper_comes_back_as_the_bytes_that_were_filed(office: Office) -> None:
    about = applied(office)
    answer = receipt(office, about)
    first, again = (office.saksbehandler.get(f"/papers/{answer['paper']}") for _ in range(2))
    assert first.content == again.content
    assert first.content.startswith(b"%PDF-1.7")
    stored = givens.stored(office, Paper, answer["paper"])
    assert (stored.printed.size, stored.printed.pages) == (len(first.content), 1)
    assert filed(office) == [stored.printed.checksum]


@tuesday
def test_R10_a_paper_is_kept_by_nobody_on_the_way_and_its_name_says_nothing(office: Office) -> None:
    about = applied(office)
    paper = receipt(office, about)["paper"]
    headers = office.saksbehandler.get(f"/papers/{paper}").headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"] == f'inline; filename="papir-{UUID(paper).hex[:8]}.pdf"'


@tuesday
def test_D7_the_same_command_again_gives_the_same_paper(office: Office) -> None:
    about = applied(office)
    body, key = {"kind": "receipt", "about": about.application}, str(uuid4())
    first = office.saksbehandler.post(f"/cases/{about.case}/papers", body, key=key)
    again = office.saksbehandler.post(f"/cases/{about.case}/papers", body, key=key)
    assert (first.status_code, first.content) == (201, again.content)
    assert len(filed(office)) == 1


@tuesday
def test_LA1_the_same_content_on_the_same_day_is_one_paper(office: Office) -> None:
    about = applied(office)
    first, again = receipt(office, about), receipt(office, about)
    listed = office.saksbehandler.get(f"/cases/{about.case}/papers").json()["papers"]
    assert first == again
    assert [row["paper"] for row in listed] == [first["paper"]]
    assert len(filed(office)) == 1


@tuesday
def test_LA1_a_paper_stays_as_it_was_when_the_text_behind_it_is_corrected(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    order = {"kind": "vedtak", "about": vedtak}
    first = office.saksbehandler.do(f"/cases/{about.case}/papers", order)
    right = {"corrects": 1, "part": "reasons", "text": "Den rette begrunnelsen.", "because": "Skrivefeil."}
    office.saksbehandler.do(f"/vedtak/{vedtak}/corrections", right)
    second = office.saksbehandler.do(f"/cases/{about.case}/papers", order)
    assert first["paper"] != second["paper"]
    assert "Den rette begrunnelsen." not in words(office, first["paper"])
    assert "Den rette begrunnelsen." in words(office, second["paper"])


@tuesday
def test_LA1_a_paper_that_was_changed_in_the_store_is_not_shown(office: Office) -> None:
    about = applied(office)
    paper = receipt(office, about)["paper"]
    (box,) = map(bytes, in_store(office, "SELECT box FROM papers"))
    in_store(office, "UPDATE papers SET box = :box", box=box[:-1] + bytes([box[-1] ^ 1]))
    response = office.saksbehandler.get(f"/papers/{paper}")
    assert (response.status_code, response.json()["type"]) == (409, "/problems/paper_damaged")


@tuesday
def test_LA1_another_paper_put_in_its_place_is_not_shown(office: Office) -> None:
    about = applied(office, reason="Har mistet stedet å bo.")
    one = receipt(office, about)
    other = receipt(office, applied(office))
    swap = "UPDATE papers SET box = (SELECT box FROM papers WHERE checksum = :other) WHERE checksum = :one"
    in_store(office, swap, one=one["checksum"], other=other["checksum"])
    response = office.saksbehandler.get(f"/papers/{one['paper']}")
    assert (response.status_code, response.json()["type"]) == (409, "/problems/paper_damaged")


@tuesday
def test_D3_the_look_behind_a_paper_is_logged_with_its_kind_and_what_it_opened(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    office.saksbehandler.do(f"/cases/{about.case}/papers", {"kind": "vedtak", "about": vedtak})
    (made,) = (look for look in office.disclosures("Viewed") if look.purpose == "paper.vedtak")
    assert {"vedtak.reasons", "vedtak.main_content", "identity.name", "contact.address"} <= set(made.fields)
    assert (str(made.case), made.by.actor) == (about.case, office.saksbehandler.actor.id)


@tuesday
def test_D3_reading_a_paper_leaves_one_line_with_the_kinds_in_it(office: Office) -> None:
    about = applied(office)
    paper = receipt(office, about)["paper"]
    office.saksbehandler.get(f"/papers/{paper}")
    (look,) = (look for look in office.disclosures("Viewed") if look.purpose == "paper")
    assert look.fields == ("paper",)
    assert set(look.kinds) == {"identity", "contact", "housing"}
    assert [str(person) for person in look.subjects] == [about.person]


@tuesday
def test_D3_the_log_of_papers_holds_no_text(office: Office) -> None:
    about = applied(office)
    stored = office.installation.case_log.stream(UUID(receipt(office, about)["paper"]))
    assert "Prøve" not in repr(stored)
    assert "Testveien" not in repr(stored)


@tuesday
def test_D4_who_has_nothing_to_do_with_the_case_gets_no_paper(office: Office) -> None:
    about = applied(office)
    paper = receipt(office, about)["paper"]
    stranger = office.caller("nav")
    for path in (f"/papers/{paper}", f"/cases/{about.case}/papers", f"/papers/{uuid4()}"):
        assert stranger.get(path).status_code == 404
    body = {"kind": "receipt", "about": about.application}
    assert_refused(office, stranger, f"/cases/{about.case}/papers", body, status=404, code="not_found")
    assert len(office.disclosures("Refused")) == 3


@tuesday
def test_D4_a_stranger_does_not_learn_that_a_paper_is_damaged(office: Office) -> None:
    paper = receipt(office, applied(office))["paper"]
    in_store(office, "DELETE FROM papers")
    assert office.saksbehandler.get(f"/papers/{paper}").json()["type"] == "/problems/paper_damaged"
    assert office.caller("nav").get(f"/papers/{paper}").status_code == 404
    assert len(office.disclosures("Refused")) == 1


@tuesday
def test_D4_a_colleague_reads_a_paper_on_a_stated_reason_and_makes_none(office: Office) -> None:
    about = applied(office)
    paper = receipt(office, about)["paper"]
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    assert colleague.get(f"/papers/{paper}").status_code == 403
    assert colleague.get(f"/papers/{paper}?reason=urgent").status_code == 200
    body = {"kind": "receipt", "about": about.application}
    assert_refused(office, colleague, f"/cases/{about.case}/papers", body, status=403, code="not_allowed")
    preview = f"/cases/{about.case}/paper-preview?kind=receipt&about={about.application}"
    assert colleague.get(preview).status_code == 403
    assert colleague.get(f"{preview}&reason=urgent").status_code == 422


def test_M09_a_member_sees_no_paper_that_says_more_than_the_consent_opens(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    application = office.saksbehandler.get(f"/cases/{talk.case}").json()["applications"][0]["application"]
    body = {"kind": "receipt", "about": application}
    paper = office.saksbehandler.do(f"/cases/{talk.case}/papers", body)["paper"]
    # Tekniske tjenester may know of the household and the dwelling, not how to reach the applicant.
    technical, nav = talk.group.tekniske_tjenester, talk.group.nav
    assert technical.get(f"/papers/{paper}").status_code == 403
    assert technical.get(f"/cases/{talk.case}/papers").json()["papers"] == []
    assert nav.get(f"/papers/{paper}").status_code == 200
    assert [row["paper"] for row in nav.get(f"/cases/{talk.case}/papers").json()["papers"]] == [paper]


def test_M03_M07_approved_minutes_open_to_who_was_called_when_the_case_is_up_again(office: Office) -> None:
    talk, _ = givens.concluded(office)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", {"facts": "Fakta.", "assessment": "Vurdering."})
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes/approval", {"revision": 1})
    body = {"kind": "minutes", "about": talk.item}
    paper = office.saksbehandler.do(f"/cases/{talk.case}/papers", body)["paper"]
    assert talk.group.nav.get(f"/papers/{paper}").status_code == 403
    givens.on_agenda(office, talk.group.meetings[1], talk.case, "submitted")
    assert talk.group.nav.get(f"/papers/{paper}").status_code == 200
    assert talk.group.tekniske_tjenester.get(f"/papers/{paper}").status_code == 403
    assert office.caller("nav").get(f"/papers/{paper}").status_code == 404


@tuesday
def test_M20_papers_about_care_housing_are_invisible_to_the_group(office: Office) -> None:
    about = applied(office, "care_housing")
    paper = receipt(office, about)["paper"]
    assert office.caller("hjemmetjenesten").get(f"/papers/{paper}").status_code == 404


@tuesday
@pytest.mark.parametrize(
    ("guardian", "recipient", "role"), [(True, "guardian", "verge"), (False, "representative", "fullmektig")]
)
def test_LH7_the_letter_goes_to_whoever_speaks_for_the_party(
    office: Office, guardian: bool, recipient: str, role: str
) -> None:
    about = applied(office)
    body = {"name": "Vera Eksempelsen", "contact": "Vergeveien 2\n0000 Eksempel", "guardian": guardian}
    office.saksbehandler.do(f"/cases/{about.case}/representatives", body)
    answer = receipt(office, about)
    assert answer["recipient"] == recipient
    said = words(office, answer["paper"])
    assert "Vera Eksempelsen Vergeveien 2 0000 Eksempel" in said
    assert f"Brevet gjelder Prøve Eksempelsen. Du får det fordi du er {role}" in said
    assert "Testveien" not in said


@tuesday
def test_LH7_a_fullmakt_for_something_else_leaves_the_letter_with_the_party(office: Office) -> None:
    about = applied(office, "assistance")
    body = {"name": "Vera Eksempelsen", "contact": "Vergeveien 2", "scope": ["dwelling"]}
    office.saksbehandler.do(f"/cases/{about.case}/representatives", body)
    answer = receipt(office, about)
    assert answer["recipient"] == "applicant"
    assert "Vera" not in words(office, answer["paper"])


@tuesday
def test_D3_a_thing_of_another_case_is_not_printed(office: Office) -> None:
    mine, other = applied(office), applied(office)
    tenancy, _ = let(office)
    for kind, about in (("receipt", other.application), ("lease_information", tenancy), ("vedtak", str(uuid4()))):
        body = {"kind": kind, "about": about}
        assert_refused(office, office.saksbehandler, f"/cases/{mine.case}/papers", body, status=404, code="not_found")
    assert filed(office) == []


@tuesday
def test_LP2_a_paper_is_not_made_where_some_of_it_stays_closed(office: Office) -> None:
    tenancy, tenant = let(office)
    demand = {"demanded_on": "2027-01-12", "in_writing": True, "reasons": "Leietiden er snart ute."}
    office.saksbehandler.do(f"/tenancies/{tenancy}/move-out-demand", demand)
    extension = applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})
    body = {"kind": "move_out_demand", "about": tenancy}
    path = f"/cases/{extension.case}/papers"
    assert extension.case != tenant.case
    assert_refused(office, office.saksbehandler, path, body, status=403, code="paper_not_whole")
    assert filed(office) == []


@tuesday
def test_M13_the_letter_is_signed_by_the_saksbehandler_who_made_it(office: Office) -> None:
    givens.register(office, office.saksbehandler)
    about = applied(office)
    assert "Hilsen Ansatt Eksempelsen, saksbehandler Service og tildeling" in words(
        office, receipt(office, about)["paper"]
    )


@tuesday
def test_R12_a_text_with_markup_and_control_characters_reaches_the_paper_as_it_is(office: Office) -> None:
    about = applied(office, "assistance")
    strange = '#import "letter.typ": * \x07 *fet* $x$ "sitat" 🏠'
    conclusion = concluded(office, about)
    vedtak = issued(office, about, conclusion, "assistance", reasons=strange)["vedtak"]
    paper = office.saksbehandler.do(f"/cases/{about.case}/papers", {"kind": "vedtak", "about": vedtak})["paper"]
    assert '#import "letter.typ": * [U+0007] *fet* $x$ "sitat" [U+1F3E0]' in words(office, paper)


@tuesday
def test_LH1_a_receipt_that_must_be_posted_names_its_letter(office: Office) -> None:
    about = applied(office)
    message = Message(
        kind=MessageKind.APPLICATION_RECEIPT, subject=UUID(about.application), recipient=UUID(about.person),
        case=UUID(about.case), sequence=1, due_at=office.installation.clock.now(),
    )  # fmt: skip
    post = Delivery.to_be_posted(
        id=uuid4(), message=message, reason=PostReason.NO_EMAIL, by=givens.by(office.saksbehandler), at=message.due_at
    )
    office.installation.case_log.append(post)
    (before,) = office.saksbehandler.get("/deliveries").json()["items"]
    paper = receipt(office, about)["paper"]
    (after,) = office.saksbehandler.get("/deliveries").json()["items"]
    assert (before["paper"], after["paper"]) == (None, paper)


def traces(content: bytes) -> list[str]:
    """What shows that a PDF lies in `content`: its mark, or a compressed page in it."""
    found = ["mark"] if b"%PDF-" in content or b"endstream" in content else []
    for start in range(len(content) - 1):
        if content[start] == 0x78 and content[start + 1] in (0x01, 0x5E, 0x9C, 0xDA):
            try:
                inside = zlib.decompressobj().decompress(content[start:], 200_000)
            except zlib.error:
                continue
            found += ["page"] if b" Tf" in inside or b"BDC" in inside or CANARY.encode() in inside else []
    return found


@tuesday
def test_R10_no_store_holds_a_paper_or_its_text_in_any_form(office: Office, tmp_path: Path) -> None:
    about = applied(office, "assistance", reason=CANARY)
    vedtak = issued(office, about, concluded(office, about), "assistance", reasons=f"Fordi {CANARY}.")["vedtak"]
    paper = office.saksbehandler.do(f"/cases/{about.case}/papers", {"kind": "vedtak", "about": vedtak})["paper"]
    pdf = office.saksbehandler.get(f"/papers/{paper}").content
    assert set(traces(b"before " + pdf)) == {"mark", "page"}

    files = [path.read_bytes() for path in office.settings.data_dir.rglob("*") if path.is_file()]
    boxes = [bytes(box) for box in in_store(office, "SELECT box FROM papers")]

    assert len(boxes) == 1
    assert [trace for content in (*files, *boxes) for trace in traces(content)] == []
    assert search(office.settings.data_dir, {"text": CANARY}) == []


def test_LA1_filing_the_same_checksum_again_keeps_the_first(office: Office) -> None:
    vault, store = office.installation.vault, PaperStore.of(office.settings)
    person, case = uuid4(), uuid4()
    first, again = vault.close_paper(person, case, b"paper"), vault.close_paper(person, case, b"paper")
    store.file(first)
    store.file(again)
    assert first.checksum == again.checksum
    assert first.box != again.box
    assert store.find(first.checksum) == first
    assert vault.close_paper(uuid4(), case, b"paper").checksum != first.checksum
    store.close()
