"""JSON that every reader understands alike."""

from typing import Any


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, as `object_pairs_hook` of the standard library. Raises ValueError when a name stands in it twice."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError
    return content
