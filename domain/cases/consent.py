"""The applicant's consent to being discussed: asked for, given, narrowed, withdrawn, relied on (M09, LC2, LC8).

One stream per case. Every state it has ever been in stays answerable (trap: history overwritten at expiry).
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid5

from domain.access.facts import ConsentScope
from domain.access.kinds import CASE_KINDS
from domain.actors import By, CaseId, PersonId, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.cases.consent_facts import ConsentFacts, ConsentState
from domain.refusals import Refusal, WrongStateError


class ConsentScopeEmptyError(Refusal):
    code = "consent_scope_empty"
    rule = "M09"
    missing = "Samtykket sier ikke hvem som kan få vite hva."
    next_step = "Oppgi minst én enhet og minst ett slags opplysning."


class ConsentDatesError(Refusal):
    code = "consent_dates"
    rule = "LC8"
    missing = "Datoene i samtykket henger ikke sammen."
    next_step = "Samtykket må være gitt senest i dag og utløpe etter i dag."


class ConsentNotWiderError(Refusal):
    code = "consent_not_wider"
    rule = "LC2"
    missing = "Et samtykke kan ikke utvides ved innsnevring."
    next_step = "Innhent nytt samtykke dersom flere enheter eller flere opplysninger skal omfattes."


class NoConsentToWithdrawError(WrongStateError):
    code = "no_consent_to_withdraw"
    rule = "M09"
    missing = "Det finnes ikke noe samtykke som gjelder nå."
    next_step = "Ingenting mer å gjøre: saken kan ikke drøftes uten nytt samtykke."


def consent_id(case: CaseId) -> UUID:
    """The id of the case's one consent stream."""
    return uuid5(case, "consent")


class Consent(HusromAggregate):
    """The consent of one case."""

    TOPIC = "consent"

    class Asked(CreatedEvent):
        TOPIC: ClassVar[str] = "consent.Asked"
        case: CaseId
        person: PersonId

        def apply(self, consent: "Consent") -> None:
            consent.case, consent.person = self.case, self.person

    class Given(Event):
        TOPIC: ClassVar[str] = "consent.Given"
        case: CaseId
        scopes: tuple[ConsentScope, ...]
        given_on: date
        expires_on: date | None
        channel: str

        def apply(self, consent: "Consent") -> None:
            consent.state, consent.scopes = ConsentState.GIVEN, self.scopes
            consent.given_on, consent.expires_on = self.given_on, self.expires_on

    class Refused(Event):
        """The applicant said no. The application is decided all the same (M09)."""

        TOPIC: ClassVar[str] = "consent.Refused"
        case: CaseId

        def apply(self, consent: "Consent") -> None:
            consent.state = ConsentState.REFUSED

    class Narrowed(Event):
        TOPIC: ClassVar[str] = "consent.Narrowed"
        case: CaseId
        scopes: tuple[ConsentScope, ...]
        given_on: date
        expires_on: date | None

        def apply(self, consent: "Consent") -> None:
            consent.scopes = self.scopes

    class Withdrawn(Event):
        TOPIC: ClassVar[str] = "consent.Withdrawn"
        case: CaseId

        def apply(self, consent: "Consent") -> None:
            consent.state = ConsentState.WITHDRAWN

    class Expired(Event):
        TOPIC: ClassVar[str] = "consent.Expired"
        case: CaseId

        def apply(self, consent: "Consent") -> None:
            consent.state = ConsentState.EXPIRED

    class ReliedOn(Event):
        """A discussion was opened on the strength of this consent; stored in the same save as the opening (D1)."""

        TOPIC: ClassVar[str] = "consent.ReliedOn"
        case: CaseId
        item: UUID
        meeting: UUID

        def apply(self, consent: "Consent") -> None:
            consent.relied_on += (self.item,)

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.state = ConsentState.ASKED
        self.scopes: tuple[ConsentScope, ...] = ()
        self.given_on: date | None = None
        self.expires_on: date | None = None
        self.relied_on: tuple[UUID, ...] = ()

    @property
    def facts(self) -> ConsentFacts:
        """What other aggregates are told about this consent."""
        return ConsentFacts(self.id, self.state, self.scopes, self.given_on, self.expires_on)

    @classmethod
    def ask(cls, *, case: CaseId, person: PersonId, by: By, at: datetime) -> "Consent":
        """Begin the case's consent stream: asked for, not yet answered."""
        return cls.begin(cls.Asked, id=consent_id(case), by=by, at=at, case=case, person=person)

    def give(
        self,
        *,
        scopes: tuple[ConsentScope, ...],
        given_on: date,
        expires_on: date | None,
        channel: str,
        today: date,
        by: By,
        at: datetime,
    ) -> None:
        """Record that the applicant consented (saksbehandler only). Dates are Oslo dates.

        `scopes` says which unit may be told which kinds; `channel` is a code: letter, form, meeting, telephone.
        """
        require_saksbehandler(by)
        _refuse_bad_scopes(scopes)
        if given_on > today or (expires_on is not None and expires_on <= today):
            raise ConsentDatesError()
        self.record(
            self.Given, by=by, at=at, case=self.case, scopes=scopes, given_on=given_on, expires_on=expires_on,
            channel=channel,
        )  # fmt: skip

    def refuse(self, *, by: By, at: datetime) -> None:
        """Record that the applicant refused; the application is still to be decided (M09)."""
        require_saksbehandler(by)
        self.record(self.Refused, by=by, at=at, case=self.case)

    def narrow(self, *, scopes: tuple[ConsentScope, ...], today: date, by: By, at: datetime) -> None:
        """Record that the applicant consents to less than before. Raises `ConsentNotWiderError`."""
        require_saksbehandler(by)
        if not self.facts.is_valid_on(today) or self.given_on is None:
            raise NoConsentToWithdrawError()
        _refuse_bad_scopes(scopes)
        now = {scope.unit: set(scope.kinds) for scope in self.scopes}
        if any(not set(scope.kinds) <= now.get(scope.unit, set()) for scope in scopes):
            raise ConsentNotWiderError()
        self.record(
            self.Narrowed, by=by, at=at, case=self.case, scopes=scopes, given_on=self.given_on,
            expires_on=self.expires_on,
        )  # fmt: skip

    def withdraw(self, *, by: By, at: datetime) -> None:
        """Record the withdrawal: as easy as giving (LC8), at once, whatever is going on (M09)."""
        if self.state is not ConsentState.GIVEN:
            raise NoConsentToWithdrawError()
        self.record(self.Withdrawn, by=by, at=at, case=self.case)

    def expire(self, *, today: date, by: By, at: datetime) -> None:
        """Record that the last valid day has passed (the system does this)."""
        if self.state is not ConsentState.GIVEN or self.expires_on is None or today <= self.expires_on:
            raise WrongStateError()
        self.record(self.Expired, by=by, at=at, case=self.case)

    def rely_on(self, *, item: UUID, meeting: UUID, units: tuple[Unit, ...], today: date, by: By, at: datetime) -> None:
        """Rest a discussion on this consent. Raises `ConsentMissingError` naming the units it does not cover."""
        if not self.facts.covers(units, today):
            raise self.facts.not_covering(units, today)
        self.record(self.ReliedOn, by=by, at=at, case=self.case, item=item, meeting=meeting)


def _refuse_bad_scopes(scopes: tuple[ConsentScope, ...]) -> None:
    units = [scope.unit for scope in scopes]
    if not scopes or len(set(units)) != len(units):
        raise ConsentScopeEmptyError()
    if any(not scope.kinds or not set(scope.kinds) <= CASE_KINDS for scope in scopes):
        raise ConsentScopeEmptyError()
