"""Every module that declares operations. One that is not named here would register nothing; a test compares."""

from collections.abc import Collection
from importlib import import_module
from typing import Final

from services.core.registry import OPERATIONS, Operation

MODULES: Final = (
    "services.audit",
    "services.commands.absences",
    "services.commands.agenda_items",
    "services.commands.allocations",
    "services.commands.appeal_bodies",
    "services.commands.appeals",
    "services.commands.application_endings",
    "services.commands.applications",
    "services.commands.care_housing",
    "services.commands.cases",
    "services.commands.challenges",
    "services.commands.conclusions",
    "services.commands.consents",
    "services.commands.declines",
    "services.commands.delay_notices",
    "services.commands.deliveries",
    "services.commands.departing_vedtak",
    "services.commands.discussions",
    "services.commands.dwellings",
    "services.commands.emergency",
    "services.commands.employees",
    "services.commands.follow_ups",
    "services.commands.hearings",
    "services.commands.households",
    "services.commands.imports",
    "services.commands.issue_vedtak",
    "services.commands.logins",
    "services.commands.meeting_plans",
    "services.commands.meetings",
    "services.commands.minutes",
    "services.commands.offers",
    "services.commands.papers",
    "services.commands.pre_assessments",
    "services.commands.reasons",
    "services.commands.representatives",
    "services.commands.reviews",
    "services.commands.seats",
    "services.commands.tenancies",
    "services.commands.terminations",
    "services.commands.vedtak",
    "services.commands.vedtak_notices",
    "services.commands.vedtak_tasks",
    "services.commands.waiting_list",
    "services.commands.working_group",
    "services.queries.agenda_items",
    "services.queries.allocation_reasons",
    "services.queries.allocations",
    "services.queries.appeal_package",
    "services.queries.appeals",
    "services.queries.care_housing",
    "services.queries.case",
    "services.queries.cases",
    "services.queries.deadlines",
    "services.queries.departing_vedtak",
    "services.queries.dwellings",
    "services.queries.emergencies",
    "services.queries.employees",
    "services.queries.follow_ups",
    "services.queries.leases",
    "services.queries.logs",
    "services.queries.meetings",
    "services.queries.my_day",
    "services.queries.orders",
    "services.queries.overview",
    "services.queries.overview_csv",
    "services.queries.papers",
    "services.queries.possible_duplicates",
    "services.queries.reasons",
    "services.queries.suggestions",
    "services.queries.waiting_list",
    "services.queries.waiting_list_place",
    "services.queries.why",
)


def operations() -> Collection[Operation]:
    """All operations of the system."""
    for module in MODULES:
        import_module(module)
    return OPERATIONS.values()
