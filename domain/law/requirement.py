"""How a rulebook is refused: one error, and the checks that raise it."""


class RulebookError(ValueError):
    """A rulebook says something it may not; the text names the value and the rule."""


def require(holds: bool, what: str) -> None:
    """Raise RulebookError(what) unless `holds`."""
    if not holds:
        raise RulebookError(what)


def require_unique(name: str, codes: tuple[str, ...]) -> None:
    """Raise RulebookError when `codes`, the list called `name`, holds one code more than once."""
    twice = sorted({code for code in codes if codes.count(code) > 1})
    require(not twice, f"{name} has the same code twice: {twice}.")
