"""Papers: made from a case, filed under their checksum (issue: Papers; LD3, LD4, LH7, ADR 0007)."""

from http import HTTPStatus
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from domain.paper import Paper, PaperKind, Print, paper_id
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id
from services.context import Context
from services.core.codes import LEASE_EXCEPTIONS
from services.installation import Installation
from services.papers import source
from services.papers.making import Order, Printed, print_paper
from services.papers.typesetting import templates_version
from services.vault import ClosedPaper


class LeaseToSign(Body):
    """The lease the tenant is to be told about before it is signed (LL2, LL5)."""

    starts_on: Day
    ends_on: Day
    exceptions: Annotated[
        tuple[Code, ...],
        LEASE_EXCEPTIONS,
        Field(max_length=30, description="Codes of what differs from the ordinary.", examples=[["no_subletting"]]),
    ] = ()

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("must not end before it starts")
        return self


class MakePaper(Body):
    """Which paper, and about what."""

    kind: Annotated[PaperKind, Field(examples=["vedtak"])]
    about: Annotated[
        Id,
        Field(
            description="The application, conclusion (the case itself when there is none), vedtak, allocation, agenda item or tenancy."
        ),
    ]
    lease: Annotated[
        LeaseToSign | None, Field(description="For lease_information before the lease is signed (LL2).")
    ] = None


def make_paper(office: Installation, context: Context, case_id: UUID, body: MakePaper) -> Outcome:
    """Make a paper and file it. The same content on the same day is the same paper, and is filed once."""
    lease = source.LeaseToSign(**body.lease.model_dump()) if body.lease else None
    printed = print_paper(office, context, case_id, Order(body.kind, body.about, lease=lease))
    closed = office.vault.close_paper(printed.person, case_id, printed.typeset.pdf)
    known = office.case_log.find(Paper, paper_id(case_id, closed.checksum))
    if known is not None:
        return Outcome((), _answer(known), tagged=known, status=HTTPStatus.CREATED)
    # On disk before the event that names it; a copy that no event names cannot be told from random bytes.
    office.papers.file(closed)
    paper = _made(context, case_id, body, printed, closed)
    return Outcome((paper,), _answer(paper), tagged=paper, status=HTTPStatus.CREATED)


def _made(context: Context, case: UUID, body: MakePaper, printed: Printed, closed: ClosedPaper) -> Paper:
    return Paper.make(
        case=case, person=printed.person, kind=body.kind, about=body.about, about_version=printed.about_version,
        recipient=printed.recipient, made_on=context.today,
        printed=Print(
            checksum=closed.checksum, size=len(printed.typeset.pdf), pages=printed.typeset.pages,
            template=templates_version(), kinds=printed.kinds,
        ),
        by=context.by, at=context.at,
    )  # fmt: skip


def _answer(paper: Paper) -> dict[str, object]:
    return {
        "paper": paper.id, "case": paper.case, "kind": paper.kind, "about": paper.about, "recipient": paper.recipient,
        "made_on": paper.made_on, "pages": paper.printed.pages, "checksum": paper.printed.checksum,
    }  # fmt: skip
