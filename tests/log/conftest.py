"""An installation without HTTP, on each database, and a stage to play on."""

from tests.stage import office, stage

__all__ = ["office", "stage"]
