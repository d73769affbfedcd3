"""What an application says no to."""

from domain.refusals import Refusal, WrongStateError


class NothingAppliedForError(Refusal):
    code = "nothing_applied_for"
    rule = "M01"
    missing = "Henvendelsen sier ikke hva det søkes om."
    next_step = "Oppgi minst én av: bolig, bistand, forlengelse eller omsorgsbolig."


class CareHousingApartError(Refusal):
    code = "care_housing_apart"
    rule = "M20"
    missing = "Omsorgsbolig behandles i en egen sak og kan ikke stå sammen med andre søknader."
    next_step = "Registrer søknaden om omsorgsbolig for seg, og det andre i en ny søknad."


class ExtensionNeedsTenancyError(Refusal):
    code = "extension_needs_tenancy"
    rule = "M19"
    missing = "En søknad om forlengelse må vise til leieforholdet den gjelder."
    next_step = "Oppgi id-en til leieforholdet."


class ReceivedInFutureError(Refusal):
    code = "received_in_future"
    rule = "LH1"
    missing = "Søknaden kan ikke være mottatt fram i tid."
    next_step = "Kontroller datoen for mottak."


class FullmaktMissingError(Refusal):
    code = "fullmakt_missing"
    rule = "LH7"
    missing = "Fullmakten eller vergemålet til den som søker for en annen, er ikke registrert."
    next_step = "Registrer fullmakten eller vergemålet, eller oppgi et annet forhold til søkeren."


class ApplicationAnsweredError(WrongStateError):
    code = "application_closed"
    rule = "C01"
    missing = "Søknaden er trukket eller ferdig behandlet."
    next_step = "Registrer en ny søknad dersom personen søker på nytt. En plass på ventelisten meldes av der."


class NotAppliedForError(Refusal):
    code = "not_applied_for"
    rule = "M13"
    missing = "Det er ikke søkt om dette i søknaden."
    next_step = "Fatt vedtak om det som er søkt om, eller registrer en ny søknad."


class NotWaitingForAnswerError(Refusal):
    code = "not_waiting_for_answer"
    rule = "LH5"
    missing = (
        "Søknaden venter ikke på svar om dette: det er ikke søkt om, eller det er avgjort, trukket eller sendt videre."
    )
    next_step = "Se hva søknaden fortsatt venter på svar om."


class ForwardingDateError(Refusal):
    code = "forwarding_date_wrong"
    rule = "LH5"
    missing = "Datoen for oversendelsen må være etter at søknaden kom inn, og ikke fram i tid."
    next_step = "Kontroller datoen for oversendelsen og datoen for beskjeden til avsenderen."


class NothingPromisedError(Refusal):
    code = "nothing_promised"
    rule = "LH3"
    missing = "Søkeren har ikke fått noe foreløpig svar, så det er ingen dato som glipper."
    next_step = "Send et foreløpig svar med forventet dato."


class NotLaterThanPromisedError(Refusal):
    code = "not_later_than_promised"
    rule = "LH3"
    missing = "Den nye datoen er ikke senere enn den søkeren er lovet, eller den er passert."
    next_step = "Oppgi når søkeren nå kan vente svar."


class NothingSaidWrongError(Refusal):
    code = "nothing_said_wrong"
    rule = "LA5"
    missing = "Rettelsen viser ikke til noe som står i søknaden."
    next_step = "Oppgi versjonen som sa det som er feil; 1 er søknaden slik den kom inn."


class DateNotWrongError(Refusal):
    code = "date_not_wrong"
    rule = "LA5"
    missing = "Søknaden er allerede registrert som mottatt den dagen."
    next_step = "Oppgi dagen søknaden faktisk kom inn, dersom den er en annen."


class DateOfDuplicateError(WrongStateError):
    code = "date_of_duplicate"
    rule = "LH4"
    missing = "Søknaden er dobbeltregistrert. Datoen som gjelder, står på søknaden den besvares i."
    next_step = "Rett datoen på søknaden som ble stående."


class CorrectionDoesNotFitError(Refusal):
    code = "correction_does_not_fit"
    rule = "LA5"
    missing = "Rettelsen må si hva som er rett, om den delen den gjelder og ikke noe annet."
    next_step = "Oppgi den rette opplysningen i feltet med samme navn som delen, og send én rettelse for hver del."


class NotADuplicateError(Refusal):
    code = "not_a_duplicate"
    rule = "LH4"
    missing = "Søknadene gjelder ikke samme person, samme leieforhold og ulike registreringer."
    next_step = "Kontroller id-ene. Er personen registrert to ganger, registrer fødselsnummeret først."


class DuplicateLeavesUnansweredError(Refusal):
    code = "duplicate_leaves_unanswered"
    rule = "LH4"
    missing = "Den andre søknaden venter ikke på svar om alt det denne gjelder, så noe ville bli stående ubesvart."
    next_step = "Fatt vedtak om det som mangler, eller la den mest omfattende søknaden bli stående."
