"""What may not happen to an agenda item, and what to do instead."""

from domain.refusals import NotAllowedError, Refusal, WrongStateError


class CareHousingOnAgendaError(NotAllowedError):
    code = "care_housing_on_agenda"
    rule = "M20"
    missing = "Omsorgsbolig skal ikke drøftes i boligsosial arbeidsgruppe."
    next_step = "Service og tildeling avgjør saken selv, eller i dialog med hjemmetjenesten eller botjenesten."


class PreAssessmentMissingError(Refusal):
    code = "pre_assessment_missing"
    rule = "M10"
    missing = "Saken er ikke ferdig forhåndskartlagt."
    next_step = "Fullfør forhåndskartleggingen før saken settes på sakslisten."


class SubjectMissingError(Refusal):
    code = "subject_missing"
    rule = "M01"
    missing = "Det står ikke hvilken sak, hvilket leieforhold eller hvilken ledig bolig det gjelder."
    next_step = "Oppgi leieforholdet for leieforholdssaker, den ledige boligen for tildeling, og ellers saken."


class AlreadyOnAgendaError(WrongStateError):
    code = "already_on_agenda"
    rule = "M18"
    missing = "Det samme står allerede åpent på en saksliste."
    next_step = "Bruk saken som allerede står der."


class GuestFromPermanentUnitError(Refusal):
    code = "guest_from_permanent_unit"
    rule = "M03"
    missing = "Enheten er fast i gruppa og kalles inn til møtet, ikke til enkeltsaker."
    next_step = "Oppnevn personen som medlem, og kall inn på nytt."


class AlreadyGuestError(WrongStateError):
    code = "already_guest"
    rule = "M03"
    missing = "Personen er allerede invitert til denne saken."
    next_step = "Ingenting å gjøre."


class NotExpectedError(NotAllowedError):
    code = "not_expected"
    rule = "M03"
    missing = "Personen er verken kalt inn til møtet, invitert til denne saken eller vara for en inhabil."
    next_step = "Kall inn eller inviter personen først."


class AttendanceOrderError(WrongStateError):
    code = "attendance_order"
    rule = "M08"
    missing = "Oppmøtet henger ikke sammen med det som allerede er ført."
    next_step = "Se hvem som står som til stede, og når."


class InhabilPresentError(NotAllowedError):
    code = "inhabil_present"
    rule = "LI1"
    missing = "En som er inhabil i saken, kan ikke være til stede."
    next_step = "Personen må forlate rommet; en vara fra samme enhet kan møte."


class AlreadyInhabilError(WrongStateError):
    code = "already_inhabil"
    rule = "LI1"
    missing = "Personen står allerede som inhabil i saken."
    next_step = "Ingenting å gjøre."


class RestrictedItemError(NotAllowedError):
    code = "restricted_item"
    rule = "M18"
    missing = "Samtykke mangler, så saken er bare for Service og tildeling."
    next_step = "Avgjør den på Service og tildeling, eller innhent samtykke."


class ThreeQuestionsError(Refusal):
    code = "three_questions"
    rule = "M18"
    missing = (
        "Når en leiekontrakt utløper, må det stå om det er søkt om forlengelse, hva statusen er, og hvem som gjør hva."
    )
    next_step = "Svar på alle tre spørsmålene."


class OutcomeMissingError(Refusal):
    code = "outcome_missing"
    rule = "M07"
    missing = "Det står ikke hva gruppa kom til."
    next_step = "Skriv hva drøftingen endte med."


class ConclusionNeededError(Refusal):
    code = "conclusion_needed"
    rule = "M11"
    missing = "Denne saken må ende med en konklusjon som et vedtak kan bygge på."
    next_step = "Registrer konklusjonen: om søkeren er vanskeligstilt, og hvilken bistand som kan og skal tilbys."


class LeaseMustNotSlipError(Refusal):
    code = "lease_must_not_slip"
    rule = "M18"
    missing = "En leiekontrakt som utløper, kan ikke tas av sakslisten av denne grunnen."
    next_step = "Svar på de tre spørsmålene, eller utsett saken til et navngitt møte."


class NotSettledError(WrongStateError):
    code = "item_not_settled"
    rule = "M07"
    missing = "Referatet kan ikke godkjennes før konklusjon og oppgavefordeling er registrert."
    next_step = "Registrer konklusjonen og hvem som gjør hva."


class MinutesApprovedError(WrongStateError):
    code = "minutes_approved"
    rule = "M07"
    missing = "Referatet er godkjent."
    next_step = "Gjenåpne referatet dersom noe må rettes. Den godkjente utgaven blir stående."


class WrongRevisionError(WrongStateError):
    code = "wrong_revision"
    rule = "M07"
    missing = "Det finnes en nyere utgave av referatet."
    next_step = "Hent siste utgave, og godkjenn eller gjenåpne den."
