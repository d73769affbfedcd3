"""The documentation of the API: everything is on it, what it shows is so, and nobody is kept from reading it (C06)."""

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from domain.refusals import Refusal
from services.api.app import create_app
from services.core import catalogue
from services.core.registry import OPERATIONS, Area
from services.http.documentation import page, serving
from services.http.documentation.areas import ABOUT
from services.http.documentation.described import Described, Describer
from services.http.documentation.problem_types import problem_types
from services.http.documentation.who_may import who_may
from services.settings import Settings

VOID = {"meta", "input", "link", "br", "img"}
IN_A_BODY = re.compile(r"-d '(?P<body>.*)'$", re.DOTALL)


class Read(HTMLParser):
    """A page as a strict reader finds it. Fails where an element is not closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.said[self.open[-1]] = self.said.get(self.open[-1], "") + data

    def each(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value or "" for _, attributes in self.elements for key, value in attributes.items() if key == name]

    def tags(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that name."""
        return [attributes for tag, attributes in self.elements if tag in names]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, which is not started: its documentation needs no office."""
    return create_app(Settings(demo=True, data_dir=tmp_path_factory.mktemp("office")))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def text(client: TestClient) -> str:
    return client.get(serving.PATH).text


@pytest.fixture(scope="module")
def read(text: str) -> Read:
    return Read(text)


@pytest.fixture(scope="module")
def described(app: FastAPI) -> list[Described]:
    """Each operation as the page shows it."""
    return [one for area in Describer(app.openapi(), OPERATIONS).areas() for one in area.operations]


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal of the code itself."""
    for refusal in kind.__subclasses__():
        if refusal.__module__.partition(".")[0] in ("domain", "projections", "services", "workers"):
            yield refusal
            yield from refusals(refusal)


def test_C06_every_operation_stands_on_the_page(app: FastAPI, read: Read, described: list[Described]) -> None:
    declared = {one["operationId"] for methods in app.openapi()["paths"].values() for one in methods.values()}

    assert {one.id for one in described} == declared
    assert set(OPERATIONS) < declared <= set(read.each("id"))


def test_C06_every_problem_stands_on_the_page_with_what_to_do_next(text: str, read: Read) -> None:
    codes = {refusal.code for refusal in refusals()} | {"bad_request", "method_not_allowed", "internal_server_error"}
    words = unescape(text)

    assert len(codes) > 300
    assert {f"problem-{code}" for code in codes} <= set(read.each("id"))
    assert [each.code for each in problem_types() if each.next_step not in words] == []


def test_C06_every_area_says_what_it_is_about(read: Read) -> None:
    assert {*Area, "health"} == set(ABOUT)
    assert all(about in read.said["p"] for about in ABOUT.values())


def test_C06_every_permit_says_in_a_sentence_who_may() -> None:
    sentences = {one.id: who_may(one.permit) for one in catalogue.operations()}

    assert [id for id, who in sentences.items() if not re.fullmatch(r"[A-Z][^`]{6,}\.", who)] == []


def test_C06_a_kind_of_permit_that_nobody_has_put_in_words_is_not_documented() -> None:
    with pytest.raises(TypeError, match="nobody has written who may by int"):
        who_may(1)


def test_C06_every_field_that_is_sent_says_what_it_means(described: list[Described]) -> None:
    sent = [
        (one.id, field) for one in described for field in (*(one.body.fields if one.body else ()), *one.fields["query"])
    ]

    assert len(sent) > 400
    assert [(id, field.name) for id, field in sent if not field.meaning] == []


def test_C06_a_code_of_the_rulebook_says_so(described: list[Described]) -> None:
    draft = next(one for one in described if one.id == "draft_vedtak")
    assert draft.body is not None
    barred_by = next(field for field in draft.body.fields if field.name == "barred_by")

    assert any("reglene som kan stenge for en søknad" in permitted for permitted in barred_by.permitted)


