"""Why an appeal is not received, tried or sent: one class for each fact (LK1, LK4, LK6–LK8, LI4, LP2, B14)."""

from domain.refusals import NotAllowedError, Refusal, WrongStateError


class VedtakNotIssuedError(WrongStateError):
    code = "vedtak_not_open_to_appeal"
    rule = "LK1"
    missing = "Vedtaket er ikke fattet ennå, eller det er erstattet av et nytt."
    next_step = "Registrer klagen på det vedtaket som gjelder."


class AppealOpenError(WrongStateError):
    code = "appeal_open"
    rule = "LK6"
    missing = "Parten har allerede en klage på dette vedtaket som ikke er avgjort."
    next_step = "Legg det nye til den klagen som er til behandling."


class AppealNotLateError(Refusal):
    code = "appeal_not_late"
    rule = "LK4"
    missing = "Klagen kom i tide og kan ikke avvises som for sen."
    next_step = "Behandle klagen, eller bruk grunnen som faktisk gjelder."


class AppealIsLateError(WrongStateError):
    code = "appeal_is_late"
    rule = "LK4"
    missing = "Klagen kom etter fristen, og det er ikke tatt stilling til om den likevel skal behandles."
    next_step = "Registrer hvorfor den behandles likevel, eller avvis den."


class AppealHardStopError(Refusal):
    code = "appeal_hard_stop"
    rule = "LK4"
    missing = "Det er gått mer enn ett år siden vedtaket ble fattet. Da kan en for sen klage ikke behandles."
    next_step = "Avvis klagen, og vurder om vedtaket bør omgjøres uten klage."


class NotItsReplacementError(Refusal):
    code = "not_the_replacement"
    rule = "LK6"
    missing = "Vedtaket det vises til, har ikke erstattet det som er påklaget."
    next_step = "Fatt et nytt vedtak som erstatter det gamle, og vis til det."


class NotInFavourError(Refusal):
    code = "not_in_favour"
    rule = "LD6"
    missing = "Et avslag gir ikke klageren medhold. En klage kan ikke avsluttes til skade for klageren her."
    next_step = "Oppretthold vedtaket og send klagen videre, eller fatt et vedtak som innvilger."


class StatementNotCopiedError(WrongStateError):
    code = "statement_not_copied"
    rule = "LK6"
    missing = "Parten har ikke fått kopi av kommunens uttalelse til klageinstansen."
    next_step = "Send kopien og registrer det før klagen oversendes."


class PoolMissingError(Refusal):
    code = "pool_missing"
    rule = "B14"
    missing = "Oversikten over de andre søkerne på vedtaksdagen er ikke lagt ved."
    next_step = "Hent den anonymiserte oversikten for klagen, legg den ved og oppgi kontrollsummen."


class PoolChangedError(Refusal):
    code = "pool_differs"
    rule = "B14"
    missing = "Kontrollsummen er ikke den som hører til oversikten over de andre søkerne på vedtaksdagen."
    next_step = "Hent oversikten på nytt og bruk kontrollsummen derfra."


class AssessmentsNeedReasonError(Refusal):
    code = "assessments_need_reason"
    rule = "LP2"
    missing = "Interne vurderinger skal sendes med uten at det står hvorfor."
    next_step = "Skriv hvorfor klageinstansen trenger dem, eller send bare faktiske opplysninger."


class NotMunicipalBodyError(WrongStateError):
    code = "not_a_municipal_body"
    rule = "LK1"
    missing = "Klagen går til statsforvalteren, som selv bestemmer hvem som behandler den."
    next_step = "Oversend klagen når den er tilrettelagt."


class SecretaryMissingError(WrongStateError):
    code = "appeal_secretary_missing"
    rule = "LI4"
    missing = "Det er ikke oppnevnt noen til å forberede klagen for kommunens klageorgan."
    next_step = "Oppnevn en som ikke har hatt med saken å gjøre."


class TookPartError(NotAllowedError):
    """The detail says how they took part, never who."""

    code = "took_part_in_the_case"
    rule = "LI4"
    missing = (
        "En som har vært med på å forberede eller avgjøre saken, eller er direkte underordnet en som har det, "
        "kan ikke forberede eller behandle klagen for klageinstansen."
    )
    about = "Den som er valgt,"
    next_step = "Velg en som ikke har hatt med saken å gjøre."


class WorseTooLateError(Refusal):
    code = "worse_too_late"
    rule = "LK7"
    missing = "Vedtaket kan ikke endres til skade for klageren mer enn tre måneder etter at klagen kom."
    next_step = "Kontroller utfallet og datoene i avgjørelsen fra klageinstansen."


class DismissalNotAppealableError(WrongStateError):
    code = "dismissal_not_appealable"
    rule = "LK8"
    missing = "Det er ingen avvisning her som det kan klages på."
    next_step = "Bare en avvisning fra kommunen eller kommunens klageorgan kan klages inn på nytt."


class PoolNotNeededError(WrongStateError):
    code = "pool_not_needed"
    rule = "B14"
    missing = "Klagen gjelder ikke en kommunal bolig, så det er ingen venteliste å sammenligne med."
    next_step = "Oversend klagen uten oversikt over andre søkere."


class NothingForwardedError(WrongStateError):
    code = "nothing_forwarded"
    rule = "LI4"
    missing = "Klagen er ikke oversendt klageinstansen ennå."
    next_step = "Tilrettelegg klagen og oversend den; da kan sakspakken hentes ut."
