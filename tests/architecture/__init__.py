"""The house rules, each shown to bite."""
