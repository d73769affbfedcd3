"""Criticism that municipalities have met about appeals, as whole journeys (LI4, LK1, LK2, LO2, B14)."""

from typing import Any
from uuid import UUID

import pytest

from domain.actors import Role
from domain.decisions.vedtak import Vedtak, VedtakState
from domain.decisions.vedtak_rules import Outcome
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.law.deadline_kinds import DeadlineKind
from tests.api import givens
from tests.api.appeal_givens import (
    AFTER_TWO_WEEKS,
    TODAY,
    appeal_body,
    decision,
    forwarded,
    forwarding,
    named,
    received,
    refused_dwelling,
    secretary,
    told,
    upheld,
    with_secretary,
)
from tests.api.decision_givens import (
    A_TUESDAY,
    Applied,
    applied,
    concluded,
    draft_of,
    drafted,
    issued,
    offered,
    refused,
    vacancy,
    waiting,
)
from tests.api.office import Office


def pool_of(office: Office, appeal: str) -> dict[str, Any]:
    pool: dict[str, Any] = office.saksbehandler.get(f"/appeals/{appeal}/pool").json()
    return pool


def discussed_and_refused(office: Office) -> tuple[givens.Talk, str]:
    """Service og tildeling and Nav talk about a case, the dwelling is refused, and the party is told."""
    talk, conclusion = givens.concluded(office, dwelling="refuse")
    view = office.saksbehandler.get(f"/cases/{talk.case}").json()
    about = Applied(view["applications"][0]["application"], talk.case, view["person"])
    vedtak = str(issued(office, about, conclusion["conclusion"], "dwelling", "refuse")["vedtak"])
    told(office, vedtak)
    office.set_clock(AFTER_TWO_WEEKS)
    return talk, vedtak


def test_LI4_the_body_that_decided_does_not_handle_the_appeal(office: Office) -> None:
    talk, vedtak = discussed_and_refused(office)
    appeal = upheld(office, received(office, vedtak))
    for was_there in (talk.group.saksbehandler, talk.group.nav):
        answers = (named(office, appeal, was_there), named(office, appeal, secretary(office), was_there))
        assert [refused(answer) for answer in answers] == [(403, "took_part_in_the_case")] * 2
        assert was_there.id not in str([answer.json() for answer in answers])
    assert named(office, appeal, secretary(office), talk.group.tekniske_tjenester).status_code == 200


def test_LI4_who_comes_into_the_case_after_being_named_gets_no_papers(office: Office) -> None:
    _, vedtak = discussed_and_refused(office)
    appeal = upheld(office, received(office, vedtak))
    chosen = givens.employee(office, "service_og_tildeling", Role.SAKSBEHANDLER)
    assert named(office, appeal, chosen).status_code == 200
    case = office.saksbehandler.get(f"/appeals/{appeal}").json()["case"]
    body = {"responsible": chosen.id}
    handed_on = office.saksbehandler.post(f"/cases/{case}/responsibility", body)
    assert handed_on.status_code == 200, handed_on.text
    pool = chosen.get(f"/appeals/{appeal}/pool").json()["checksum"]
    sending = {"forwarded_on": TODAY, "pool_checksum": pool, "with_assessments": False}
    assert refused(chosen.post(f"/appeals/{appeal}/forwarding", sending)) == (403, "took_part_in_the_case")


