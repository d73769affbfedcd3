"""The overview of the need for housing, of waiting times and outcomes (LR4). No ids, no small numbers (LG1)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Annotated

from pydantic import Field

from domain.actors import SERVICE_OG_TILDELING, Actor, By, Role
from domain.cases.application_content import ApplicationKind
from domain.decisions.vedtak_rules import Outcome
from domain.law.rulebook import DecisionSubject
from domain.refusals import NotAllowedError
from domain.statistics.need import Accessibility, HouseholdType
from domain.statistics.small_numbers import FEWEST_SHOWN, Figure, protected
from projections import overview
from projections.overview import Counted, Period
from services.commands.body import Day
from services.context import Context
from services.core.asked import Asked
from services.core.duties import Duty
from services.core.permits.keeping import Holds
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.refusals import InvalidInputError

READERS = frozenset({Role.LEADER, Role.REVIEWER, Role.MACHINE})
"""Who sees the overview beside the saksbehandlere; a machine by its scope alone."""

CARE_HOUSING = ApplicationKind.CARE_HOUSING.value
"""The same word for what is applied for, for what a vedtak is about and for the way to a lease."""

OFFER_ANSWERS = ("accepted", "declined", "lapsed", "withdrawn", overview.OPEN)
WAYS_TO_A_LEASE = ("allocated", "care_housing", "registered")


class OverviewClosedError(NotAllowedError):
    code = "overview_closed"
    rule = "LR4"
    missing = "Oversikten er for saksbehandlere på Service og tildeling, ledere og personvernombudet."
    next_step = "Be lederen din om tallene du trenger."


class PeriodBackwardsError(InvalidInputError):
    code = "period_backwards"
    missing = "Perioden slutter før den begynner."
    next_step = "La from være dagen perioden begynner, og to dagen den slutter."


class NeedByAccessibility(Answer):
    """A line of a need: how many, and by what the dwelling has to be like."""

    total: Figure = Field(examples=[12])
    ordinary: Figure
    lift: Figure
    step_free: Figure
    adapted: Figure


class Need(Answer):
    """How many applied for this kind of help, by household and accessibility. `<5`: one to four. `x`: not shown."""

    kind: ApplicationKind
    all: NeedByAccessibility
    by_household: dict[HouseholdType, NeedByAccessibility]


class Waiting(Answer):
    """Days from the application to the vedtak, or to the lease; null for fewer than five."""

    kind: ApplicationKind
    until: str = Field(examples=["vedtak"])
    median_days: float | None
    longest_days: int | None


class Outcomes(Answer):
    """Vedtak issued on this subject, without those that were replaced."""

    subject: DecisionSubject
    total: Figure
    granted: Figure
    refused: Figure
    dismissed: Figure


class Offers(Answer):
    """Offers of dwellings, by what became of them since."""

    total: Figure
    accepted: Figure
    declined: Figure
    lapsed: Figure
    withdrawn: Figure
    open: Figure


class Leases(Answer):
    """Leases that began, by the way to them: allocated, of care housing, or there before the dwelling was registered."""

    total: Figure
    allocated: Figure
    care_housing: Figure | None = Field(default=None, description="Null for leaders of other units (M20).")
    registered: Figure


class Overview(Answer):
    """The figures of a period, both dates included."""

    first: date
    last: date
    need: list[Need]
    waiting: list[Waiting]
    outcomes: list[Outcomes]
    offers: Offers
    leases: Leases


class AskedPeriod(Asked):
    """The period asked for, in Oslo dates."""

    first: Annotated[Day | None, Field(alias="from", description="First day; 1 January when left out.")] = None
    last: Annotated[Day | None, Field(alias="to", description="Last day, included; today when left out.")] = None


def _require_reader(by: By) -> None:
    if not (by.as_actor.is_saksbehandler or by.role in READERS):
        raise OverviewClosedError


READER = Duty("saksbehandler, leader, reviewer or machine", _require_reader)


@query("/overview", Area.OVERVIEW, Holds(READER))
def show_overview(office: Installation, context: Context, _: None, asked: AskedPeriod) -> Overview:
    """Need by kind, household and accessibility, waiting times and outcomes of a period (LR4).

    For saksbehandlere at Service og tildeling, leaders and reviewers, and machines with this scope; to leaders of
    other units without care housing (M20). One to four is shown as `<5`; what would give such a number away as `x`.
    """
    return the_overview(office, context, asked)


def the_overview(office: Installation, context: Context, asked: AskedPeriod) -> Overview:
    """The figures that a reader may see. Raises `PeriodBackwardsError`."""
    last = asked.last or context.today
    period = Period(asked.first or date(last.year, 1, 1), last)
    if period.last < period.first:
        raise PeriodBackwardsError
    seen = _what_is_seen_by(context.actor)
    with office.views.connect() as connection:
        return Overview(
            first=period.first, last=period.last, need=_need(overview.needs(connection, period), seen.kinds),
            waiting=_waiting(overview.answers(connection, period), overview.housed(connection, period), seen.kinds),
            outcomes=_outcomes(overview.outcomes(connection, period), seen.subjects),
            offers=Offers.model_validate(_line(overview.offers(connection, period), OFFER_ANSWERS)),
            leases=Leases.model_validate(_line(overview.leases(connection, period), seen.ways)),
        )  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a reader's figures are about."""

    kinds: tuple[ApplicationKind, ...]
    subjects: tuple[DecisionSubject, ...]
    ways: tuple[str, ...]


