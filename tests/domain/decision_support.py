"""What the tests of the decision side share: synthetic actors, ids, sealed text and ready-made facts."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from domain.decisions.vedtak_rules import (
    ConclusionFacts,
    DwellingTerms,
    ExtensionTerms,
    LegalBasis,
    Outcome,
    VedtakContent,
    VedtakFacts,
)
from domain.housing.dwelling import DwellingFacts, DwellingKind
from domain.law.rulebook import AppealBody, AppealBodyKind, DecisionSubject, Hjemmel
from domain.sealed import Sealed

AT = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
TODAY = date(2027, 2, 10)
NAV = Unit("nav")
PSYKISK_HELSE = Unit("psykisk_helse")


def uid(number: int) -> UUID:
    """The same id for the same number."""
    return UUID(int=number)


def by(role: Role = Role.SAKSBEHANDLER, unit: Unit = SERVICE_OG_TILDELING, actor: UUID | None = None) -> By:
    return By(actor or uid(900), unit, role, correlation=uid(901), cause=uid(902))


SAKSBEHANDLER = by()
NAV_EMPLOYEE = by(Role.EMPLOYEE, NAV, uid(910))
NAV_SAKSBEHANDLER = by(Role.SAKSBEHANDLER, NAV, uid(911))
SYSTEM = by(Role.SYSTEM, SERVICE_OG_TILDELING, uid(912))

CASE, APPLICATION, PERSON, CONCLUSION, TENANCY = uid(1), uid(2), uid(3), uid(4), uid(5)


def sealed(field: str = "vedtak.reasons") -> Sealed:
    return Sealed(owner=PERSON, case=CASE, field=field, box=b"closed")


BASIS = LegalBasis(
    hjemmel=Hjemmel(code="boligsosialloven_6", text_nb="boligsosialloven § 6"),
    appeal_body=AppealBody(kind=AppealBodyKind.STATSFORVALTEREN, name_nb="Statsforvalteren"),
    rulebook_version="2027-1",
    delegation="delegert fra kommunedirektøren",
)


def conclusion(
    *,
    vanskeligstilt: bool = True,
    dwelling: Outcome | None = None,
    extension: Outcome | None = None,
    facts_settled: bool = True,
    superseded: bool = False,
    id: UUID = CONCLUSION,
) -> ConclusionFacts:
    return ConclusionFacts(
        id=id, vanskeligstilt=vanskeligstilt, dwelling=dwelling, extension=extension, facts_settled=facts_settled,
        superseded=superseded,
    )  # fmt: skip


def content(
    subject: DecisionSubject, outcome: Outcome, *, departs_because: Sealed | None = None, new_end: date | None = None
) -> VedtakContent:
    """Content that is complete for a vedtak of its kind."""
    granted = outcome is Outcome.GRANT
    dwelling = DwellingTerms(rooms=2, lease_months=36, lapses_when=("offers_declined",))
    return VedtakContent(
        facts=sealed("vedtak.facts"),
        reasons=sealed(),
        wishes_considered=sealed("vedtak.wishes_considered"),
        main_content=sealed("vedtak.main_content") if granted and subject is DecisionSubject.ASSISTANCE else None,
        departs_because=departs_because,
        dwelling=dwelling if granted and subject is DecisionSubject.DWELLING else None,
        extension=ExtensionTerms(tenancy=TENANCY, new_end=new_end) if subject is DecisionSubject.EXTENSION else None,
    )


def vedtak_facts(
    subject: DecisionSubject = DecisionSubject.DWELLING,
    outcome: Outcome = Outcome.GRANT,
    *,
    id: UUID | None = None,
    case: UUID = CASE,
    application: UUID = APPLICATION,
    in_force: bool = True,
    extension: ExtensionTerms | None = None,
    notified: bool = False,
) -> VedtakFacts:
    return VedtakFacts(
        id=id or uid(50), case=case, application=application, person=PERSON, subject=subject, outcome=outcome,
        in_force=in_force, extension=extension, notified=notified,
    )  # fmt: skip


def dwelling_facts(
    *, area: str = "centre", rooms: int = 3, step_free: bool = True, care_housing: bool = False
) -> DwellingFacts:
    return DwellingFacts(
        area=area, kind=DwellingKind.FLAT, rooms=rooms, square_metres=60, floor=1, step_free=step_free,
        care_housing=care_housing,
    )  # fmt: skip
