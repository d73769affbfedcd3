"""A closed value as whoever knows where it was closed would open it."""

from domain.sealed import Place, Sealed


def claimed(sealed: Sealed) -> tuple[Place, bytes]:
    """The place it says it is from, and its box: what the vault opens."""
    return Place(sealed.owner, sealed.case, sealed.field), sealed.box
