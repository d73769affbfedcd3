"""Leases and challenges in care dwellings: kept by Service og tildeling unless the municipality says otherwise (M20)."""

from services.context import Context
from services.installation import Installation


def stays_with_owner(office: Installation, context: Context, *, care_housing: bool) -> bool:
    """Whether what follows from a lease, of care housing or not, is never for the group."""
    return care_housing and office.rules(context).choices.care_leases_stay_with_owner
