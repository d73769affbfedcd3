"""The letter with a vedtak: what it decides, on which law and facts, and how to appeal (LD1-LD4, LK1-LK3, LO2)."""

from collections.abc import Mapping

from domain.access.kinds import InformationKind
from domain.cases.application import Application
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import CorrectedPart, Vedtak, VedtakState
from domain.group.conclusion import Conclusion
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.paper_refusals import PaperOfDraftError
from domain.sealed import Sealed
from services.papers.source import Composition, Source

NEVER_ISSUED = (VedtakState.DRAFTED, VedtakState.DISCARDED)


def vedtak(source: Source) -> Composition:
    """The vedtak as it stands, corrections included, in the wording of its own rulebook (D11).

    `PaperOfDraftError` for one that is not issued, unless it is only looked at.
    """
    found = source.log.load(Vedtak, source.about)
    source.require_of_case(found.case)
    if found.state in NEVER_ISSUED and not source.is_draft:
        raise PaperOfDraftError
    source.reading.sees(InformationKind.VEDTAK)
    rules = source.office.rulebooks.version(found.basis.rulebook_version)
    content = {**_decision(source, found, rules), **_texts(source, found), **_ground(source, found)}
    return Composition(found.version, content, (found.subject,), rules)


def _decision(source: Source, vedtak: Vedtak, rules: Rulebook) -> dict[str, object]:
    application = source.log.load(Application, vedtak.application)
    basis = vedtak.basis
    return {
        "subject": vedtak.subject, "outcome": vedtak.outcome, "replaces": vedtak.replaces is not None,
        "dismissed": vedtak.ground.without_group is WithoutGroupGround.FORMALLY_DISMISSED,
        "received_on": application.counts_from, "kinds": application.kinds, "hjemmel": basis.hjemmel.text_nb,
        "issued_on": vedtak.issued_on, "notified_on": vedtak.notified_on, "rules_of": rules.valid_from,
        "delegation": basis.delegation,
        "barred_by": next((rule.text_nb for rule in rules.eligibility if rule.code == basis.barred_by), None),
        "dwelling": _dwelling(vedtak, rules), "extension": _extension(source, vedtak),
        "appeal": _appeal(vedtak, rules),
    }  # fmt: skip


def _texts(source: Source, vedtak: Vedtak) -> dict[str, object]:
    """What was written, each part in its latest wording (LA5)."""
    content = vedtak.content
    written: dict[CorrectedPart, Sealed | None] = {
        CorrectedPart.REASONS: content.reasons, CorrectedPart.MAIN_CONTENT: content.main_content,
        CorrectedPart.FACTS: content.facts,
    }  # fmt: skip
    latest = {part.value: source.text(text) for part, text in {**written, **dict(vedtak.corrections)}.items()}
    more = {
        "departs_because": source.text(content.departs_because),
        "wishes_considered": source.text(content.wishes_considered),
    }
    return {**latest, **more, "corrections": _corrections(source, vedtak)}


def _corrections(source: Source, vedtak: Vedtak) -> list[Mapping[str, object]]:
    """When which part was put right, and why (LA5)."""
    return [
        {"on": oslo_date(each.happened_at), "part": each.part, "because": source.text(each.because)}
        for each in source.events(vedtak.id, Vedtak.Corrected)
    ]


def _ground(source: Source, vedtak: Vedtak) -> dict[str, object]:
    """What it stands on: who discussed it, whether the party was heard (LH6), and who is to carry it out (M15)."""
    if vedtak.ground.conclusion is None:
        return {"discussed": False, "heard": False, "responsible": []}
    conclusion = source.log.load(Conclusion, vedtak.ground.conclusion)
    tasks = [task for task in conclusion.tasks if task.vedtak_track is vedtak.subject]
    return {
        "discussed": True, "heard": conclusion.heard.answer_by is not None,
        "responsible": source.units(tuple(task.unit for task in tasks)),
    }  # fmt: skip


def _dwelling(vedtak: Vedtak, rules: Rulebook) -> Mapping[str, object] | None:
    terms = vedtak.content.dwelling
    if terms is None:
        return None
    return {
        "rooms": terms.rooms, "lease_months": terms.lease_months,
        "lapses_when": [rules.letters.lapse(code) for code in terms.lapses_when],
    }  # fmt: skip


def _extension(source: Source, vedtak: Vedtak) -> Mapping[str, object] | None:
    terms = vedtak.content.extension
    if terms is None:
        return None
    return {"new_end": terms.new_end, "ends_on": source.log.load(Tenancy, terms.tenancy).ends_on}


def _appeal(vedtak: Vedtak, rules: Rulebook) -> Mapping[str, object]:
    """How to appeal; the last day too, once it is known when the vedtak reached the party (LK3)."""
    is_care_housing = vedtak.subject is DecisionSubject.CARE_HOUSING
    return {
        "weeks": rules.deadlines.appeal_weeks_for(vedtak.subject), "deadline": vedtak.appeal_deadline,
        "body": vedtak.basis.appeal_body.name_nb,
        "law": rules.letters.care_housing_appeal if is_care_housing else rules.letters.appeal,
    }  # fmt: skip
