"""Figures about many, from which nobody can read out one (LR4, LG1)."""
