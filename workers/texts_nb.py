"""What the mails say, in plain bokmål: references and dates, never what a case is about (D3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.law.deadlines import OSLO

MEETING_TITLE = "Møte i boligsosial arbeidsgruppe"

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip

LOG_IN = "Logg inn i Husrom for å se saken. Svar ikke på denne meldingen."


@dataclass(frozen=True)
class Words:
    """A message's subject line and text."""

    subject: str
    text: str


def invitation(starts_at: datetime, ends_at: datetime, room: str | None, *, changed: bool) -> Words:
    """Called in to a meeting, or to the same one anew. Times in UTC, written in Oslo's."""
    opening = "Innkallingen til møtet er endret. Denne gjelder nå:" if changed else "Du er kalt inn til møte:"
    return _words(MEETING_TITLE, opening, _when(starts_at, ends_at, room), "Sakslisten ligger i Husrom.")


def cancellation(starts_at: datetime, ends_at: datetime, room: str | None, *, cancelled: bool) -> Words:
    """The meeting is cancelled, or the recipient is not called any more."""
    why = "Møtet er avlyst:" if cancelled else "Du er ikke lenger kalt inn til dette møtet:"
    return _words(f"Avlyst: {MEETING_TITLE}", why, _when(starts_at, ends_at, room))


def receipt(reference: str, received_on: date, registered_at: datetime, answer_by: date, municipality: str) -> Words:
    """To the applicant: time and reference (LH1), what comes next, and the interim reply (LH2)."""
    return _words(
        "Vi har mottatt søknaden din",
        f"{municipality} har mottatt søknaden din.",
        f"Referanse: {reference}\nMottatt: {on(received_on)}\nRegistrert: {_moment(registered_at)}",
        "Service og tildeling går gjennom søknaden og tar kontakt hvis vi trenger flere opplysninger. "
        "Du får et skriftlig svar så snart søknaden er avgjort.",
        f"Har du ikke fått svar innen {on(answer_by)}, skriver vi til deg om hvorfor det tar tid, og når du kan "
        "vente svar.",
        "Oppgi referansen når du tar kontakt. Ikke send personlige opplysninger i e-post.",
    )


def deadline_warning(reference: str, answer_by: date, *, promised: bool) -> Words:
    """To the saksbehandler: an application that has not been answered (LH2, LH3)."""
    what = (
        "Søkeren er lovet svar innen denne datoen. Rekker vi det ikke, skal søkeren få ny beskjed."
        if promised
        else "Søknaden er ikke avgjort. Kan den ikke avgjøres innen fristen, skal søkeren ha et foreløpig svar."
    )
    return _words("Frist for svar på søknad", _reference("Søknad", reference, answer_by), what, LOG_IN)


def reminder(task: str, case: str, due_on: date) -> Words:
    """To the assignee of a follow-up (C04)."""
    opening = "Dette er en påminnelse om en oppgave du har ansvaret for."
    return _words("Påminnelse om oppgave", opening, _reference("Oppgave", task, due_on, case), LOG_IN)


def reminder_for_another(task: str, case: str, due_on: date) -> Words:
    """To whoever is in charge of the case of a follow-up whose assignee is away or has left (M15, D4)."""
    opening = "Dette er en påminnelse om en oppgave. Den som har ansvaret for den, er borte eller har sluttet."
    return _words("Påminnelse om oppgave", opening, _reference("Oppgave", task, due_on, case), LOG_IN)


def overdue(task: str, due_on: date) -> Words:
    """To the unit's leader: that a task is overdue, not what it is about nor in which case (M15)."""
    opening = "En oppgave i enheten din er ikke meldt utført innen fristen."
    closing = "Ta kontakt med den som har oppgaven, eller med Service og tildeling."
    return _words("Oppgave over fristen", opening, _reference("Oppgave", task, due_on), closing)


def nobody_responsible(vedtak: str, case: str) -> Words:
    """To the saksbehandler: help is granted, and nobody has a task with it (M15)."""
    return _words(
        "Ingen har ansvar for å følge opp et vedtak",
        f"Vedtak: {vedtak}\nSak: {case}",
        "Vedtaket innvilger bistand, men ingen har fått ansvaret for å følge det opp. Fordel oppgaven til en navngitt "
        "ansatt med frist.",
        LOG_IN,
    )


