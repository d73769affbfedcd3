"""Situations around one case, in the words of the mandate, and the facts that describe each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from domain.access.access_facts import AccessFacts, Comparison
from domain.access.decision import Action, Decision, decide
from domain.access.facts import EMPLOYEES, ConsentScope, Fact, FactKey, FactName, FactValue
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, Role, Unit
from tests.domain.support import BOTJENESTEN, CASE, NAV, PERSON, PSYKISK_HELSE, an_id

TODAY = date(2027, 1, 12)
ACTOR, MEETING, ITEM, TASK, REVIEW = (an_id(name) for name in ("actor", "meeting", "item", "task", "review"))
VACANCY_MEETING, VACANCY_ITEM, ALLOCATION = (an_id(name) for name in ("vacancy meeting", "vacancy item", "allocation"))

ABSENT = an_id("absent")
SAKSBEHANDLER = Actor(ACTOR, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
MEMBER = Actor(ACTOR, NAV, Role.EMPLOYEE)
GUEST = Actor(ACTOR, BOTJENESTEN, Role.EMPLOYEE)
REVIEWER = Actor(ACTOR, Unit("personvernombud"), Role.REVIEWER)
SYSTEM = Actor(ACTOR, SERVICE_OG_TILDELING, Role.SYSTEM)
ACTORS = (
    SAKSBEHANDLER, MEMBER, GUEST, REVIEWER, SYSTEM, Actor(ACTOR, NAV, Role.SAKSBEHANDLER),
    Actor(ACTOR, NAV, Role.LEADER), Actor(ACTOR, SERVICE_OG_TILDELING, Role.EMPLOYEE),
    Actor(ACTOR, SERVICE_OG_TILDELING, Role.LEADER), Actor(ACTOR, NAV, Role.MACHINE),
)  # fmt: skip
ANOTHER_UNIT = Unit("another_unit")
"""Where the actor has a second seat. No consent names it."""

HEALTH_AND_HOUSING = (InformationKind.HEALTH, InformationKind.HOUSING)


@dataclass(frozen=True)
class Situation:
    """What is so around the case. By default it exists and nothing else is so.

    `membership`: none, current, ended (on the day before). `item`: none, planned, restricted, approved; `later_item`:
    another one stands at the same meeting. `met`: today, or too long ago for a guest. `state`: runs, over, or closed
    with something that runs on: appealable, appealed, leased, taken_up.
    `emergency`: none, open, ended. `stand_in`: for the responsible: none, today, over.
    `consent`: none, given, expired, not_begun; `consent_unit`: whom it is for. `vacancy`: none, or how far the item has
    come at which the case is compared with others: planned, settled, approved; `at_vacancy`: as what the actor is asked
    to it: none, called, guest, substitute.
    `given_in`: in which of two seats the actor was appointed, invited, given a task or submitted: this or another.
    `inhabil_where`: declared here, in another case of the person, or in one under another registration of the person.
    `second_person`: of a review: not_needed, awaited, confirmed. `has_elsewhere`: what the actor has in another case of
    the person, under another registration: nothing, submission, task, review, responsibility, emergency.
    `asked`: the actor was asked in a dialogue about care housing.
    """

    actor: Actor = MEMBER
    exists: bool = True
    care_housing: bool = False
    responsible: bool = False
    reason_stated: bool = False
    membership: str = "none"
    called: bool = False
    item: str = "none"
    later_item: bool = False
    met: str = "today"
    state: str = "runs"
    guest: bool = False
    substitute: bool = False
    vacancy: str = "none"
    at_vacancy: str = "none"
    inhabil_for_another: bool = False
    consent: str = "none"
    consent_unit: Unit = NAV
    kinds: tuple[InformationKind, ...] = HEALTH_AND_HOUSING
    submitted: bool = False
    task: bool = False
    inhabil: bool = False
    review: bool = False
    review_runs: bool = True
    emergency: str = "none"
    stand_in: str = "none"
    gone: bool = False
    given_in: str = "this"
    inhabil_where: str = "here"
    second_person: str = "not_needed"
    has_elsewhere: str = "nothing"
    asked: bool = False
    day: date = field(default=TODAY)

    def but(self, **changes: object) -> "Situation":
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by `replace` itself

    def decide(self, action: Action = Action.READ) -> Decision:
        """What the code under test says."""
        return decide(self.actor, action, self.facts, self.day, reason_stated=self.reason_stated)

    @cached_property
    def facts(self) -> AccessFacts:
        rows = (*self._about_the_case(), *self._about_the_group(), *self._about_the_meeting())
        return AccessFacts.of(CASE, rows, [] if self.vacancy == "none" else [self._comparison()])

    def _comparison(self) -> Comparison:
        """The case and another one are candidates for the same dwelling."""
        item = AccessFacts.of(VACANCY_ITEM, self._about_the_vacancy())
        return Comparison(ALLOCATION, (item,), frozenset({ACTOR} if self.inhabil_for_another else ()))

    def _about_the_vacancy(self) -> Iterator[Fact]:
        yield Fact(FactKey(FactName.AGENDA, VACANCY_ITEM, VACANCY_MEETING, VACANCY_ITEM))
        if self.at_vacancy == "called":
            yield Fact(FactKey(FactName.CALLED, VACANCY_MEETING, ACTOR))
        elif self.at_vacancy != "none":
            yield Fact(FactKey(FactName(self.at_vacancy), VACANCY_ITEM, ACTOR, VACANCY_ITEM), self.to_a_seat)
        if self.vacancy in ("settled", "approved"):
            yield Fact(FactKey(FactName.SETTLED, VACANCY_ITEM, about=VACANCY_ITEM))
        if self.vacancy == "approved":
            yield Fact(FactKey(FactName.MINUTES_APPROVED, VACANCY_ITEM, about=VACANCY_ITEM))

    def _about_the_case(self) -> Iterator[Fact]:
        if self.exists:
            yield Fact(FactKey(FactName.CASE, CASE), FactValue(person=PERSON))
        named = {FactName.CARE_HOUSING: self.care_housing, FactName.INHABIL: self.inhabil}
        yield from (Fact(FactKey(name, CASE, ACTOR)) for name, is_so in named.items() if is_so)
        if self.submitted:
            yield Fact(FactKey(FactName.SUBMITTED, CASE, ACTOR), self.to_a_seat)
        if self.responsible:
            until = FactValue(valid_to=TODAY if self.state == "taken_up" else None)
            yield Fact(FactKey(FactName.RESPONSIBLE, CASE, ACTOR), until)
        yield from self._about_its_end()
        if self.task:
            yield Fact(FactKey(FactName.TASK, CASE, ACTOR, TASK), self.to_a_seat)
        if self.review and self.second_person != "awaited":
            until = FactValue(valid_to=TODAY if self.review_runs else TODAY - timedelta(days=1))
            yield Fact(FactKey(FactName.REVIEW, CASE, ACTOR, REVIEW), until)
        if self.stand_in != "none":
            yield Fact(FactKey(FactName.RESPONSIBLE, CASE, ABSENT))
        if self.emergency != "none":
            ended = TODAY - timedelta(days=1) if self.emergency == "ended" else TODAY
            days = FactValue(valid_from=TODAY - timedelta(days=3), valid_to=ended)
            yield Fact(FactKey(FactName.EMERGENCY, CASE, ACTOR, an_id("emergency")), days)
        if self.consent != "none":
            yield Fact(FactKey(FactName.CONSENT, CASE), self._consent())

    def _about_its_end(self) -> Iterator[Fact]:
        if self.state == "runs":
            return
        yield Fact(FactKey(FactName.CLOSED, CASE))
        yesterday, today = FactValue(valid_to=TODAY - timedelta(days=1)), FactValue(valid_to=TODAY)
        until = today if self.state == "appealable" else yesterday
        yield Fact(FactKey(FactName.APPEALABLE, CASE, about=an_id("vedtak")), until)
        if self.state == "appealed":
            yield Fact(FactKey(FactName.APPEAL, CASE, about=an_id("appeal")))
        if self.state == "leased":
            yield Fact(FactKey(FactName.LEASE, CASE, about=an_id("tenancy")))

    @property
    def consent_scopes(self) -> tuple[ConsentScope, ...]:
        """Whom the consent names, and another unit beside."""
        return (ConsentScope(self.consent_unit, self.kinds), ConsentScope(PSYKISK_HELSE, tuple(InformationKind)))

    def _consent(self) -> FactValue:
        dates = {
            "given": (TODAY, TODAY),
            "expired": (date(2026, 1, 1), TODAY - timedelta(days=1)),
            "not_begun": (TODAY + timedelta(days=1), None),
        }
        valid_from, valid_to = dates[self.consent]
        return FactValue(valid_from=valid_from, valid_to=valid_to, scopes=self.consent_scopes)

    @property
    def to_a_seat(self) -> FactValue:
        """What is given to one of the actor's seats says in which unit."""
        return FactValue(unit=self.actor.unit if self.given_in == "this" else ANOTHER_UNIT)

    def _about_the_group(self) -> Iterator[Fact]:
        if self.membership != "none":
            ended = TODAY - timedelta(days=1) if self.membership == "ended" else None
            value = FactValue(unit=self.to_a_seat.unit, valid_from=date(2026, 1, 1), valid_to=ended)
            yield Fact(FactKey(FactName.MEMBER, EMPLOYEES, ACTOR, an_id("appointment")), value)
        if self.stand_in != "none":
            ended = TODAY if self.stand_in == "today" else TODAY - timedelta(days=1)
            days = FactValue(valid_from=TODAY - timedelta(days=3), valid_to=ended, person=ABSENT)
            yield Fact(FactKey(FactName.STAND_IN, EMPLOYEES, ACTOR, an_id("absence")), days)
        if self.gone:
            yield Fact(FactKey(FactName.GONE, EMPLOYEES, ACTOR))

    def _about_the_meeting(self) -> Iterator[Fact]:
        if self.called:
            yield Fact(FactKey(FactName.CALLED, MEETING, ACTOR))
        met_on = TODAY if self.met == "today" else TODAY - timedelta(days=31)
        yield Fact(FactKey(FactName.MEETING_DAY, MEETING), FactValue(valid_from=met_on))
        if self.item != "none":
            yield Fact(FactKey(FactName.AGENDA, CASE, MEETING, ITEM), FactValue(days=30))
        if self.later_item:
            yield Fact(FactKey(FactName.AGENDA, CASE, MEETING, an_id("later item")), FactValue(days=30))
        if self.item == "restricted":
            yield Fact(FactKey(FactName.RESTRICTED, CASE, about=ITEM))
        if self.item == "approved":
            yield Fact(FactKey(FactName.MINUTES_APPROVED, CASE, about=ITEM))
        if self.guest:
            yield Fact(FactKey(FactName.GUEST, CASE, ACTOR, ITEM), self.to_a_seat)
        if self.substitute:
            yield Fact(FactKey(FactName.SUBSTITUTE, CASE, ACTOR, ITEM), self.to_a_seat)


