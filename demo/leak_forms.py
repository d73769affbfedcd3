"""The forms in which a secret may lie in a file, a queue or a log: how text becomes bytes, and how bytes are wrapped again."""

import json
import quopri
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote, quote_plus

SHORTEST = 5
"""Characters. What is shorter would be found by chance."""

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16LE": lambda text: text.encode("utf-16-le"),
    "UTF-16BE": lambda text: text.encode("utf-16-be"),
    "Latin-1": lambda text: text.encode("latin-1", "ignore"),
    "JSON": lambda text: json.dumps(text)[1:-1].encode(),
}
"""From text to bytes. JSON has \\uXXXX for whatever is not ASCII."""

SPELLINGS: dict[str, Callable[[str], str]] = {
    "": lambda text: normalize("NFC", text),
    " decomposed": lambda text: normalize("NFD", text),
    " lower case": lambda text: normalize("NFC", text).lower(),
    " upper case": lambda text: normalize("NFC", text).upper(),
}


@dataclass(frozen=True)
class Needle:
    """What to look for, and as what. Without `case_matters` it is lower case, for content made lower case."""

    secret_name: str
    form: str
    content: bytes
    case_matters: bool


def forms_of(secret: str) -> dict[str, bytes]:
    """Every form of `secret`, by name, none twice. ValueError for one too short to be told from chance."""
    if len(secret) < SHORTEST:
        raise ValueError(f"a secret of fewer than {SHORTEST} characters is found by chance")
    forms: dict[bytes, str] = {}
    for spelling, spell in SPELLINGS.items():
        for encoding, encode in ENCODINGS.items():
            for wrapping, content in _wrapped(encode(spell(secret))):
                forms.setdefault(content, f"{encoding}{spelling}{wrapping}")
    return {name: content for content, name in forms.items()}


def needles_of(name: str, secret: str) -> list[Needle]:
    """What to look for to find `secret` in any form; upper and lower case alike where the form keeps its meaning."""
    needles: dict[tuple[bytes, bool], Needle] = {}
    for form, content in forms_of(secret).items():
        case_matters = "base64" in form
        sought = content if case_matters else content.lower()
        needles[sought, case_matters] = Needle(name, form, sought, case_matters)
    return list(needles.values())


def _wrapped(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", content
    yield " in hex", content.hex().encode()
    yield " in percent", quote(content, safe="").encode()
    yield " in form data", quote_plus(content).encode()
    yield " in quoted-printable", quopri.encodestring(content).replace(b"=\n", b"")
    yield " in mail header", quopri.encodestring(content, header=True).replace(b"=\n", b"")
    for offset in range(3):
        yield f" in base64 at {offset}", _aligned(b64encode, content, offset)
        yield f" in URL-safe base64 at {offset}", _aligned(urlsafe_b64encode, content, offset)


def _aligned(encode: Callable[[bytes], bytes], content: bytes, offset: int) -> bytes:
    """The characters of base64 that follow from `content` alone when `offset` bytes, modulo three, stand before it."""
    first, last = -(-offset * 8 // 6), (offset + len(content)) * 8 // 6
    return encode(b"\x00" * offset + content)[first:last]
