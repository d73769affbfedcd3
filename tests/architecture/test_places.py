"""Whose a text is follows from where it was read, never from what the stored value says of itself (D17)."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKES_PLACES = {"services/boxes.py", "services/gate.py"}
"""Who says where a text stands: for the gate, and the gate itself for the actor's own name. The vault opens by it."""

READERS = sorted(
    path
    for folder in ("services", "workers", "projections")
    for path in (ROOT / folder).rglob("*.py")
    if "vault" not in path.relative_to(ROOT).parts
)


def calls_of(name: str, path: Path) -> list[ast.Call]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == name]


def test_D17_only_the_gate_says_where_a_text_stands() -> None:
    assert {path.relative_to(ROOT).as_posix() for path in READERS if calls_of("Place", path)} == MAKES_PLACES


def test_D17_no_reader_asks_a_stored_value_whose_it_is() -> None:
    stated = [ast.unparse(call.args[0]) for path in READERS for call in calls_of("OwnedBy", path)]

    assert len(stated) > 3
    assert [owner for owner in stated if owner.endswith(".owner")] == []
