"""docs/mandate.md says where each rule is kept and what shows it; here it is held against the code and the suite."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import services.api.app  # noqa: F401  (brings every refusal with it, but for those of the declared operations)
from domain.base import Event
from domain.catalogue import AGGREGATES
from domain.refusals import Refusal
from services.core import catalogue

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "mandate.md").read_text(encoding="utf-8")
OUTSIDE = "## Law that stands outside"
ROW = re.compile(r"^\| (?P<id>[A-Z]{1,2}\d{1,2}) \|(?P<rest>.*)\|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
ID = r"[MCB]\d\d|L[A-Z]\d{1,2}"

MANDATE = frozenset({f"M{n:02}" for n in range(1, 21)} | {f"C{n:02}" for n in range(1, 8)})
BEYOND = frozenset({f"B{n:02}" for n in range(1, 16)})
ROWS_OF_LAW = {"LR": 6, "LH": 9, "LC": 9, "LI": 4, "LV": 5, "LD": 6, "LK": 8, "LW": 2, "LL": 10, "LO": 3, "LP": 5, "LG": 4, "LA": 8, "LU": 4}  # fmt: skip
LAW = frozenset({f"{area}{n}" for area, rows in ROWS_OF_LAW.items() for n in range(1, rows + 1)})

Row = tuple[str, list[str]]


def rows(text: str) -> list[Row]:
    """Each row's id, and what it quotes."""
    return [(row["id"], QUOTED.findall(row["rest"])) for row in ROW.finditer(text)]


KEPT, LEFT_OUT = (rows(part) for part in TABLE.split(OUTSIDE))
TESTS = frozenset(
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
)
TESTED = frozenset(rule for name in TESTS for rule in re.findall(rf"(?<=_)(?:{ID})(?=_)", name))


def refusal_codes(kind: type[Refusal] = Refusal) -> Iterator[str]:
    """The codes of all refusals."""
    for refusal in kind.__subclasses__():
        yield refusal.__dict__.get("code", "")
        yield from refusal_codes(refusal)


def topics_of(aggregate: type) -> set[str]:
    """The topics of an aggregate's events."""
    kinds = (kind for kind in vars(aggregate).values() if isinstance(kind, type) and issubclass(kind, Event))
    return {topic for kind in kinds if (topic := getattr(kind, "TOPIC", None))}


catalogue.operations()
NAMED = {topic for aggregate in AGGREGATES for topic in topics_of(aggregate)} | set(refusal_codes()) | TESTS


def test_C07_every_rule_stands_in_the_table_once_as_kept_or_as_left_out() -> None:
    listed = [rule for rule, _ in KEPT + LEFT_OUT]

    assert sorted(listed) == sorted(MANDATE | BEYOND | LAW)


def test_C07_every_rule_of_the_mandate_is_kept() -> None:
    assert sorted((MANDATE | {f"B{n:02}" for n in range(6, 11)}) - {rule for rule, _ in KEPT}) == []


def test_C07_every_rule_that_is_kept_bears_a_test() -> None:
    assert sorted({rule for rule, _ in KEPT} - TESTED) == []


def test_C07_no_test_bears_a_rule_that_is_left_out_or_not_there() -> None:
    assert sorted(TESTED - {rule for rule, _ in KEPT}) == []


@pytest.mark.parametrize(("rule", "quoted"), KEPT)
def test_C07_what_the_table_points_to_is_there(rule: str, quoted: list[str]) -> None:
    missing = [word for word in quoted if not ((ROOT / word).exists() if "/" in word else word in NAMED)]

    assert missing == []


@pytest.mark.parametrize(("rule", "quoted"), KEPT)
def test_C07_every_row_names_a_module_and_a_test_that_bears_its_rule(rule: str, quoted: list[str]) -> None:
    assert any("/" in word for word in quoted)
    assert any(word in TESTS and f"_{rule}_" in word for word in quoted)
