"""Settings under which nothing that a test does is given up because the machine is busy (demo/patience.py).

Locks and mail servers are waited for by the environment, which the processes that a test starts have as well. How long
a read waits for views that lag is no such setting: see `tests.feeds`.
"""

import os

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from demo.patience import HUNG_AFTER


def be_patient() -> None:
    """For this process and those that it starts."""
    os.environ["HUSROM_LOCK_TIMEOUT_SECONDS"] = os.environ["HUSROM_SMTP_TIMEOUT_SECONDS"] = str(HUNG_AFTER)
    hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis_settings.load_profile("patient")
