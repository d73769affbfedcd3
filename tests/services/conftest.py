"""An installation without HTTP, on each database, and a stage to play on."""

from tests.stage import migrated_postgres, office, stage

__all__ = ["migrated_postgres", "office", "stage"]
