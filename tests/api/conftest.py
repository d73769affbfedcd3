"""An installation with its API, and people who call it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.installation import Installation
from services.settings import Settings
from tests.api.office import Office
from tests.conftest import Installation as Database


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A fresh installation whose views are carried forward before each read."""
    settings = Settings(demo=True, **database)
    with Installation(settings) as installation:
        installation.migrate()
    app = create_app(settings)
    with TestClient(app) as client:
        yield Office(settings, client, app.state.office)
