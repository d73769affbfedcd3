"""Omgjøring: when a vedtak may be changed by a new one (LD6), and must be after an appeal (LK7). It is never edited."""

from enum import StrEnum

from domain.cases.case import WithoutGroupGround
from domain.decisions.appeal.facts import AppealOutcome
from domain.decisions.vedtak_rules.facts import Ground, Outcome, VedtakFacts
from domain.refusals import Refusal


class ReversalGround(StrEnum):
    """Why the municipality may change its own vedtak (forvaltningsloven § 35)."""

    NOT_NOTIFIED = "not_notified"
    """The party has not been told of it yet."""
    NOT_TO_DETRIMENT = "not_to_detriment"
    INVALID = "invalid"
    RESERVED_IN_VEDTAK = "reserved_in_vedtak"
    BY_LAW = "by_law"
    APPEAL_OUTCOME = "appeal_outcome"
    """An appeal body has changed or quashed it, and no new vedtak is made yet (LK7)."""


class ReversalGroundMissingError(Refusal):
    code = "reversal_ground_missing"
    rule = "LD6"
    missing = "Det står ikke hvilket grunnlag kommunen har for å gjøre om vedtaket."
    next_step = "Oppgi grunnlaget for omgjøring. Uten et grunnlag står det gamle vedtaket."


class DetrimentalChangeError(Refusal):
    code = "detrimental_change"
    rule = "LD6"
    missing = "Å avslå det som er innvilget, er til skade for parten."
    next_step = "Oppgi et annet grunnlag for omgjøring, eller la det gamle vedtaket stå."


class AlreadyNotifiedError(Refusal):
    code = "already_notified"
    rule = "LD6"
    missing = "Parten har fått vite om vedtaket, så det kan ikke gjøres om på det grunnlaget."
    next_step = "Oppgi et annet grunnlag for omgjøring, eller la det gamle vedtaket stå."


class AppealNotDecidedError(Refusal):
    code = "appeal_not_decided"
    rule = "LK7"
    missing = "Ingen klageinstans har endret eller opphevet vedtaket, eller det er alt fattet et nytt etter klagen."
    next_step = "Registrer hva klageinstansen har avgjort, eller bruk et annet grunnlag."


class AgainstAppealOutcomeError(Refusal):
    code = "against_appeal_outcome"
    rule = "LK7"
    missing = "Klageinstansen har gitt parten medhold. Da kan ikke kommunen avslå på nytt."
    next_step = "Fatt et vedtak som innvilger det klageinstansen har kommet til."


def refuse_without_appeal(*, ground: Ground, reversed_on: ReversalGround | None) -> None:
    """An appeal body's decision carries only the vedtak that replaces the appealed one because of it (LK7, M13)."""
    stands_on_appeal = ground.without_group is WithoutGroupGround.APPEAL_DECIDED
    if stands_on_appeal and reversed_on is not ReversalGround.APPEAL_OUTCOME:
        raise AppealNotDecidedError()


def reversal_ground(
    *, old: VedtakFacts, outcome: Outcome, given: ReversalGround | None, appeal: AppealOutcome | None = None
) -> ReversalGround:
    """The ground on which `old` gives way to a vedtak with `outcome`.

    A refusal that becomes a grant is not to anybody's detriment, and needs no other ground. `appeal`: what an appeal
    body has decided about `old` that calls for this vedtak, None when nothing does (LK7). Raises
    `ReversalGroundMissingError`, `DetrimentalChangeError`, `AlreadyNotifiedError`, `AppealNotDecidedError`,
    `AgainstAppealOutcomeError`.
    """
    if appeal is AppealOutcome.CHANGED_IN_FAVOUR and outcome is Outcome.REFUSE:
        raise AgainstAppealOutcomeError()
    takes_away = (old.outcome, outcome) == (Outcome.GRANT, Outcome.REFUSE)
    if given is None and (old.outcome, outcome) == (Outcome.REFUSE, Outcome.GRANT):
        return ReversalGround.NOT_TO_DETRIMENT
    if given is None:
        raise ReversalGroundMissingError()
    if given is ReversalGround.NOT_TO_DETRIMENT and takes_away:
        raise DetrimentalChangeError()
    if given is ReversalGround.NOT_NOTIFIED and old.notified:
        raise AlreadyNotifiedError()
    if given is ReversalGround.APPEAL_OUTCOME and appeal is None:
        raise AppealNotDecidedError()
    return given
