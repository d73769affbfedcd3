"""What may stand in a paper: what its fonts can show. Whatever they cannot stands as its number, so that nothing vanishes.

PDF/A refuses a file with a single sign that no font has, and a text is what somebody pasted.
"""

import re
import unicodedata
from collections.abc import Mapping

SHOWN = re.compile(
    "["
    r"\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff"  # Latin, with the Sami letters
    r"\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"  # Greek
    r"\u0400-\u0482\u048a-\u04ff"  # Cyrillic
    r"\u05d0-\u05ea\u0621-\u063a\u0640-\u064a\u0660-\u0669"  # Hebrew, Arabic
    r"\u1e00-\u1eff"  # more Latin: Vietnamese, transcriptions
    r"\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2070-\u2071\u2074-\u208e\u20a0-\u20c0"  # punctuation, money
    r"\u2100-\u211e\u2122\u2153-\u2184\u2190-\u23ff\u2460-\u2606"  # arrows, mathematics, boxes
    "]"
)
INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufe0e\ufe0f\ufeff]")
"""Hints to a program that lays out text; they say nothing to a reader."""
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
UNBROKEN = re.compile(r"\S{60}(?=\S)")
"""A word too long for a line. It gets places to break at: a line may run out of the page, and PDF/A bounds a string."""
BREAK = "\u200b"


def printable(text: str) -> str:
    """`text` with line ends as `\\n`, and `[U+1F3E0]` in the place of what no font in a paper can show."""
    lines = INVISIBLE.sub("", LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))).split("\n")
    return "\n".join(UNBROKEN.sub(_with_break, "".join(map(_shown, line))) for line in lines)


def printable_in(value: object) -> object:
    """`value`, plain data for JSON, with every text in it printable."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: printable_in(part) for key, part in value.items()}
        case list() | tuple():
            return [printable_in(part) for part in value]
    return value


def _shown(character: str) -> str:
    if SHOWN.match(character):
        return character
    is_space = character == "\t" or unicodedata.category(character) == "Zs"
    return " " if is_space else f"[U+{ord(character):04X}]"


def _with_break(long_word: re.Match[str]) -> str:
    return long_word[0] + BREAK
