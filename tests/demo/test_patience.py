"""One limit tells slow from hung, for the tests and for what they wait for."""

import tomllib
from pathlib import Path

from demo.patience import HUNG_AFTER, wait_until

ROOT = Path(__file__).parents[2]


def test_pytest_stops_a_test_after_as_long_as_anything_is_waited_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]

    assert float(settings["timeout"]) == HUNG_AFTER


def test_no_test_has_a_limit_of_its_own() -> None:
    own = [path.name for path in (ROOT / "tests").rglob("test_*.py") if "mark." + "timeout" in path.read_text("utf-8")]

    assert own == []


def test_what_is_waited_for_is_looked_at_until_it_is_enough() -> None:
    seen = iter(range(9))

    assert wait_until("four", lambda: next(seen), lambda number: number == 4, pause=0.0) == 4
