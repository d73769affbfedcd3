"""What a paper is put together from: one case as its saksbehandler reads it, and who the letter is for (LH7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.base import Event
from domain.cases.case import Case
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.paper import PaperRecipient
from domain.people.employee import Employee
from domain.people.person import Person
from domain.people.representation import LetterRecipient, RepresentativeKind
from domain.refusals import NotFoundError
from services.boxes import Closed
from services.context import Context
from services.facts.case_applications import applications_in
from services.installation import Installation
from services.log.streams import ReadOnce
from services.queries.reading import Reading

EventT = TypeVar("EventT", bound=Event)


@dataclass(frozen=True)
class LeaseToSign:
    """A lease as it is to be signed: first and last Oslo date, and codes of what differs from the ordinary (LL2).

    `no_termination`: it cannot be terminated while it runs, of which this is the notice (LL5).
    """

    starts_on: date
    ends_on: date
    exceptions: tuple[str, ...] = ()
    no_termination: bool = True


class PaperLog(ReadOnce):
    """The log as one paper is put together from it: whatever is read of it is read once."""

    def __init__(self, office: Installation, case: Case, about: UUID, signer: UUID) -> None:
        super().__init__(office.case_log, [case.person, about, signer])
        self._office, self._case = office, case.id

    @cached_property
    def applied_for(self) -> tuple[DecisionSubject, ...]:
        """All that is applied for in the case."""
        kinds = {kind for application in applications_in(self._office, self._case) for kind in application.kinds}
        return tuple(subject for subject in DecisionSubject if subject.value in kinds)


@dataclass(frozen=True)
class Source:
    """The case, opened, and the thing in it that the paper is about.

    `is_draft`: nothing is filed, so what is not decided or approved yet may be shown as it stands.
    """

    office: Installation
    context: Context
    log: PaperLog
    case: Case
    about: UUID
    reading: Reading
    is_draft: bool
    lease: LeaseToSign | None = None

    def text(self, sealed: Closed | None) -> str | None:
        """What a closed value says; None where nothing was written."""
        return self.reading.text(sealed)

    def require_of_case(self, *cases: UUID) -> None:
        """Raise `NotFoundError` for a thing that stands in none of these cases but another one than the paper's."""
        if self.case.id not in cases:
            raise NotFoundError

    def events(self, stream: UUID, event_class: type[EventT]) -> list[EventT]:
        """The events of that class in one stream, oldest first: what was written stands only there."""
        return [event for event in self.log.stream(stream) if isinstance(event, event_class)]

    def rules(self) -> Rulebook:
        """The rulebook of the day."""
        return self.office.rules(self.context)

    def units(self, codes: tuple[Unit, ...]) -> list[str]:
        """The units' names, each once, in the rulebook's order; a code it does not know as it is."""
        names = self.rules().units.names
        known = [name for code, name in names.items() if code in codes]
        return known + sorted({str(code) for code in codes} - {str(code) for code in names})

    def matters(self) -> tuple[DecisionSubject, ...]:
        """All that is applied for in the case; for a letter about the case as a whole."""
        return self.log.applied_for


@dataclass(frozen=True)
class Composition:
    """What one kind of paper says.

    `about_version`: of the thing it is about. `content`: plain data for the template. `matters`: what it concerns, to
    find the representative whose authority reaches it; None for a paper that goes to nobody. `rules`: those whose
    wordings it prints.
    """

    about_version: int
    content: Mapping[str, object]
    matters: tuple[DecisionSubject, ...] | None
    rules: Rulebook


Composer = Callable[[Source], Composition]


def recipient(source: Source, composition: Composition) -> PaperRecipient:
    """Who the paper is for."""
    if composition.matters is None:
        return PaperRecipient.FILE
    return _kind(_addressee(source, composition.matters))


def envelope(source: Source, composition: Composition) -> Mapping[str, object]:
    """Everything the template gets: what all papers share, and the content of this one."""
    office, context = source.office, source.context
    units = composition.rules.units.names
    return {
        "sender": {
            "municipality": office.settings.municipality, "unit": units[SERVICE_OG_TILDELING],
            "contact": office.settings.contact,
        },
        "to": None if composition.matters is None else _to(source, composition.matters),
        "party": source.text(source.log.load(Person, source.case.person).details.name),
        "reference": source.case.id.hex[:8], "date": context.today, "draft": source.is_draft,
        "signed_by": _signature(source), "law": composition.rules.letters, "content": composition.content,
    }  # fmt: skip


def _to(source: Source, matters: tuple[DecisionSubject, ...]) -> Mapping[str, object]:
    addressee = _addressee(source, matters)
    address = source.text(addressee.address)
    return {"name": source.text(addressee.name), "address": address, "role": _kind(addressee)}


def _addressee(source: Source, matters: tuple[DecisionSubject, ...]) -> LetterRecipient:
    person = source.log.load(Person, source.case.person)
    return person.letter_recipient(source.context.today, *matters)


def _kind(addressee: LetterRecipient) -> PaperRecipient:
    if addressee.kind is RepresentativeKind.GUARDIAN:
        return PaperRecipient.GUARDIAN
    return PaperRecipient.REPRESENTATIVE if addressee.is_representative else PaperRecipient.APPLICANT


def _signature(source: Source) -> str | None:
    """The saksbehandler's own name; None for one who is not in the directory."""
    employee = source.log.find(Employee, source.context.actor.id)
    return source.office.gate.own_name(source.context, employee.name) if employee else None