def situations(how_many: int, seed: int) -> Iterator[Situation]:
    """`how_many` situations at random, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - to be repeatable, not secret
    rarely, often = [False, False, False, True], [False, True]
    for _ in range(how_many):
        actor = chance.choice(ACTORS)
        yield Situation(
            actor=actor,
            exists=not chance.choice([False] * 15 + [True]),
            care_housing=chance.choice(rarely),
            responsible=chance.choice(often),
            reason_stated=chance.choice(often),
            membership=chance.choice(["none", "current", "ended"]),
            called=chance.choice(often),
            item=chance.choice(["none", "planned", "planned", "restricted", "approved"]),
            later_item=chance.choice(rarely),
            met=chance.choice(["today", "today", "long_ago"]),
            state=chance.choice(["runs", "runs", "over", "appealable", "appealed", "leased", "taken_up"]),
            guest=chance.choice(rarely),
            substitute=chance.choice(rarely),
            vacancy=chance.choice(["none", "planned", "planned", "settled", "approved"]),
            at_vacancy=chance.choice(["none", "called", "called", "guest", "substitute"]),
            inhabil_for_another=chance.choice(rarely),
            consent=chance.choice(["none", "given", "given", "expired", "not_begun"]),
            consent_unit=chance.choice([actor.unit, NAV, BOTJENESTEN]),
            kinds=chance.choice([HEALTH_AND_HOUSING, tuple(InformationKind)]),
            submitted=chance.choice(rarely),
            task=chance.choice(rarely),
            inhabil=chance.choice(rarely),
            stand_in=chance.choice(["none", "none", "today", "over"]),
            emergency=chance.choice(["none", "none", "none", "open", "ended"]),
            review=chance.choice(often),
            review_runs=chance.choice([True, True, False]),
            gone=chance.choice([False] * 15 + [True]),
            given_in=chance.choice(["this", "this", "this", "another"]),
            inhabil_where=chance.choice(["here", "another_case", "another_registration"]),
            second_person=chance.choice(["not_needed", "awaited", "confirmed"]),
            has_elsewhere=chance.choice(["nothing", "submission", "task", "review", "responsibility", "emergency"]),
            asked=chance.choice(rarely),
        )
