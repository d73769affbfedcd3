"""Refusals: what may not happen, what is missing, and what to do next."""

from collections.abc import Iterable
from typing import ClassVar


class Refusal(Exception):
    """A rule said no. Nothing was recorded.

    `code`: permanent and machine-readable. `rule`: the mandate rule or paragraph it comes from.
    `missing`: what is missing or wrong, in bokmål, without personal data.
    `next_step`: what the reader can do about it, in bokmål.

    `detail`: more of it, as people read it. `codes`: what it is about, as units, kinds or access rules; whoever shows
    the refusal says them in words, in a sentence that begins with `about`.
    """

    code: ClassVar[str]
    rule: ClassVar[str]
    missing: ClassVar[str]
    next_step: ClassVar[str]
    about: ClassVar[str] = "Det gjelder"

    def __init__(self, detail: str = "", *, codes: Iterable[str] = ()) -> None:
        self.detail = detail
        self.codes = tuple(str(code) for code in codes)
        super().__init__(" ".join(part for part in (self.missing, detail, ", ".join(self.codes)) if part))


class NotFoundError(Refusal):
    """Nothing with that id, as far as this caller may know."""

    code = "not_found"
    rule = "D4"
    missing = "Det finnes ingenting med denne id-en som du har tilgang til."
    next_step = "Kontroller id-en, eller be Service og tildeling om tilgang."


class NotAllowedError(Refusal):
    """The caller has a lawful relation to the case, but may not do this."""

    code = "not_allowed"
    rule = "D4"
    missing = "Du kan ikke gjøre dette i denne saken."
    next_step = "Se regelen i svaret, og ta kontakt med saksbehandleren på Service og tildeling."


class SaksbehandlerOnlyError(NotAllowedError):
    """Only a saksbehandler at Service og tildeling may do this (M06, M09, M10, M13)."""

    code = "saksbehandler_only"
    rule = "M13"
    missing = "Dette kan bare en saksbehandler på Service og tildeling gjøre."
    next_step = "Be saksbehandleren på Service og tildeling om å gjøre det."


class WrongStateError(Refusal):
    """The thing exists but is not in a state in which this can happen."""

    code = "wrong_state"
    rule = "C01"
    missing = "Dette kan ikke gjøres slik saken står nå."
    next_step = "Hent siste versjon og se hva som er neste lovlige steg."
