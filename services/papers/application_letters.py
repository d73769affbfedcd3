"""Letters about an application: received, not answered yet, delayed again (LH1, LH2, LH3)."""

from domain.access.kinds import InformationKind
from domain.cases.application import Application
from domain.cases.application_events import DelayNoticeSent, InterimReplySent
from domain.law.rulebook import DecisionSubject
from domain.paper_refusals import NoDateToTellError, NothingSlippedError, PromisedDatePassedError
from services.papers.source import Composition, Source


def receipt(source: Source) -> Composition:
    """That it came, when, its reference, and what comes next (LH1)."""
    application = _application(source)
    answer_by = source.rules().deadlines.interim_reply_by(application.counts_from, source.office.working_days)
    return _about(source, application, application_reference=application.id.hex[:8], answer_by=answer_by)


def interim_reply(source: Source) -> Composition:
    """Why it takes time, and when to expect an answer (LH2).

    `NoDateToTellError` before that is registered, `PromisedDatePassedError` when the day is over.
    """
    application = _application(source)
    replies = source.events(source.about, InterimReplySent)
    if not replies:
        raise NoDateToTellError
    return _about(source, application, **_promise(source, replies[-1]))


def delay_notice(source: Source) -> Composition:
    """That the promised day has slipped, why, and the new one (LH3).

    `NothingSlippedError` before that is registered, `PromisedDatePassedError` when the new day is over too.
    """
    application = _application(source)
    notices = source.events(source.about, DelayNoticeSent)
    if not notices:
        raise NothingSlippedError
    return _about(source, application, promised_on=notices[-1].promised_on, **_promise(source, notices[-1]))


def _application(source: Source) -> Application:
    application = source.log.load(Application, source.about)
    source.require_of_case(application.case)
    source.reading.sees(InformationKind.HOUSING)
    return application


def _promise(source: Source, told: InterimReplySent | DelayNoticeSent) -> dict[str, object]:
    """Why it takes time and until when; a letter of today cannot promise a day that is over."""
    if told.expected_on < source.context.today:
        raise PromisedDatePassedError
    return {"reason": source.rules().letters.why_it_takes_time(told.reason), "expected_on": told.expected_on}


def _about(source: Source, application: Application, **content: object) -> Composition:
    shared = {"received_on": application.counts_from, "kinds": application.kinds}
    matters = tuple(DecisionSubject(kind.value) for kind in application.kinds)
    return Composition(application.version, {**shared, **content}, matters, source.rules())
