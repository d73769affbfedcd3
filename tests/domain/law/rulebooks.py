"""A small rulebook for tests, in Python, so that a test can change exactly the value it is about."""

from datetime import date

from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.law.group_rules import GroupUnits, Rhythm
from domain.law.rulebook import (
    AppealBody,
    AppealBodyKind,
    ConsentRules,
    Deadlines,
    DecisionSubject,
    Hjemmel,
    Rulebook,
)
from domain.law.waiting_list_guidelines import Better, CriterionKind, RankedFact, RankingCriterion

NAV = Unit("nav")
BOTJENESTEN = Unit("botjenesten")
STATE = AppealBody(kind=AppealBodyKind.STATSFORVALTEREN, name_nb="Statsforvalteren")
MUNICIPAL = AppealBody(kind=AppealBodyKind.KLAGENEMND, name_nb="Klagenemnda")

UNITS = GroupUnits(
    permanent=(SERVICE_OG_TILDELING, NAV),
    on_demand=(BOTJENESTEN,),
    care_dialogue=(BOTJENESTEN,),
    names={SERVICE_OG_TILDELING: "Service og tildeling", NAV: "Nav", BOTJENESTEN: "Botjenesten"},
)

RULEBOOK = Rulebook(
    version="test",
    valid_from=date(2026, 1, 1),
    units=UNITS,
    rhythm=Rhythm(),
    deadlines=Deadlines(),
    hjemler={subject: Hjemmel(code=subject.value, text_nb="en paragraf") for subject in DecisionSubject},
    appeal_bodies={
        DecisionSubject.ASSISTANCE: STATE,
        DecisionSubject.DWELLING: MUNICIPAL,
        DecisionSubject.EXTENSION: MUNICIPAL,
        DecisionSubject.CARE_HOUSING: STATE,
    },
    provisions=(),
    eligibility=(),
    ranking=(
        RankingCriterion(
            code="without_dwelling",
            text_nb="Er uten bolig",
            fact=RankedFact.HOUSING,
            kind=CriterionKind.YES_NO,
            better=Better.YES,
        ),
    ),
    decline_reasons=(),
    consent=ConsentRules(expires_after_months=12, kinds={NAV: frozenset({InformationKind.IDENTITY})}),
)
