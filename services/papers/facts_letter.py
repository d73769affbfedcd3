"""The letter that puts to the applicant what others have told (LH6)."""

from domain.decisions.hearing import Hearing, hearing_id
from domain.group.conclusion import Conclusion
from domain.paper_refusals import NoFactsToAnswerError
from domain.refusals import NotFoundError
from services.papers.source import Composition, Source

FactsPut = Conclusion.FactsPutToApplicant | Hearing.FactsPutToApplicant


def facts_to_answer(source: Source) -> Composition:
    """The facts, by when to answer and how. About a conclusion, or about a case that is decided without one.

    `NoFactsToAnswerError` before facts are put to the applicant.
    """
    log = source.log
    heard = log.find(Conclusion, source.about) or log.find(Hearing, hearing_id(source.about))
    if heard is None:
        raise NotFoundError
    source.require_of_case(heard.case)
    put: list[FactsPut] = [
        *source.events(heard.id, Conclusion.FactsPutToApplicant),
        *source.events(heard.id, Hearing.FactsPutToApplicant),
    ]
    if not put:
        raise NoFactsToAnswerError
    content = {"facts": source.text(put[-1].facts), "answer_by": put[-1].answer_by}
    return Composition(heard.version, content, source.matters(), source.rules())
