"""Papers: the list of a case, one paper as it was filed, and how one would look (LA1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from domain.access.kinds import InformationKind
from domain.paper import Paper, PaperKind, PaperRecipient
from domain.paper_refusals import PaperDamagedError
from projections import papers as view
from services.context import Context
from services.core.asked import Asked
from services.core.files import Pdf
from services.core.permits.keeping import DecidesItself
from services.core.permits.reading import Read, Reads, ReadsCase
from services.core.registry import Area, query
from services.installation import Installation
from services.papers.making import Order, print_paper
from services.permits import Permit
from services.queries.agenda_items import opens_item
from services.queries.answer import Answer
from services.queries.reading import Reading, read_as
from services.vault import SealBrokenError

PURPOSE = "paper"


class PaperRow(Answer):
    """One paper that was made."""

    paper: UUID
    kind: PaperKind
    about: UUID = Field(description="The application, conclusion, vedtak, allocation, agenda item or tenancy.")
    recipient: PaperRecipient
    made_on: date = Field(description="The Oslo date it bears.")
    pages: int
    size: int = Field(description="In bytes.")


class Papers(Answer):
    """The papers of one case, the newest first."""

    papers: list[PaperRow]


@query("/cases/{case}/papers", Area.PAPERS, ReadsCase(purpose="papers"))
def list_papers(office: Installation, context: Context, permit: Permit) -> Papers:
    """The papers of the case that the caller may read, the newest first."""
    with office.views.connect() as connection:
        rows = view.of_case(connection, permit.case)

    return read_as(office, context, permit, lambda reading: Papers(papers=shown(rows, reading)), purpose="papers")


def shown(rows: Sequence[Row[Any]], reading: Reading) -> list[PaperRow]:
    """Of a case's papers, those whose every kind of information the reader may see."""
    kinds = {kind for row in rows for kind in row.kinds}
    seen = {kind for kind in kinds if reading.sees(InformationKind(kind))}
    return [PaperRow.model_validate(row) for row in rows if seen.issuperset(row.kinds)]


@query("/papers/{paper}", Area.PAPERS, Reads(Paper, purpose=PURPOSE))
def show_paper(office: Installation, context: Context, read: Read[Paper]) -> Pdf:
    """The paper as it was filed, for who may see every kind of information in it. Logged (D3)."""
    found = read.subject
    if found.kind is PaperKind.MINUTES and not opens_item(context, found.about, read.permit):
        # Minutes are for who may see their item: being called or invited is about single ones (M03, M07).
        office.gate.refuse(context, read.permit, purpose=PURPOSE)
    closed = office.papers.find(found.printed.checksum)
    if closed is None:
        raise PaperDamagedError
    try:
        content = office.gate.open_paper(context, read.permit, found, closed)
    except SealBrokenError:
        raise PaperDamagedError from None
    return Pdf(content, f"papir-{found.id.hex[:8]}.pdf")


class AskedPreview(Asked):
    """Which paper, of what."""

    kind: PaperKind = Field(description="Which paper.")
    about: UUID = Field(description="What it is about.")


@query(
    "/cases/{case}/paper-preview", Area.PAPERS, DecidesItself("the purpose that is logged names the kind of paper")
)  # fmt: skip
def preview_paper(office: Installation, context: Context, _: None, case: UUID, asked: AskedPreview) -> Pdf:
    """How the paper would look now, marked as a draft: a vedtak that is not issued, minutes that are not approved.

    Only for who handles the case. Nothing is filed; the look is logged.
    """
    printed = print_paper(office, context, case, Order(asked.kind, asked.about, is_draft=True))
    return Pdf(printed.typeset.pdf, f"utkast-{asked.about.hex[:8]}.pdf")
