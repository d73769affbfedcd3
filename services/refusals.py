"""Refusals that belong to the ways in rather than to a rule of the work: who asks, how, and with which version."""

from collections.abc import Iterable
from typing import Self

from domain.refusals import NotAllowedError, Refusal
from domain.sealed import Place


class NotSignedInError(Refusal):
    """No bearer token, or one that does not hold. Never says which check failed."""

    code = "not_signed_in"
    rule = "R11"
    missing = "Du er ikke logget inn, eller innloggingen er ikke gyldig lenger."
    next_step = "Logg inn på nytt og prøv igjen."


class SignInUnavailableError(Refusal):
    """The issuer's public keys cannot be read, so no token can be checked: nobody gets in (R11)."""

    code = "sign_in_unavailable"
    rule = "R11"
    missing = "Innloggingen kan ikke kontrolleres akkurat nå."
    next_step = "Vent litt og prøv igjen. Varer det, ta kontakt med drift."


class NoAccessYetError(NotAllowedError):
    """Signed in, but in no directory, or in no seat today. Says nothing else (design D16)."""

    code = "no_access_yet"
    rule = "D16"
    missing = "Du har ikke tilgang til Husrom ennå."
    next_step = "Be lederen din om å melde fra til Service og tildeling."


class NoLongerEmployedError(NotAllowedError):
    """Stopped before any operation: recorded as having left (M02)."""

    code = "no_longer_employed"
    rule = "M02"
    missing = "Du er registrert som sluttet, og har ikke tilgang lenger."
    next_step = "Er det feil, så be Service og tildeling om å rette det."


class SeatNotYoursError(NotAllowedError):
    """The header Husrom-Seat names a seat that is not the caller's today (design D16)."""

    code = "seat_not_yours"
    rule = "D16"
    missing = "Plassen som er oppgitt, er ikke din i dag."
    next_step = "Oppgi id-en til en av plassene dine i Husrom-Seat."


class ScopeMissingError(NotAllowedError):
    """A machine client asks for something that its token has no scope for; `codes` names the scope."""

    code = "scope_missing"
    rule = "R08"
    missing = "Systemet som spør, har ikke fått tilgang til dette."
    next_step = "Be den som forvalter innloggingen, om å gi systemet tilgangen som står i codes."


class ScopeTooWideError(NotAllowedError):
    """A machine that keeps the directory may do nothing else: it gives seats, and sits in none (design D16)."""

    code = "scope_too_wide"
    rule = "D16"
    missing = "Et system som fører ansattlisten, kan ikke ha andre tilganger."
    next_step = "Be den som forvalter innloggingen, om å gi systemet tilgang til ansattlisten alene."


class StaleVersionError(Refusal):
    """Somebody has changed the thing since the caller read it (If-Match, design D7)."""

    code = "stale_version"
    rule = "D7"
    missing = "Noen har endret dette etter at du hentet det."
    next_step = "Hent siste versjon, se hva som er endret, og prøv igjen."


class PreconditionRequiredError(Refusal):
    """A change must say which version it builds on, or carry its idempotency key."""

    code = "precondition_required"
    rule = "D7"
    missing = "Forespørselen sier ikke hvilken versjon den bygger på."
    next_step = "Send If-Match med ETag-en fra siste lesing."


class IdempotencyKeyMissingError(PreconditionRequiredError):
    """Every command carries an Idempotency-Key (design D7)."""

    code = "idempotency_key_missing"
    missing = "Forespørselen mangler Idempotency-Key."
    next_step = "Send en ny, tilfeldig UUID i Idempotency-Key, og bruk den samme når du prøver igjen."


class IdempotencyKeyReusedError(Refusal):
    """The same caller has used this key on this route with another body (design D7)."""

    code = "idempotency_key_reused"
    rule = "D7"
    missing = "Denne Idempotency-Key-en er alt brukt til en annen forespørsel."
    next_step = "Lag en ny nøkkel for hver nye forespørsel."


class RaceLostError(Refusal):
    """Others changed the same thing at the same time, and trying again did not settle it (design D7)."""

    code = "race_lost"
    rule = "D7"
    missing = "Noen andre endret det samme samtidig. Ingenting er lagret."
    next_step = "Hent siste versjon og prøv igjen."


class ViewsBehindError(Refusal):
    """A view has not caught up with the caller's own write within the wait (design D10)."""

    code = "views_behind"
    rule = "D10"
    missing = "Oversikten har ikke fått med seg den siste endringen ennå."
    next_step = "Vent noen sekunder og hent på nytt."


