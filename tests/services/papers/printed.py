"""What another library reads in a paper of ours."""

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from domain.law.letter_texts import LetterTexts


def words(pdf: bytes) -> str:
    """All that stands in the paper, on one line: where lines break is the typesetter's business."""
    pages = PdfReader(BytesIO(pdf)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text.replace("\u200b\n", "").replace("\u200b", ""))


def joined(pdf: bytes) -> str:
    """All that stands in the paper without any space: for words that are broken over lines."""
    return re.sub(r"\s", "", words(pdf))


def metadata(pdf: bytes) -> str:
    """The paper's XMP metadata."""
    catalogue: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    data: bytes = catalogue["/Metadata"].get_data()
    return data.decode()


def headings(pdf: bytes) -> list[str]:
    """The structure tags of the paper, in order."""
    found: list[str] = []
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict) and node.get("/Type") != "/MCR":
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    return found


def envelope(content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A paper to a synthetic applicant, with `content`."""
    shared: dict[str, Any] = {
        "sender": {"municipality": "Eksempel kommune", "unit": "Service og tildeling", "contact": "telefon 00 00 00 00"},
        "to": {"name": "Prøve Eksempelsen", "address": "Testveien 1\n0000 Eksempel", "role": "applicant"},
        "party": "Prøve Eksempelsen", "reference": "0a1b2c3d", "date": "2027-01-12", "draft": False,
        "signed_by": None, "law": LetterTexts(), "content": content,
    }  # fmt: skip
    return {**shared, **changes}


def facts_letter(facts: str) -> dict[str, Any]:
    """The letter that puts `facts` to the applicant."""
    return envelope({"facts": facts, "answer_by": "2027-01-26"})
