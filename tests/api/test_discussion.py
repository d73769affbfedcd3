"""The room over HTTP: who is there, who has been told, and when the talk must end."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.cases.consent import Consent, consent_id
from domain.group.agenda_item import AgendaItem, ItemState
from domain.refusals import NotAllowedError
from services.log.event_log import DisclosureLog
from services.refusals import LogUnavailableError
from tests.api import givens
from tests.api.office import Office


def told(office: Office) -> list[tuple[UUID, str]]:
    return [(line.told, line.rules[-1]) for line in office.disclosures("ToldInMeeting")]


def test_M08_everybody_present_when_the_talk_begins_is_recorded_as_told(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav)
    assert told(office) == []
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    assert {person for person, _ in told(office)} == {
        talk.group.saksbehandler.actor.id,
        talk.group.nav.actor.id,
    }
    line = office.disclosures("ToldInMeeting")[0]
    assert (str(line.case), str(line.item), str(line.meeting)) == (talk.case, talk.item, talk.meeting)
    assert line.told_from == givens.stored(office, AgendaItem, talk.item).room.discussions[0].since


def test_M08_whoever_comes_in_during_the_talk_is_recorded_as_told(office: Office) -> None:
    talk = givens.under_discussion(office)
    givens.present(office, talk.item, talk.group.psykisk_helse)
    assert told(office)[-1] == (talk.group.psykisk_helse.actor.id, "M09_called_to_item_within_consent")
    assert len(told(office)) == 3


def test_M08_who_comes_late_or_comes_back_is_told_from_then(office: Office) -> None:
    talk = givens.under_discussion(office)
    late, back = givens.FIRST_MEETING + timedelta(minutes=20), givens.FIRST_MEETING + timedelta(minutes=40)
    for moment, presence in ((late, "present"), (late + timedelta(minutes=5), "left"), (back, "returned")):
        office.set_clock(moment)
        givens.present(office, talk.item, talk.group.psykisk_helse, presence=presence)
    who = talk.group.psykisk_helse.actor.id
    lines = [line.told_from for line in office.disclosures("ToldInMeeting") if line.told == who]
    began = givens.stored(office, AgendaItem, talk.item).room.discussions[0].since
    assert len(lines) == 2
    assert began < late <= lines[0] < back <= lines[1]


def test_M08_attendance_that_is_noted_afterwards_still_counts(office: Office) -> None:
    talk = givens.discussed(office)
    began = givens.stored(office, AgendaItem, talk.item).room.discussions[0].since
    givens.present(office, talk.item, talk.group.tekniske_tjenester, happened_at=began.isoformat())
    assert (talk.group.tekniske_tjenester.actor.id, "M09_called_to_item_within_consent") in told(office)


def test_M08_who_left_before_the_talk_is_not_recorded_as_told(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    givens.present(office, talk.item, *talk.group.members)
    givens.present(office, talk.item, talk.group.nav, presence="left")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    assert talk.group.nav.actor.id not in {person for person, _ in told(office)}


def test_B02_a_guest_in_the_room_is_recorded_as_a_guest(office: Office) -> None:
    talk = givens.under_discussion(office)
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/guests", {"guest": guest.id})
    givens.present(office, talk.item, guest)
    assert told(office)[-1] == (guest.actor.id, "M03_guest_of_item_until_minutes_approved")


def test_R10_no_talk_begins_while_nobody_can_be_recorded_as_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = givens.item_at_open_meeting(office)
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav)

    def out_of_reach(*_: object) -> int:
        raise LogUnavailableError

    monkeypatch.setattr(DisclosureLog, "append", out_of_reach)
    path = f"/agenda-items/{talk.item}/discussion"
    givens.assert_refused(office, office.saksbehandler, path, status=503, code="log_unavailable")


def test_M11_one_unit_alone_is_not_together(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    givens.present(office, talk.item, talk.group.saksbehandler)
    path = f"/agenda-items/{talk.item}/discussion"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="too_few_units")
    assert told(office) == []


def test_M11_two_units_of_four_are_enough_since_no_quorum_is_invented(office: Office) -> None:
    talk = givens.discussed(office)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk))
    assert givens.stored(office, AgendaItem, talk.item).room.units_told == ("nav", SERVICE_OG_TILDELING)


def test_M09_a_talk_rests_on_a_consent_that_covers_every_unit_in_the_room(office: Office) -> None:
    talk = givens.item_at_open_meeting(office, "nav")
    givens.present(office, talk.item, *talk.group.members)
    path = f"/agenda-items/{talk.item}/discussion"
    refusal = givens.assert_refused(office, office.saksbehandler, path, status=409, code="consent_missing")
    problem = refusal.json()
    assert problem["codes"] == ["psykisk_helse", "tekniske_tjenester"]
    told = (
        "Søkeren har samtykket, men ikke til alle enhetene. "
        "Samtykket omfatter ikke Psykisk helse og Tekniske tjenester."
    )
    assert problem["detail"] == told


def test_D1_the_consent_is_relied_on_in_the_save_that_opens_the_talk(office: Office) -> None:
    talk = givens.under_discussion(office)
    consent = givens.stored(office, Consent, str(consent_id(UUID(talk.case))))
    assert consent.relied_on == (UUID(talk.item),)


def test_M09_whoever_comes_in_during_the_talk_must_be_covered(office: Office) -> None:
    talk = givens.item_at_open_meeting(office, "nav")
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    path = f"/agenda-items/{talk.item}/attendance"
    body = {"people": [talk.group.psykisk_helse.id], "presence": "present"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="consent_missing")


def test_M09_a_withdrawal_ends_the_talk_in_the_same_save(office: Office) -> None:
    talk = givens.under_discussion(office)
    before = office.installation.case_log.head()
    office.saksbehandler.do(f"/cases/{talk.case}/consent/withdrawal")
    topics = [recorded.event.TOPIC for recorded in office.installation.case_log.after(before, 10)]
    assert topics == [
        "consent.Withdrawn", "agenda_item.DiscussionClosed", "agenda_item.Removed", "command_record.CarriedOut"
    ]  # fmt: skip
    path = f"/agenda-items/{talk.item}/conclusion"
    body = givens.conclusion_body(talk)
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="wrong_state")


def test_M09_a_consent_narrowed_to_fewer_units_ends_a_talk_that_others_hear(office: Office) -> None:
    talk = givens.under_discussion(office)
    before = office.installation.case_log.head()
    narrowed = {"scopes": [{"unit": "psykisk_helse", "kinds": ["identity"]}]}
    office.saksbehandler.do(f"/cases/{talk.case}/consent/narrowing", narrowed)
    topics = [recorded.event.TOPIC for recorded in office.installation.case_log.after(before, 10)]
    assert topics == ["consent.Narrowed", "agenda_item.DiscussionClosed", "command_record.CarriedOut"]


def test_M09_a_consent_narrowed_in_kinds_lets_the_same_units_talk_on(office: Office) -> None:
    talk = givens.under_discussion(office)
    before = office.installation.case_log.head()
    narrowed = {"scopes": [{"unit": unit, "kinds": ["identity"]} for unit in ("nav", "psykisk_helse")]}
    office.saksbehandler.do(f"/cases/{talk.case}/consent/narrowing", narrowed)
    topics = [recorded.event.TOPIC for recorded in office.installation.case_log.after(before, 10)]
    assert topics == ["consent.Narrowed", "command_record.CarriedOut"]


def test_M03_somebody_who_is_neither_called_nor_invited_is_not_let_in(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/attendance"
    body = {"people": [str(uuid4())], "presence": "present"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=403, code="not_expected")


def test_M07_nothing_is_discussed_before_the_meeting_is_opened(office: Office) -> None:
    group = givens.called_group(office)
    item = givens.on_agenda(office, group.meetings[0], givens.case_ready_for_meeting(office))
    for path, body in (("attendance", {"people": [group.nav.id], "presence": "present"}), ("discussion", None)):
        givens.assert_refused(
            office, office.saksbehandler, f"/agenda-items/{item}/{path}", body, status=409, code="meeting_not_open"
        )


def test_M08_attendance_in_the_future_is_refused(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/attendance"
    body = {"people": [talk.group.nav.id], "presence": "present", "happened_at": "2027-01-12T15:00:00+01:00"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=422, code="in_the_future")


def test_LI1_declaring_oneself_inhabil_ends_the_reading_and_the_presence_at_once(office: Office) -> None:
    talk = givens.under_discussion(office)
    givens.present(office, talk.item, talk.group.psykisk_helse)
    talk.group.nav.do(f"/agenda-items/{talk.item}/inhabil", {"ground": "family"})
    assert not givens.stored(office, AgendaItem, talk.item).room.holds(talk.group.nav.actor.id)
    with pytest.raises(NotAllowedError, match="LI1_inhabil"):
        givens.may_read(office, talk.group.nav, talk.case)


def test_LI1_a_stranger_declares_nothing_in_a_case_that_is_not_there_for_them(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    stranger = givens.employee(office, "botjenesten")
    path = f"/agenda-items/{talk.item}/inhabil"
    givens.assert_refused(office, stranger, path, {"ground": "family"}, status=404, code="not_found")
    assert len(office.disclosures("Refused")) == 1


def test_LI1_a_member_does_not_declare_another_inhabil(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/inhabil"
    body = {"person": talk.group.psykisk_helse.id, "ground": "family"}
    givens.assert_refused(office, talk.group.nav, path, body, status=403, code="not_allowed")
    assert len(office.disclosures("Refused")) == 1


def test_LI3_a_substitute_for_an_inhabil_member_comes_from_the_same_unit(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/inhabil"
    body = {"person": talk.group.nav.id, "ground": "family", "substitute": talk.group.psykisk_helse.id}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="substitute_from_another_unit")
    substitute = givens.employee(office, "nav")
    office.saksbehandler.do(path, {**body, "substitute": substitute.id})
    assert givens.present(office, talk.item, substitute).status_code == 200
    assert givens.present(office, talk.item, talk.group.nav).json()["type"] == "/problems/inhabil_present"


def test_B05_who_is_inhabil_in_the_case_is_so_at_the_next_meeting_too(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    talk.group.nav.do(f"/agenda-items/{talk.item}/inhabil", {"ground": "family"})
    path = f"/agenda-items/{talk.item}/postponement"
    later = office.saksbehandler.do(path, {"to_meeting": talk.group.meetings[1]})["becomes"]
    office.set_clock(givens.FIRST_MEETING.replace(month=2, day=9))
    office.saksbehandler.do(f"/meetings/{talk.group.meetings[1]}/opening")
    assert givens.present(office, later, talk.group.nav).json()["type"] == "/problems/inhabil_present"


def test_M09_a_talk_can_be_taken_up_again(office: Office) -> None:
    talk = givens.discussed(office)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    assert givens.stored(office, AgendaItem, talk.item).state is ItemState.UNDER_DISCUSSION
    assert givens.stored(office, AgendaItem, talk.item).room.units == ("nav", SERVICE_OG_TILDELING)


def test_M08_talking_about_a_vacancy_tells_about_everybody_compared(office: Office) -> None:
    group = givens.called_group(office)
    compared = [office.saksbehandler.do("/applications", office.application()) for _ in range(2)]
    for one in compared:
        givens.consent(office, one["case"])
    item = vacancy_at_open_meeting(office, group, givens.vacancy_among(office, *compared))
    givens.present(office, item, group.saksbehandler, group.nav)
    office.saksbehandler.do(f"/agenda-items/{item}/discussion")
    lines = {(line.told, str(line.case), str(line.subjects[0])) for line in office.disclosures("ToldInMeeting")}
    assert lines == {
        (member.actor.id, one["case"], one["person"]) for member in (group.saksbehandler, group.nav) for one in compared
    }


def test_B05_inhabil_for_one_candidate_is_out_of_the_whole_comparison(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    person = str(givens.stored(office, AgendaItem, talk.item).person)
    talk.group.nav.do(f"/agenda-items/{talk.item}/inhabil", {"ground": "family"})
    compared = [{"case": talk.case, "person": person}, office.saksbehandler.do("/applications", office.application())]
    vacancy = {"matter": "vacancy", "allocation": givens.vacancy_among(office, *compared)}
    item = office.saksbehandler.do(f"/meetings/{talk.meeting}/agenda-items", vacancy)["item"]
    assert givens.present(office, item, talk.group.nav).json()["type"] == "/problems/inhabil_present"


def test_LI1_a_member_called_to_a_comparison_declares_oneself_inhabil_in_it(office: Office) -> None:
    group = givens.called_group(office)
    item = vacancy_at_open_meeting(office, group, givens.vacancy_among(office))
    givens.assert_refused(
        office,
        office.caller("nav"),
        f"/agenda-items/{item}/inhabil",
        {"ground": "family"},
        status=404,
        code="not_found",
    )
    group.nav.do(f"/agenda-items/{item}/inhabil", {"ground": "family"})
    assert givens.present(office, item, group.nav).json()["type"] == "/problems/inhabil_present"


def vacancy_at_open_meeting(office: Office, group: givens.Group, allocation: str) -> str:
    path = f"/meetings/{group.meetings[0]}"
    item: str = office.saksbehandler.do(f"{path}/agenda-items", {"matter": "vacancy", "allocation": allocation})["item"]
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"{path}/opening")
    return item
