"""A meeting from its opening to its closing, with cases that are talked about in every order."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from tests.api.givens import FIRST_MEETING
from tests.machines.machine import MEMBERS, SOMEBODY, Machine

PRESENCE = st.sampled_from(["present", "present", "present", "left", "returned", "absent"])
HELP = st.sampled_from([["advice"], ["practical_help"], ["advice", "practical_help"], []])
OUTCOMES = st.sampled_from([None, "grant", "refuse"])


class MeetingMachine(Machine):
    """Two cases that are ready and one that is care housing; four members, one guest, one open meeting."""

    name = "a meeting"
    items = Bundle("items")
    conclusions = Bundle("conclusions")
    cases = st.integers(0, 2)

    def begin(self) -> None:
        self.meetings = self.call_in_the_group()
        self.withdrawn: set[int] = set()
        self.about = [self.a_ready_case("dwelling", "assistance"), self.a_ready_case("assistance")]
        care = self.apply_for("care_housing")
        assert care is not None
        self.about.append(care)
        self.twins.set_clock(FIRST_MEETING)
        self.twins.do(f"/meetings/{self.meetings[0]}/opening")

    @rule(target=items, nth=cases, at=st.integers(0, 1), matter=st.sampled_from(["new_case", "new_case", "submitted"]))
    def an_item_is_added(self, nth: int, at: int, matter: str) -> object:
        body = {"matter": matter, "case": self.about[nth]["case"]}
        added = self.send(f"/meetings/{self.meetings[at]}/agenda-items", body)
        return multiple() if added is None else added["item"]

    @rule(item=items, people=st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=4, unique=True), how=PRESENCE)
    def people_come_and_go(self, item: str, people: list[str], how: str) -> None:
        body = {"people": [self.twins.id_of(who) for who in people], "presence": how}
        self.send(f"/agenda-items/{item}/attendance", body)

    @rule(item=items, who=st.sampled_from(["botjenesten", "botjenesten", "nav", "machine"]))
    def a_guest_is_invited(self, item: str, who: str) -> None:
        self.send(f"/agenda-items/{item}/guests", {"guest": self.twins.id_of(who)})

    @rule(item=items, who=st.sampled_from(MEMBERS))
    def somebody_is_inhabil(self, item: str, who: str) -> None:
        self.send(f"/agenda-items/{item}/inhabil", {"ground": "family"}, who)

    @rule(item=items, who=SOMEBODY)
    def the_talk_begins(self, item: str, who: str) -> None:
        self.send(f"/agenda-items/{item}/discussion", None, who)

    @rule(item=items)
    def everybody_comes_and_the_talk_begins_and_ends(self, item: str) -> None:
        body = {"people": [self.twins.id_of(who) for who in MEMBERS], "presence": "present"}
        self.send(f"/agenda-items/{item}/attendance", body)
        self.send(f"/agenda-items/{item}/discussion")
        self.send(f"/agenda-items/{item}/discussion/closing")

    @rule(item=items)
    def the_talk_ends(self, item: str) -> None:
        self.send(f"/agenda-items/{item}/discussion/closing")

    @rule(
        target=conclusions, item=items, vanskeligstilt=st.booleans(), may=HELP, shall=HELP, dwelling=OUTCOMES,
        tasks=st.integers(0, 2), of_others=st.booleans(), who=SOMEBODY,
    )  # fmt: skip
    def the_group_concludes(
        self, item: str, vanskeligstilt: bool, may: list[str], shall: list[str], dwelling: str | None, tasks: int,
        of_others: bool, who: str,
    ) -> object:  # fmt: skip
        task = {"assignee": self.twins.id_of("nav"), "due_on": "2027-03-01", "what": "Følg opp."}
        body = {
            "vanskeligstilt": vanskeligstilt, "reasons": "Får ikke leid selv.", "may_offer": may, "shall_offer": shall,
            "dwelling": dwelling, "tasks": [{**task, "vedtak_track": "assistance"}] * tasks,
            "facts_from_others": of_others,
        }  # fmt: skip
        reached = self.send(f"/agenda-items/{item}/conclusion", body, who)
        return multiple() if reached is None else (reached["conclusion"], item)

    @rule(concluded=conclusions)
    def somebody_disagrees(self, concluded: tuple[str, str]) -> None:
        self.send(f"/conclusions/{concluded[0]}/dissent", {"text": "Uenig."}, "psykisk_helse")

    @rule(concluded=conclusions, step=st.sampled_from(["facts", "facts/answer", "facts/exception"]))
    def the_facts_are_heard(self, concluded: tuple[str, str], step: str) -> None:
        bodies = {
            "facts": {"facts": "Nav forteller om husleien."}, "facts/answer": {"answer": "Det stemmer."},
            "facts/exception": {"ground": "known_to_applicant"},
        }  # fmt: skip
        self.send(f"/conclusions/{concluded[0]}/{step}", bodies[step])

    @rule(
        concluded=conclusions, nth=st.integers(0, 1), subject=st.sampled_from(["dwelling", "assistance"]),
        outcome=st.sampled_from(["grant", "refuse"]), departs=st.booleans(),
    )  # fmt: skip
    def a_vedtak_follows(self, concluded: tuple[str, str], nth: int, subject: str, outcome: str, departs: bool) -> None:
        content: dict[str, dict[str, Any]] = {
            "assistance": {"main_content": "Råd om å leie bolig.", "wishes_considered": "Vil bo nær barna."},
            "dwelling": {"dwelling": {"rooms": 2, "lease_months": 36, "lapses_when": ["no_answer"]}},
        }  # fmt: skip
        body = {
            "application": self.about[nth]["application"], "subject": subject, "outcome": outcome,
            "conclusion": concluded[0], "facts": "Bor på sofaen hos en venn.",
            "reasons": "Får ikke leid på det private markedet.",
            "departs_because": "Nye opplysninger." if departs else None,
            **(content[subject] if outcome == "grant" else {}),
        }  # fmt: skip
        drafted = self.send("/vedtak", body)
        if drafted is not None:
            self.send(f"/vedtak/{drafted['vedtak']}/issue", {})

    @rule(item=items, same=st.booleans(), who=SOMEBODY)
    def minutes_are_written(self, item: str, same: bool, who: str) -> None:
        body = {"facts": "Uten bolig siden mai.", "assessment": "Klarer det ikke alene."}
        self.send(f"/agenda-items/{item}/minutes", body, who)

    @rule(item=items, revision=st.integers(1, 2), step=st.sampled_from(["approval", "reopening"]))
    def minutes_are_approved_or_reopened(self, item: str, revision: int, step: str) -> None:
        reason = {"reason": "omission"} if step == "reopening" else {}
        self.send(f"/agenda-items/{item}/minutes/{step}", {"revision": revision, **reason})

    @rule(item=items)
    def an_item_is_postponed(self, item: str) -> None:
        self.send(f"/agenda-items/{item}/postponement", {"to_meeting": self.meetings[1]})

    @rule(item=items, reason=st.sampled_from(["duplicate", "consent_withdrawn", "application_withdrawn"]))
    def an_item_is_taken_off(self, item: str, reason: str) -> None:
        self.send(f"/agenda-items/{item}/removal", {"reason": reason})

    @rule(nth=cases, units=st.sampled_from([["nav"], ["psykisk_helse"], []]))
    def consent_is_narrowed(self, nth: int, units: list[str]) -> None:
        scopes = [{"unit": unit} for unit in units]
        self.send(f"/cases/{self.about[nth]['case']}/consent/narrowing", {"scopes": scopes})

    @precondition(lambda self: len(self.withdrawn) < len(self.about))
    @rule(nth=cases, much_later=st.integers(0, 3))
    def consent_is_withdrawn(self, nth: int, much_later: int) -> None:
        if much_later or nth in self.withdrawn:
            return
        self.withdrawn.add(nth)
        self.send(f"/cases/{self.about[nth]['case']}/consent/withdrawal")

    @rule(who=SOMEBODY)
    def the_meeting_is_closed(self, who: str) -> None:
        self.send(f"/meetings/{self.meetings[0]}/closing", None, who)
