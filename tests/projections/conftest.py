"""An installation on each database, and a story to tell in it."""

from collections.abc import Iterator

import pytest

from services.installation import Installation
from services.settings import Settings
from tests.conftest import Installation as Database
from tests.projections.story import Story


@pytest.fixture
def office(migrated: Database) -> Iterator[Installation]:
    """A fresh installation."""
    with Installation(Settings(demo=True, **migrated)) as installation:
        yield installation


@pytest.fixture
def story(office: Installation) -> Story:
    """A story that has not begun."""
    return Story(office)
