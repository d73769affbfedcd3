"""The paragraphs and wordings that letters print: law as data, so that a letter says what held on its day (design D11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.law.requirement import require


@dataclass(frozen=True, kw_only=True)
class LetterTexts:
    """Each names the paragraph a sentence stands on, as it is printed; the two tables say what codes mean.

    `interim_reply` (LH2), `hearing` (LH6), `reasons` (LD3), `documents` and `internal_documents` (LP1, LP2), `guidance`, `appeal`,
    `care_housing_appeal` (LO2), `late_appeal` (LK4), `suspension`, `costs`, `legal_aid` (LD4), `representative` (LH7),
    `lease_for_disadvantaged` (LL2), `no_termination` (LL5), `move_out` (LL6), `termination_ground`,
    `termination_period`, `termination_form`, `termination_protest` (LL7), `eviction` (LL7).
    `delay_reasons`: why an answer takes time, by code. `lapses_when`: what makes a granted dwelling lapse, by code. `lease_exceptions`: by code, what a lease to
    vanskeligstilte may say otherwise than the law (LL2). A code that is not listed is refused when it is sent. One that was stored under an
    earlier rulebook is printed as it is; a delay then has no reason but time.
    """

    interim_reply: str = "forvaltningsloven (1967) § 11 a"
    hearing: str = "forvaltningsloven (1967) § 17"
    reasons: str = "forvaltningsloven (1967) §§ 24 og 25"
    documents: str = "forvaltningsloven (1967) §§ 18 og 19"
    internal_documents: str = "forvaltningsloven (1967) §§ 18 a, 18 c og 18 d"
    guidance: str = "forvaltningsloven (1967) § 11"
    representative: str = "forvaltningsloven (1967) § 12"
    appeal: str = "forvaltningsloven (1967) §§ 28 til 33"
    care_housing_appeal: str = "pasient- og brukerrettighetsloven §§ 7-2 og 7-5"
    late_appeal: str = "forvaltningsloven (1967) § 31"
    suspension: str = "forvaltningsloven (1967) § 42"
    costs: str = "forvaltningsloven (1967) § 36"
    legal_aid: str = "rettshjelploven"
    lease_for_disadvantaged: str = "husleieloven § 11-1"
    no_termination: str = "husleieloven § 9-2 første og andre ledd"
    move_out: str = "husleieloven § 9-2 tredje ledd"
    termination_ground: str = "husleieloven § 9-5 andre ledd"
    termination_period: str = "husleieloven § 9-6"
    termination_form: str = "husleieloven § 9-7"
    termination_protest: str = "husleieloven § 9-8"
    eviction: str = "tvangsfullbyrdelsesloven § 13-2 tredje ledd bokstav c"
    delay_reasons: Mapping[str, str] = field(default_factory=dict)
    lapses_when: Mapping[str, str] = field(default_factory=dict)
    lease_exceptions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        blank = sorted(name for name, value in vars(self).items() if isinstance(value, str) and not value.strip())
        require(not blank, f"letters: {blank} must say which paragraph it is (LD3, LD4).")

    def why_it_takes_time(self, code: str) -> str:
        """What a letter says for that reason (LH2, LH3)."""
        return self.delay_reasons.get(code, "Vi trenger mer tid for å behandle søknaden.")

    def lapse(self, code: str) -> str:
        """What a letter says for that cause of a granted dwelling's lapse."""
        return self.lapses_when.get(code, _as_words(code))

    def lease_exception(self, code: str) -> str:
        """What a letter says for that exception in a lease (LL2)."""
        return self.lease_exceptions.get(code, _as_words(code))


def _as_words(code: str) -> str:
    return code.replace("_", " ")
