"""Who took part in a case, read from the log: nobody is asked, and nobody can leave themselves out (LI4, LI2)."""

from uuid import UUID

from domain.actors import Actor
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import TookPart
from domain.decisions.took_part import took_part, with_subordinates
from domain.housing.allocation import Allocation
from projections import case_history
from services.freshness import wait_for_views
from services.installation import Installation


def who_took_part(office: Installation, appeal: Appeal) -> tuple[TookPart, ...]:
    """Everybody who took part in the appeal's case, and who is directly below a leader among them.

    Who agreed on an order of candidates took part in what the appeal is about only when it is about that allocation.
    Raises `ViewsBehindError`.
    """
    wait_for_views(office, office.case_log.head())
    with office.views.connect() as connection:
        history = case_history.of_case(connection, appeal.case)
    streams = {row.originator for row in history if not row.topic.startswith(f"{Allocation.TOPIC}.")}
    streams |= {appeal.allocation} if appeal.allocation else set()
    events = (event for stream in sorted(streams) for event in office.case_log.stream(stream))
    facts = {fact for event in events for fact in took_part(event)}
    return with_subordinates(facts, _seats(office, appeal.case))


def _seats(office: Installation, case: UUID) -> tuple[Actor, ...]:
    """Every seat there is, also one that has not begun or has been left: nobody gets out of it by a date (LI4)."""
    _, facts = office.case_log.facts.of([case], None)
    return facts[case].seated
