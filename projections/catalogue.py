"""Every view of the installation."""

from projections import (
    absences,
    access_log,
    agenda,
    appeals,
    care_housing,
    case_history,
    case_overview,
    deadlines,
    deliveries,
    departing_vedtak,
    due_work,
    dwellings,
    emergencies,
    leases_ending,
    meetings,
    overview,
    papers,
    people,
    task_inbox,
    waiting_list,
)
from projections.rules import DatedRules
from projections.view import View


def views(rules: DatedRules) -> tuple[View, ...]:
    """All views, made for these rulebooks: what is due when follows from them (design D11)."""
    return (
        people.VIEW,
        case_overview.VIEW,
        case_history.VIEW,
        care_housing.VIEW,
        meetings.VIEW,
        agenda.VIEW,
        appeals.VIEW,
        waiting_list.VIEW,
        task_inbox.VIEW,
        dwellings.VIEW,
        leases_ending.view(rules),
        deadlines.view(rules),
        due_work.view(rules),
        departing_vedtak.view(rules),
        deliveries.VIEW,
        papers.VIEW,
        overview.VIEW,
        absences.VIEW,
        emergencies.VIEW,
        access_log.VIEW,
    )
