"""Scenes 1 and 2: the working group is appointed; a plan for the half-year, and what reaches the calendars."""

from collections import Counter
from email import message_from_bytes, policy
from typing import Any

import vobject

from demo.people import (
    APPLICANTS,
    EMPLOYEES,
    HEALTH,
    HOUSING_SUPPORT,
    NAV_ONE,
    NAV_SUBSTITUTE,
    NAV_TWO,
    SAKSBEHANDLER,
    STRANGER,
    TECHNICAL,
    UNIT_NAMES,
)
from demo.story import Story
from demo.theatre import Theatre
from domain.actors import Role
from services.installation import Installation
from services.operating import as_operator

MEMBERS = (SAKSBEHANDLER, HEALTH, NAV_ONE, NAV_TWO, TECHNICAL)
WISHED = ["2027-01-12", "2027-02-09", "2027-03-25", "2027-04-13", "2027-05-17", "2027-06-08"]
MOVED = {"2027-03-25": "2027-03-30", "2027-05-17": "2027-05-18"}
"""Skjærtorsdag and 17 May, and the working days that the meetings move to."""

APRIL, JUNE = 3, 5


def the_group_is_appointed(theatre: Theatre, _story: Story) -> None:
    """Four permanent units, two members in one of them, a substitute; botjenesten on demand (M02, M03)."""
    theatre.scene(1, "Arbeidsgruppa oppnevnes")
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    _the_directory_is_filled(theatre)
    for member in MEMBERS:
        answer = saksbehandler.do("/working-group/members", {"member": str(member.id), "valid_from": "2026-12-01"})
        theatre.expect(answer["unit"] == member.unit, f"fast medlem fra {UNIT_NAMES[member.unit]}")
    stands_in = {
        "substitute": str(NAV_SUBSTITUTE.id), "for_member": str(NAV_TWO.id), "valid_from": "2027-02-01",
        "valid_to": "2027-02-28",
    }  # fmt: skip
    answer = saksbehandler.do("/working-group/substitutes", stands_in)
    theatre.expect(answer["unit"] == NAV_TWO.unit, "vara for ett av medlemmene fra Nav i februar")
    saksbehandler.is_refused(
        "/working-group/substitutes",
        {"substitute": str(HOUSING_SUPPORT.id), "for_member": str(NAV_TWO.id), "valid_from": "2027-03-01"},
        "not_a_member", "botjenesten deltar ved behov, som gjest i en sak, og ikke som vara for Nav (M03)",
    )  # fmt: skip
    saksbehandler.is_refused(
        "/working-group/members", {"member": str(NAV_ONE.id), "valid_from": "2027-01-01"}, "already_member",
        "samme person to ganger",
    )  # fmt: skip


def _the_directory_is_filled(theatre: Theatre) -> None:
    """Who runs the installation enters the first saksbehandler and those who watch; the saksbehandler the others (D16)."""
    stranger = theatre.as_(STRANGER)
    stranger.may_not_read("/meetings", 403, "den som ingen har ført inn, kommer ikke inn")
    first = [one for one in EMPLOYEES if one == SAKSBEHANDLER or one.role in (Role.LEADER, Role.REVIEWER)]
    with Installation(theatre.stage.settings) as office:
        for employee in first:
            as_operator(office, "register_employee", {}, employee.as_body())
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    for employee in (one for one in EMPLOYEES if one not in first):
        saksbehandler.do("/employees", employee.as_body())
    saksbehandler.is_refused(
        f"/employees/{NAV_ONE.id}/seats", {"unit": NAV_ONE.unit, "role": Role.LEADER}, "seat_not_yours_to_give",
        "en saksbehandler gjør ingen til leder",
    )  # fmt: skip


def the_half_year_is_planned(theatre: Theatre, story: Story) -> None:
    """Dates move off holidays; one invitation a meeting and member; a move and a cancellation change them (M05, M06)."""
    theatre.scene(2, "Møteplan for første halvår 2027")
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    answer = saksbehandler.do("/meeting-plans", {"year": 2027, "half": 1, "dates": WISHED})
    story.meetings = answer["meetings"]
    moved = {m["wished"]: m["day"] for m in story.meetings if m["wished"] != m["day"]}
    theatre.expect(moved == MOVED, "møtene skjærtorsdag og 17. mai er flyttet til 30. mars og 18. mai (M05)")
    saksbehandler.do(f"/meeting-plans/{answer['plan']}/calling")
    theatre.stage.come_to_rest()
    invitations = _entries(theatre)
    per_member = Counter(to for to, _ in invitations)
    # The substitute takes the member's place at the meeting in February.
    expected = {m.email: 6 for m in MEMBERS} | {NAV_TWO.email: 5, NAV_SUBSTITUTE.email: 1}
    theatre.expect(per_member == expected, "hvert medlem har én innkalling per møte, varaen én i stedet for medlemmet")
    april = story.meetings[APRIL]["meeting"]
    saksbehandler.do(f"/meetings/{april}/move", {"day": "2027-04-14"})
    saksbehandler.do(f"/meetings/{story.meetings[JUNE]['meeting']}/cancellation", {"reason": "no_cases"})
    theatre.stage.come_to_rest()
    _expect_same_entries(theatre)


def _expect_same_entries(theatre: Theatre) -> None:
    entries = _entries(theatre)
    one = [entry for to, entry in entries if to == SAKSBEHANDLER.email]
    uids = Counter(str(entry.vevent.uid.value) for entry in one)
    theatre.expect(sorted(uids.values()) == [1, 1, 1, 1, 2, 2], "flytting og avlysning gjelder de samme oppføringene")
    last = {str(e.vevent.uid.value): (str(e.method.value), int(e.vevent.sequence.value)) for e in one}
    theatre.expect(
        sorted(change for change in last.values() if change[1]) == [("CANCEL", 1), ("REQUEST", 1)],
        "den ene er flyttet og den andre avlyst, med høyere SEQUENCE",
    )
    raw = "".join(entry.serialize() for _, entry in entries)
    theatre.expect(not any(a.name in raw for a in APPLICANTS), "ingen søker er nevnt i kalenderen")


def _entries(theatre: Theatre) -> list[tuple[str, Any]]:
    """Every calendar entry received, with its recipient, as another calendar library reads it."""
    found = []
    for received in theatre.stage.messages():
        mail = message_from_bytes(str(received["raw"]).encode("latin-1"), policy=policy.default)
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                recipients = received["recipients"]
                assert isinstance(recipients, list)
                found.append((str(recipients[0]), vobject.readOne(part.get_content())))
    return found
