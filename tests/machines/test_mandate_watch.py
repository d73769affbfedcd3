"""The watch that holds the machines to the mandate notices what it is there for: each rule, broken once."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

import pytest

from domain.actors import Role
from services.log.event_log import Recorded
from tests.machines.mandate_watch import MandateWatch

CASE, ITEM, MEETING, CONCLUSION, VEDTAK, FIRST, SECOND, ALLOCATION, NAV_MEMBER, LEAD = (
    uuid5(UUID(int=7), name) for name in "abcdefghij"
)
SAKSBEHANDLER = SimpleNamespace(unit="service_og_tildeling", role=Role.SAKSBEHANDLER)
NAV = SimpleNamespace(unit="nav", role=Role.EMPLOYEE)


@dataclass
class Told:
    """An event as the watch sees it: a topic, a stream and its fields."""

    topic: str
    originator_id: UUID
    fields: dict[str, Any] = field(default_factory=dict)

    def recorded(self, position: int) -> Recorded:
        kind = type("Event", (), {"TOPIC": self.topic})
        event = kind()
        vars(event).update({"originator_id": self.originator_id, "by": SAKSBEHANDLER, **self.fields})
        return Recorded(position, cast(Any, event))


def told(topic: str, id: UUID, **fields: Any) -> Told:
    return Told(topic, id, fields)


def opened(care_housing: bool = False) -> Told:
    return told("case.Opened", CASE, care_housing=care_housing)


def added(matter: str = "submitted") -> Told:
    return told("agenda_item.Added", ITEM, meeting=MEETING, case=CASE, matter=matter, consent_needed=True)


def consented(*units: str) -> Told:
    return told("consent.Given", CONCLUSION, case=CASE, scopes=[SimpleNamespace(unit=unit) for unit in units])


def enters(person: UUID, unit: str) -> Told:
    return told("agenda_item.AttendanceRecorded", ITEM, person=person, unit=unit, presence="present")


def concluded(**changes: Any) -> Told:
    said = {
        "case": CASE, "item": ITEM, "present_units": ("nav", "service_og_tildeling"), "vanskeligstilt": True,
        "shall_offer": ("advice",), "dwelling": None, "extension": None, "tasks": ("task",), "supersedes": None,
    }  # fmt: skip
    return told("conclusion.Reached", CONCLUSION, **{**said, **changes})


def issued(**changes: Any) -> Told:
    said = {
        "case": CASE, "application": CASE, "subject": "dwelling", "outcome": "grant", "departs": False,
        "ground": SimpleNamespace(conclusion=CONCLUSION),
    }  # fmt: skip
    return told("vedtak.Issued", VEDTAK, **{**said, **changes})


def agreed(*units: str) -> Told:
    present = [SimpleNamespace(unit=unit) for unit in units]
    return told("allocation.OrderAgreed", ALLOCATION, agreed=SimpleNamespace(entries=(FIRST, SECOND), present=present))


def offered(entry: UUID) -> Told:
    return told("allocation.Offered", ALLOCATION, entry=entry, passed_over=())


READY = (opened(), consented("nav"), added())
TALKED = (*READY, enters(LEAD, "service_og_tildeling"), enters(NAV_MEMBER, "nav"))
VIOLATIONS = {
    "M20 on an agenda": ("M20", (opened(care_housing=True), consented("nav"), added())),
    "M20 submitted": ("M20", (opened(care_housing=True), told("case.SubmittedToGroup", CASE))),
    "M10": ("M10", (opened(), consented("nav"), added("new_case"))),
    "M09 on an agenda": ("M09", (opened(), added())),
    "M09 in the room": (
        "M09",
        (*TALKED, enters(CASE, "psykisk_helse"), told("agenda_item.DiscussionOpened", ITEM)),
    ),
    "M09 given by somebody else": ("M09", (opened(), told("consent.Given", CONCLUSION, case=CASE, scopes=[], by=NAV))),
    "M18 twice": (
        "M18",
        (*READY, told("agenda_item.Added", FIRST, meeting=MEETING, case=CASE, matter="submitted", consent_needed=True)),
    ),
    "LI1": ("LI1", (*READY, told("agenda_item.InhabilDeclared", ITEM, person=LEAD), enters(LEAD, "nav"))),
    "M11 talk": ("M11", (*READY, enters(NAV_MEMBER, "nav"), told("agenda_item.DiscussionOpened", ITEM))),
    "M11 conclusion": ("M11", (*TALKED, concluded(present_units=("nav",)))),
    "M12 no help": ("M12", (*TALKED, concluded(shall_offer=()))),
    "M12 a grant": ("M12", (*TALKED, concluded(vanskeligstilt=False, shall_offer=(), dwelling="grant"))),
    "M07 no tasks": ("M07", (*TALKED, concluded(tasks=()))),
    "M07 open item": ("M07", (*READY, told("meeting.Closed", MEETING))),
    "M13 no ground": ("M13", (opened(), issued(ground=SimpleNamespace(conclusion=None)))),
    "M13 by Nav": ("M13", (*TALKED, concluded(), issued(by=NAV))),
    "M12 grant after all": ("M12", (*TALKED, concluded(vanskeligstilt=False, shall_offer=()), issued())),
    "M15": ("M15", (told("follow_up.TookEffect", FIRST, vedtak=VEDTAK),)),
    "M14 by score": ("M14", (offered(FIRST),)),
    "M14 passed over": ("M14", (agreed("nav", "service_og_tildeling"), offered(SECOND))),
    "M14 one unit": ("M14", (agreed("nav"),)),
    "M19": ("M19", (told("tenancy.LeaseExtended", FIRST),)),
    "LP2": ("LP2", (*READY, told("agenda_item.MinutesWritten", ITEM, facts="a", assessment="a"))),
}


@pytest.mark.parametrize(("rule", "history"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_R07_the_watch_notices_a_broken_rule(rule: str, history: tuple[Told, ...]) -> None:
    watch = MandateWatch()

    for position, event in enumerate(history, 1):
        watch.read(event.recorded(position))

    assert [found.partition(":")[0] for found in watch.broken] == [rule]


def test_R07_the_watch_finds_nothing_in_a_lawful_history() -> None:
    watch = MandateWatch()
    lawful = (
        *TALKED, told("agenda_item.DiscussionOpened", ITEM), concluded(),
        told("agenda_item.Concluded", ITEM, conclusion=CONCLUSION), issued(), told("meeting.Closed", MEETING),
        agreed("nav", "service_og_tildeling"), offered(FIRST), told("allocation.Declined", ALLOCATION, entry=FIRST),
        offered(SECOND),
    )  # fmt: skip

    for position, event in enumerate(lawful, 1):
        watch.read(event.recorded(position))

    assert watch.broken == []
