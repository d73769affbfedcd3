"""What goes to an appeal body: chosen when the appeal is forwarded, each paper at the version it had then (LK6, LP2)."""

from collections.abc import Iterator

from domain.base import HusromAggregate
from domain.cases.application import Application
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import SentPaper, SentPaperKind
from domain.decisions.reasons_demand import ReasonsDemand, reasons_demand_id
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from services.installation import Installation


def papers_of(office: Installation, appeal: Appeal, *, with_assessments: bool) -> tuple[SentPaper, ...]:
    """The papers of `appeal` as they are now. Facts from the minutes always go; assessments only when chosen (LP2)."""
    return tuple(_papers(office, appeal, with_assessments))


def _papers(office: Installation, appeal: Appeal, with_assessments: bool) -> Iterator[SentPaper]:
    log = office.case_log
    vedtak = log.load(Vedtak, appeal.vedtak)
    yield _paper(SentPaperKind.VEDTAK, vedtak)
    yield _paper(SentPaperKind.APPLICATION, log.load(Application, vedtak.application))
    if vedtak.ground.conclusion is not None:
        yield from _of_the_group(office, log.load(Conclusion, vedtak.ground.conclusion), with_assessments)
    demand = log.find(ReasonsDemand, reasons_demand_id(appeal.allocation or appeal.vedtak, appeal.case))
    if demand is not None:
        yield _paper(SentPaperKind.REASONS, demand)
    yield _paper(SentPaperKind.APPEAL, appeal)


def _of_the_group(office: Installation, conclusion: Conclusion, with_assessments: bool) -> Iterator[SentPaper]:
    item = office.case_log.find(AgendaItem, conclusion.item)
    minuted = (item,) if item is not None and item.minutes else ()
    yield from (_paper(SentPaperKind.MINUTES_FACTS, item) for item in minuted)
    if with_assessments:
        yield from (_paper(SentPaperKind.ASSESSMENT, each) for each in (conclusion, *minuted))


def _paper(kind: SentPaperKind, aggregate: HusromAggregate) -> SentPaper:
    return SentPaper(kind=kind, id=aggregate.id, version=aggregate.version)