class LogUnavailableError(Refusal):
    """A log or the key store cannot be reached, so nothing is decided, shown or stored (R10)."""

    code = "log_unavailable"
    rule = "R10"
    missing = "Systemet får ikke skrevet til loggen akkurat nå, og da vises og lagres ingenting."
    next_step = "Vent litt og prøv igjen. Varer det, ta kontakt med drift."


class InvalidInputError(Refusal):
    """What was sent cannot be understood. The detail never repeats what was sent."""

    code = "invalid_input"
    rule = "R12"
    missing = "Noe i forespørselen er ikke gyldig."
    next_step = "Rett feltene som er nevnt, og send på nytt."


class UnknownQueryNameError(InvalidInputError):
    """A name in the address that the operation does not know: it must not be left out of account in silence.

    The names in the detail are those that it knows; what was sent is never repeated.
    """

    code = "unknown_query_name"
    missing = "Adressen har noe etter spørsmålstegnet som ikke finnes her."
    next_step = "Rett navnet, eller ta det bort, og prøv igjen."


class ReasonOpensOneCaseError(InvalidInputError):
    """A stated reason opens one colleague's case, never the rows of a list, a comparison or an overview (D4)."""

    code = "reason_opens_one_case"
    rule = "D4"
    missing = "En begrunnelse åpner én sak som du slår opp, aldri en liste, en sammenligning eller en oversikt."
    next_step = "Ta bort reason her. Oppgi den når du slår opp saken."


class SeatNotNamedError(InvalidInputError):
    """The caller has several seats today, and the request does not say which it uses (design D16)."""

    code = "seat_not_named"
    rule = "D16"
    missing = "Du har flere plasser, og forespørselen sier ikke hvilken du arbeider fra nå."
    next_step = "Oppgi id-en til plassen i Husrom-Seat."


class InvalidCursorError(InvalidInputError):
    """The cursor of a list did not come from this list."""

    code = "invalid_cursor"
    missing = "Sidemarkøren er ikke gyldig for denne listen."
    next_step = "Hent listen fra begynnelsen, uten cursor."


class BlankTextError(InvalidInputError):
    """A text without a single visible character is not a reason, a fact or a name."""

    code = "blank_text"
    missing = "En tekst som må fylles ut, er tom."
    next_step = "Skriv inn teksten og send på nytt."


class TextTooLongError(InvalidInputError):
    """A text is longer than the vault takes."""

    code = "text_too_long"
    missing = "En tekst er for lang."
    next_step = "Kort ned teksten og send på nytt."


class UnreadableTextError(InvalidInputError):
    """A text holds code points that are not characters, so it cannot be stored and read back unchanged."""

    code = "unreadable_text"
    missing = "En tekst inneholder ugyldige tegn."
    next_step = "Fjern tegnene og send på nytt."


class TooLargeError(Refusal):
    """The body is larger than the installation takes."""

    code = "too_large"
    rule = "R12"
    missing = "Forespørselen er for stor."
    next_step = "Del den opp eller kort ned, og send på nytt."


class UnsupportedMediaError(Refusal):
    """The body is not JSON."""

    code = "unsupported_media"
    rule = "R12"
    missing = "Innholdet må være JSON."
    next_step = "Send innholdet som application/json i UTF-8."


class KeyDestroyedError(Refusal):
    """The owner's data key is destroyed (discard, design D3); what it closed can never be read again."""

    code = "key_destroyed"
    rule = "LA4"
    missing = "Opplysningene er slettet og kan ikke leses."
    next_step = "Se i arkivet om saken er avlevert dit."


class TextOutOfPlaceError(Refusal):
    """A stored text was not closed for the place it stands in: moved, changed, or without its key (design D17)."""

    code = "text_out_of_place"
    rule = "D17"
    missing = "En opplysning er ikke slik den ble lagret, eller hører til et annet sted. Den vises ikke."
    next_step = "Ta kontakt med drift og oppgi id-en, så kan opplysningen hentes fra sikkerhetskopien."

    @classmethod
    def at(cls, places: Iterable[Place]) -> Self:
        """Names each record by its id: the case the text was written in, or whose it is."""
        found = list(places)
        records = sorted({str(place.case or place.owner) for place in found})
        return cls(f"Id: {', '.join(records)}.", codes=sorted({place.field for place in found}))
