"""How a rulebook is refused: one error, and the checks that raise it."""

import re
from collections.abc import Iterable
from typing import Final

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,49}")
"""What a code looks like, in a rulebook and in a request."""


class RulebookError(ValueError):
    """A rulebook says something it may not; the text names the value and the rule."""


def require(holds: bool, what: str) -> None:
    """Raise RulebookError(what) unless `holds`."""
    if not holds:
        raise RulebookError(what)


def require_codes(name: str, codes: Iterable[str]) -> None:
    """Raise RulebookError when one of `codes`, the list called `name`, is none that anybody could send."""
    unsendable = sorted(code for code in codes if not CODE.fullmatch(code))
    require(not unsendable, f"{name} has codes that are not small letters, digits and underscores: {unsendable}.")


def require_unique(name: str, codes: tuple[str, ...]) -> None:
    """Raise RulebookError when `codes`, the list called `name`, holds one code more than once."""
    twice = sorted({code for code in codes if codes.count(code) > 1})
    require(not twice, f"{name} has the same code twice: {twice}.")
