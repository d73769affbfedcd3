"""Texts written in one case stay in that case (M07)."""

from domain.actors import CaseId
from domain.refusals import Refusal
from domain.sealed import Sealed


class TextOfAnotherCaseError(Refusal):
    code = "text_of_another_case"
    rule = "M07"
    missing = "Teksten hører til en annen sak."
    next_step = "Skriv teksten på nytt i saken den gjelder."


def require_texts_of(case: CaseId | None, *texts: Sealed | None) -> None:
    """Raise `TextOfAnotherCaseError` unless every text was sealed for `case`; None stands for no text."""
    if any(text is not None and text.case != case for text in texts):
        raise TextOfAnotherCaseError()
