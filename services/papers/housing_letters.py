"""Letters about a dwelling: offered, to be signed for, to be left (M14, LL2, LL5, LL6, LL7)."""

from collections.abc import Mapping
from uuid import UUID

from domain.access.kinds import InformationKind
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.dwelling import Dwelling
from domain.housing.lease_rules import LeaseTerms
from domain.housing.tenancy import Tenancy
from domain.housing.tenancy.lease_events import MoveOutDemanded, NoticeGiven
from domain.law.rulebook import DecisionSubject
from domain.paper_refusals import (
    LeaseToSignMissingError,
    MoveOutNotDemandedError,
    NoNoticeGivenError,
    NoOfferToTellError,
)
from domain.refusals import NotFoundError
from services.boxes import OwnedBy
from services.papers.source import Composition, LeaseToSign, Source


def offer(source: Source) -> Composition:
    """What the dwelling is, by when to answer and how, and what a no or silence leads to (M14).

    `NoOfferToTellError` when no offer to this case is open.
    """
    allocation = source.log.load(Allocation, source.about)
    open_offer = allocation.offer
    if open_offer is None or allocation.state is not AllocationState.OFFERED:
        raise NoOfferToTellError
    source.require_of_case(open_offer.case)
    reasons = [reason.text_nb for reason in source.rules().decline_reasons if reason.code != "no_answer"]
    content = {
        **_facts(source, _dwelling(source, allocation.dwelling)), "vacant_from": allocation.vacant_from,
        "answer_by": open_offer.answer_by, "decline_reasons": reasons,
    }  # fmt: skip
    return _about_dwelling(source, allocation.version, content)


def lease_information(source: Source) -> Composition:
    """What the tenant must be told in writing before signing (LL2, LL5): about an accepted offer, or a tenancy.

    `LeaseToSignMissingError` without dates and exceptions, where none are signed either.
    """
    version, dwelling, lease = _lease(source)
    rules = source.rules()
    terms = LeaseTerms(
        starts_on=lease.starts_on, ends_on=lease.ends_on, notice_of_exceptions=True, notice_no_termination=True
    )
    content = {
        "address": _address(source, dwelling), "starts_on": lease.starts_on, "ends_on": lease.ends_on,
        "exceptions": [rules.letters.lease_exception(code) for code in lease.exceptions],
        "no_termination": lease.no_termination, "is_short": terms.is_short(lease_years=rules.deadlines.lease_years),
    }  # fmt: skip
    return _about_dwelling(source, version, content)


def move_out_demand(source: Source) -> Composition:
    """The written demand to move out (LL6). `MoveOutNotDemandedError` before it is registered."""
    tenancy = _tenancy(source)
    if tenancy.move_out_demanded_on is None:
        raise MoveOutNotDemandedError
    demanded = source.events(tenancy.id, MoveOutDemanded)[-1]
    content = {
        "address": _address(source, _dwelling(source, tenancy.dwelling)), "ends_on": tenancy.ends_on,
        "has_ended": tenancy.ends_on < source.context.today, "demanded_on": demanded.demanded_on,
        "reasons": source.text(demanded.reasons),
    }  # fmt: skip
    return _about_dwelling(source, tenancy.version, content)


def termination(source: Source) -> Composition:
    """The notice of termination, with all that makes it valid (LL7). `NoNoticeGivenError` before it is registered."""
    tenancy = _tenancy(source)
    if tenancy.notice is None:
        raise NoNoticeGivenError
    given = source.events(tenancy.id, NoticeGiven)[-1]
    content = {
        "address": _address(source, _dwelling(source, tenancy.dwelling)), "ground": given.ground, "reasons": source.text(given.reasons),
        "ends_on": given.ends_on, "protest_by": given.protest_by,
    }  # fmt: skip
    return _about_dwelling(source, tenancy.version, content)


def _about_dwelling(source: Source, version: int, content: Mapping[str, object]) -> Composition:
    source.reading.sees(InformationKind.HOUSING)
    return Composition(version, content, (DecisionSubject.DWELLING,), source.rules())


def _tenancy(source: Source) -> Tenancy:
    """The tenancy, in the case it was let in or one that was opened for it."""
    tenancy = source.log.load(Tenancy, source.about)
    opened_for_it = (source.case.id,) if source.case.tenancy == tenancy.id else ()
    source.require_of_case(tenancy.case, *opened_for_it)
    return tenancy


def _lease(source: Source) -> tuple[int, Dwelling, LeaseToSign]:
    """What is to be signed: as it is told, else as the tenancy has it."""
    allocation = source.log.find(Allocation, source.about)
    if allocation is None:
        tenancy = _tenancy(source)
        terms = tenancy.terms
        signed = LeaseToSign(terms.starts_on, terms.ends_on, terms.exceptions, terms.notice_no_termination)
        return tenancy.version, _dwelling(source, tenancy.dwelling), source.lease or signed
    if allocation.offer is None or allocation.state is not AllocationState.ACCEPTED:
        raise NotFoundError
    source.require_of_case(allocation.offer.case)
    if source.lease is None:
        raise LeaseToSignMissingError
    return allocation.version, _dwelling(source, allocation.dwelling), source.lease


def _facts(source: Source, dwelling: Dwelling) -> Mapping[str, object]:
    facts = dwelling.facts
    return {
        "address": _address(source, dwelling), "kind": facts.kind, "rooms": facts.rooms,
        "square_metres": facts.square_metres, "floor": facts.floor, "step_free": facts.step_free,
    }  # fmt: skip


def _address(source: Source, dwelling: Dwelling) -> str | None:
    return source.text(OwnedBy(dwelling.id, dwelling.address))


def _dwelling(source: Source, id: UUID) -> Dwelling:
    return source.log.load(Dwelling, id)
