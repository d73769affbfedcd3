"""docs/mandate.md says where each rule is kept; here it is held against the code and the suite."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import services.api.app  # noqa: F401  (brings every refusal with it)
from domain.base import Event
from domain.catalogue import AGGREGATES
from domain.refusals import Refusal

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<ids>[MCB]\d\d[^|]*) \|(?P<rest>.*)\|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
RULES = frozenset({f"M{n:02}" for n in range(1, 21)} | {f"C{n:02}" for n in range(1, 7)})


def rows() -> list[tuple[str, list[str]]]:
    """Each row's ids, as they stand, and what it quotes."""
    table = (ROOT / "docs" / "mandate.md").read_text(encoding="utf-8")
    return [(row["ids"], QUOTED.findall(row["rest"])) for row in ROW.finditer(table)]


def rules_of_tests() -> Iterator[str]:
    """Every M and C id in the name of a test."""
    for path in (ROOT / "tests").rglob("test_*.py"):
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")):
            yield from re.findall(r"(?<=_)[MC]\d\d(?=_)", name)


def refusal_codes(kind: type[Refusal] = Refusal) -> Iterator[str]:
    """The codes of all refusals."""
    for refusal in kind.__subclasses__():
        yield refusal.__dict__.get("code", "")
        yield from refusal_codes(refusal)


def test_every_rule_of_the_mandate_stands_in_the_table_and_bears_a_test() -> None:
    listed = {rule for ids, _ in rows() for rule in re.findall(r"[MC]\d\d", ids)}

    assert sorted(RULES - listed) == []
    assert sorted(RULES - set(rules_of_tests())) == []


def test_no_test_names_a_rule_that_is_not_in_the_mandate() -> None:
    assert sorted(set(rules_of_tests()) - RULES) == []


@pytest.mark.parametrize(("ids", "quoted"), rows())
def test_what_the_table_points_to_is_there(ids: str, quoted: list[str]) -> None:
    events = {topic for aggregate in AGGREGATES for topic in topics_of(aggregate)}
    names = events | {topic.partition(".")[2] for topic in events} | set(refusal_codes()) | {"lease_case_id"}
    missing = [word for word in quoted if not ((ROOT / word).exists() if "/" in word else word in names)]

    assert missing == []


def topics_of(aggregate: type) -> set[str]:
    """The topics of an aggregate's events."""
    kinds = (kind for kind in vars(aggregate).values() if isinstance(kind, type) and issubclass(kind, Event))
    return {topic for kind in kinds if (topic := getattr(kind, "TOPIC", None))}
