"""Settings under which nothing that a test does is given up because the machine is busy (demo/patience.py).

Locks and mail servers are waited for by the environment, which the processes that a test starts have as well. A read
waits for lagging views one second at most, which is a promise to people (D10) and no setting allows more.
"""

import os

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from demo.patience import HUNG_AFTER
from services.installation import Installation
from services.settings import Settings


def be_patient() -> None:
    """For this process and those that it starts."""
    os.environ["HUSROM_LOCK_TIMEOUT_SECONDS"] = os.environ["HUSROM_SMTP_TIMEOUT_SECONDS"] = str(HUNG_AFTER)
    hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis_settings.load_profile("patient")


def patient(settings: Settings) -> Settings:
    """The same settings, but a read waits for views for as long as it takes."""
    return settings.model_copy(update={"read_wait_seconds": HUNG_AFTER})


def wait_for_no_views(office: Installation) -> None:
    """From now on a read that finds the views behind says so at once."""
    office.settings = office.settings.model_copy(update={"read_wait_seconds": 0.0})