def test_B14_no_appeal_falls_because_nothing_is_known_about_other_applicants(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    others = [waiting(office, answers={"without_dwelling": nth % 2 == 0}) for nth in range(5)]
    appeal = with_secretary(office, upheld(office, received(office, refused_dwelling(office))))
    pool = pool_of(office, appeal)
    assert (pool["as_of"], pool["rulebook_version"], pool["few"]) == ("2027-01-12", "2026-01-01", False)
    assert [row["pseudonym"] for row in pool["rows"]] == ["A", "B", "C", "D", "E"]
    assert [row["rank"] for row in pool["rows"]] == [1, 2, 3, 4, 5]
    assert [row["answers"]["without_dwelling"] for row in pool["rows"]] == [True, True, True, False, False]
    forwarded(office, appeal)
    package = office.saksbehandler.get(f"/appeals/{appeal}/package").json()
    assert package["pool"] == pool
    known = [id for other in others for id in other]
    assert not [id for id in known if id in str(package)]


def test_B14_the_pool_is_that_of_the_day_whatever_has_happened_since(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    first, _ = waiting(office, answers={"without_dwelling": True})
    second, _ = waiting(office, answers={"without_dwelling": False})
    appeal = received(office, refused_dwelling(office))
    before = pool_of(office, appeal)
    waiting(office, answers={"without_dwelling": True})
    office.saksbehandler.do(f"/waiting-list/{first}/leaving", {"reason": "withdrawn"})
    office.saksbehandler.do(f"/waiting-list/{second}/pause", {"reason": "own_wish"})
    assert len(before["rows"]) == 2
    assert pool_of(office, appeal) == before


def test_B14_the_pool_tells_who_had_paused_and_who_had_left_is_not_in_it(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    paused, gone, _ = (waiting(office)[0] for _ in range(3))
    office.saksbehandler.do(f"/waiting-list/{paused}/pause", {"reason": "own_wish"})
    office.saksbehandler.do(f"/waiting-list/{gone}/leaving", {"reason": "withdrawn"})
    pool = pool_of(office, received(office, refused_dwelling(office)))
    assert [(row["state"], row["rank"]) for row in pool["rows"]] == [("waiting", 1), ("paused", None)]


def test_B14_an_appeal_on_who_got_a_dwelling_shows_the_candidates_of_that_order(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    place = vacancy(office, candidates=3)
    offered(office, place)
    entry = office.installation.case_log.load(WaitingListEntry, UUID(place.entries[1]))
    told(office, str(entry.vedtak))
    appeal = received(office, str(entry.vedtak), "2027-01-12", allocation=place.allocation)
    rows = pool_of(office, appeal)["rows"]
    assert [row["got_the_dwelling"] for row in rows] == [True, False, False]
    assert [row["is_appellant"] for row in rows] == [False, True, False]


def test_B14_looking_at_the_pool_is_logged_on_the_appellants_case(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    about = applied(office, "dwelling")
    appeal = received(office, refused_dwelling(office, about))
    pool_of(office, appeal)
    line = office.disclosures("Viewed")[-1]
    assert (str(line.case), line.purpose, [str(id) for id in line.subjects]) == (
        about.case,
        "appeal_pool",
        [about.person],
    )


def test_LK1_LK2_two_tracks_of_one_case_go_to_two_bodies(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, dwelling=Outcome.REFUSE)
    answers = (("dwelling", "refuse"), ("assistance", "grant"))
    both = [str(issued(office, about, conclusion, *answer)["vedtak"]) for answer in answers]
    assert [told(office, vedtak) for vedtak in both] == ["2027-02-02"] * 2
    office.set_clock(AFTER_TWO_WEEKS)
    dwelling, assistance = (received(office, vedtak) for vedtak in both)
    for appeal in (dwelling, assistance):
        upheld(office, appeal)
    with_secretary(office, dwelling)
    bodies = {}
    for appeal in (dwelling, assistance):
        body = forwarding(office, appeal)
        bodies[appeal] = office.saksbehandler.do(f"/appeals/{appeal}/forwarding", body)["appeal_body"]
    assert bodies == {dwelling: "klagenemnd", assistance: "statsforvalteren"}
    rows = office.saksbehandler.get(f"/appeals?case={about.case}").json()["items"]
    assert {(row["appeal"], row["body"]) for row in rows} == set(bodies.items())


def care_housing_refused(office: Office) -> str:
    about = applied(office, "care_housing")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    vedtak = drafted(office, about, None, "care_housing", "refuse")
    office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {"facts_settled": True})
    return vedtak


@pytest.mark.parametrize(("day", "late"), [("2027-02-09", False), ("2027-02-10", True)])
def test_LO2_care_housing_is_appealed_to_the_state_within_four_weeks(office: Office, day: str, late: bool) -> None:
    office.set_clock(A_TUESDAY)
    vedtak = care_housing_refused(office)
    assert told(office, vedtak) == "2027-02-09"
    office.set_clock(AFTER_TWO_WEEKS.replace(month=2, day=11))
    answer = office.saksbehandler.do(f"/vedtak/{vedtak}/appeals", appeal_body(day))
    assert (answer["appeal_body"], answer["late"]) == ("statsforvalteren", late)


def test_M20_an_appeal_about_care_housing_is_invisible_to_the_group_and_needs_no_pool(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    vedtak = care_housing_refused(office)
    told(office, vedtak)
    office.set_clock(AFTER_TWO_WEEKS)
    appeal = upheld(office, received(office, vedtak))
    member = office.caller("nav")
    assert refused(member.get(f"/appeals/{appeal}")) == (404, "not_found")
    assert member.get("/appeals").json()["items"] == []
    assert refused(office.saksbehandler.get(f"/appeals/{appeal}/pool")) == (409, "pool_not_needed")
    forwarded(office, appeal)


def test_LK7_a_changed_refusal_becomes_a_vedtak_and_the_party_has_a_place_on_the_list(office: Office) -> None:
    office.set_clock(A_TUESDAY)
    about = applied(office, "dwelling")
    old = refused_dwelling(office, about)
    appeal = forwarded(office, with_secretary(office, upheld(office, received(office, old))))
    decided(office, appeal, "changed_in_favour")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    because = {"replaced_because": "Klageorganet har endret vedtaket."}
    answer = issued(office, about, conclusion, "dwelling", issue=because, replaces=old)
    assert answer["waiting_list_entry"] is not None


ON_THE_APPEAL = {"reversal_ground": "appeal_outcome"}
BECAUSE_OF_THE_APPEAL = {"facts_settled": True, "replaced_because": "Statsforvalteren har endret vedtaket."}


def not_vanskeligstilt_and_refused(office: Office) -> tuple[Applied, str, str]:
    """Refused help since the group found the applicant not vanskeligstilt; the state has the appeal."""
    office.set_clock(A_TUESDAY)
    about = applied(office, "assistance")
    conclusion = concluded(office, about, vanskeligstilt=False)
    old = str(issued(office, about, conclusion, "assistance", "refuse")["vedtak"])
    told(office, old)
    office.set_clock(AFTER_TWO_WEEKS)
    return about, old, forwarded(office, upheld(office, received(office, old)))


def decided(office: Office, appeal: str, outcome: str) -> None:
    office.saksbehandler.do(f"/appeals/{appeal}/decision", decision(outcome))


def awaited(office: Office, case: str) -> list[str]:
    """The new vedtak that appeal bodies' decisions call for in the case."""
    rows = office.saksbehandler.get(f"/deadlines?kind={DeadlineKind.NEW_VEDTAK_AFTER_APPEAL}").json()["items"]
    return [row["part"] for row in rows if row["case"] == case]


@pytest.mark.parametrize("outcome", ["changed_in_favour", "quashed"])
def test_LK7_M12_who_was_found_not_vanskeligstilt_gets_help_when_the_state_says_so(
    office: Office, outcome: str
) -> None:
    about, old, appeal = not_vanskeligstilt_and_refused(office)
    decided(office, appeal, outcome)
    assert awaited(office, about.case) == ["assistance"]
    task = {"assignee": givens.employee(office, "nav").id, "due_on": "2027-03-01", "what": "Bli med på visning."}
    issue = {**BECAUSE_OF_THE_APPEAL, "tasks": [task]}
    answer = issued(office, about, None, "assistance", issue=issue, replaces=old, **ON_THE_APPEAL)
    assert (answer["outcome"], len(answer["follow_ups"])) == ("grant", 1)
    assert awaited(office, about.case) == []
    carried_out = office.saksbehandler.get(f"/appeals/{appeal}").json()
    assert (carried_out["state"], carried_out["successor"]) == ("decided", answer["vedtak"])
    assert givens.stored(office, Vedtak, old).state is VedtakState.REPLACED


def test_LK7_the_municipality_does_not_refuse_again_what_the_state_has_granted(office: Office) -> None:
    about, old, appeal = not_vanskeligstilt_and_refused(office)
    decided(office, appeal, "changed_in_favour")
    draft = draft_of(about, None, "assistance", "refuse", replaces=old, **ON_THE_APPEAL)
    givens.assert_refused(office, office.saksbehandler, "/vedtak", draft, status=409, code="against_appeal_outcome")


@pytest.mark.parametrize("outcome", [None, "upheld"])
def test_LK7_M13_without_a_decision_that_calls_for_it_an_appeal_is_no_ground(
    office: Office, outcome: str | None
) -> None:
    about, old, appeal = not_vanskeligstilt_and_refused(office)
    if outcome is not None:
        decided(office, appeal, outcome)
    draft = draft_of(about, None, "assistance", replaces=old, **ON_THE_APPEAL)
    givens.assert_refused(office, office.saksbehandler, "/vedtak", draft, status=409, code="appeal_not_decided")


def test_LK7_one_decision_carries_one_vedtak(office: Office) -> None:
    about, old, appeal = not_vanskeligstilt_and_refused(office)
    decided(office, appeal, "changed_in_favour")
    new = issued(office, about, None, "assistance", issue=BECAUSE_OF_THE_APPEAL, replaces=old, **ON_THE_APPEAL)
    draft = draft_of(about, None, "assistance", replaces=new["vedtak"], **ON_THE_APPEAL)
    givens.assert_refused(office, office.saksbehandler, "/vedtak", draft, status=409, code="appeal_not_decided")


def test_LK7_M13_an_appeal_is_no_ground_for_a_whole_case(office: Office) -> None:
    about, _, appeal = not_vanskeligstilt_and_refused(office)
    decided(office, appeal, "changed_in_favour")
    path, body = f"/cases/{about.case}/decision-without-group", {"ground": "appeal_decided"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="appeal_of_one_vedtak")
