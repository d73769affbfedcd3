"""Running leases from a CSV: the tenant, a case, and the lease, which is watched from the moment it is in (M01, M18)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.housing.dwelling import Dwelling
from domain.housing.lease_rules import LeaseTerms
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import months_after
from domain.law.rulebook import Deadlines
from domain.people.identity_number import IdentityNumber, parse
from domain.people.person import Person, PersonDetails
from services.imports import cells as as_
from services.imports.cells import Cells
from services.imports.desk import ImportDesk, Kind, wrong
from services.imports.report import LineReport, LineResult, Note

REFERENCE = "leiereferanse"
REQUIRED = (REFERENCE, "boligreferanse", "navn", "starter", "slutter")
OPTIONAL = (
    "fødselsnummer", "e-post", "telefon", "varslet_om_unntak", "varslet_ikke_oppsigelig", "særlige_grunner",
    "flyttekrav_sendt",
)  # fmt: skip
EMAIL = r"[^@\s<>\"',;:\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
PHONE = r"\+?[0-9 ]{5,20}"


@dataclass(frozen=True)
class Tenant:
    """Who rents, as the line says."""

    name: str
    number: IdentityNumber | None
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class RunningLease:
    """The lease as the line says. Oslo dates; the end is a last day."""

    starts_on: date
    ends_on: date
    notice_of_exceptions: bool
    notice_no_termination: bool
    special_grounds: str | None
    move_out_demanded_on: date | None


def read_lease(desk: ImportDesk, cells: Cells, reference: str) -> LineReport:
    """The tenant, a case of their own with consent to be asked for, and the lease as it runs."""
    dwelling, tenant, lease = _dwelling(desk, cells), _tenant(desk, cells), _lease(cells)
    if dwelling is None or tenant is None or lease is None or cells.problems:
        return wrong(cells)
    id = desk.id_of("lease", reference)
    if desk.office.case_log.find(Tenancy, id) is not None:
        return LineReport(cells.line.number, LineResult.ALREADY_IN, ids={"tenancy": id})
    tenancy = _registered(desk, id, dwelling, _person(desk, tenant, reference), lease)
    ids = {"tenancy": id, "case": tenancy.case, "dwelling": dwelling.id}
    return LineReport(cells.line.number, LineResult.OK, notes=_notes(desk, tenancy), ids=ids)


def _dwelling(desk: ImportDesk, cells: Cells) -> Dwelling | None:
    """The dwelling with that reference, imported before or in this system under that id."""
    reference = cells.need("boligreferanse", as_.reference)
    if reference is None:
        return None
    id = _uuid(reference) or desk.id_of("dwelling", reference)
    known = desk.changed.get(id) or desk.office.case_log.find(Dwelling, id)
    if not isinstance(known, Dwelling):
        cells.note("boligreferanse", "dwelling_unknown", "Boligen er ikke importert. Importer boligene først.")
        return None
    return known


def _tenant(desk: ImportDesk, cells: Cells) -> Tenant | None:
    synthetic = desk.office.settings.allow_synthetic_identity_numbers
    name = cells.need("navn", as_.text(200))
    number = cells.read("fødselsnummer", lambda cell: parse(cell, allow_synthetic=synthetic))
    email = cells.read("e-post", as_.matching(EMAIL, "E-postadressen er ikke gyldig."))
    phone = cells.read("telefon", as_.matching(PHONE, "Telefonnummeret har bare tall og mellomrom."))
    return None if name is None else Tenant(name, number, email, phone)


def _lease(cells: Cells) -> RunningLease | None:
    starts_on, ends_on = cells.need("starter", as_.day), cells.need("slutter", as_.day)
    lease = {
        "notice_of_exceptions": cells.read("varslet_om_unntak", as_.yes_or_no) or False,
        "notice_no_termination": cells.read("varslet_ikke_oppsigelig", as_.yes_or_no) or False,
    }
    grounds, demanded_on = cells.read("særlige_grunner", as_.text(1000)), cells.read("flyttekrav_sendt", as_.day)
    if starts_on is None or ends_on is None:
        return None
    return RunningLease(starts_on, ends_on, **lease, special_grounds=grounds, move_out_demanded_on=demanded_on)


def _person(desk: ImportDesk, tenant: Tenant, lease: str) -> UUID:
    """The person with that identity number, or a new one; without a number, one for this lease alone."""
    id = _person_id(desk, tenant, lease)
    if id in desk.changed or desk.office.case_log.find(Person, id) is not None:
        return id
    sealed = desk.seal(id, None, {
        "identity.name": tenant.name, "identity.number": tenant.number.digits if tenant.number else None,
        "contact.email": tenant.email, "contact.phone": tenant.phone,
    })  # fmt: skip
    details = PersonDetails(
        name=sealed["identity.name"], identity_number=sealed.get("identity.number"),
        email=sealed.get("contact.email"), phone=sealed.get("contact.phone"),
    )  # fmt: skip
    desk.take(Person.register(id=id, details=details, by=desk.context.by, at=desk.context.at))
    return id


def _person_id(desk: ImportDesk, tenant: Tenant, lease: str) -> UUID:
    if tenant.number is None:
        return desk.id_of("tenant of", lease)
    return desk.person_with(tenant.number.digits)


def _registered(desk: ImportDesk, id: UUID, dwelling: Dwelling, person: UUID, lease: RunningLease) -> Tenancy:
    """The case and the lease, taken with the rest of the file."""
    by, at = desk.context.by, desk.context.at
    care_housing = dwelling.facts.care_housing
    case = Case.open(
        id=desk.id_of("case of", str(id)), person=person, opened_by=OpenedBy.RUNNING_LEASE, care_housing=care_housing,
        tenancy=id, by=by, at=at,
    )  # fmt: skip
    case.assign_responsibility(to=desk.context.actor.id, by=by, at=at)
    tenancy = Tenancy.record_running_lease(
        id=id, dwelling=dwelling.id, person=person, case=case.id, terms=_terms(desk, person, case.id, lease),
        care_housing=care_housing, lease_years=_deadlines(desk).lease_years, by=by, at=at,
    )  # fmt: skip
    if lease.move_out_demanded_on is not None:
        last_day = _last_day_to_demand(desk, tenancy)
        tenancy.demand_move_out(demanded_on=lease.move_out_demanded_on, last_day=last_day, by=by, at=at)
    dwelling.let_to(tenancy=id, by=by, at=at)
    desk.take(case, Consent.ask(case=case.id, person=person, by=by, at=at), tenancy, dwelling)
    return tenancy


def _terms(desk: ImportDesk, person: UUID, case: UUID, lease: RunningLease) -> LeaseTerms:
    sealed = desk.seal(person, case, {"housing.special_grounds": lease.special_grounds})
    return LeaseTerms(
        starts_on=lease.starts_on, ends_on=lease.ends_on, notice_of_exceptions=lease.notice_of_exceptions,
        notice_no_termination=lease.notice_no_termination, special_grounds=sealed.get("housing.special_grounds"),
    )  # fmt: skip


def _notes(desk: ImportDesk, tenancy: Tenancy) -> tuple[Note, ...]:
    """What somebody should know of the lease as it stands today."""
    today, ends_on = desk.context.today, tenancy.ends_on
    is_watched = tenancy.move_out_demanded_on is None
    found = {
        Note.ON_NEXT_AGENDA: _deadlines(desk).lease_on_agenda_from(ends_on) <= today and not tenancy.care_housing,
        Note.PAST_ITS_END: ends_on < today and is_watched,
        Note.OPEN_ENDED: _last_day_to_demand(desk, tenancy) < today and is_watched,
        Note.SHORT_WITHOUT_GROUNDS: tenancy.had_short_term and tenancy.terms.special_grounds is None,
    }  # fmt: skip
    return tuple(note for note, holds in found.items() if holds)


def _deadlines(desk: ImportDesk) -> Deadlines:
    return desk.office.rules(desk.context).deadlines


def _last_day_to_demand(desk: ImportDesk, tenancy: Tenancy) -> date:
    return months_after(tenancy.ends_on, _deadlines(desk).open_ended_after_months, desk.office.working_days)


def _uuid(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None


LEASES = Kind(REFERENCE, REQUIRED, OPTIONAL, read_lease)
