"""Everything a saksbehandler or a reviewer has to do, in order: what is overdue first, each with the next lawful step.

Put together from the lists that are there already, one section each, at most a page of each.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from domain.actors import Role
from domain.cases.consent_facts import ConsentState
from domain.law.deadline_kinds import DeadlineKind
from projections import access_log
from projections.case_overview import Stage
from services.context import Context
from services.core.duties import OWN_DAY
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries import care_housing, cases, deadlines, follow_ups, leases, missing_minutes
from services.queries.answer import Answer, ListRow
from services.queries.care_housing import CareStep
from services.queries.cases import Whose, WhoseCases

DAYS_AHEAD = 14
"""How far ahead a deadline or a task is shown."""
MOST = 100
"""How many of each section at most."""


class Section(StrEnum):
    """Why something stands there."""

    DEADLINE = "deadline"
    OWN_TASK = "own_task"
    TASK_TO_HAND_ON = "task_to_hand_on"
    LEASE_ENDING = "lease_ending"
    CASE = "case"
    CARE_HOUSING = "care_housing"
    MINUTES = "minutes"
    UNASSIGNED = "unassigned"
    OUT_OF_PLACE = "out_of_place"


class ToDo(ListRow):
    """One thing to do."""

    section: Section
    step: str = Field(description="The next lawful step, as the operation that takes it.", examples=["draft_vedtak"])
    subject: UUID = Field(
        description="What it is about: of a deadline its subject, else the task, tenancy, item or case."
    )
    case: UUID | None = Field(description="Null for a vacancy.")
    person: UUID | None = Field(description="Null for a vacancy, and where the case does not open for the reader.")
    name: str | None
    due_on: date | None = Field(default=None, description="The last day in time, in Oslo; null when none is set.")
    overdue: bool = False
    kind: DeadlineKind | None = Field(default=None, description="Of a deadline.")
    part: str = Field(default="", description="Which of several about one subject, for a deadline.")
    ground: str | None = Field(default=None, description="The paragraph or guideline a deadline stands on.")
    meeting_on: date | None = Field(default=None, description="Of minutes: the day of the meeting, in Oslo.")


class MyDay(Answer):
    """What there is to do, overdue first, then by date, then what has no date."""

    today: date = Field(description="In Oslo.")
    items: list[ToDo]
    sections_cut: list[Section] = Field(description="Sections that hold more than is shown; see their own lists.")


STEPS: dict[DeadlineKind, str | None] = {
    DeadlineKind.INTERIM_REPLY: "send_interim_reply",
    DeadlineKind.DELAY_NOTICE: "send_delay_notice",
    DeadlineKind.VEDTAK_OUTSTANDING: "draft_vedtak",
    DeadlineKind.CONCLUSION_WITHOUT_VEDTAK: "draft_vedtak",
    DeadlineKind.APPLICANT_ANSWER: "record_applicant_answer",
    DeadlineKind.APPEAL: None,
    DeadlineKind.REASONS_DEMANDED: "give_reasons",
    DeadlineKind.APPEAL_TO_FORWARD: "forward_appeal",
    DeadlineKind.NEW_VEDTAK_AFTER_APPEAL: "draft_vedtak",
    DeadlineKind.OFFER_ANSWER: "lapse_offer",
    DeadlineKind.LEASE_WARNING: None,
    DeadlineKind.MOVE_OUT_DEMAND: "demand_move_out",
    DeadlineKind.NOTICE_PROTEST: None,
    DeadlineKind.NOTICE_ACTION: "bring_action",
    DeadlineKind.EVICTION_OPT_OUT: None,
    DeadlineKind.TAKEOVER_REPLY: None,
    DeadlineKind.FOLLOW_UP: "reassign_follow_up",
    DeadlineKind.NOBODY_RESPONSIBLE: "assign_follow_up",
    DeadlineKind.CONSENT_EXPIRES: "give_consent",
    DeadlineKind.CARE_INPUT: "record_care_input",
}
"""What each deadline calls for; None where a day only passes. That a lease ends is a section of its own."""

OTHERS_TURN = frozenset({DeadlineKind.APPLICANT_ANSWER, DeadlineKind.OFFER_ANSWER, DeadlineKind.FOLLOW_UP})
"""Until their day has passed somebody else is to act: the applicant, or the assignee."""

CONSENT_STEPS = {
    ConsentState.ASKED: "give_consent",
    ConsentState.EXPIRED: "give_consent",
    ConsentState.REFUSED: "decide_without_group",
    ConsentState.WITHDRAWN: "decide_without_group",
}
BEFORE_THE_MEETING = frozenset({Stage.OPENED, Stage.SUBMITTED, Stage.PRE_ASSESSED, Stage.OFF_AGENDA})

Read = Callable[[Installation, Context], tuple[Iterator[ToDo], bool]]
"""The things to do of one section, and whether there are more than are read."""


@query("/my-day", Area.DEADLINES, ReadsEach(first=OWN_DAY))
def show_my_day(office: Installation, context: Context, _: None) -> MyDay:
    """Everything the saksbehandler has to do, overdue first, each with the next lawful step and the date it is due.

    While she stands in for a colleague, what that one would have had is in it, on those days and no longer.

    Deadlines and tasks of the next fortnight, tasks whose assignee has left, leases that end, cases on their way to a
    meeting, and applicants for care housing (M09, M10, M15, M18, M20, LH2-LH9). For a reviewer the texts that somebody met
    out of place in the last seven days: where they stand, never what they say (D17).
    """
    items, cut = list[ToDo](), list[Section]()
    sections = OF_REVIEWER if context.actor.role is Role.REVIEWER else SECTIONS
    for section, read in sections.items():
        found, more = read(office, context)
        items += found
        cut += [section] if more else []
    return MyDay(today=context.today, items=sorted(items, key=_order), sections_cut=cut)


def _order(item: ToDo) -> tuple[bool, date, str, UUID, str]:
    """Dated ones by date, so that what is overdue comes first; the others after them."""
    return item.due_on is None, item.due_on or date.max, item.section, item.subject, item.part


def _deadlines(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    until = context.today + timedelta(days=DAYS_AHEAD)
    page = deadlines.running_deadlines(office, context, kind=None, until=until, after=None, limit=MOST)
    items = (
        ToDo(
            section=Section.DEADLINE, step=step, subject=row.subject, case=row.case, person=row.person, name=row.name, withheld=row.withheld,
            due_on=row.due_on, overdue=row.overdue, kind=row.kind, part=row.part, ground=row.ground,
        )
        for row in page.items
        if (step := STEPS[row.kind]) and (row.overdue or row.kind not in OTHERS_TURN)
    )  # fmt: skip
    return items, page.next is not None


def _own_tasks(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    page = follow_ups.follow_ups(office, context, whose=Whose.MINE, case=None, after=None, limit=MOST)
    last = context.today + timedelta(days=DAYS_AHEAD)
    items = (_task(row, Section.OWN_TASK, "complete_follow_up") for row in page.items if row.due_on <= last)
    return items, page.next is not None


def _tasks_to_hand_on(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Tasks whose assignee has left: nobody leaves with open tasks unnoticed (M15)."""
    page = follow_ups.follow_ups(
        office, context, whose=Whose.ALL, case=None, after=None, limit=MOST, assignee_left=True
    )
    return (_task(row, Section.TASK_TO_HAND_ON, "reassign_follow_up") for row in page.items), page.next is not None


