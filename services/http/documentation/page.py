"""The page: the template filled in, and what a browser may do with it."""

import gzip
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from services.core.registry import Operation
from services.http.documentation.described import Describer
from services.http.documentation.problem_types import ProblemType, problem_types

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """The page as it is sent. `policy`: its Content-Security-Policy, which lets in its own style and script alone."""

    content: bytes
    packed: bytes
    policy: str


def made(document: Mapping[str, Any], address: str, declared: Mapping[str, Operation]) -> Page:
    """The page for an OpenAPI document that is itself served at `address`. `declared`: the operations by id."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    templates.filters.update(prose=prose, phrase=lambda status: HTTPStatus(status).phrase)
    style, script = _own("page.css"), _own("search.js")
    describer = Describer(document, declared)
    text = templates.get_template("page.html.jinja").render(
        info=document["info"], address=address, style=style, script=script, areas=describer.areas(),
        types=[(name, each, describer.schemas.fields(each)) for name, each in describer.schemas.objects()],
        statuses=_statuses(),
    )  # fmt: skip
    content = text.strip().encode()
    return Page(content, gzip.compress(content, mtime=0), policy(style, script))


def _own(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text("utf-8"))  # noqa: S704 - a file of ours


def policy(style: str, script: str) -> str:
    """Nothing may be loaded; this style and this script may run."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def prose(text: str) -> Markup:
    """A text as paragraphs, with what stands between grave accents as code."""
    parts = (part for part in text.strip().split("\n\n") if part)
    return Markup("").join(Markup("<p>{}</p>").format(_with_code(part)) for part in parts)


def _with_code(text: str) -> Markup:
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def _statuses() -> list[tuple[int, list[ProblemType]]]:
    """The problems of each status."""
    return [(status, list(each)) for status, each in groupby(problem_types(), key=lambda each: each.status)]


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
