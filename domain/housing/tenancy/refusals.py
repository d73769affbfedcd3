"""What a tenancy refuses, each with the rule it comes from (M17, M19, LL5-LL10)."""

from domain.refusals import Refusal, WrongStateError


class TenancyEndedError(WrongStateError):
    code = "tenancy_ended"
    rule = "C01"
    missing = "Leieforholdet er avsluttet."
    next_step = "Registrer en ny leiekontrakt dersom det er inngått en."


class NoExtensionVedtakError(Refusal):
    code = "no_extension_vedtak"
    rule = "M19"
    missing = "En leiekontrakt forlenges eller nektes forlenget bare ved et nytt, gyldig vedtak om søknaden."
    next_step = "Fatt vedtaket om forlengelse først."


class NothingAppliedForError(WrongStateError):
    code = "no_extension_applied_for"
    rule = "M19"
    missing = "Det er ikke søkt om forlengelse av denne leiekontrakten."
    next_step = "Registrer søknaden om forlengelse først."


class ExtensionNotGrantedError(WrongStateError):
    code = "extension_not_granted"
    rule = "M19"
    missing = "Det er ikke innvilget noen forlengelse som venter på å bli avtalt."
    next_step = "Registrer vedtaket om forlengelse først."


class GrantedHelpMissingError(Refusal):
    code = "granted_help_missing"
    rule = "M17"
    missing = "Det mangler hvilket vedtak om bistand utfordringen gjelder."
    next_step = "Vis til et gyldig vedtak som innvilger bistand, eller meld det som en utfordring i leieforholdet."


class LeaseIsOpenEndedError(WrongStateError):
    code = "lease_is_open_ended"
    rule = "LL6"
    missing = "Leieavtalen er tidsubestemt og har ingen sluttdato som kan forlenges."
    next_step = "Avtalen løper videre. Skal den ta slutt, må den sies opp."


class MoveOutDemandNotWrittenError(Refusal):
    code = "move_out_demand_not_written"
    rule = "LL6"
    missing = "Et krav om å flytte må være skriftlig for å hindre at avtalen blir tidsubestemt."
    next_step = "Send kravet skriftlig, og registrer det med datoen det ble sendt."


class NotYetOpenEndedError(WrongStateError):
    code = "not_yet_open_ended"
    rule = "LL6"
    missing = "Leieavtalen er ikke blitt tidsubestemt."
    next_step = "Se når siste dag for et skriftlig krav om å flytte er."


class LeaseCannotBeTerminatedError(WrongStateError):
    code = "lease_cannot_be_terminated"
    rule = "LL5"
    missing = "Leieren har fått skriftlig beskjed om at den tidsbestemte avtalen ikke kan sies opp."
    next_step = "Vent til avtalen går ut, og krev eventuelt skriftlig at leieren flytter."


class NoticeVoidError(Refusal):
    code = "notice_void"
    rule = "LL7"
    missing = "Oppsigelsen mangler noe som loven krever, og er derfor ugyldig."
    next_step = (
        "Oppsigelsen må være skriftlig og begrunnet og opplyse om retten til å protestere innen én måned, "
        "hva som skjer hvis leieren ikke gjør det, og at kommunen da kan kreve utkastelse."
    )


class NoticeAlreadyGivenError(WrongStateError):
    code = "notice_already_given"
    rule = "LL7"
    missing = "Leieavtalen er allerede sagt opp."
    next_step = "Se hvor den oppsigelsen står før en ny gis."


class NoNoticeError(WrongStateError):
    code = "no_notice"
    rule = "LL7"
    missing = "Det er ingen oppsigelse som dette kan gjelde."
    next_step = "Registrer oppsigelsen først."


class ProtestTooLateError(Refusal):
    code = "protest_too_late"
    rule = "LL8"
    missing = "Protesten kom etter at fristen var ute, eller før oppsigelsen var gitt."
    next_step = "Kontroller datoene. En protest som kom for sent, stanser ikke oppsigelsen."


class ActionTooLateError(Refusal):
    code = "action_too_late"
    rule = "LL8"
    missing = "Saken er ikke brakt inn i tide etter protesten. Oppsigelsen er falt bort."
    next_step = "Gi eventuelt en ny oppsigelse."


class TerminationMissingError(Refusal):
    code = "termination_missing"
    rule = "LL7"
    missing = "Leieforholdet kan ikke registreres som avsluttet slik uten en oppsigelse som står ved lag."
    next_step = "Registrer oppsigelsen, og avslutt leieforholdet når oppsigelsestiden er ute."


class NoEvictionWarningError(WrongStateError):
    code = "no_eviction_warning"
    rule = "LL9"
    missing = "Leieren har ikke fått kopi av noe varsel om utkastelse som venter på å bli sendt."
    next_step = "Gi leieren varselet og beskjed om retten til å reservere seg først."


class EvictionCopyMissingError(Refusal):
    code = "eviction_copy_missing"
    rule = "LL9"
    missing = "Leieren må få kopi av varselet og vite at det går an å reservere seg mot at sosialtjenesten får det."
    next_step = "Gi leieren kopien og beskjeden, og registrer det."


class EvictionOptedOutError(Refusal):
    code = "eviction_opted_out"
    rule = "LL9"
    missing = "Leieren har reservert seg mot at sosialtjenesten får varselet."
    next_step = "Varselet skal ikke sendes til sosialtjenesten."


class OptOutStillRunsError(Refusal):
    code = "opt_out_still_runs"
    rule = "LL9"
    missing = "Leieren kan fremdeles reservere seg mot at sosialtjenesten får varselet."
    next_step = "Vent til fristen for å reservere seg er ute."


class NoTakeoverError(WrongStateError):
    code = "no_takeover"
    rule = "LL10"
    missing = "Det står ikke åpent for noen å tre inn i denne leieavtalen."
    next_step = "Registrer først hva som har skjedd i husstanden, eller kravet om å tre inn."


class TakeoverUnsettledError(WrongStateError):
    code = "takeover_unsettled"
    rule = "LL10"
    missing = "Det er ikke avgjort hvem som kan tre inn etter forrige endring i husstanden."
    next_step = "Avgjør det kravet først."


class TakeoverNotAcceptedError(Refusal):
    code = "takeover_not_accepted"
    rule = "LL10"
    missing = "Ingen har fått tre inn i leieavtalen."
    next_step = "Registrer kravet om å tre inn og at det er godtatt, eller velg en annen grunn."


class TakeoverUnderNoticeError(WrongStateError):
    code = "takeover_under_notice"
    rule = "LL10"
    missing = "Leieavtalen er sagt opp. Det er ikke avklart om den løper videre for den som trer inn."
    next_step = "Avklar oppsigelsen først, og registrer deretter hvem som trer inn i avtalen."


class TakeoverByTenantError(Refusal):
    code = "takeover_by_tenant"
    rule = "LL10"
    missing = "Den som trer inn i leieavtalen, må være en annen enn leieren."
    next_step = "Oppgi saken til den som trer inn."


class OnlyTheSystemError(Refusal):
    code = "only_the_system"
    rule = "LL6"
    missing = "Dette følger av loven og registreres av systemet når tiden er ute."
    next_step = "Du trenger ikke gjøre noe."


class ExtensionSignedError(WrongStateError):
    code = "extension_signed"
    rule = "M19"
    missing = "Vedtaket om forlengelse kan ikke gjøres om: leiekontrakten er alt forlenget, eller det er søkt på nytt."
    next_step = "Avgjør den nye søknaden, eller avslutt leieforholdet etter husleieloven."
