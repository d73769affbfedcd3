"""The values of a request that no rule of thumb finds."""

from typing import Any

from tests.api.walk.world import World

DWELLING = {"address": "Testveien 12, 0000 Eksempel", "area": "centre", "kind": "flat", "rooms": 2, "step_free": True}

LEASES = (
    "leiereferanse;boligreferanse;navn;starter;slutter;varslet_om_unntak;varslet_ikke_oppsigelig\n"
    "L-1;B-1;Prøve Eksempelsen;2025-07-01;2028-06-30;ja;ja\n"
)


def special(at: World) -> dict[str, dict[str, Any]]:
    """By operation id, what its request says beside what `built` finds."""
    things = at.things
    care = things["care_case"]
    home = {**DWELLING, "square_metres": 48, "floor": 1}
    return {
        "submit_case": {"case": things["case"]},
        "register_dwelling": home,
        "change_dwelling": home,
        "report_tenancy_challenge": {"kind": "tenancy"},
        "make_paper": {"kind": "receipt", "about": things["application"]},
        "preview_paper": {"kind": "receipt", "about": things["application"]},
        "assign_responsibility": {"responsible": at.lead.id, "reason": "urgent"},
        "add_agenda_item": {"matter": "new_case", "case": things["case"]},
        "set_in_decider": {"decider": at.lead.id},
        "name_appeal_secretary": {"secretary": things["employee"]},
        "declare_inhabil": {"person": at.talk.group.psykisk_helse.id},
        "invite_guest": {"guest": at.guest.id},
        "postpone_item": {"to_meeting": at.talk.group.meetings[1]},
        "mark_duplicate": {"duplicate_of": things["application"]},
        "tell_departure": {"told": [at.lead.id]},
        "record_attendance": {"people": [at.lead.id], "presence": "present"},
        "name_substitute": {"for_member": at.talk.group.psykisk_helse.id, "substitute": things["employee"]},
        "compare_candidates": {"a": at.entries[0], "b": at.entries[1]},
        "why_before": {"first": at.entries[0], "second": at.entries[1]},
        "why_before_on_list": {"first": at.entries[0], "second": at.entries[1]},
        "record_absence": {"absent": at.lead.id, "last_day": "2027-02-05"},
        "ask_for_care_input": {"case": care, "asked": at.asked.id, "told": ["identity"]},
        **{
            id: {"case": care}
            for id in ("map_care_needs", "await_care_place", "leave_care_waiting_list", "show_care_needs")
        },
        "import_leases": {"csv": LEASES},
    }
