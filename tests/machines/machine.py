"""What the three machines have in common: twins, a watch that holds every step to the mandate, and a tally."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.api.givens import BEFORE, SINCE
from tests.machines.mandate_watch import MandateWatch
from tests.machines.twins import PEOPLE, Ground, Tally, Twins

SOMEBODY = st.sampled_from(["saksbehandler"] * 8 + sorted(PEOPLE))
"""Most commands are the saksbehandler's; now and then somebody tries who may not."""
MEMBERS = ("saksbehandler", "psykisk_helse", "nav", "tekniske_tjenester")
UNITS = st.lists(
    st.sampled_from(["psykisk_helse", "nav", "tekniske_tjenester", "botjenesten"]), max_size=4, unique=True
)


class Machine(RuleBasedStateMachine):
    """Random commands to a pair of installations. `on` gives a machine its ground and its tally."""

    name: ClassVar[str]
    ground: ClassVar[Ground]
    tally: ClassVar[Tally]

    @classmethod
    def on(cls, ground: Ground, tally: Tally) -> "type[Machine]":
        """This machine, on that ground."""
        return type(cls.__name__, (cls,), {"ground": ground, "tally": tally})

    def __init__(self) -> None:
        super().__init__()
        self.twins = Twins(self.ground, self.tally)
        self.watch = MandateWatch()
        self.read_to = 0
        self.twins.set_clock(BEFORE)
        self.tally.steps[f"histories of {self.name}"] += 1
        self.begin()

    def begin(self) -> None:
        """What has happened before the first step."""

    @invariant()
    def the_mandate_holds(self) -> None:
        """Nothing that was recorded in this step breaks a rule."""
        self.tally.steps["steps"] += 1
        for recorded in self.twins.events_after(self.read_to):
            self.watch.read(recorded)
            self.read_to = recorded.position
        assert self.watch.broken == []

    def teardown(self) -> None:
        """Rebuilt views equal live ones, whatever has happened."""
        try:
            self.twins.views_agree()
        finally:
            self.twins.close()

    def send(self, path: str, body: Any = None, who: str = "saksbehandler") -> dict[str, Any] | None:
        """A command; None when it is refused."""
        return self.twins.send(path, body, who)

    def call_in_the_group(self) -> list[str]:
        """The four units have a member each, and the half-year is called in."""
        for who in MEMBERS:
            self.twins.do("/working-group/members", {"member": self.twins.id_of(who), "valid_from": SINCE})
        plan = self.twins.do("/meeting-plans", {"year": 2027, "half": 1})
        self.twins.do(f"/meeting-plans/{plan['plan']}/calling")
        return [meeting["meeting"] for meeting in plan["meetings"]]

    def apply_for(self, *kinds: str, **more: Any) -> dict[str, str] | None:
        """An application by somebody new."""
        return self.send("/applications", self.twins.pair[0].office.application(kinds=list(kinds), **more))

    def a_ready_case(self, *kinds: str) -> dict[str, str]:
        """An application with consent for everybody, mapped beforehand."""
        applied = self.apply_for(*kinds)
        assert applied is not None
        case = applied["case"]
        scopes = [{"unit": unit} for unit in ("psykisk_helse", "nav", "tekniske_tjenester")]
        self.twins.do(f"/cases/{case}/consent", {"scopes": scopes, "given_on": SINCE, "channel": "form"})
        for topic in ("housing", "economy", "follow_up"):
            self.twins.do(f"/cases/{case}/pre-assessment", {"topic": topic, "text": "Kartlagt."})
        self.twins.do(f"/cases/{case}/pre-assessment/completion")
        return applied
