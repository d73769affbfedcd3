"""The domain is pure: what it may import is an allow-list, and it has no clock, no chance and no I/O."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "domain"

IMPURE = {
    *("asyncio", "concurrent", "ctypes", "fcntl", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib"),
    *("random", "secrets", "select", "shutil", "signal", "smtplib", "socket", "sqlite3", "subprocess", "tempfile"),
    *("threading", "time", "urllib"),
}
"""Parts of the standard library that reach outside, or give another answer tomorrow."""

ALLOWED = ((sys.stdlib_module_names | {"domain"}) - IMPURE) | {"eventsourcing.domain"}

IMPURE_CALLS = {
    *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
    *("uuid1", "uuid4", "uuid.uuid1", "uuid.uuid4", "open", "print", "input"),
}


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def impurities(source: str) -> list[str]:
    """Every import and call in `source` that the domain may not have."""
    tree = ast.parse(source)
    imports = [name for name in imported(tree) if name not in ALLOWED and name.split(".")[0] not in ALLOWED]
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return imports + [call for call in calls if call in IMPURE_CALLS]


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.relative_to(DOMAIN).as_posix())
def test_the_domain_imports_only_the_library_base_and_the_pure_standard_library(path: Path) -> None:
    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import msgspec",
        "import time",
        "from eventsourcing.persistence import Mapper",
        "from services.settings import Settings",
        "from . import base",
        "def late() -> None:\n    from os import environ",
        "at = datetime.now(UTC)",
        "id = uuid4()",
    ],
)
def test_a_planted_impurity_is_found(planted: str) -> None:
    assert len(impurities(planted)) == 1
