"""Kontradiksjon: what others told about the applicant, and how far the applicant has been heard on it (LH6)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.refusals import Refusal


class FactsException(StrEnum):
    """Why facts from others need not be put to the applicant (LH6)."""

    KNOWN_TO_APPLICANT = "known_to_applicant"
    CANNOT_BE_REACHED = "cannot_be_reached"
    CANNOT_WAIT = "cannot_wait"
    NO_BEARING = "no_bearing"


class AnswerTimeError(Refusal):
    code = "answer_time"
    rule = "LH6"
    missing = "Søkeren må få tid til å uttale seg."
    next_step = "Sett en svarfrist etter i dag."


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Where it stands. `told`: others brought facts. `answer_by`: the applicant's last Oslo date to answer them."""

    told: bool
    answer_by: date | None = None
    is_answered: bool = False
    exception: FactsException | None = None

    def put(self, answer_by: date) -> "Heard":
        """Facts are put to the applicant; what was settled before says nothing of them."""
        return Heard(told=True, answer_by=answer_by)

    def answered(self) -> "Heard":
        return replace(self, is_answered=True)

    def excepted(self, ground: FactsException) -> "Heard":
        return replace(self, exception=ground)

    def reopened(self) -> "Heard":
        """Others have told more, and none of it is put to the applicant yet."""
        return Heard(told=True)

    @property
    def awaits_answer(self) -> bool:
        """Whether something has been put to the applicant that is not answered; a late answer counts too."""
        return self.answer_by is not None and not self.is_answered

    def is_settled(self, on: date) -> bool:
        """Whether a vedtak may be issued on that Oslo date as far as others' facts go.

        Nobody else brought any, or the applicant has answered, or the time to answer is over, or an exception is
        recorded.
        """
        if self.exception is not None or self.is_answered:
            return True
        if self.answer_by is not None:
            return on > self.answer_by
        return not self.told


def require_time_to_answer(answer_by: date, today: date) -> None:
    """Raise `AnswerTimeError` unless the applicant has until a later Oslo date than today."""
    if answer_by <= today:
        raise AnswerTimeError()
