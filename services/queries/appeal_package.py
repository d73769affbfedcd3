"""What leaves the system with an appeal: the anonymised pool, and the package that its body gets (B14, LK6, LI4, LP2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.base import HusromAggregate
from domain.cases.application import Application
from domain.decisions.anonymous_pool import FEW, PoolState
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import SentPaper, SentPaperKind
from domain.decisions.appeal.refusals import NothingForwardedError, PoolNotNeededError
from domain.decisions.reasons_demand import ReasonsDemand
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.people.person import Person
from domain.sealed import Sealed
from services.context import Context
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, query
from services.facts.appeal_pool import Pool, pool_of
from services.installation import Installation
from services.queries.answer import Answer
from services.sealed_state import Plain, sealed_in, shown


class CriterionPart(Answer):
    """One step of that day's guidelines, the weightiest first."""

    code: str
    text_nb: str


class PoolRowPart(Answer):
    """Somebody without a name."""

    pseudonym: str = Field(examples=["A"])
    state: PoolState
    rank: int | None = Field(description="The place by that day's guidelines, for who waited.")
    separated_by: str | None = Field(description="What puts the one before ahead.")
    answers: dict[str, bool | int | str | None] = Field(description="By criterion; a date is only its month.")
    waiting_since: str | None = Field(description="A month; null among few.", examples=["2026-12"])
    rooms_at_least: int
    step_free: bool | None = Field(description="Null among few.")
    is_appellant: bool
    got_the_dwelling: bool = Field(description="Whether the dwelling that the appeal is about was offered to them.")


class PoolView(Answer):
    """Everybody who stood on the waiting list at that moment. Nobody has an id, a name, an area or a head count."""

    appeal: UUID
    as_of: date = Field(description="The day of the vedtak, or of the order that the appeal is about. Oslo.")
    rulebook_version: str
    criteria: list[CriterionPart]
    rows: list[PoolRowPart]
    few: bool = Field(description=f"Under {FEW} people: dates and step-free needs are left out.")
    checksum: str = Field(description="SHA-256 of all of it; goes with the appeal when it is forwarded.")


class SentPart(Answer):
    """One paper as it was sent: an aggregate at a version, with the texts that go."""

    kind: SentPaperKind
    id: UUID
    version: int
    says: dict[str, Plain] = Field(examples=[{"outcome": "refuse", "reasons": "Vilkårene er ikke oppfylt."}])


class PackageView(Answer):
    """All that the appeal body gets. It is taken out once it is forwarded, and each time is an export in the log."""

    appeal: UUID
    body: str = Field(description="The appeal body by name.", examples=["Statsforvalteren"])
    secretary: UUID | None
    forwarded_on: date | None
    appellant: str | None = Field(description="The party's name.")
    papers: list[SentPart]
    pool: PoolView | None = Field(description="Null where the appeal is not about a dwelling.")
    with_assessments: bool


@query("/appeals/{appeal}/pool", Area.APPEALS, Reads(Appeal, action=Action.HANDLE, purpose="appeal_pool"))
def show_appeal_pool(office: Installation, context: Context, read: Read[Appeal]) -> PoolView:
    """Everybody who stood on the waiting list when it was decided, without names, by that day's guidelines (B14).

    The log is replayed to that moment, so the pool is the same whenever it is asked for.
    """
    appeal, permit = read.subject, read.permit
    if not appeal.needs_pool:
        raise PoolNotNeededError
    view = _shown_pool(appeal, pool_of(office, appeal))
    assessed = frozenset({InformationKind.ASSESSMENT})
    office.gate.open(context, permit, {}, purpose="appeal_pool", plain=assessed)
    return view