def _what_is_seen_by(actor: Actor) -> Seen:
    """Everything; for the leaders of other units, who may sit in the group, all but care housing (M20)."""
    is_outside = actor.role is Role.LEADER and actor.unit != SERVICE_OG_TILDELING
    hidden = CARE_HOUSING if is_outside else None
    return Seen(
        kinds=tuple(kind for kind in ApplicationKind if kind != hidden),
        subjects=tuple(subject for subject in DecisionSubject if subject != hidden),
        ways=tuple(way for way in WAYS_TO_A_LEASE if way != hidden),
    )


def _need(rows: Sequence[Counted], kinds: Sequence[ApplicationKind]) -> list[Need]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        needed = Accessibility.of(lift=row.lift, step_free=row.step_free, adapted=row.adapted)
        counts[row.kind, row.household, needed] += row.number
    return [_need_of(kind, counts) for kind in kinds]


def _need_of(kind: ApplicationKind, counts: Mapping[tuple[str, str, str], int]) -> Need:
    """One kind is one table, so that no sum of one stands in another where it would tell what this one hides."""
    figures = protected([[counts[kind, household, needed] for needed in Accessibility] for household in HouseholdType])
    lines = zip(HouseholdType, figures.cells, figures.rows, strict=True)
    return Need(
        kind=kind, all=_accessibility(figures.all, figures.columns),
        by_household={household: _accessibility(total, cells) for household, cells, total in lines},
    )  # fmt: skip


def _accessibility(total: Figure, cells: Sequence[Figure]) -> NeedByAccessibility:
    by_code = {needed.value: cell for needed, cell in zip(Accessibility, cells, strict=True)}
    return NeedByAccessibility.model_validate({"total": total, **by_code})


def _waiting(answers: Sequence[Counted], housed: Sequence[Counted], kinds: Sequence[ApplicationKind]) -> list[Waiting]:
    days: dict[str, list[int]] = defaultdict(list)
    for row in answers:
        days[row.kind].append((row.answered_on - row.received_on).days)
    to_lease = [(row.housed_on - row.registered_on).days for row in housed]
    return [
        *(_waited(kind, "vedtak", days[kind]) for kind in kinds),
        _waited(ApplicationKind.DWELLING, "lease", to_lease),
    ]


def _waited(kind: ApplicationKind, until: str, days: Sequence[int]) -> Waiting:
    enough = len(days) >= FEWEST_SHOWN
    return Waiting(
        kind=kind, until=until, median_days=median(days) if enough else None, longest_days=max(days) if enough else None
    )


def _outcomes(rows: Sequence[Counted], subjects: Sequence[DecisionSubject]) -> list[Outcomes]:
    names = {Outcome.GRANT.value: "granted", Outcome.REFUSE.value: "refused", overview.DISMISSED: "dismissed"}
    found = []
    for subject in subjects:
        line = _line((row for row in rows if row.subject == subject), tuple(names))
        figures = {names.get(code, code): figure for code, figure in line.items()}
        found.append(Outcomes.model_validate({"subject": subject, **figures}))
    return found


def _line(rows: Iterable[Counted], codes: tuple[str, ...]) -> dict[str, Figure]:
    """One line of figures with its total; the last two columns of each row are the code and the number."""
    counts = {row[-2]: row.number for row in rows}
    figures = protected([[counts.get(code, 0)] for code in codes])
    return {**dict(zip(codes, figures.rows, strict=True)), "total": figures.all}
