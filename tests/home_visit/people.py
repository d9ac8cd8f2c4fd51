"""People, attachments and entries as a home visit meets them, each with defaults that grant the call."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from shared.kit.attachments import Attachment, District, DistrictDoctor
from shared.kit.casework.entries import Entry
from shared.kit.persons import Bilingual, BothNames, DocumentKind, IdentityDocument, Names, Person
from shared.law.clause_twelve import Facts
from shared.law.iin import check_digit
from shared.law.person_facts import PersonFacts
from shared.law.providers import PROVIDERS
from tests.forwarded import asked_of, content_of

PROVIDER = PROVIDERS[4]
OTHER_PROVIDER = PROVIDERS[5]
TUESDAY_TEN = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Almaty: intake is open."""


def iin_of(place: int) -> str:
    """Return a valid IIN, another for each place; some places have none."""
    first = f"85{place:09d}"
    digit = check_digit(first)
    return iin_of(place + 1_000_000) if digit is None else f"{first}{digit}"


ADULT, CHILD, STRANGER = iin_of(1), iin_of(2), iin_of(3)


def document(
    kind: str = "identity_card", issued: date = date(2020, 1, 1), expires: date | None = date(2030, 1, 1)
) -> IdentityDocument:
    return IdentityDocument(
        kind=DocumentKind(kind),
        number="012345678",
        issued=issued,
        expires=expires,
        issuer=Bilingual(kk="ІІМ", ru="МВД"),
    )


def person(iin: str = ADULT, **changes: Any) -> Person:
    names = BothNames(
        kk=Names(surname="Серікова", given="Айгүл", patronymic="Маратқызы"),
        ru=Names(surname="Серикова", given="Айгуль", patronymic="Маратовна"),
    )
    values: dict[str, Any] = {
        "iin": iin,
        "names": names,
        "birth_date": date(1985, 5, 5),
        "sex": "female",
        "documents": (document(),),
        "registered_address": None,
        "deceased": None,
        "parents": (),
        "guardians": (),
        "children": (),
        "wards": (),
    }
    return Person(**values | changes)


def child(iin: str = CHILD, **changes: Any) -> Person:
    values: dict[str, Any] = {
        "birth_date": date(2018, 6, 1),
        "documents": (document("birth_certificate", date(2018, 6, 10), None),),
    }
    return person(iin, **values | changes)


def attachment(provider_bin: str = PROVIDER.bin, doctor: str = "D-7", kind: str = "therapist") -> Attachment:
    return Attachment(
        provider_bin=provider_bin,
        district=District(number=7, kind=kind),  # type: ignore[arg-type]
        doctor=DistrictDoctor(id=doctor, name="Ахметов Ерлан"),
        since=date(2020, 1, 1),
    )


FORM: dict[str, Any] = {
    "provider_bin": PROVIDER.bin,
    "address": {"street": "Абай даңғылы", "house": "12а", "apartment": "45"},
    "phone": "+77012345678",
    "complaint": "Дене қызуы 38,5",
}


def entry(applicant: str = ADULT, subject: str = ADULT, **changes: Any) -> Entry:
    request_id = uuid4()
    made = Entry(
        request_id=request_id,
        service="home-visit",
        number="HV-2026-0000001",
        applicant_iin=applicant,
        subject_iin=subject,
        provider_bin=PROVIDER.bin,
        form=FORM,
        content=content_of(asked_of("home-visit", request_id, (applicant, subject), FORM)),
        counts_from=TUESDAY_TEN,
        answer_by=TUESDAY_TEN + timedelta(minutes=30),
        state="registered",
        attempts=1,
    )
    return replace(made, **changes)


def facts(
    signed: bool, entitled: bool | None, alive: bool | None = None, document: bool | None = None,
    attached: bool | None = None,
) -> Facts:  # fmt: skip
    """Facts in the order in which the rules read them."""
    return Facts(PersonFacts(signed, entitled, alive, document), attached)
