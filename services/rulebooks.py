"""Reads the rulebooks of an installation and picks the one in force on a day (design D11)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import msgspec

from domain.law.requirement import RulebookError, require, require_unique
from domain.law.rulebook import Rulebook


@dataclass(frozen=True)
class Rulebooks:
    """Every rulebook of an installation, oldest first. Kept for ever: an old vedtak names the one it used."""

    oldest_first: tuple[Rulebook, ...]

    @classmethod
    def of(cls, *rulebooks: Rulebook) -> Self:
        """Order `rulebooks` by date. RulebookError when two share a version or a date."""
        require_unique("rulebooks", tuple(book.version for book in rulebooks))
        require_unique("rulebooks", tuple(book.valid_from.isoformat() for book in rulebooks))
        return cls(tuple(sorted(rulebooks, key=lambda book: book.valid_from)))

    def on(self, day: date) -> Rulebook:
        """The newest rulebook that is valid on the Oslo date `day`. RulebookError when none is."""
        valid = [book for book in self.oldest_first if book.valid_from <= day]
        require(bool(valid), f"No rulebook is valid on {day}; the first one starts later.")
        return valid[-1]

    def version(self, version: str) -> Rulebook:
        """The rulebook a vedtak says it used. RulebookError when it is gone."""
        found = [book for book in self.oldest_first if book.version == version]
        require(bool(found), f"There is no rulebook with version {version}.")
        return found[0]


def load_rulebooks(folder: Path) -> Rulebooks:
    """Read every `*.toml` in `folder`. RulebookError names the file and the value when one is wrong."""
    paths = sorted(folder.glob("*.toml"))
    require(bool(paths), f"There is no rulebook in {folder}.")
    return Rulebooks.of(*(read_rulebook(path) for path in paths))


def read_rulebook(path: Path) -> Rulebook:
    """Read one rulebook. RulebookError names the file and what is wrong; a value nobody knows is wrong too."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rulebook = msgspec.convert(table, type=Rulebook, strict=True)
    except (ValueError, OSError) as error:
        raise RulebookError(f"{path.name}: {error}") from error
    unknown = _unknown(table, msgspec.to_builtins(rulebook))
    require(not unknown, f"{path.name}: unknown values {unknown}.")
    return rulebook


def _unknown(given: object, known: object, where: str = "") -> list[str]:
    """Paths in `given` that are not in `known`: msgspec cannot forbid unknown fields of a dataclass."""
    if isinstance(given, dict) and isinstance(known, dict):
        return [
            path
            for key, value in given.items()
            for path in (_unknown(value, known[key], f"{where}.{key}") if key in known else [f"{where}.{key}"[1:]])
        ]
    if isinstance(given, list) and isinstance(known, (list, tuple)):
        pairs = enumerate(zip(given, known, strict=False))
        return [path for i, (one, other) in pairs for path in _unknown(one, other, f"{where}[{i}]")]
    return []
