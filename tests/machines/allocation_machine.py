"""A vacant dwelling from its vacancy to its lease, among people who pause, decline and leave."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule

from tests.api.decision_givens import NOTICES, TERMS_OF_A_DWELLING, THREE_YEARS
from tests.api.givens import FIRST_MEETING
from tests.machines.machine import MEMBERS, SOMEBODY, Machine

ANSWERS = ("without_dwelling", "must_move_soon", "children_in_household")
NEED = {"adults": 1, "rooms_at_least": 1}


class AllocationMachine(Machine):
    """Three people on the waiting list, a dwelling, and an open meeting at which the vacancy is discussed."""

    name = "an allocation"
    allocations = Bundle("allocations")
    agreed = Bundle("agreed")

    def begin(self) -> None:
        self.meetings = self.call_in_the_group()
        self.entries = [self.somebody_waits(nth) for nth in range(3)]
        self.dwellings = [self.a_vacant_dwelling(care_housing) for care_housing in (False, False, True)]
        self.twins.set_clock(FIRST_MEETING)
        self.twins.do(f"/meetings/{self.meetings[0]}/opening")

    def somebody_waits(self, nth: int) -> str:
        """An urgent case, decided without the group, with a place on the list."""
        about = self.apply_for("dwelling")
        assert about is not None
        self.twins.do(f"/cases/{about['case']}/decision-without-group", {"ground": "urgent"})
        vedtak = self.twins.do("/vedtak", {
            "application": about["application"], "subject": "dwelling", "outcome": "grant",
            "facts": "Bor på sofaen hos en venn.", "reasons": "Får ikke leid på det private markedet.",
            "dwelling": TERMS_OF_A_DWELLING,
        })["vedtak"]  # fmt: skip
        # Days of their own: a tie is broken by the id, which differs between the twins.
        since = {"effective_from": f"2026-11-{20 + nth}", "effective_because": "Søkte først muntlig."}
        placement = {"answers": {ANSWERS[nth]: True}, "need": NEED, **since}
        issued = self.twins.do(f"/vedtak/{vedtak}/issue", {"facts_settled": True, "placement": placement})
        return str(issued["waiting_list_entry"])

    def a_vacant_dwelling(self, care_housing: bool) -> str:
        """A dwelling that somebody has moved out of."""
        body = {
            "address": "Boligveien 7, 0000 Eksempel", "area": "centre", "kind": "flat", "rooms": 2, "floor": 1,
            "square_metres": 48, "step_free": True, "care_housing": care_housing,
        }  # fmt: skip
        id = str(self.twins.do("/dwellings", body)["dwelling"])
        self.twins.do(f"/dwellings/{id}/vacancy", {"vacant_from": "2026-12-01"})
        return id

    @rule(target=allocations, nth=st.integers(0, 2), who=SOMEBODY)
    def a_vacancy_is_to_be_allocated(self, nth: int, who: str) -> object:
        opened = self.send("/allocations", {"dwelling": self.dwellings[nth]}, who)
        return multiple() if opened is None else opened["allocation"]

    @rule(allocation=allocations, who=SOMEBODY)
    def the_order_is_computed(self, allocation: str, who: str) -> None:
        self.twins.carry_forward()
        self.send(f"/allocations/{allocation}/computed-order", None, who)

    @rule(allocation=allocations, people=st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=3, unique=True))
    def it_is_discussed(self, allocation: str, people: list[str]) -> None:
        body = {"matter": "vacancy", "allocation": allocation}
        added = self.send(f"/meetings/{self.meetings[0]}/agenda-items", body)
        if added is not None:
            self.items = {**getattr(self, "items", {}), allocation: added["item"]}
        item = getattr(self, "items", {}).get(allocation)
        if item is not None:
            ids = [self.twins.id_of(who) for who in people]
            self.send(f"/agenda-items/{item}/attendance", {"people": ids, "presence": "present"})
            self.send(f"/agenda-items/{item}/discussion")

    @rule(
        target=agreed, allocation=allocations, order=st.permutations(range(3)), many=st.integers(1, 3),
        reasons=st.booleans(), who=SOMEBODY,
    )  # fmt: skip
    def the_group_agrees(self, allocation: str, order: list[int], many: int, reasons: bool, who: str) -> object:
        item = getattr(self, "items", {}).get(allocation, allocation)
        body: dict[str, Any] = {"item": item, "entries": [self.entries[nth] for nth in order[:many]]}
        body |= {"reasons": "Den andre trenger boligen mest nå."} if reasons else {}
        answer = self.send(f"/allocations/{allocation}/agreed-order", body, who)
        return multiple() if answer is None else allocation

    @rule(allocation=allocations, nth=st.integers(0, 2), who=SOMEBODY)
    def it_is_offered(self, allocation: str, nth: int, who: str) -> None:
        self.send(f"/allocations/{allocation}/offer", {"entry": self.entries[nth]}, who)

    @rule(allocation=agreed, nth=st.integers(0, 2))
    def it_is_offered_once_agreed(self, allocation: str, nth: int) -> None:
        self.send(f"/allocations/{allocation}/offer", {"entry": self.entries[nth]})

    @rule(allocation=allocations, step=st.sampled_from(["acceptance", "decline", "decline", "lapse", "withdrawal"]))
    def the_offer_is_answered(self, allocation: str, step: str) -> None:
        bodies = {"decline": {"reason": "too_small"}, "withdrawal": {"reason": "offered_in_error"}}
        self.send(f"/allocations/{allocation}/offer/{step}", bodies.get(step))

    @rule(allocation=allocations, notices=st.booleans(), years=st.integers(1, 3))
    def the_lease_is_signed(self, allocation: str, notices: bool, years: int) -> None:
        terms = {**THREE_YEARS, "ends_on": f"{2027 + years}-01-31"}
        told = NOTICES if notices else dict.fromkeys(NOTICES, False)
        self.send("/tenancies", {"allocation": allocation, **terms, **told})

    @rule(nth=st.integers(0, 2), step=st.sampled_from(["pause", "resumption", "leaving", "effective-date", "facts"]))
    def a_place_on_the_list_changes(self, nth: int, step: str) -> None:
        bodies: dict[str, dict[str, Any]] = {
            "pause": {"reason": "own_wish"}, "leaving": {"reason": "lapsed"},
            "effective-date": {"effective_from": f"2026-11-0{1 + nth}", "because": "Søkte tidligere."},
            "facts": {"answers": {"must_move_soon": True}, "need": NEED, "source": self.entries[nth]},
        }  # fmt: skip
        self.send(f"/waiting-list/{self.entries[nth]}/{step}", bodies.get(step))

    @rule(nth=st.integers(0, 2), who=SOMEBODY)
    def a_dwelling_is_taken_out_of_use(self, nth: int, who: str) -> None:
        self.send(f"/dwellings/{self.dwellings[nth]}/out-of-use", {"reason": "repair"}, who)

    @rule(allocation=allocations, who=SOMEBODY)
    def it_is_given_up(self, allocation: str, who: str) -> None:
        self.send(f"/allocations/{allocation}/closing", {"reason": "opened_in_error"}, who)
