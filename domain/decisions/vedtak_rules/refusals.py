"""Why a vedtak is not drafted or issued: one class for each thing that can be wrong."""

from domain.refusals import Refusal, WrongStateError


class GroundMissingError(Refusal):
    code = "ground_missing"
    rule = "M13"
    missing = "Vedtaket mangler grunnlag: en konklusjon fra gruppa, eller en registrert grunn til å avgjøre uten den."
    next_step = "Vis til konklusjonen, eller registrer hvorfor saken avgjøres uten gruppa."


class NotVanskeligstiltError(Refusal):
    code = "not_vanskeligstilt"
    rule = "M12"
    missing = "Søkeren er ikke vanskeligstilt på boligmarkedet etter konklusjonen. Da skal det som er søkt om, avslås."
    next_step = "Fatt avslag, eller ta saken opp i gruppa på nytt dersom forholdene er endret."


class HelpRequiredError(Refusal):
    code = "help_required"
    rule = "M12"
    missing = "Søkeren er vanskeligstilt på boligmarkedet. Da kan bistand ikke avslås, bare innholdet kan velges."
    next_step = "Innvilg bistand og beskriv hovedinnholdet i den."


class DepartureNeedsReasonError(Refusal):
    code = "departure_needs_reason"
    rule = "B08"
    missing = "Vedtaket avviker fra konklusjonen uten at det står hvorfor."
    next_step = "Begrunn avviket, eller følg konklusjonen."


class CareHousingGroundError(Refusal):
    code = "care_housing_ground"
    rule = "M20"
    missing = "Omsorgsbolig avgjøres alltid uten gruppa, og bare omsorgsbolig kan avgjøres på det grunnlaget."
    next_step = "Bruk grunnlaget «omsorgsbolig» for omsorgsbolig, og et annet grunnlag for alt annet."


class DismissalIsNoGrantError(Refusal):
    code = "dismissal_is_no_grant"
    rule = "M13"
    missing = "En søknad som avvises av formelle grunner, kan ikke innvilges."
    next_step = "Velg avslag, eller et annet grunnlag for vedtaket."


class DelegationMissingError(Refusal):
    code = "delegation_missing"
    rule = "LR6"
    missing = "Regelboken sier ikke hvem som har delegert myndigheten til å fatte et slikt vedtak."
    next_step = "Før delegeringen inn i regelboken, eller la den som har myndigheten, fatte vedtaket."


class DismissalGroundMissingError(Refusal):
    code = "dismissal_ground_missing"
    rule = "LR2"
    missing = "Avvisningen viser ikke til regelen som gjør at søknaden ikke kan behandles."
    next_step = "Oppgi regelen, eller avgjør søknaden etter innholdet."


class DismissalGroundError(Refusal):
    code = "dismissal_ground"
    rule = "LR2"
    missing = "Denne regelen stenger ikke for det vedtaket gjelder, eller saken er ikke avvist."
    next_step = (
        "Vis til en regel som gjelder, og registrer i saken at søknaden avvises, eller avgjør den etter innholdet."
    )


class ReasonsIncompleteError(Refusal):
    code = "reasons_incomplete"
    rule = "LD3"
    missing = (
        "Begrunnelsen skal vise reglene, de faktiske forholdene og hovedhensynene samtidig med vedtaket. Fakta mangler."
    )
    next_step = "Skriv utkastet på nytt med faktaene vedtaket bygger på."


class WishesUnansweredError(Refusal):
    code = "wishes_unanswered"
    rule = "LV3"
    missing = "Vedtaket sier ikke hvordan søkerens ønsker er vurdert."
    next_step = "Skriv utkastet på nytt med hva søkeren ønsket, og hvordan det er tatt hensyn til."


class MainContentMissingError(Refusal):
    code = "main_content_missing"
    rule = "LD2"
    missing = "Et vedtak som innvilger bistand, skal angi hovedinnholdet i bistanden."
    next_step = "Beskriv hovedinnholdet i bistanden."


class DwellingTermsMissingError(Refusal):
    code = "dwelling_terms_missing"
    rule = "M13"
    missing = "Et vedtak som innvilger bolig, skal si omtrent hvor stor, hvor lenge og når tilsagnet faller bort."
    next_step = "Fyll ut størrelse, leietid og hva som gjør at tilsagnet faller bort."


class ExtensionTermsError(Refusal):
    code = "extension_terms"
    rule = "M19"
    missing = "Et vedtak om forlengelse skal vise leieforholdet, og ny sluttdato når det innvilges og bare da."
    next_step = "Oppgi leieforholdet, og ny sluttdato dersom forlengelsen innvilges."


class AlreadyAnsweredError(WrongStateError):
    code = "already_answered"
    rule = "M13"
    missing = "Et annet vedtak svarer allerede på denne delen av søknaden."
    next_step = "Lag et vedtak som erstatter det gamle, og vis til det."


class FactsNotSettledError(Refusal):
    code = "facts_not_settled"
    rule = "LH6"
    missing = "Opplysninger fra andre er ikke lagt fram for søkeren, og unntak er ikke registrert."
    next_step = "Legg opplysningene fram og vent på svar eller frist, eller registrer unntaket."


class ConclusionSupersededError(Refusal):
    code = "conclusion_superseded"
    rule = "M12"
    missing = "Konklusjonen som vedtaket bygger på, er erstattet av en nyere."
    next_step = "Lag vedtaket på nytt fra den nye konklusjonen."


class OtherGroundError(Refusal):
    code = "other_ground"
    rule = "M13"
    missing = "Vedtaket er skrevet på et annet grunnlag enn det som nå er oppgitt."
    next_step = "Fatt vedtaket på grunnlaget det er skrevet på, eller lag et nytt."
