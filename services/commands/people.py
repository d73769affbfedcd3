"""Applicants and tenants: found by identity number in the key store, registered with everything sealed (D3)."""

from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field, StringConstraints

from domain.people.identity_number import parse
from domain.people.person import Person, PersonDetails
from domain.refusals import NotFoundError
from services.commands.body import Body
from services.context import Context
from services.installation import Installation

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200), Field(examples=["Prøve Eksempelsen"])]
Email = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s<>\"',;:\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$"),
    Field(description="An e-mail address.", examples=["prove@eksempel.invalid"]),
]


class PersonBody(Body):
    """Who asks for help. Without an identity number the person is registered anew."""

    name: ShortText
    identity_number: Annotated[
        Annotated[str, StringConstraints(max_length=20)] | None,
        Field(description="Fødselsnummer or D-number: eleven digits. Null when it is not known."),
    ] = None
    address: Annotated[ShortText, Field(examples=["Testveien 1, 0000 Eksempel"])] | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{5,20}$")] | None = None
    email: Email | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "nb"
    needs_interpreter: bool = False


def person_for(office: Installation, context: Context, body: PersonBody, *, tenant: UUID | None = None) -> Person:
    """The person with that identity number, or a new one; or `tenant`, who must be meant. Nothing is stored yet.

    A tenant may be another registration of the same person. The details of somebody who is known already are brought
    up to date.

    Raises the named refusals of `domain.people.identity_number` for a number that is not one, and `NotFoundError` for one
    that is somebody else's than the tenant's.
    """
    digits = _digits(office, body)
    id = office.vault.person_for(digits, uuid4()) if digits else tenant or uuid4()
    if tenant is not None and tenant != id:
        if id not in office.case_log.same_people(tenant):
            raise NotFoundError
        id = tenant
    known = office.case_log.find(Person, id)
    details = sealed_details(office, id, body, digits)
    if known is None:
        return Person.register(id=id, details=details, by=context.by, at=context.at)
    known.correct_details(details=details, by=context.by, at=context.at)
    return known


def person_named(office: Installation, context: Context, body: PersonBody) -> Person:
    """Somebody as a submission names them. Nothing is stored yet.

    It is a registration of its own, whether the number is known or not: who submits reads back what they wrote, and
    neither the answer nor the time it takes says whose the number is (M04). Raises as `person_for` for a number.
    """
    digits, id = _digits(office, body), uuid4()
    return Person.name_in_submission(
        id=id, details=sealed_details(office, id, body, digits),
        number_of=office.vault.person_for(digits, uuid4()) if digits else None, by=context.by, at=context.at,
    )  # fmt: skip


def _digits(office: Installation, body: PersonBody) -> str | None:
    if body.identity_number is None:
        return None
    return parse(body.identity_number, allow_synthetic=office.settings.allow_synthetic_identity_numbers).digits


def sealed_details(office: Installation, id: UUID, body: PersonBody, digits: str | None) -> PersonDetails:
    """The details, closed with the person's own key and bound to no case."""
    plain = {
        "identity.name": body.name,
        "identity.number": digits,
        "contact.address": body.address,
        "contact.phone": body.phone,
        "contact.email": body.email,
    }
    sealed = office.vault.seal_many(id, None, {field: text for field, text in plain.items() if text is not None})
    return PersonDetails(
        name=sealed["identity.name"],
        identity_number=sealed.get("identity.number"),
        address=sealed.get("contact.address"),
        phone=sealed.get("contact.phone"),
        email=sealed.get("contact.email"),
        language=body.language,
        needs_interpreter=body.needs_interpreter,
    )