@query("/appeals/{appeal}/package", Area.APPEALS, Reads(Appeal, action=Action.HANDLE, purpose="appeal_package"))
def export_appeal(office: Installation, context: Context, read: Read[Appeal]) -> PackageView:
    """What was forwarded, for the appeal body or its secretary, who gets nothing live (LI4). Logged as an export.

    Facts from the minutes are in it; internal assessments only when that was chosen and why was recorded (LP2).
    """
    appeal, permit = read.subject, read.permit
    if appeal.sent is None:
        raise NothingForwardedError
    attached = _shown_pool(appeal, pool_of(office, appeal)) if appeal.sent.pool_checksum else None
    contents = [_content(office, paper, appeal.sent.with_assessments) for paper in appeal.sent.papers]
    name = {"appellant": office.case_log.load(Person, appeal.person).details.name}
    texts = {path: sealed for content in contents for path, sealed in content.texts.items()}
    opened = office.gate.export(
        context, permit, {**name, **texts}, recipient=appeal.body.kind, reference=appeal.id,
        purpose="appeal_package",
    )  # fmt: skip
    return PackageView(
        appeal=appeal.id, body=appeal.body.name_nb, secretary=appeal.secretary, forwarded_on=appeal.forwarded_on,
        appellant=opened.texts["appellant"], papers=[content.shown(opened.texts) for content in contents],
        pool=attached, with_assessments=appeal.sent.with_assessments,
    )  # fmt: skip


def _shown_pool(appeal: Appeal, pool: Pool) -> PoolView:
    return PoolView(
        appeal=appeal.id, as_of=pool.as_of, rulebook_version=pool.rules.version, few=pool.few, checksum=pool.checksum,
        criteria=[CriterionPart.model_validate(criterion) for criterion in pool.rules.ranking],
        rows=[PoolRowPart.model_validate(row) for row in pool.rows],
    )  # fmt: skip


@dataclass(frozen=True)
class Content:
    """One paper before it is opened: its closed texts by path, and how it reads with them."""

    paper: SentPaper
    texts: Mapping[str, Sealed]
    about: HusromAggregate | None = None

    def shown(self, opened: Mapping[str, str | None]) -> SentPart:
        texts = {path: opened[path] for path in self.texts}
        if self.about is not None:
            says = {name: value for name, value in shown(self.about, texts).items() if name not in INTERNAL}
        else:
            says = {path.rpartition(".")[2]: text for path, text in texts.items()}
        return SentPart(kind=self.paper.kind, id=self.paper.id, version=self.paper.version, says=says)


INTERNAL = frozenset({"secretary", "members", "sent", "copied"})
"""What an appeal remembers of its own way, which is nothing to try."""

WHOLE: Mapping[SentPaperKind, type[HusromAggregate]] = {
    SentPaperKind.VEDTAK: Vedtak,
    SentPaperKind.APPLICATION: Application,
    SentPaperKind.REASONS: ReasonsDemand,
    SentPaperKind.APPEAL: Appeal,
}
"""Papers that are sent as they stand; of the others only some texts are."""


def _content(office: Installation, paper: SentPaper, with_assessments: bool) -> Content:
    if paper.kind in WHOLE:
        about = office.case_log.load(WHOLE[paper.kind], paper.id, version=paper.version)
        texts = dict(sealed_in(about))
        if not with_assessments:
            texts = {path: sealed for path, sealed in texts.items() if not path.endswith("departs_because")}
        return Content(paper, texts, about)
    read = _minutes if paper.kind is SentPaperKind.MINUTES_FACTS else _assessment
    return Content(paper, {f"{paper.id}.{paper.kind}.{name}": text for name, text in read(office, paper)})


def _minutes(office: Installation, paper: SentPaper) -> Iterator[tuple[str, Sealed]]:
    item = office.case_log.load(AgendaItem, paper.id, version=paper.version)
    yield "facts", item.minutes[-1].facts


def _assessment(office: Installation, paper: SentPaper) -> Iterator[tuple[str, Sealed]]:
    """What the group thought: the conclusion's reasons, or what the minutes say beside the facts."""
    if office.case_log.find(Conclusion, paper.id) is not None:
        events = office.case_log.stream(paper.id)
        yield from (("reasons", event.reasons) for event in events if isinstance(event, Conclusion.Reached))
    else:
        yield "assessment", office.case_log.load(AgendaItem, paper.id, version=paper.version).minutes[-1].assessment
