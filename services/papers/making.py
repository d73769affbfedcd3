"""Making a paper: open its case through the gate, put the paper together, typeset it (LD3, LD4, LH7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.access.decision import Action
from domain.access.kinds import InformationKind, kind_of
from domain.actors import PersonId
from domain.cases.case import Case
from domain.paper import PaperKind, PaperRecipient
from domain.paper_refusals import PaperNotWholeError
from services.context import Context
from services.installation import Installation
from services.papers import application_letters, housing_letters
from services.papers.facts_letter import facts_to_answer
from services.papers.minutes_paper import minutes
from services.papers.source import Composer, Composition, LeaseToSign, PaperLog, Source, envelope, recipient
from services.papers.typesetting import Typeset, typeset
from services.papers.vedtak_letter import vedtak
from services.queries.reading import Reading, read_as

COMPOSERS: Final[Mapping[PaperKind, Composer]] = {
    PaperKind.RECEIPT: application_letters.receipt,
    PaperKind.INTERIM_REPLY: application_letters.interim_reply,
    PaperKind.DELAY_NOTICE: application_letters.delay_notice,
    PaperKind.FACTS_TO_ANSWER: facts_to_answer,
    PaperKind.VEDTAK: vedtak,
    PaperKind.OFFER: housing_letters.offer,
    PaperKind.MINUTES: minutes,
    PaperKind.MOVE_OUT_DEMAND: housing_letters.move_out_demand,
    PaperKind.LEASE_INFORMATION: housing_letters.lease_information,
    PaperKind.TERMINATION: housing_letters.termination,
}
"""How each kind is put together; its template bears the kind's name."""


@dataclass(frozen=True)
class Order:
    """Which paper is wanted: its kind, what it is about, and whether it is only to be looked at."""

    kind: PaperKind
    about: UUID
    is_draft: bool = False
    lease: LeaseToSign | None = None


@dataclass(frozen=True)
class Printed:
    """A paper that is typeset and not filed: who it is about and for, and which kinds of information are in it."""

    typeset: Typeset
    person: PersonId
    about_version: int
    recipient: PaperRecipient
    kinds: tuple[InformationKind, ...]


def print_paper(office: Installation, context: Context, case_id: UUID, order: Order) -> Printed:
    """The paper, for whoever handles the case. The look is logged before anything opens, with the kind as its purpose.

    Raises `NotFoundError`, `NotAllowedError`, `LogUnavailableError`, and what says that it is too early for the paper.
    """
    purpose = f"paper.{order.kind}"
    permit = office.gate.permit(context, Action.HANDLE, case_id, purpose=purpose)
    case = office.case_log.load(Case, case_id)
    log = PaperLog(office, case, order.about, context.actor.id)

    def build(reading: Reading) -> tuple[Source, Composition, Mapping[str, object]]:
        source = Source(office, context, log, case, order.about, reading, order.is_draft, order.lease)
        composition = COMPOSERS[order.kind](source)
        return source, composition, envelope(source, composition)

    source, composition, content = read_as(office, context, permit, build, purpose=purpose)
    if source.reading.withheld:
        raise PaperNotWholeError
    return Printed(
        typeset(order.kind, content), case.person, composition.about_version, recipient(source, composition),
        _kinds(source.reading),
    )  # fmt: skip


def _kinds(reading: Reading) -> tuple[InformationKind, ...]:
    return tuple(sorted({kind_of(sealed) for sealed in reading.texts} | reading.plain))
