"""An installation without HTTP, and a stage to play on."""

from collections.abc import Iterator

import pytest

from services.installation import Installation
from services.settings import Settings
from tests.conftest import Installation as Database
from tests.stage import stage

__all__ = ["stage"]


@pytest.fixture
def office(installed: Database) -> Iterator[Installation]:
    """A fresh installation. No feed runs, so nothing but the logs themselves can know anything."""
    with Installation(Settings(demo=True, **installed)) as installation:
        yield installation
