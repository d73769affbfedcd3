"""The codes of a refusal in words: what people read is plain bokmål (C06).

The domain names units, kinds and access rules by their codes; here stands what each is called.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from domain.access.own_access import OwnGround, OwnRule
from domain.actors import Actor, Role
from domain.cases.application_content import ApplicationKind
from domain.cases.pre_assessment import Topic
from domain.decisions.appeal.facts import Part
from domain.law.rulebook import Rulebook
from domain.refusals import Refusal

Words = Mapping[str, str]
"""What each code is called."""

RULES: Final[Mapping[OwnRule, str]] = {
    Rule.RESPONSIBLE: "Du har ansvaret for saken.",
    Rule.STAND_IN: "Du er stedfortreder for den som har ansvaret for saken.",
    Rule.STATED_REASON: "Du har oppgitt en grunn for å se en kollegas sak.",
    Rule.CALLED_AND_CONSENTED: "Du er innkalt til møtet der saken drøftes, innenfor samtykket.",
    Rule.GUEST: "Du er invitert til denne saken på sakslisten.",
    Rule.SUBSTITUTE: "Du møter i denne saken i stedet for en som er inhabil.",
    Rule.COMPARED: "Du er innkalt til møtet der søkerne til en ledig bolig sammenlignes.",
    Rule.KEEPS_VACANCIES: "Service og tildeling har ansvaret for ledige boliger.",
    Rule.SUBMITTER: "Du har meldt inn saken.",
    Rule.ASSIGNEE: "Du har en oppgave i saken.",
    Rule.EMERGENCY: "Du har åpnet saken i et nødstilfelle.",
    Rule.OPEN_REVIEW: "Du har en åpen gjennomgang av saken.",
    Rule.REVIEWER: "Du kontrollerer hvem som har sett saken.",
    Rule.DELIVERY: "Systemet skal levere en melding.",
    OwnGround.OPENED_CASE: "Du har opprettet saken.",
    OwnGround.NOBODY_RESPONSIBLE: "Saken er uten saksbehandler.",
    OwnGround.TAKEN_OVER: "Du har oppgitt en grunn for å overta en kollegas sak.",
    OwnGround.SHARED_OUT: "Oppgaven er fordelt i gruppa.",
    OwnGround.APPOINTED: "Du er oppnevnt som medlem av gruppa.",
    OwnGround.KEEPS_GROUP: "Service og tildeling har ansvaret for gruppa.",
    Rule.NO_RELATION: "Du har ingen oppgave i saken.",
    Rule.CARE_HOUSING: "Saker om omsorgsbolig er bare for Service og tildeling.",
    Rule.INHABIL: "Du er inhabil i saken.",
    Rule.INHABIL_FOR_CANDIDATE: "Du er inhabil overfor en av søkerne som sammenlignes.",
    Rule.CONSENT_MISSING: "Samtykket fra søkeren dekker ikke enheten din.",
    Rule.NOT_RESPONSIBLE: "En annen saksbehandler har ansvaret for saken, og det er ikke oppgitt noen grunn.",
    Rule.MEMBERSHIP_ENDED: "Du er ikke medlem av gruppa på denne datoen.",
    Rule.GUEST_ACCESS_ENDED: "Referatet er godkjent, eller møtet er lenge siden, og da er tilgangen som gjest over.",
    Rule.MINUTES_APPROVED: "Referatet er godkjent, og du har ingen oppgave i saken.",
    Rule.CASE_OVER: "Saken er avsluttet, klagefristen er ute, og det løper ingen leiekontrakt i den.",
    Rule.ACTION_NOT_COVERED: "Du kan se noe i saken, men ikke gjøre dette.",
    Rule.NO_LONGER_EMPLOYED: "Du er ikke registrert som ansatt lenger.",
    OwnGround.WRITTEN_REASON: "Du har oppgitt en skriftlig grunn for å åpne saken i et nødstilfelle.",
    OwnGround.NONE: "Ingen gir seg selv tilgang.",
    Rule.IN_NO_DIRECTORY: "Du står ikke i ansattlisten.",
    Rule.NO_SEAT_TODAY: "Du har ingen plass i dag.",
    Rule.SEAT_NOT_HELD: "Plassen som er oppgitt, er ikke din i dag.",
}
"""Why access was given or refused, said to the one who asked."""

ROLES: Final[Mapping[Role, str]] = {
    Role.SAKSBEHANDLER: "saksbehandler",
    Role.EMPLOYEE: "ansatt",
    Role.LEADER: "leder",
    Role.REVIEWER: "kontrollør",
    Role.MACHINE: "fagsystem",
    Role.SYSTEM: "Husrom selv",
}
"""What somebody is called in a seat."""

KINDS: Final[Mapping[InformationKind, str]] = {
    InformationKind.IDENTITY: "navn og fødselsnummer",
    InformationKind.CONTACT: "kontaktopplysninger",
    InformationKind.HOUSEHOLD: "husstanden",
    InformationKind.HOUSING: "boforhold",
    InformationKind.ECONOMY: "økonomi",
    InformationKind.HEALTH: "helse",
    InformationKind.FOLLOW_UP: "oppfølging",
    InformationKind.ASSESSMENT: "vurderinger",
    InformationKind.MINUTES: "referatet",
    InformationKind.VEDTAK: "vedtaket",
    InformationKind.ADDRESS: "adressen",
    InformationKind.NOTE: "merknader",
    InformationKind.EMPLOYEE: "den ansatte",
}
APPLIED_FOR: Final[Mapping[ApplicationKind, str]] = {
    ApplicationKind.DWELLING: "kommunal bolig",
    ApplicationKind.ASSISTANCE: "boligsosial bistand",
    ApplicationKind.EXTENSION: "forlengelse av leiekontrakten",
    ApplicationKind.CARE_HOUSING: "omsorgsbolig",
}
TOPICS: Final[Mapping[Topic, str]] = {
    Topic.HOUSING: KINDS[InformationKind.HOUSING],
    Topic.ECONOMY: KINDS[InformationKind.ECONOMY],
    Topic.FOLLOW_UP: KINDS[InformationKind.FOLLOW_UP],
}
PARTS: Final[Mapping[Part, str]] = {
    Part.PREPARED: "forberedte saken",
    Part.SUBMITTED: "meldte inn saken",
    Part.IN_THE_ROOM: "var i rommet da saken ble drøftet",
    Part.WROTE_MINUTES: "skrev eller godkjente referatet",
    Part.CONCLUDED: "var med på konklusjonen",
    Part.DECIDED: "skrev eller fattet vedtaket",
    Part.REVIEWED: "vurderte klagen for kommunen",
    Part.INHABIL: "er inhabil i saken",
    Part.DIRECT_SUBORDINATE: "er direkte underordnet en som var med på saken",
}
WORDS: Final[Words] = {
    code.value: word for table in (KINDS, APPLIED_FOR, TOPICS, PARTS) for code, word in table.items()
}  # fmt: skip


def seat_in_words(actor: Actor, names: Words) -> str:
    """A seat as people say it, such as «Nav (leder)». `names`: as in `named_in`."""
    return f"{names.get(actor.unit, 'ukjent enhet')} ({ROLES[actor.role]})"


def named_in(rulebooks: Iterable[Rulebook]) -> Words:
    """What the municipality itself calls its units and its ranking criteria; the last of `rulebooks` wins."""
    names: dict[str, str] = {}
    for rules in rulebooks:
        names.update({str(unit): name for unit, name in rules.units.names.items()})
        names.update({criterion.code: criterion.text_nb for criterion in rules.ranking})
    return names


def in_words(refusal: Refusal, names: Words) -> str:
    """What is missing, with more of it and without a code. `names`: the municipality's own, as in `named_in`.

    A refusal that says more itself has said what its codes are.
    """
    rules = [sentence for rule, sentence in RULES.items() if rule.value in refusal.codes]
    words = {**names, **WORDS}
    called = [word for code in refusal.codes if (word := words.get(code) or words.get(code.partition(".")[0]))]
    about = refusal.detail or _about(refusal, called)
    return " ".join(part for part in (refusal.missing, *rules, about) if part)


def _about(refusal: Refusal, called: list[str]) -> str:
    """What it is about: the end of a sentence that waits for it, or a sentence of its own."""
    if not called:
        return ""
    last = _and(called).join([", ".join(called[:-1]), called[-1]] if called[1:] else called)
    return f"{last}." if refusal.missing.endswith(":") else f"{refusal.about} {last}."


def _and(called: list[str]) -> str:
    """Before the last one; with a comma where one of the others is itself two things."""
    return ", og " if any(" og " in word for word in called[:-1]) else " og "
