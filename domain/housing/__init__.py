"""Dwellings, the waiting list, who gets which, and the leases (M14, M16–M19)."""
