"""Why a paper is not made, or not shown: each is about one kind of paper."""

from domain.refusals import NotAllowedError, Refusal, WrongStateError


class PaperOfDraftError(WrongStateError):
    code = "paper_of_draft"
    rule = "LD1"
    missing = "Vedtaket er ikke fattet ennå, så det kan ikke bli et brev."
    next_step = "Fatt vedtaket først. Et utkast kan du se på med forhåndsvisning."


class NoDateToTellError(WrongStateError):
    code = "no_date_to_tell"
    rule = "LH2"
    missing = "Det er ikke registrert når søkeren kan vente svar."
    next_step = "Registrer det foreløpige svaret med grunn og dato først."


class NothingSlippedError(WrongStateError):
    code = "nothing_slipped"
    rule = "LH3"
    missing = "Det er ikke registrert at datoen søkeren ble lovet svar, ikke holder."
    next_step = "Registrer det nye varselet med grunn og dato først."


class PromisedDatePassedError(WrongStateError):
    code = "promised_date_passed"
    rule = "LH3"
    missing = "Datoen søkeren kan vente svar etter brevet, er allerede passert."
    next_step = "Registrer et nytt varsel med grunn og ny dato, og lag det varselet i stedet."


class NoFactsToAnswerError(WrongStateError):
    code = "no_facts_to_answer"
    rule = "LH6"
    missing = "Det er ikke lagt fram opplysninger som søkeren skal uttale seg om."
    next_step = "Registrer opplysningene og fristen for å svare først."


class MinutesNotApprovedError(WrongStateError):
    code = "minutes_not_approved"
    rule = "M07"
    missing = "Referatet i saken er ikke skrevet og godkjent."
    next_step = "Skriv og godkjenn referatet først. Et utkast kan du se på med forhåndsvisning."


class NoOfferToTellError(WrongStateError):
    code = "no_offer_to_tell"
    rule = "M14"
    missing = "Det er ikke noe åpent tilbud om bolig i saken."
    next_step = "Tilby boligen først."


class MoveOutNotDemandedError(WrongStateError):
    code = "move_out_not_demanded"
    rule = "LL6"
    missing = "Det er ikke registrert at kommunen krever at leieren flytter."
    next_step = "Registrer kravet om å flytte først."


class LeaseToSignMissingError(Refusal):
    code = "lease_to_sign_missing"
    rule = "LL2"
    missing = "Det mangler hvilken leietid og hvilke unntak leieren skal få beskjed om."
    next_step = "Oppgi første og siste dag og unntakene som skal avtales."


class NoNoticeGivenError(WrongStateError):
    code = "no_notice_given"
    rule = "LL7"
    missing = "Det er ikke registrert at kommunen sier opp leieavtalen, med grunn og begrunnelse."
    next_step = "Registrer oppsigelsen først."


class PaperNotWholeError(NotAllowedError):
    code = "paper_not_whole"
    rule = "LP2"
    missing = "Papiret ville inneholde opplysninger du ikke har tilgang til i denne saken."
    next_step = "Lag papiret i saken der opplysningene står."


class PaperDamagedError(Refusal):
    code = "paper_damaged"
    rule = "LA1"
    missing = "Papiret er borte eller stemmer ikke med kontrollsummen sin, og vises ikke."
    next_step = "Ta kontakt med drift, som kan hente det fra sikkerhetskopien."
