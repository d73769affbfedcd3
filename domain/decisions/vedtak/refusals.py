"""Why something cannot happen to a vedtak after it was drafted. What it may say is in `vedtak_rules`."""

from domain.refusals import NotAllowedError, Refusal, WrongStateError


class AppealDeadlineError(Refusal):
    code = "appeal_deadline"
    rule = "LK3"
    missing = "Klagefristen må være etter dagen parten fikk vite om vedtaket."
    next_step = "Regn ut klagefristen fra dagen vedtaket kom fram."


class ReservedAgainstDigitalError(Refusal):
    code = "reserved_against_digital"
    rule = "LD5"
    missing = "Parten har reservert seg mot digital post fra det offentlige."
    next_step = "Send vedtaket i posten, og registrer dagen det kom fram."


class NotSentDigitallyError(WrongStateError):
    code = "not_sent_digitally"
    rule = "LD5"
    missing = "Vedtaket er ikke sendt digitalt, eller det er åpnet."
    next_step = "Ingenting å gjøre: bare et digitalt vedtak som ikke er åpnet, varsles en gang til."


class NothingToCorrectError(Refusal):
    code = "nothing_to_correct"
    rule = "LA5"
    missing = "Rettelsen viser ikke til noe som står i vedtaket."
    next_step = "Vis til nummeret på hendelsen som skal rettes."


class NotItsSuccessorError(Refusal):
    code = "not_its_successor"
    rule = "LD6"
    missing = "Vedtaket kan bare erstattes av et gyldig vedtak om det samme i samme søknad."
    next_step = "Fatt det nye vedtaket først, og vis til vedtaket det erstatter."


class DepartureNotForGroupError(WrongStateError):
    code = "departure_not_for_group"
    rule = "B08"
    missing = "Vedtaket avviker ikke fra gruppas konklusjon, eller det er ikke fattet."
    next_step = "Fortell gruppa bare om vedtak som er fattet og avviker fra konklusjonen."


class AlreadyToldError(WrongStateError):
    code = "departure_already_told"
    rule = "B08"
    missing = "Gruppa har alt fått vite om avviket."
    next_step = "Ingenting mer å gjøre."


class LeaderOutsideOnlyError(NotAllowedError):
    code = "leader_outside_only"
    rule = "LI2"
    missing = "Bare en leder utenfor Service og tildeling kan sette inn en saksbehandler når enhetens leder er inhabil."
    next_step = "Be kommunedirektøren eller en annen overordnet leder om å gjøre det."


class InhabilDeciderError(NotAllowedError):
    code = "inhabil_decider"
    rule = "LI1"
    missing = "Den som settes inn, eller den som setter inn, er selv inhabil i saken."
    next_step = "Velg en som er habil."
