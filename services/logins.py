"""Sign-ins as the log knows them, and whom they stand for (design D16)."""

from uuid import UUID

from domain.access.facts import FactName
from domain.actors import EmployeeId
from domain.people.employee import LoginId
from domain.refusals import WrongStateError
from services.installation import Installation


class LoginTakenError(WrongStateError):
    code = "login_taken"
    rule = "D16"
    missing = "Denne innloggingen hører til en annen i ansattlisten."
    next_step = "Fjern innloggingen fra den andre først, dersom den er ført feil."


def logins_of(office: Installation, issuer: str, subject: str) -> tuple[LoginId, ...]:
    """The ids that a sign-in has in the log: the keyed digest, and an employee's own id under the own issuer."""
    digest = office.vault.login_id(issuer, subject)
    own = _canonical_uuid(subject) if issuer == office.settings.token_issuer else None
    return (digest,) if own is None else (digest, own)


def require_free(office: Installation, subject: str, *, employee: EmployeeId) -> None:
    """Raise `LoginTakenError` when `subject` under the own issuer stands for somebody else than `employee`."""
    logins = logins_of(office, office.settings.token_issuer, subject)
    known = office.case_log.facts.directory(logins)
    if any(fact.key.name is FactName.LOGIN and fact.key.subject != employee for fact in known.facts):
        raise LoginTakenError


def _canonical_uuid(text: str) -> UUID | None:
    """The UUID that is written in its one usual form; None for everything else."""
    try:
        id = UUID(text)
    except ValueError:
        return None
    return id if str(id) == text else None