def opened_in_emergency(case: str, last_day: date, *, by_leader: bool) -> Words:
    """To the leader, or to the reviewer: a case was opened in an emergency. Who and why stand in the system alone."""
    who = "Lederen på Service og tildeling" if by_leader else "En saksbehandler på Service og tildeling"
    return _words(
        "En sak er åpnet i et nødstilfelle",
        f"{who} har åpnet sak {case} uten å ha ansvaret for den.",
        f"Tilgangen varer til og med {on(last_day)}. Den skriftlige grunnen står i saken, og kontrolleres først ved "
        "neste kontroll av innsyn.",
        LOG_IN,
    )


def second_notice(reference: str, notified_on: date, municipality: str) -> Words:
    """To the party: a digital vedtak that has not been opened (LD5). What it says stands in it alone."""
    return _words(
        "Du har et vedtak du ikke har åpnet",
        f"{municipality} sendte deg et vedtak digitalt {on(notified_on)}. Det er ikke åpnet.",
        f"Referanse: {reference}",
        "Fristen for å klage går fra den første meldingen du fikk. Ta kontakt hvis du heller vil ha vedtaket i posten.",
    )


def lease_warning(case: str, ends_on: date) -> Words:
    """To the responsible saksbehandler: a lease is about to end (M18)."""
    return _words(
        "En leiekontrakt går mot slutten",
        f"Leiekontrakten i sak {case} går ut {on(ends_on)}.",
        "Er det søkt om forlengelse? Hva er status, og hvem gjør hva videre?",
        LOG_IN,
    )


def offer_lapsed(allocation: str, case: str) -> Words:
    """To the responsible saksbehandler: an offer that nobody answered in time has lapsed (M14)."""
    return _words(
        "Et tilbud om bolig er ikke besvart",
        f"Svarfristen for tilbudet i tildeling {allocation}, sak {case}, har gått ut uten svar. Tilbudet er falt bort.",
        "Søkeren har fortsatt plassen på ventelisten. Vurder hva som skal skje med den, og tilby boligen til den neste "
        "i rekkefølgen.",
        LOG_IN,
    )


def move_out_warning(case: str, ended_on: date, demand_by: date) -> Words:
    """To the responsible saksbehandler: the last day to demand moving out comes near (LL6)."""
    return _words(
        "Siste dag for å kreve at leieren flytter",
        f"Leiekontrakten i sak {case} går ut eller gikk ut {on(ended_on)}.",
        f"Skal leieren flytte, må kravet være skriftlig og sendt senest {on(demand_by)}. Etter det blir leieavtalen "
        "tidsubestemt hvis leieren blir boende.",
        LOG_IN,
    )


def lease_open_ended(case: str, ended_on: date) -> Words:
    """To the responsible saksbehandler: nobody demanded moving out in time (LL6)."""
    return _words(
        "En leieavtale er blitt tidsubestemt",
        f"Leiekontrakten i sak {case} gikk ut {on(ended_on)}, og det er ikke krevd skriftlig at leieren flytter.",
        "Avtalen løper nå videre uten sluttdato. Skal den ta slutt, må den sies opp.",
        LOG_IN,
    )


def notice_lapsed(case: str) -> Words:
    """To the responsible saksbehandler: a protested notice was not brought before anybody in time (LL8)."""
    return _words(
        "En oppsigelse er falt bort",
        f"Leieren i sak {case} protesterte mot oppsigelsen, og saken er ikke brakt inn for retten eller "
        "Husleietvistutvalget innen fristen.",
        "Oppsigelsen gjelder ikke lenger. Leieforholdet løper videre.",
        LOG_IN,
    )


def reference(id: UUID) -> str:
    """How people name an application, a case or a task: enough to find it, nothing about what it is."""
    return id.hex[:8]


def on(day: date) -> str:
    """A date as people write it."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _reference(what: str, reference: str, due_on: date, case: str | None = None) -> str:
    lines = [f"{what}: {reference}", f"Frist: {on(due_on)}"]
    return "\n".join(lines if case is None else [lines[0], f"Sak: {case}", lines[1]])


def _when(starts_at: datetime, ends_at: datetime, room: str | None) -> str:
    start, end = starts_at.astimezone(OSLO), ends_at.astimezone(OSLO)
    line = f"{_WEEKDAYS[start.weekday()].capitalize()} {on(start.date())} kl. {start:%H.%M}–{end:%H.%M}"
    return line if room is None else f"{line}\nSted: {room}"


def _moment(at: datetime) -> str:
    local = at.astimezone(OSLO)
    return f"{on(local.date())} kl. {local:%H.%M}"


def _words(subject: str, *paragraphs: str) -> Words:
    return Words(subject, "\n\n".join(("Hei", *paragraphs)) + "\n")
