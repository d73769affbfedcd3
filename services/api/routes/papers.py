"""Papers: made and filed, listed, read (LD3, LD4, LH7)."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from domain.paper import PaperKind
from services.api.desk import COMMAND_ERRORS, QUERY_ERRORS, CommandAnswer, CommandDesk, Looking
from services.api.problems import answers
from services.commands import papers as making
from services.queries import papers as filed

router = APIRouter(tags=["papers"])

PDF: Final = "application/pdf"
PDF_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The paper: PDF/A-2a and PDF/UA-1.", "content": {PDF: {"schema": {"type": "string", "format": "binary"}}}},
    **QUERY_ERRORS,
    **answers(409),
}  # fmt: skip


@router.post(
    "/cases/{case}/papers",
    operation_id="make_paper",
    response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
    responses=COMMAND_ERRORS,
)
def make_paper(case: UUID, body: making.MakePaper, desk: CommandDesk) -> Response:
    """Make a paper of this kind and file it: a letter to the party or the representative (LH7), or minutes (LP2).

    What it must say follows from its kind: LH1, LH2, LH3, LH6, LD2-LD4, LL2, LL5-LL7. The same content on the same
    day is the same paper.
    """
    return desk.carry_out(making.make_paper, case, body)


@router.get("/cases/{case}/papers", operation_id="list_papers", responses=QUERY_ERRORS)
def list_papers(case: UUID, look: Looking) -> filed.Papers:
    """The papers of the case that the caller may read, the newest first."""
    return filed.papers(look.office, look.context, case)


@router.get("/cases/{case}/paper-preview", operation_id="preview_paper", responses=PDF_ANSWER, response_class=Response)
def preview_paper(
    case: UUID,
    look: Looking,
    kind: Annotated[PaperKind, Query(description="Which paper.")],
    about: Annotated[UUID, Query(description="What it is about.")],
) -> Response:
    """How the paper would look now, marked as a draft: a vedtak that is not issued, minutes that are not approved.

    Only for who handles the case. Nothing is filed; the look is logged.
    """
    return _pdf(filed.preview(look.office, look.context, case, kind, about), f"utkast-{about.hex[:8]}")


@router.get("/papers/{paper}", operation_id="show_paper", responses=PDF_ANSWER, response_class=Response)
def show_paper(paper: UUID, look: Looking) -> Response:
    """The paper as it was filed, for who may see every kind of information in it. Logged (D3)."""
    return _pdf(filed.paper(look.office, look.context, paper), f"papir-{paper.hex[:8]}")


def _pdf(content: bytes, name: str) -> Response:
    """`name` says nothing of what the paper says, nor about whom: it ends up in people's folders."""
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, media_type=PDF, headers=headers)
