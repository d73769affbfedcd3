"""An installation with its API, and people who call it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.installation import Installation
from services.settings import Settings
from tests.api.decision_givens import A_TUESDAY
from tests.api.office import Office
from tests.conftest import Installation as Database
from tests.projections.story import BEGINNING, Story


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A fresh installation whose views are carried forward before each read."""
    settings = Settings(demo=True, **database)
    with Installation(settings) as installation:
        installation.migrate()
    app = create_app(settings)
    with TestClient(app) as client:
        yield Office(settings, client, app.state.office)


@pytest.fixture
def on_a_tuesday(office: Office) -> None:
    """It is 12 January 2027 at the office."""
    office.set_clock(A_TUESDAY)


@pytest.fixture
def story(office: Office) -> Story:
    """What happens in that office, recorded without commands; its clock stands where the story begins."""
    office.set_clock(BEGINNING)
    return Story(office.installation, saksbehandler=office.saksbehandler.actor.id)
