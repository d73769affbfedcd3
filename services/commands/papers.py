"""Papers: made from a case, filed under their checksum (issue: Papers; LD3, LD4, LH7, ADR 0007)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from domain.paper import Paper, PaperKind, PaperRecipient, Print, paper_id
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id
from services.context import Context
from services.core.codes import LEASE_EXCEPTIONS
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
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


@dataclass(frozen=True)
class PaperMade:
    """A paper as it was filed: to whom, with which Oslo date, under which SHA-256 checksum."""

    paper: UUID
    case: UUID
    kind: PaperKind
    about: UUID
    recipient: PaperRecipient
    made_on: date
    pages: int
    checksum: str


@command(
    "/cases/{case}/papers",
    Area.PAPERS,
    DecidesItself("the purpose that is logged names the kind of paper"),
    status=HTTPStatus.CREATED,
)
def make_paper(office: Installation, context: Context, _: None, case: UUID, body: MakePaper) -> Outcome[PaperMade]:
    """Make a paper of this kind and file it: a letter to the party or the representative (LH7), or minutes (LP2).

    What it must say follows from its kind: LH1, LH2, LH3, LH6, LD2-LD4, LL2, LL5-LL7. The same content on the same
    day is the same paper.
    """
    lease = source.LeaseToSign(**body.lease.model_dump()) if body.lease else None
    printed = print_paper(office, context, case, Order(body.kind, body.about, lease=lease))
    closed = office.vault.close_paper(printed.person, case, printed.typeset.pdf)
    known = office.case_log.find(Paper, paper_id(case, closed.checksum))
    if known is not None:
        return Outcome((), _made_as(known), tagged=known)
    # On disk before the event that names it; a copy that no event names cannot be told from random bytes.
    office.papers.file(closed)
    paper = _made(context, case, body, printed, closed)
    return Outcome((paper,), _made_as(paper), tagged=paper)


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


def _made_as(paper: Paper) -> PaperMade:
    return PaperMade(
        paper.id, paper.case, paper.kind, paper.about, paper.recipient, paper.made_on, paper.printed.pages,
        paper.printed.checksum,
    )  # fmt: skip
