"""The hint that a log has grown, on both databases (design D6)."""

import time
from contextlib import closing
from threading import Timer
from uuid import uuid4

from demo.patience import HUNG_AFTER
from domain.actors import SERVICE_OG_TILDELING, Actor, By, Role
from domain.cases.case import Case, OpenedBy
from services.installation import Installation
from services.log.hints import hint_for
from services.settings import Settings
from tests.conftest import Installation as Database


def test_D6_a_feed_that_waits_is_woken_by_a_save(database: Database) -> None:
    settings = Settings(demo=True, **database)
    with Installation(settings) as office:
        office.migrate()
        with closing(hint_for(settings, office.case_log)) as wait:
            save = Timer(0.1, lambda: _open_a_case(office))
            save.start()

            # Whoever is not woken would wait until the test is stopped.
            wait(2 * HUNG_AFTER)

        assert office.case_log.head() == 1
        save.join()


def test_D6_a_feed_that_nobody_wakes_looks_again_after_its_second(database: Database) -> None:
    settings = Settings(demo=True, **database)
    with Installation(settings) as office:
        office.migrate()
        with closing(hint_for(settings, office.case_log)) as wait:
            begun = time.monotonic()
            wait(0.2)

        assert time.monotonic() - begun > 0.15


def _open_a_case(office: Installation) -> None:
    by = By.of(Actor(uuid4(), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER), correlation=uuid4(), cause=uuid4())
    case = Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.APPLICATION, by=by, at=office.clock.now())
    office.case_log.append(case)
