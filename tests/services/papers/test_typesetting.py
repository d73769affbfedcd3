"""Papers are PDF/A-2a and PDF/UA-1, the same bytes every time, and no text in them is markup (LA1, LU1)."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from domain.paper import PaperKind
from services.papers.characters import SHOWN, printable
from services.papers.making import COMPOSERS
from services.papers.typesetting import TEMPLATES, typeset
from services.vault import MAX_TEXT
from tests.services.papers import printed

ROOT = Path(__file__).parents[3]

PRINTING = """
import json, sys
from services.papers.typesetting import typeset
sys.stdout.buffer.write(typeset("facts_to_answer", json.load(sys.stdin)).pdf)
"""

LITERAL = {
    "markup": '= Overskrift\n*fet* _kursiv_ $x^2$ #import "letter.typ": * <merke> @sitat `kode` // kommentar',
    "reading a file": '#read("letter.typ") #include "vedtak.typ" #sys.inputs',
    "escapes": r"\n \u{41} \* \\ \# ~ -- --- ...",
    "quotes": '"dobbel" \'enkel\' «norsk» {"data": 1}',
    "brackets": "](){}[#] #{1 + 1} #[x]",
    "languages": "Čáhput Đorđe Nguyễn Łukasz Özgür Иван Ελένη",
    "signs": "100 % § 6 – 4 °C, 2 m², 1/2, € 5 → ½",
}
UNSHOWN = {
    "NUL": ("a\0b", "a[U+0000]b"),
    "escape": ("a\x1b[31mb", "a[U+001B][31mb"),
    "emoji": ("glad 🏠", "glad [U+1F3E0]"),
    "private use": ("a\ue000b", "a[U+E000]b"),
    "direction override": ("a\u202eb", "a[U+202E]b"),
    "no character": ("a\ufdd0b", "a[U+FDD0]b"),
    "Chinese": ("漢", "[U+6F22]"),
    "joiner": ("a\u200db", "a[U+200D]b"),
    "byte order mark": ("a\ufeffb", "ab"),
    "soft hyphen": ("a\u00adb", "ab"),
}


def facts(text: str) -> bytes:
    return typeset("facts_to_answer", printed.facts_letter(text)).pdf


def test_LA1_a_paper_says_that_it_is_PDF_A_2a_and_PDF_UA_1() -> None:
    said = printed.metadata(facts("Opplysninger."))

    for claim in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<rdf:li>nb-NO</rdf:li>",
        ">Opplysninger du kan uttale deg om<",
    ):
        assert claim in said


def test_LU1_headings_lists_and_paragraphs_are_tagged() -> None:
    tags = printed.headings(facts("Opplysninger."))

    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 3
    assert "/P" in tags


def test_LA1_two_processes_print_the_same_bytes() -> None:
    letter = json.dumps(printed.facts_letter("Samme æøå"), default=vars).encode()

    def print_it() -> bytes:
        run = [sys.executable, "-c", PRINTING]
        return subprocess.run(run, input=letter, cwd=ROOT, capture_output=True, check=True).stdout

    first, second = print_it(), print_it()

    assert first.startswith(b"%PDF-")
    assert first == second == facts("Samme æøå")


@pytest.mark.parametrize("text", LITERAL.values(), ids=LITERAL)
def test_LA1_text_that_looks_like_markup_stands_as_it_was_written(text: str) -> None:
    assert " ".join(text.split()) in printed.words(facts(text))


@pytest.mark.parametrize(("text", "shown"), UNSHOWN.values(), ids=UNSHOWN)
def test_LA1_what_no_font_can_show_stands_as_its_number(text: str, shown: str) -> None:
    assert shown in printed.words(facts(text))


@pytest.mark.parametrize("text", ["ord " * (MAX_TEXT // 4), "x" * MAX_TEXT, "🏠" * MAX_TEXT, "a\n" * (MAX_TEXT // 2)])
def test_LA1_the_longest_text_is_printed_whole(text: str) -> None:
    paper = typeset("facts_to_answer", printed.facts_letter(text))

    letters = "".join(printable(text).replace("\u200b", "").split())
    assert paper.pages > 1
    # Without the line at the foot of each page, which stands between two pieces of a long text.
    said = printed.joined(paper.pdf)
    for page in range(1, paper.pages + 1):
        said = said.replace(f"Referanse0a1b2c3dSide{page}av{paper.pages}", "")
    assert letters in said


def test_LA1_every_sign_that_counts_as_shown_has_a_glyph() -> None:
    signs = [chr(number) for number in range(0x20, 0x2607) if SHOWN.match(chr(number))]

    assert typeset("facts_to_answer", printed.facts_letter(" ".join(signs))).pages >= 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.text(max_size=400))
def test_LA1_no_text_stops_a_paper(text: str) -> None:
    assert typeset("facts_to_answer", printed.facts_letter(text)).pages >= 1


def test_LA1_no_template_reaches_outside_its_folder_or_asks_the_clock() -> None:
    for template in TEMPLATES.glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert "@preview" not in source
        assert "datetime.today" not in source
        assert "eval(" not in source


def test_LD4_every_kind_of_paper_has_its_composer_and_its_template() -> None:
    shared = {"letter", "applied_for", "appeal"}

    assert set(COMPOSERS) == set(PaperKind)
    assert {template.stem for template in TEMPLATES.glob("*.typ")} == set(PaperKind) | shared


def test_LA1_papers_printed_at_the_same_time_do_not_mix() -> None:
    texts = [f"Opplysning nummer {number}." for number in range(12)]

    with ThreadPoolExecutor(max_workers=4) as pool:
        papers = list(pool.map(facts, texts))

    assert [text in printed.words(paper) for text, paper in zip(texts, papers, strict=True)] == [True] * 12
    assert papers == [facts(text) for text in texts]
