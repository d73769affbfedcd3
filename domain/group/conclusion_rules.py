"""What a conclusion may say: its words, its refusals, and how (a) and (b) must fit together (M11, M12, M19)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.decisions.vedtak_rules import Outcome
from domain.group.agenda_item.facts import Matter
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Sealed


class HelpKind(StrEnum):
    """Kinds of help after § 6: which one is for the municipality to choose (LV2)."""

    ADVICE = "advice"
    PRACTICAL_HELP = "practical_help"
    FINANCIAL_HELP = "financial_help"
    DWELLING_HELP = "dwelling_help"


class AssessmentMissingError(Refusal):
    code = "assessment_missing"
    rule = "M11"
    missing = "Konklusjonen sier ikke om søkeren er vanskeligstilt på boligmarkedet, og hvorfor."
    next_step = "Ta stilling til om søkeren er vanskeligstilt, og begrunn det."


class HelpMissingError(Refusal):
    code = "help_missing"
    rule = "M11"
    missing = "Konklusjonen sier ikke hvilken bistand kommunen kan og skal tilby."
    next_step = "Ta stilling til begge deler, også når svaret er ingen."


class HelpMustFollowError(Refusal):
    code = "help_must_follow"
    rule = "M12"
    missing = "Den som er vanskeligstilt på boligmarkedet, skal ha bistand."
    next_step = "Velg minst én form for bistand som skal tilbys."


class NothingToOfferError(Refusal):
    code = "nothing_to_offer"
    rule = "M12"
    missing = "Den som ikke er vanskeligstilt på boligmarkedet, kan ikke få tilbud om bistand, bolig eller forlengelse."
    next_step = "Ta bort tilbudet, eller vurder på nytt om søkeren er vanskeligstilt."


class ExtensionUnansweredError(Refusal):
    code = "extension_unanswered"
    rule = "M19"
    missing = "Konklusjonen sier ikke om leiekontrakten bør forlenges."
    next_step = "Tilrå forlengelse eller avslag."


class NotForConclusionError(WrongStateError):
    code = "not_for_conclusion"
    rule = "M11"
    missing = "Denne saken avsluttes på sakslisten, ikke med en konklusjon."
    next_step = "Avslutt saken på sakslisten: svar på spørsmålene og fordel oppgavene."


class DissenterNotPresentError(Refusal):
    code = "dissenter_not_present"
    rule = "M11"
    missing = "Den som skal ha vært uenig, var ikke i rommet da saken ble drøftet."
    next_step = "Kontroller hvem som var uenig, og at frammøtet er riktig ført."


@dataclass(frozen=True)
class GroupAnswers:
    """What the group answers: whether the applicant is vanskeligstilt, and which help is due (M11).

    None stands for "not said"; an empty tuple is an answer. `dwelling` and `extension`: what is recommended, None when
    it was not asked for.
    """

    vanskeligstilt: bool | None
    reasons: Sealed | None
    may_offer: tuple[HelpKind, ...] | None
    shall_offer: tuple[HelpKind, ...] | None
    dwelling: Outcome | None = None
    extension: Outcome | None = None
    help_description: Sealed | None = None

    def require_complete(self, matter: Matter) -> None:
        """Raise what is missing about that matter, or does not fit together.

        `AssessmentMissingError` and `HelpMissingError` (M11), `HelpMustFollowError` and `NothingToOfferError` (M12),
        `ExtensionUnansweredError` (M19).
        """
        if self.vanskeligstilt is None or self.reasons is None:
            raise AssessmentMissingError()
        if self.may_offer is None or self.shall_offer is None:
            raise HelpMissingError()
        if self.vanskeligstilt and not self.shall_offer:
            raise HelpMustFollowError()
        offered = self.may_offer or self.shall_offer or Outcome.GRANT in (self.dwelling, self.extension)
        if not self.vanskeligstilt and offered:
            raise NothingToOfferError()
        if matter is Matter.EXTENSION and self.extension is None:
            raise ExtensionUnansweredError()
