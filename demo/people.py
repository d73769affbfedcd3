"""The people of the demonstration. All of them are made up; the identity numbers are synthetic (month + 80)."""

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.actors import SERVICE_OG_TILDELING, Role, Unit
from domain.people.identity_number import synthetic_number

PSYKISK_HELSE = Unit("psykisk_helse")
NAV = Unit("nav")
TEKNISKE_TJENESTER = Unit("tekniske_tjenester")
BOTJENESTEN = Unit("botjenesten")
HJEMMETJENESTEN = Unit("hjemmetjenesten")
INTERNAL_CONTROL = Unit("internkontroll")
APPEALS_OFFICE = Unit("klagenemnd")


UNIT_NAMES = {
    SERVICE_OG_TILDELING: "Service og tildeling",
    PSYKISK_HELSE: "psykisk helse",
    NAV: "Nav",
    TEKNISKE_TJENESTER: "tekniske tjenester",
    BOTJENESTEN: "botjenesten",
}


@dataclass(frozen=True)
class Employee:
    """Somebody with a token and a mailbox."""

    name: str
    unit: Unit
    role: Role = Role.EMPLOYEE

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"husrom:demo:{self.name}")

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.').replace('ø', 'o').replace('å', 'a')}@kommunen.invalid"

    def as_body(self) -> dict[str, str]:
        """The employee as the directory is told of them."""
        return {
            "employee": str(self.id), "unit": self.unit, "role": self.role.value, "name": self.name,
            "email": self.email,
        }  # fmt: skip


@dataclass(frozen=True)
class Applicant:
    """Somebody who asks for help."""

    name: str
    born: date
    serial: int
    address: str
    phone: str
    email: str | None

    @property
    def identity_number(self) -> str:
        return synthetic_number(self.born, self.serial)

    def as_body(self) -> dict[str, str | None]:
        """The applicant as an application names them."""
        return {
            "name": self.name,
            "identity_number": self.identity_number,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
        }


SAKSBEHANDLER = Employee("Signe Saksvik", SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
LEADER = Employee("Leif Lederud", SERVICE_OG_TILDELING, Role.LEADER)
HEALTH = Employee("Pernille Psykdal", PSYKISK_HELSE)
NAV_ONE = Employee("Nils Navestad", NAV)
NAV_TWO = Employee("Nora Navrud", NAV)
NAV_SUBSTITUTE = Employee("Vera Varamo", NAV)
NAV_LEADER = Employee("Laila Ledang", NAV, Role.LEADER)
TECHNICAL = Employee("Tor Teknes", TEKNISKE_TJENESTER)
HOUSING_SUPPORT = Employee("Bodil Botnes", BOTJENESTEN)
HOUSING_SUPPORT_TWO = Employee("Brita Botvik", BOTJENESTEN)
HOUSING_SUPPORT_LEADER = Employee("Birk Botmyr", BOTJENESTEN, Role.LEADER)
HOME_CARE = Employee("Hanne Hjemdal", HJEMMETJENESTEN)
REVIEWER = Employee("Ragnhild Revheim", INTERNAL_CONTROL, Role.REVIEWER)
STRANGER = Employee("Ulf Utenfor", PSYKISK_HELSE)
APPEAL_SECRETARY = Employee("Klara Klagestad", APPEALS_OFFICE)

EMPLOYEES = (
    SAKSBEHANDLER, LEADER, HEALTH, NAV_ONE, NAV_TWO, NAV_SUBSTITUTE, NAV_LEADER, TECHNICAL, HOUSING_SUPPORT,
    HOUSING_SUPPORT_TWO, HOUSING_SUPPORT_LEADER, HOME_CARE, REVIEWER, STRANGER, APPEAL_SECRETARY,
)  # fmt: skip

WANTS_DWELLING = Applicant(
    "Anders Prøvholt", date(1979, 3, 14), 11, "Prøvegata 11, 0001 Eksempel", "90000011", "anders@prove.invalid"
)
WANTS_ASSISTANCE = Applicant(
    "Berit Testnes", date(1988, 7, 2), 12, "Testbakken 2, 0001 Eksempel", "90000012", "berit@prove.invalid"
)
WANTS_BOTH = Applicant(
    "Cecilie Dømmestad", date(1993, 11, 23), 13, "Lånestien 3, 0001 Eksempel", "90000013", "cecilie@prove.invalid"
)
WANTS_EXTENSION = Applicant(
    "Dagfinn Leiestad", date(1965, 1, 30), 14, "Utleiestubben 4, 0001 Eksempel", "90000014", "dagfinn@prove.invalid"
)
WANTS_CARE_HOUSING = Applicant(
    "Eldbjørg Omsorgsvik", date(1941, 5, 9), 15, "Eldretunet 5, 0001 Eksempel", "90000015", "eldbjorg@prove.invalid"
)
CALLS = Applicant(
    "Farid Ringstad", date(1999, 9, 17), 16, "Hybelveien 6, 0001 Eksempel", "90000016", "farid@prove.invalid"
)
APPLICANTS = (WANTS_DWELLING, WANTS_ASSISTANCE, WANTS_BOTH, WANTS_EXTENSION, WANTS_CARE_HOUSING, CALLS)

SENTENCES = {
    "reason": "Jeg mistet leiligheten da samboeren flyttet, og sover nå på sofaen hos en kollega.",
    "health": "Jeg har hatt angst siden i vår og klarer ikke trapper.",
    "economy": "Jeg lever av arbeidsavklaringspenger og skylder strøm for to måneder.",
    "facts": "Nav forteller at husleien ikke er betalt i mars og april.",
    "assessment": "Søkeren klarer ikke å skaffe bolig alene, men vil klare seg med råd og veiledning.",
    "task": "Hjelp søkeren med å sette opp et betalingsforlik for strømmen.",
}
"""Sentences of a life, which must never be found outside the gate."""

ADDRESSES = ("Nyboligveien 7, 0001 Eksempel", "Utleiestubben 4, 0001 Eksempel")
"""Addresses of the municipality's dwellings."""


def secrets() -> dict[str, str]:
    """Everything that may stand nowhere in plaintext, by what it is."""
    found = {f"sentence {name}": text for name, text in SENTENCES.items()}
    found |= {f"dwelling {index}": text.partition(",")[0] for index, text in enumerate(ADDRESSES)}
    for applicant in APPLICANTS:
        found[f"name {applicant.serial}"] = applicant.name
        found[f"identity number {applicant.serial}"] = applicant.identity_number
        found[f"address {applicant.serial}"] = applicant.address.partition(",")[0]
        found[f"phone {applicant.serial}"] = applicant.phone
        found[f"email {applicant.serial}"] = applicant.email or ""
    return {what: text for what, text in found.items() if text}
