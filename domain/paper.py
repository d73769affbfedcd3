"""A paper that was made: a letter to the party or the minutes of a case. What it says lies closed, under its checksum."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from domain.access.kinds import InformationKind
from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, HusromAggregate


class PaperKind(StrEnum):
    """What a paper is. Each is about one thing, whose id goes with it."""

    RECEIPT = "receipt"
    """About an application (LH1)."""
    INTERIM_REPLY = "interim_reply"
    """About an application (LH2)."""
    DELAY_NOTICE = "delay_notice"
    """About an application whose promised date has slipped (LH3)."""
    FACTS_TO_ANSWER = "facts_to_answer"
    """About a conclusion, or a case that is decided without one (LH6)."""
    VEDTAK = "vedtak"
    """About a vedtak (LD2, LD3, LD4)."""
    OFFER = "offer"
    """About an allocation with an open offer (M14)."""
    MINUTES = "minutes"
    """About an agenda item (M07, LP2)."""
    MOVE_OUT_DEMAND = "move_out_demand"
    """About a tenancy (LL6)."""
    LEASE_INFORMATION = "lease_information"
    """About the lease that is to be signed: an accepted allocation, or a tenancy (LL2, LL5)."""
    TERMINATION = "termination"
    """About a tenancy (LL7)."""


class PaperRecipient(StrEnum):
    """Who a paper is for. A representative or guardian gets the party's letters (LH7); minutes are for the file."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Print:
    """What was printed, without what it says.

    `checksum`: hex; keyed, so that nobody can check a guess of the content (ADR 0007). `size` in bytes. `template`
    names the templates it was made with. `kinds`: the kinds of information in it; who is to read it must see all.
    """

    checksum: str
    size: int
    pages: int
    template: str
    kinds: tuple[InformationKind, ...]


def paper_id(case: CaseId, checksum: str) -> UUID:
    """The id of the paper with that checksum in the case: the same bytes are the same paper."""
    return uuid5(case, f"paper {checksum}")


class Paper(HusromAggregate):
    """One paper about one thing in one case, as it was on the day it was made. It never changes."""

    TOPIC = "paper"

    class Made(CreatedEvent):
        """`about_version`: the version of the thing it is about. `made_on`: the Oslo date it bears."""

        TOPIC: ClassVar[str] = "paper.Made"
        case: CaseId
        person: PersonId
        kind: PaperKind
        about: UUID
        about_version: int
        recipient: PaperRecipient
        made_on: date
        printed: Print

        def apply(self, paper: "Paper") -> None:
            paper.case, paper.person, paper.kind = self.case, self.person, self.kind
            paper.about, paper.recipient = self.about, self.recipient
            paper.made_on, paper.printed = self.made_on, self.printed

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.kind: PaperKind
        self.about: UUID
        self.recipient: PaperRecipient
        self.made_on: date
        self.printed: Print

    @classmethod
    def make(
        cls,
        *,
        case: CaseId,
        person: PersonId,
        kind: PaperKind,
        about: UUID,
        about_version: int,
        recipient: PaperRecipient,
        made_on: date,
        printed: Print,
        by: By,
        at: datetime,
    ) -> "Paper":
        """Record a paper that is stored under its checksum. Saksbehandler only. Its id follows from case and checksum."""
        require_saksbehandler(by)
        return cls.begin(
            cls.Made, id=paper_id(case, printed.checksum), by=by, at=at, case=case, person=person, kind=kind,
            about=about, about_version=about_version, recipient=recipient, made_on=made_on, printed=printed,
        )  # fmt: skip