def _leases_ending(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Leases within their longest warning: has an application come, what is the status, what is next (M18)."""
    page = leases.ending(office, context, after=None, limit=MOST)
    items = (
        ToDo(
            section=Section.LEASE_ENDING, step=step, subject=row.tenancy, case=row.case, person=row.person,
            name=row.name, withheld=row.withheld, due_on=row.ends_on, overdue=row.ends_on < context.today,
        )
        for row in page.items
        if row.case and row.person and (step := _lease_step(row))
    )  # fmt: skip
    return items, page.next is not None


def _cases(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Cases on their way to a meeting, with what they still lack (M09, M10)."""
    page = cases.cases(office, context, whose=WhoseCases.MINE, care_housing=False, closed=False, after=None, limit=MOST)
    items = (
        ToDo(
            section=Section.CASE,
            step=_case_step(row),
            subject=row.case,
            case=row.case,
            person=row.person,
            name=row.name,
            withheld=row.withheld,
        )
        for row in page.items
        if row.stage in BEFORE_THE_MEETING and row.without_group is None
    )
    return items, page.next is not None


def _unassigned(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Cases that nobody is responsible for, such as one that a member has submitted: somebody is to take them (M04)."""
    page = cases.cases(
        office, context, whose=WhoseCases.UNASSIGNED, care_housing=None, closed=False, after=None, limit=MOST
    )
    items = (
        ToDo(
            section=Section.UNASSIGNED, step="assign_responsibility", subject=row.case, case=row.case,
            person=row.person, name=row.name, withheld=row.withheld, due_on=row.deadline,
            overdue=row.deadline is not None and row.deadline < context.today,
        )
        for row in page.items
    )  # fmt: skip
    return items, page.next is not None


def _minutes(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """What was up at a meeting that is over, and has no approved minutes (M07)."""
    rows, more = missing_minutes.missing_minutes(office, context, limit=MOST)
    items = (
        ToDo(
            section=Section.MINUTES, step="approve_minutes" if row.written else "write_minutes", subject=row.item,
            case=row.case, person=row.person, name=row.name, withheld=row.withheld, meeting_on=row.meeting_on,
        )
        for row in rows
    )  # fmt: skip
    return items, more


def _care_housing(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Applicants for care housing and what comes next for them (M20)."""
    page = care_housing.overview(office, context, whose=Whose.MINE, after=None, limit=MOST)
    items = (
        ToDo(
            section=Section.CARE_HOUSING, step=row.next_step, subject=row.case, case=row.case, person=row.person,
            name=row.name, withheld=row.withheld,
        )
        for row in page.items
        if row.next_step is not CareStep.NOTHING
    )  # fmt: skip
    return items, page.next is not None


SECTIONS: dict[Section, Read] = {
    Section.DEADLINE: _deadlines,
    Section.OWN_TASK: _own_tasks,
    Section.TASK_TO_HAND_ON: _tasks_to_hand_on,
    Section.LEASE_ENDING: _leases_ending,
    Section.CASE: _cases,
    Section.CARE_HOUSING: _care_housing,
    Section.MINUTES: _minutes,
    Section.UNASSIGNED: _unassigned,
}


def _out_of_place(office: Installation, context: Context) -> tuple[Iterator[ToDo], bool]:
    """Texts that did not open where they stand: the access log says who met them, and operations put them right (D17)."""
    with office.views.connect() as connection:
        rows = access_log.out_of_place(connection, context.at)
    shown = rows[:MOST]
    if shown:
        cases = [row.case for row in shown if row.case]
        office.gate.audit_list(context, cases, [UUID(subject) for row in shown for subject in row.subjects])
    items = (
        ToDo(
            section=Section.OUT_OF_PLACE, step="list_accesses", subject=UUID(row.subjects[0]), case=row.case,
            person=None, name=None, withheld=row.fields,
        )
        for row in shown
    )  # fmt: skip
    return items, len(rows) > MOST


OF_REVIEWER: dict[Section, Read] = {Section.OUT_OF_PLACE: _out_of_place}


def _task(row: follow_ups.FollowUpRow, section: Section, step: str) -> ToDo:
    return ToDo(
        section=section, step=step, subject=row.follow_up, case=row.case, person=row.person, name=row.name, withheld=row.withheld,
        due_on=row.due_on, overdue=row.overdue,
    )  # fmt: skip


def _lease_step(row: leases.LeaseRow) -> str | None:
    """What comes next for a lease that ends; None while the group has it."""
    if row.answer == "granted":
        return "extend_lease"
    if row.answer == "refused":
        return None if row.move_out_demanded_on else "demand_move_out"
    if row.item is None or row.item_state in ("postponed", "removed"):
        return "add_agenda_item"
    return "draft_vedtak" if row.application and row.item_state == "settled" else None


def _case_step(row: cases.CaseRow) -> str:
    """What a case still lacks before it can be discussed; that it ends, when nothing in it waits for an answer (LH4)."""
    if row.nothing_left:
        return "close_case"
    if row.consent is not ConsentState.GIVEN:
        return CONSENT_STEPS[row.consent or ConsentState.ASKED]
    return "add_agenda_item" if row.pre_assessed else "record_pre_assessment"
