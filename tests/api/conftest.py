"""An installation with its API, and people who call it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.api.tokens import Verifier
from services.installation import Installation
from services.settings import Settings
from tests.api.decision_givens import A_TUESDAY
from tests.api.office import Office
from tests.conftest import Installation as Database
from tests.projections.story import BEGINNING, Story


@pytest.fixture(scope="session")
def client(migrated_folder: Path) -> Iterator[TestClient]:
    """The application, put together once; `office` gives it the installation and the keys of one test."""
    with TestClient(create_app(Settings(demo=True, data_dir=migrated_folder))) as client:
        yield client


@pytest.fixture
def office(installed: Database, client: TestClient) -> Iterator[Office]:
    """A fresh installation whose views are carried forward before each read."""
    settings = Settings(demo=True, **installed)
    app = client.app
    assert isinstance(app, FastAPI)
    with Installation(settings) as installation:
        app.state.office, app.state.verifier = installation, Verifier(settings)
        yield Office(settings, client, installation)


@pytest.fixture
def on_a_tuesday(office: Office) -> None:
    """It is 12 January 2027 at the office."""
    office.set_clock(A_TUESDAY)


@pytest.fixture
def story(office: Office) -> Story:
    """What happens in that office, recorded without commands; its clock stands where the story begins."""
    office.set_clock(BEGINNING)
    return Story(office.installation, saksbehandler=office.saksbehandler.actor.id)
