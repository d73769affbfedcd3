"""Papers: the list of a case, one paper as it was filed, and how one would look (LA1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.paper import Paper, PaperKind, PaperRecipient
from domain.paper_refusals import PaperDamagedError
from projections import papers as view
from services.context import Context
from services.installation import Installation
from services.papers.making import Order, print_paper
from services.queries.agenda_items import opens_item
from services.queries.answer import Answer
from services.queries.reading import Reading, read_case
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


def papers(office: Installation, context: Context, case: UUID) -> Papers:
    """The papers whose every kind of information the actor may see in the case."""
    with office.views.connect() as connection:
        rows = view.of_case(connection, case)

    return read_case(office, context, case, lambda reading: Papers(papers=shown(rows, reading)), purpose="papers")


def shown(rows: Sequence[Row[Any]], reading: Reading) -> list[PaperRow]:
    """Of a case's papers, those whose every kind of information the reader may see."""
    kinds = {kind for row in rows for kind in row.kinds}
    seen = {kind for kind in kinds if reading.sees(InformationKind(kind))}
    return [PaperRow.model_validate(row) for row in rows if seen.issuperset(row.kinds)]


def paper(office: Installation, context: Context, paper_id: UUID) -> bytes:
    """The paper's bytes, as they were filed. Raises `NotFoundError`, `NotAllowedError`, `PaperDamagedError`."""
    found = office.case_log.load(Paper, paper_id)
    permit = office.gate.permit(context, Action.READ, found.case, purpose=PURPOSE)
    if found.kind is PaperKind.MINUTES and not opens_item(context.actor, found.about, permit):
        # Minutes are for who may see their item: being called or invited is about single ones (M03, M07).
        office.gate.refuse(context, permit, purpose=PURPOSE)
    closed = office.papers.find(found.printed.checksum)
    if closed is None:
        raise PaperDamagedError
    try:
        return office.gate.open_paper(context, permit, found, closed)
    except SealBrokenError:
        raise PaperDamagedError from None


def preview(office: Installation, context: Context, case: UUID, kind: PaperKind, about: UUID) -> bytes:
    """The paper as it would be made now, marked as a draft; for whoever handles the case. Filed nowhere, logged as a look."""
    return print_paper(office, context, case, Order(kind, about, is_draft=True)).typeset.pdf
