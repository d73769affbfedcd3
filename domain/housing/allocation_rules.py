"""What the group's order for a vacancy must keep to, and what an offer must keep to (M14, B05, B07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.actors import CaseId, EmployeeId, PersonId, Unit
from domain.housing.ranking import ComputedOrder
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class ClosingReason(StrEnum):
    """Why an allocation ended without a lease."""

    NOBODY_LEFT = "nobody_left"
    DWELLING_UNAVAILABLE = "dwelling_unavailable"
    OPENED_IN_ERROR = "opened_in_error"


class WithdrawalReason(StrEnum):
    """Why an offer was taken back."""

    DWELLING_UNAVAILABLE = "dwelling_unavailable"
    OFFERED_IN_ERROR = "offered_in_error"
    LEASE_NOT_SIGNED = "lease_not_signed"
    APPLICATION_WITHDRAWN = "application_withdrawn"


@dataclass(frozen=True, kw_only=True)
class Present:
    """Somebody in the room when the group agreed, and the unit they spoke for."""

    person: EmployeeId
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class Computation:
    """A computed order, the version of the guidelines that gave it (D11), and when it was computed (UTC)."""

    order: ComputedOrder
    rulebook_version: str
    computed_at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreedOrder:
    """What the group agreed: the entries, best placed first, why, who was there, and what anyone held against it.

    `reasons` may be left out only when the order is the computed one. `item`, `meeting`: where it was agreed.
    """

    entries: tuple[UUID, ...]
    reasons: Annotated[Sealed, Named("note.allocation_reasons")] | None
    present: tuple[Present, ...]
    dissent: Annotated[Sealed, Named("note.allocation_dissent")] | None
    item: UUID
    meeting: UUID


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The dwelling offered to one entry. `answer_by`: last day to answer, an Oslo date."""

    entry: UUID
    case: CaseId
    person: PersonId
    answer_by: date


class NothingComputedError(WrongStateError):
    code = "nothing_computed"
    rule = "M14"
    missing = "Rekkefølgen er ikke beregnet for denne boligen."
    next_step = "Beregn rekkefølgen først, så gruppa har et forslag å drøfte."


class NotTogetherError(Refusal):
    code = "order_not_agreed_together"
    rule = "M14"
    missing = "Gruppa blir enig i fellesskap. For få enheter var til stede."
    next_step = "Ta prioriteringen opp når nok enheter er til stede."


class InhabilPresentError(Refusal):
    code = "inhabil_present"
    rule = "B05"
    missing = "Noen som er inhabil for en av søkerne, var med på sammenligningen."
    next_step = "Ta prioriteringen opp igjen uten den inhabile, gjerne med vara."


class EmptyOrderError(Refusal):
    code = "empty_order"
    rule = "M14"
    missing = "Rekkefølgen er tom, eller samme søker står to ganger."
    next_step = "Før opp minst én søker, og hver søker én gang."


class NotACandidateError(Refusal):
    code = "not_a_candidate"
    rule = "M14"
    missing = "Rekkefølgen har med noen som ikke er med i den beregnede rekkefølgen for boligen."
    next_step = "Velg blant de beregnede, eller rett opplysningene på ventelisten og beregn på nytt."


class OrderNeedsReasonsError(Refusal):
    code = "order_needs_reasons"
    rule = "M14"
    missing = "Gruppas rekkefølge er en annen enn den beregnede, uten at det står hvorfor."
    next_step = "Skriv begrunnelsen gruppa ga."


class NothingAgreedError(WrongStateError):
    code = "nothing_agreed"
    rule = "M14"
    missing = "Gruppa har ikke blitt enig om rekkefølgen for boligen."
    next_step = "Ta prioriteringen opp i gruppa før boligen tilbys."


class OfferOpenError(WrongStateError):
    code = "offer_open"
    rule = "M14"
    missing = "Boligen er allerede tilbudt noen som ikke har svart."
    next_step = "Vent på svar eller frist, eller trekk tilbudet."


class NoOpenOfferError(WrongStateError):
    code = "no_open_offer"
    rule = "M14"
    missing = "Det er ikke noe åpent tilbud på boligen."
    next_step = "Hent tildelingen på nytt og se hva som er neste steg."


class NotNextInOrderError(Refusal):
    code = "not_next_in_order"
    rule = "M14"
    missing = "Tilbud går ut i den rekkefølgen gruppa ble enig om, og en annen står for tur."
    next_step = "Tilby boligen til den neste i rekkefølgen, eller ta rekkefølgen opp i gruppa på nytt."


class AnswerDatePassedError(Refusal):
    code = "answer_date_passed"
    rule = "M14"
    missing = "Svarfristen har allerede gått ut."
    next_step = "Sett en svarfrist fram i tid."


class AnswerDateNotPassedError(WrongStateError):
    code = "answer_date_not_passed"
    rule = "M14"
    missing = "Svarfristen har ikke gått ut ennå."
    next_step = "Vent til dagen etter svarfristen."


class DeclineReasonMissingError(Refusal):
    code = "decline_reason_missing"
    rule = "M14"
    missing = "Et nei til et tilbud skal ha en av grunnene i retningslinjene."
    next_step = "Velg en av grunnene."


def refuse_unless_agreed_together(
    agreed: AgreedOrder, *, computed: ComputedOrder, inhabil: Iterable[EmployeeId], least_units: int
) -> None:
    """Refuse an order that was not agreed together, by those who may, among the computed, with reasons (M14, B05)."""
    if len({present.unit for present in agreed.present}) < least_units:
        raise NotTogetherError()
    if {present.person for present in agreed.present} & set(inhabil):
        raise InhabilPresentError()
    if not agreed.entries or len(set(agreed.entries)) < len(agreed.entries):
        raise EmptyOrderError()
    if not set(agreed.entries) <= set(computed.entries):
        raise NotACandidateError()
    if agreed.entries != computed.entries and agreed.reasons is None:
        raise OrderNeedsReasonsError()
