"""Why something cannot happen on the waiting list (M12, M14, LV5)."""

from domain.refusals import Refusal, WrongStateError


class NoGrantedDwellingError(Refusal):
    code = "no_granted_dwelling"
    rule = "M12"
    missing = "Bare et gyldig vedtak som innvilger bolig, gir plass på ventelisten."
    next_step = "Fatt vedtaket om bolig først."


class FactTwiceError(Refusal):
    code = "fact_twice"
    rule = "M14"
    missing = "Samme kriterium er besvart to ganger."
    next_step = "Send ett svar på hvert kriterium."


class ImpossibleHouseholdError(Refusal):
    code = "impossible_household"
    rule = "M14"
    missing = "En husstand har minst én voksen, ikke under null barn, og trenger minst ett rom."
    next_step = "Rett opplysningene om husstanden."


class CauseMissingError(Refusal):
    code = "leaving_cause_missing"
    rule = "M14"
    missing = "Det mangler hvilken leiekontrakt eller hvilket vedtak som gjør at plassen på ventelisten faller bort."
    next_step = "Vis til leiekontrakten eller vedtaket."


class EffectiveDateReasonMissingError(Refusal):
    code = "effective_date_reason_missing"
    rule = "M14"
    missing = "Datoen som teller, er en annen enn datoen søknaden er registrert, uten at det står hvorfor."
    next_step = "Skriv hvorfor datoen flyttes, eller la datoen for registrering telle."


class EffectiveDateUnsaidError(Refusal):
    code = "effective_date_unsaid"
    rule = "M14"
    missing = "Plassen som faller bort, har en annen dato som teller, enn den nye plassen ville fått."
    next_step = "Oppgi hvilken dato som skal telle, den gamle eller den nye, og hvorfor."


class NoDeclineToAssessError(WrongStateError):
    code = "no_decline_to_assess"
    rule = "LV5"
    missing = "Det er ikke noe nei som venter på vurdering for denne plassen på ventelisten."
    next_step = "Hent plassen på ventelisten på nytt og se hva som er neste steg."