def test_C06_every_request_that_is_shown_is_one_that_would_be_read(described: list[Described]) -> None:
    bodies = {one.id: IN_A_BODY.search(one.request) for one in described if one.body}

    assert len(bodies) > 100
    for id, body in bodies.items():
        assert body is not None
        sent: Any = OPERATIONS[id].sent
        TypeAdapter(sent).validate_json(body["body"].replace("'\"'\"'", "'"))


def test_C06_every_answer_that_is_shown_is_one_that_could_be_given(described: list[Described]) -> None:
    shown = {one.id: one.answer.example for one in described if one.answer.example is not None and one.id in OPERATIONS}

    assert len(shown) > 150
    for id, example in shown.items():
        TypeAdapter(OPERATIONS[id].result).validate_json(example)


def test_C06_a_request_that_is_shown_is_a_command_that_a_shell_reads(described: list[Described]) -> None:
    script = "curl() { printf '%s\\n' \"$#\"; }\nuuidgen() { echo key; }\n" + "\n".join(
        one.request for one in described
    )

    run = subprocess.run(["sh", "-eu"], input=script, text=True, capture_output=True, check=True, env={"HUSROM": "", "TOKEN": ""})  # fmt: skip

    assert len(run.stdout.split()) == len(described)


def test_C06_the_page_loads_nothing_and_runs_only_what_is_its_own(client: TestClient, text: str, read: Read) -> None:
    policy = client.get(serving.PATH).headers["Content-Security-Policy"]

    assert read.each("src") == []
    assert [address for address in read.each("href") if not address.startswith(("#", "/api/"))] == []
    assert read.tags("link", "img", "iframe", "base", "form") == []
    assert [name for _, its in read.elements for name in its if name == "style" or name.startswith("on")] == []
    assert policy == page.policy(read.said["style"], read.said["script"])
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|https?://|fetch\(|innerHTML|eval\(", read.said["style"] + read.said["script"])


def test_C06_every_place_on_the_page_has_a_name_of_its_own_and_every_link_leads_to_one(read: Read) -> None:
    names, links = read.each("id"), [address[1:] for address in read.each("href") if address.startswith("#")]

    assert len(names) == len(set(names))
    assert set(links) | set(read.each("aria-labelledby")) | set(read.each("for")) <= set(names)


def test_C06_the_page_can_be_read_by_who_sees_or_hears_it_otherwise(read: Read) -> None:
    headings = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]

    assert [len(read.tags(landmark)) for landmark in ("header", "nav", "main", "h1")] == [1, 1, 1, 1]
    assert all(deeper - above <= 1 for above, deeper in pairwise(headings))
    assert read.tags("html")[0]["lang"] == "en"
    assert [attributes["for"] for attributes in read.tags("label")] == [its["id"] for its in read.tags("input")]
    assert "width=device-width" in (read.tags("meta")[1]["content"] or "")


def test_C06_without_a_script_all_of_it_is_there(read: Read) -> None:
    assert [its["id"] for _, its in read.elements if "hidden" in its] == ["search"]


def test_C06_the_page_is_made_once(
    app: FastAPI, client: TestClient, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "made", lambda *_: pytest.fail("made again"))

    assert client.get(serving.PATH).text == text


def test_C06_the_page_is_packed_for_who_can_unpack_it(client: TestClient, text: str) -> None:
    plain = client.get(serving.PATH, headers={"Accept-Encoding": "identity"})
    packed = client.get(serving.PATH, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.text == packed.text == text
    assert int(packed.headers["Content-Length"]) * 5 < int(plain.headers["Content-Length"])


def test_C06_the_type_of_a_problem_leads_to_what_the_page_says_of_it(client: TestClient, read: Read) -> None:
    led = client.get("/problems/unknown_code")

    assert (led.status_code, led.headers["Location"]) == (307, "/api/docs#problem-unknown_code")
    assert client.get("/problems/nobody_knows").status_code == 404
