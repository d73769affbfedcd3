"""What a vedtak must have written, and what must be settled, before it is made (LD2, LD3, LV3, LH6, M19)."""

from domain.decisions.vedtak_rules.facts import ConclusionFacts, Ground, GroundFacts, Outcome, VedtakContent
from domain.decisions.vedtak_rules.refusals import (
    ConclusionSupersededError,
    DwellingTermsMissingError,
    ExtensionTermsError,
    FactsNotSettledError,
    MainContentMissingError,
    OtherGroundError,
    ReasonsIncompleteError,
    WishesUnansweredError,
)
from domain.law.rulebook import DecisionSubject


def refuse_incomplete(*, subject: DecisionSubject, outcome: Outcome, content: VedtakContent) -> None:
    """Refuse a vedtak that does not say what one of its kind must say."""
    granted = outcome is Outcome.GRANT
    if subject is DecisionSubject.ASSISTANCE and granted and content.main_content is None:
        raise MainContentMissingError()
    if subject is DecisionSubject.DWELLING and granted and content.dwelling is None:
        raise DwellingTermsMissingError()
    if subject is DecisionSubject.EXTENSION:
        extension = content.extension
        if extension is None or granted != (extension.new_end is not None):
            raise ExtensionTermsError()


def refuse_unfinished(*, subject: DecisionSubject, outcome: Outcome, content: VedtakContent) -> None:
    """Refuse to issue what a draft may still lack: the facts it builds on (LD3), and the applicant's wishes (LV3).

    The rules it applies stand in its hjemmel, the main considerations in its reasons. Wishes are heard where the
    municipality chooses which help to give.
    """
    if content.facts is None:
        raise ReasonsIncompleteError()
    if subject is DecisionSubject.ASSISTANCE and outcome is Outcome.GRANT and content.wishes_considered is None:
        raise WishesUnansweredError()


def refuse_unready(*, drafted_on: Ground, ground: GroundFacts) -> None:
    """Refuse to issue on another ground than the draft's, on a superseded conclusion, or before facts are settled."""
    if Ground.of(ground) != drafted_on:
        raise OtherGroundError()
    if isinstance(ground, ConclusionFacts) and ground.superseded:
        raise ConclusionSupersededError()
    if not ground.facts_settled:
        raise FactsNotSettledError()
