"""The overview as a table for a spreadsheet, in bokmål: one figure a line (LR4, R12)."""

from collections.abc import Iterator

from domain.statistics.need import Accessibility
from services.context import Context
from services.core.files import Csv
from services.core.permits.keeping import Holds
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.overview import READER, AskedPeriod, Need, Overview, the_overview
from services.spreadsheet import csv_text

HEADER = ("Tabell", "Gjelder", "Husstand", "Måltall", "Verdi")
Line = tuple[str, str, str, str, object]

EVERYBODY = "Alle husstander"
TEXTS = {
    "dwelling": "Kommunal bolig", "assistance": "Boligsosial bistand", "extension": "Forlengelse av leiekontrakt",
    "care_housing": "Omsorgsbolig", "single": "Én voksen", "couple": "To voksne", "more_adults": "Tre eller flere voksne",
    "one_child": "Med ett barn", "two_children": "Med to barn", "three_or_more_children": "Med tre eller flere barn",
    "not_told": "Ikke oppgitt", "total": "I alt", "ordinary": "Ordinær bolig", "lift": "Bolig med heis",
    "step_free": "Trinnfri bolig", "adapted": "Tilpasset bolig", "granted": "Innvilget", "refused": "Avslått",
    "dismissed": "Avvist", "accepted": "Takket ja", "declined": "Takket nei", "lapsed": "Ikke besvart i tide",
    "withdrawn": "Trukket tilbake", "open": "Ikke besvart ennå", "allocated": "Etter tildeling",
    "registered": "Registrert fra før", "median_days": "Median antall dager", "longest_days": "Flest antall dager",
    "vedtak": "Ventetid til vedtak", "lease": "Ventetid til leiekontrakt",
}  # fmt: skip
NEED, OUTCOMES, OFFERS, LEASES = "Behov", "Vedtak", "Tilbud om bolig", "Nye leieforhold"


@query("/overview.csv", Area.OVERVIEW, Holds(READER))
def export_overview(office: Installation, context: Context, _: None, asked: AskedPeriod) -> Csv:
    """The same figures for a spreadsheet: UTF-8 with byte order mark, semicolons, bokmål, no cell a formula (LR4, R12)."""
    return Csv(overview_csv(the_overview(office, context, asked)).encode(), "oversikt.csv")


def overview_csv(overview: Overview) -> str:
    """Every figure of the overview, its period first."""
    period = [("Periode", "", "", "Fra", overview.first), ("Periode", "", "", "Til", overview.last)]
    return csv_text(HEADER, [*period, *_lines(overview)])


def _lines(overview: Overview) -> Iterator[Line]:
    for need in overview.need:
        yield from _need(need)
    for waiting in overview.waiting:
        for name in ("median_days", "longest_days"):
            yield TEXTS[waiting.until], TEXTS[waiting.kind], "", TEXTS[name], getattr(waiting, name)
    for outcome in overview.outcomes:
        yield from _figures(OUTCOMES, TEXTS[outcome.subject], outcome, "total", "granted", "refused", "dismissed")
    yield from _figures(OFFERS, "", overview.offers, *type(overview.offers).model_fields)
    yield from _figures(LEASES, "", overview.leases, *type(overview.leases).model_fields)


def _need(need: Need) -> Iterator[Line]:
    for household, line in ((EVERYBODY, need.all), *((TEXTS[code], line) for code, line in need.by_household.items())):
        for name in ("total", *Accessibility):
            yield NEED, TEXTS[need.kind], household, TEXTS[name], getattr(line, name)


def _figures(table: str, about: str, answer: Answer, *names: str) -> Iterator[Line]:
    for name in names:
        if (figure := getattr(answer, name)) is not None:
            yield table, about, "", TEXTS[name], figure
