"""The one place where papers are typeset: PDF/A-2a and PDF/UA-1 at once, the same bytes for the same content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec
import typst

from services.papers.characters import printable_in

TEMPLATES = Path(__file__).parent / "templates"
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")


@dataclass(frozen=True)
class Typeset:
    """A paper as it is printed."""

    pdf: bytes
    pages: int


def typeset(template: str, content: Mapping[str, object]) -> Typeset:
    """The paper that `templates/<template>.typ` makes of `content`.

    `content` is plain data; it goes in as JSON, so that no text in it can be taken for markup. Nothing else goes in:
    no clock (a paper's date is in its content), no font of the machine, no file outside the templates.
    """
    data = msgspec.json.encode(printable_in(msgspec.to_builtins(content))).decode()
    pdf = typst.compile(
        TEMPLATES / f"{template}.typ", root=TEMPLATES, format="pdf", sys_inputs={"data": data},
        ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"],
    )  # fmt: skip
    found = PAGES.search(pdf)
    assert found is not None, "PDF/A has its metadata in the clear"
    return Typeset(pdf, int(found[1]))


@cache
def templates_version() -> str:
    """Names the templates and the typesetter: papers made with the same one say the same of the same content."""
    digest = sha256(version("typst").encode())
    for path in sorted(TEMPLATES.glob("*.typ")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
