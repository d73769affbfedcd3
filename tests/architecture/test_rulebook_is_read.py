"""Law as data (D11): a value in a rulebook that no code reads is a promise nobody keeps."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from domain.law.deadline_kinds import DeadlineKind
from domain.law.rulebook import Rulebook
from services.rulebooks import load_rulebooks

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "projections", "services", "workers")
MADE_IN = frozenset(path for path in (ROOT / "domain" / "law").glob("*.py"))
"""Where the values are declared and checked. Reading one only there is not using it, unless a method there does."""

NOT_READ: dict[str, str] = {
    "MunicipalChoices.retention_years": "only leaving it out is lawful so far; set, it is refused (LA2)",
    "EligibilityRule.local": "checked when a rulebook is made: a local rule never bars assistance (LR2)",
    "Rhythm.plan_months": "checked when a rulebook is made: a plan is for half a year (M05)",
}
"""Values that no code reads, each with its reason."""


NOT_ASKED: dict[str, str] = {
    "f25_34_2": "kept in any case: a consent names units and kinds, and opens nothing beyond them (LC3)",
    "f25_56": "kept in any case: no vedtak is drafted without reasons (LD3)",
    "f25_59": "kept in any case: every letter says whom to contact and who decided (LD4)",
}
"""Provisions with a start of their own that change nothing here when it comes, each with its reason."""


def rulebook_types(kind: type = Rulebook) -> Iterator[type]:
    """The rulebook and every dataclass in it."""
    yield kind
    for hint in get_type_hints(kind).values():
        for part in _parts(hint):
            if is_dataclass(part) and isinstance(part, type):
                yield from rulebook_types(part)


def _parts(hint: object) -> Iterator[object]:
    yield hint
    for inner in get_args(hint):
        yield from _parts(inner)


def values() -> list[str]:
    """Every value of a rulebook, as `Type.name`."""
    return sorted({f"{kind.__name__}.{field.name}" for kind in rulebook_types() for field in fields(kind)})


def read_in(path: Path) -> set[str]:
    """The attributes that a module reads; of a module in which rulebooks are made, only those its methods read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name != "__post_init__"]
    nodes = functions if path in MADE_IN else [tree]
    return {found.attr for node in nodes for found in ast.walk(node) if isinstance(found, ast.Attribute)}


def read_in_template(path: Path) -> set[str]:
    """The fields that a paper's template reads."""
    return set(re.findall(r"\.([a-z_]+)", path.read_text(encoding="utf-8")))


READ = {name for package in PACKAGES for path in (ROOT / package).rglob("*.py") for name in read_in(path)} | {
    name for path in (ROOT / "services" / "papers").rglob("*.typ") for name in read_in_template(path)
}


@pytest.mark.parametrize("value", [value for value in values() if value not in NOT_READ])
def test_D11_every_value_of_the_rulebook_is_read_by_code(value: str) -> None:
    assert value.partition(".")[2] in READ


def test_D11_what_is_excepted_is_a_value_and_has_a_reason() -> None:
    assert set(NOT_READ) <= set(values())
    assert all(NOT_READ.values())


def test_D11_every_provision_with_a_date_of_its_own_is_asked_for_by_code_or_by_a_deadline() -> None:
    (rulebook, *_) = load_rulebooks(ROOT / "config" / "rulebooks").oldest_first
    named = {ground.newer for ground in rulebook.deadline_grounds.values()}
    texts = [path.read_text(encoding="utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    asked = {p.code for p in rulebook.provisions if p.code in named or any(p.code in text for text in texts)}
    assert {provision.code for provision in rulebook.provisions} - asked == set(NOT_ASKED)


def test_LH9_every_kind_of_deadline_says_what_it_stands_on() -> None:
    (rulebook, *_) = load_rulebooks(ROOT / "config" / "rulebooks").oldest_first
    assert set(DeadlineKind) - set(rulebook.deadline_grounds) == set()
