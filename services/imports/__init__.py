"""What is already there: dwellings and running leases from a CSV, every line checked before any is stored (M01, M18)."""
