"""Every view of the installation."""

from projections.view import View


def views(rulebooks: object) -> tuple[View, ...]:
    """All views, made for these rulebooks: what is due when follows from them (design D11)."""
    return ()
