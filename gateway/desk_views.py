"""How lookups and requests look to the provider's employee."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from gateway.desk_scans import KeptScan
from gateway.employees import Employee
from gateway.journal import Request
from gateway.lookups import LookedUp
from gateway.questions import QUESTION_WORDS, Question
from gateway.saying import say_of
from gateway.schemas import desk as schemas
from gateway.schemas.accounts import PersonName
from gateway.schemas.requests import DocumentLink
from gateway.views import view_of, words
from shared.kit.persons import Address, Person
from shared.law.channels import Channel
from shared.law.hours import ALMATY

HERE = "/v1/staff/requests"


def lookup_view(found: LookedUp, provider_bin: str, today: date) -> schemas.LookupView:
    """Return a lookup as its employee sees it; by telephone nothing of the person."""
    one = found.lookup
    asking = one.identified_at is None
    return schemas.LookupView(
        id=one.lookup_id,
        service=one.service,
        channel="phone" if one.channel == Channel.PHONE else "in_person",
        expires_at=one.expires_at.astimezone(ALMATY),
        identified=not asking,
        entitled=found.entitled,
        person=_shown(found.person, today) if found.person else None,
        prefilled=_prefilled(one.service, found.person, provider_bin),
        questions=[
            schemas.QuestionView(code=code, text=words(QUESTION_WORDS[Question(code)]))
            for code in (one.questions if asking else ())
        ],
        tries_left=one.tries_left if asking else 0,
    )


def desk_view(
    request: Request, at: datetime, by: Employee | None, scans: Sequence[KeptScan] = ()
) -> schemas.DeskRequestView:
    """Return a request as the provider's employees see it; ``by`` is the employee who asked, None for a citizen's."""
    seen = view_of(request, at)
    here, say = f"{HERE}/{request.id}", say_of(request)
    printable = request.document_token is not None and request.channel != Channel.PHONE
    links = {"self": here, "content": f"{here}/content", "steps": f"{here}/steps"}
    document = None
    if request.document_token is not None:
        check = f"/v1/documents/{request.document_token}"
        document = DocumentLink(token=request.document_token, document=f"{here}/document", check=check)
    if printable:
        links["document"] = f"{here}/document"
    if "signature" in seen.links:
        links["signature"] = f"{here}/signature"
    if "evidence" in seen.links:
        links["evidence"] = f"{here}/evidence"
    told = {name: getattr(seen, name) for name in type(seen).model_fields}
    more: dict[str, Any] = {
        "links": links,
        "document": document if printable else None,
        "channel": request.channel,
        "asked_by": _by(by) if by else None,
        "say": schemas.SayView(text=words(say.text), do=words(say.do) if say.do else None, final=say.final)
        if say
        else None,
        "printable": printable,
        "scans": [scan_view(one) for one in scans],
    }
    return schemas.DeskRequestView.model_construct(**(told | more))


def scan_view(one: KeptScan) -> schemas.ScanView:
    """Return a scan that is kept."""
    return schemas.ScanView(id=one.scan_id, sha256=one.sha256, media_type=one.media_type, bytes=one.size)


def _by(one: Employee) -> schemas.AskedBy:
    return schemas.AskedBy(employee_id=one.employee_id, name=PersonName(kk=one.name_kk, ru=one.name_ru))


def _shown(person: Person, today: date) -> schemas.PersonShown:
    return schemas.PersonShown(
        iin=person.iin,
        name=PersonName(kk=person.names.kk.full(), ru=person.names.ru.full()),
        birth_date=person.birth_date,
        sex=person.sex,
        deceased=person.deceased,
        documents=[
            schemas.DocumentShown(
                kind=one.kind.value,
                number=one.number,
                issued=one.issued,
                expires=one.expires,
                in_force=one.in_force_on(today),
            )
            for one in person.documents
        ],
        registered_address=_address(person.registered_address) if person.registered_address else None,
    )


def _address(home: Address) -> schemas.AddressShown:
    parts = [(home.city.kk, home.city.ru), (home.district.kk, home.district.ru), (home.street.kk, home.street.ru)]
    number = ", ".join(part for part in (home.house, home.apartment) if part)
    kk, ru = (", ".join([*(part[language] for part in parts), number]) for language in (0, 1))
    return schemas.AddressShown(kk=kk, ru=ru)


def _prefilled(service: str, person: Person | None, provider_bin: str) -> Mapping[str, Any]:
    """Return what of the form is known: the provider, and of a home visit the registered address."""
    known: dict[str, Any] = {} if service == "diploma" else {"provider_bin": provider_bin}
    home = person.registered_address if person else None
    if service == "home-visit" and home is not None:
        apartment = {"apartment": home.apartment} if home.apartment else {}
        known["address"] = {"street": home.street.kk, "house": home.house, **apartment}
    return known
