"""A workplace with a real mail server."""

from collections.abc import Iterator

import pytest

from demo.mailbox import Mailbox
from services.settings import Settings
from tests.conftest import Installation
from tests.workers.workplace import Workplace, workplace


@pytest.fixture
def at_work(installed: Installation, smtp: Mailbox) -> Iterator[Workplace]:
    """An office with a mail server of its own, before anything has happened."""
    settings = Settings(demo=True, **installed, smtp_host="127.0.0.1", smtp_port=smtp.port, claim_seconds=60)
    with workplace(settings, smtp) as at:
        yield at
