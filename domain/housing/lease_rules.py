"""What husleieloven asks of the municipality's fixed-term leases (LL1-LL6). Dates are Oslo dates; an end is a last day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from domain.law.deadlines import add_months
from domain.refusals import Refusal
from domain.sealed import Named, Sealed

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class LeaseTerms:
    """One fixed term, first to last day, and what the tenant was told in writing beforehand.

    `exceptions`: codes of the terms that differ from the ordinary. `notice_of_exceptions`: the notice said that the
    dwelling is for vanskeligstilte, and which exceptions (LL2). `notice_no_termination`: it said that the lease
    cannot be terminated while it runs (LL5). `special_grounds`: for a term under three years (LL3).
    `weighty_grounds`: for a second such term (LL4). `notified_ground`: the ordinary ground for a shorter term, of
    which the tenant was told in writing when the lease was signed at the latest (LL3: husleieloven § 9-3, letter b).
    """

    starts_on: date
    ends_on: date
    notice_of_exceptions: bool
    notice_no_termination: bool
    exceptions: tuple[str, ...] = ()
    special_grounds: Annotated[Sealed, Named("housing.special_grounds")] | None = None
    weighty_grounds: Annotated[Sealed, Named("housing.weighty_grounds")] | None = None
    notified_ground: Annotated[Sealed, Named("housing.notified_ground")] | None = None

    def is_short(self, *, lease_years: int) -> bool:
        """Whether the term is under the least number of years (LL1)."""
        return self.ends_on < shortest_lawful_end(self.starts_on, lease_years=lease_years)


class LeaseEndsBeforeItStartsError(Refusal):
    code = "lease_ends_before_it_starts"
    rule = "LL1"
    missing = "Leietiden slutter før den begynner."
    next_step = "Rett start- eller sluttdatoen."


class LeaseTooShortError(Refusal):
    code = "lease_too_short"
    rule = "LL1"
    missing = "En tidsbestemt leieavtale kan ikke være kortere enn tre år uten særlige grunner."
    next_step = (
        "Gi avtalen minst tre år, skriv de særlige grunnene, eller skriv grunnen leieren fikk skriftlig beskjed om "
        "da avtalen ble inngått."
    )


class SecondShortLeaseError(Refusal):
    code = "second_short_lease"
    rule = "LL4"
    missing = (
        "Leieren har alt hatt en kortere avtale om denne boligen. En til uten tungtveiende grunner blir tidsubestemt."
    )
    next_step = "Gi avtalen minst tre år, eller skriv de tungtveiende grunnene."


class NoticeOfExceptionsMissingError(Refusal):
    code = "notice_of_exceptions_missing"
    rule = "LL2"
    missing = (
        "Leieren har ikke fått skriftlig beskjed om at boligen er for vanskeligstilte og hvilke unntak som er avtalt."
    )
    next_step = "Gi beskjeden skriftlig før avtalen inngås, og registrer at den er gitt."


class NewEndNotLaterError(Refusal):
    code = "new_end_not_later"
    rule = "M19"
    missing = "Ny sluttdato må være etter den gamle."
    next_step = "Rett sluttdatoen i vedtaket."


class MoveOutDemandTooLateError(Refusal):
    code = "move_out_demand_too_late"
    rule = "LL6"
    missing = "Kravet om å flytte kom for sent. Leieavtalen er blitt tidsubestemt."
    next_step = "Avtalen må eventuelt sies opp etter reglene i husleieloven."


def shortest_lawful_end(starts_on: date, *, lease_years: int) -> date:
    """The earliest last day of a lease of at least `lease_years` full years (LL1)."""
    months = 12 * lease_years
    # The second is later than the first only for a lease that starts on 29 February.
    return max(add_months(starts_on, months) - ONE_DAY, add_months(starts_on - ONE_DAY, months))


def refuse_unlawful_terms(terms: LeaseTerms, *, short_before: bool, lease_years: int) -> None:
    """Refuse a term that husleieloven does not allow.

    `short_before`: these parties have had a term under `lease_years` in this dwelling before. Then only weighty
    grounds carry another one (LL4), whether it is called a lease or an extension.
    """
    if terms.ends_on < terms.starts_on:
        raise LeaseEndsBeforeItStartsError()
    is_short = terms.is_short(lease_years=lease_years)
    if is_short and short_before and terms.weighty_grounds is None:
        raise SecondShortLeaseError()
    if is_short and not short_before and terms.special_grounds is None and terms.notified_ground is None:
        raise LeaseTooShortError()
    is_exceptional = bool(terms.exceptions) or (is_short and terms.notified_ground is None)
    if is_exceptional and not terms.notice_of_exceptions:
        raise NoticeOfExceptionsMissingError()


def open_ended_from(ends_on: date, *, move_out_demanded: bool, months: int = 3) -> date | None:
    """The day the lease turns open-ended when the tenant stays (LL6); None once moving out is demanded in time.

    More than `months` months after the last day, by the calendar. A last day that falls on a Saturday or a holiday
    may be moved on (LH9), so this is the first day on which it can be too late: the one to watch.
    """
    return None if move_out_demanded else add_months(ends_on, months) + ONE_DAY
