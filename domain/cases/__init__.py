"""The case and what comes in: applications, consent, pre-assessment (M01, M09, M10)."""
