"""What every answer says, down to the exact bytes that are sealed: its heading, and the whole of a reasoned refusal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.law.channels import Channel
from shared.law.grounds import Ground
from shared.law.hours import ALMATY
from shared.law.passport import Passport
from shared.law.person_facts import Source
from shared.law.providers import Provider
from shared.law.systems import ATTACHMENT_REGISTER, PERSON_REGISTRY
from shared.law.text import LANGUAGES, Text

VERSION: Final = 1
DATA_CANNOT_BE_HAD: Final = "data_cannot_be_had"
"""The code of the ground whose words name the systems that gave nothing; the same in every regulation."""
NOT_ATTACHED_HERE: Final = "not_attached_here"
"""The code of the ground of HV-12.2 and AP-12.2: beside its words stands how to attach."""
REVIEWED_HERE: Final = frozenset({"HV", "AP", "AT"})
CONTACT_CENTRE: Final = "1414"

Payload = dict[str, object]

SOURCE_NAMES: Final[Mapping[Source, Text]] = {
    Source.PERSON_REGISTRY: PERSON_REGISTRY,
    Source.ATTACHMENT_REGISTER: ATTACHMENT_REGISTER,
}
REVIEW: Final = Text(
    kk="Бас тартумен келіспесеңіз, шешімді қызметкердің қайта қарауын сұрай аласыз: қызмет берушіге келіңіз "
    "({address}) немесе телефон соғыңыз ({telephones}). Анықтама: бірыңғай байланыс орталығы 1414. "
    "Өмірге қауіп төнсе, 103 нөміріне қоңырау шалыңыз.",
    ru="Если вы не согласны с отказом, попросите, чтобы решение пересмотрел сотрудник: обратитесь к поставщику услуги "
    "({address}) или позвоните ({telephones}). Справки: единый контакт-центр 1414. "
    "При угрозе жизни звоните 103.",
    en="If you disagree with the refusal, ask for a member of staff to review the decision: come to the provider "
    "({address}) or telephone ({telephones}). Information: contact centre 1414. "
    "If life is in danger, call 103.",
)

REVIEW_HERE: Final = Text(
    kk="Қайта қарауды порталда, осы сұрау салудың жанында да сұрай аласыз: қызметкер бес жұмыс күнінде жауап береді.",
    ru="Пересмотр можно запросить и на портале, рядом с этим запросом: сотрудник ответит в течение пяти рабочих дней.",
    en="You can also ask for the review on the portal, beside this request: a person answers within five working days.",
)
"""Where the portal takes calls for a review (docs/decisions/0023); the college decides by people anyway (DP-16)."""
HOW_TO_ATTACH: Final = Text(  # AT-6.2, AT-9
    kk="Осы ұйымға порталда тіркеле аласыз: «Медициналық-санитариялық алғашқы көмек көрсететін медициналық ұйымға "
    "тіркеу» қызметін таңдаңыз. Жауап өтініш берілген күні беріледі; одан кейін сұрауды қайталаңыз.",
    ru="Прикрепиться к этой организации можно на портале: выберите услугу «Прикрепление к медицинской организации, "
    "оказывающей первичную медико-санитарную помощь». Ответ даётся в день обращения; затем повторите запрос.",
    en="You can attach to this organisation on the portal: choose the service “Attachment to an organisation of "
    "primary health care”. It is answered on the day of the request; then ask again.",
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person named in a document, with the names as the registry writes them; None where it was not asked."""

    iin: str
    name_kk: str | None = None
    name_ru: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over either document: its number, the token of its check, who gives it to whom, in which service."""

    number: str
    token: str
    issued_at: datetime
    provider: Provider
    applicant: Party
    passport: Passport
    decree: Text
    channel: str = Channel.PORTAL

    @property
    def result_clause(self) -> str:
        """Return the clause of what is given: HV-8.1, AP-8.1, AT-8.1 at the desk, HV-8.2 and its like on the portal."""
        return f"{self.passport.regulation}-8.{2 if self.channel == Channel.PORTAL else 1}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal says: the grounds, the clause under which it is given, and which systems gave nothing.

    ``patient`` is None unless the applicant is known to be entitled: a refusal tells a stranger nothing.
    """

    grounds: Sequence[Ground]
    clause: str
    patient: Party | None
    without_data: Sequence[Source] = ()


def refusal(heading: Heading, refused: Refusal) -> Payload:
    """Return the reasoned refusal: every ground that holds, and how to have a person look at it again."""
    named: Payload = {} if refused.patient is None else {"patient": party(refused.patient)}
    telephones = ", ".join(heading.provider.telephones)
    review = REVIEW.filled(address=heading.provider.address, telephones=telephones)
    if heading.passport.regulation in REVIEWED_HERE and heading.channel == Channel.PORTAL:
        review = Text(*(f"{review.said_in(one)} {REVIEW_HERE.said_in(one)}" for one in LANGUAGES))
    return (
        under(heading, refusal_kind(heading.passport))
        | named
        | {
            "grounds": [_ground(ground, refused.without_data) for ground in refused.grounds],
            "clauses": [refused.clause, *_list_of(heading), *sorted({ground.clause for ground in refused.grounds})],
            "review": {"text": review.as_dict(), "telephones": [*heading.provider.telephones, CONTACT_CENTRE]},
        }
    )


def _list_of(heading: Heading) -> list[str]:
    """Return the desk's own closed list of grounds (HV-15.1, AP-15.1; AT-17.1 with AT-17.1.1 for clause 14).

    The portal's stands in the grounds' clauses.
    """
    own = {"HV": "HV-15.1", "AP": "AP-15.1", "AT": "AT-17.1"}
    return [own[heading.passport.regulation]] if heading.channel != Channel.PORTAL else []


def refusal_kind(passport: Passport) -> str:
    """Return the kind of a service's refusals."""
    return f"{passport.code}-refusal"


def certificate_kind(passport: Passport) -> str:
    """Return the kind of a service's certificates."""
    return f"{passport.code}-certificate"


def canonical(payload: Payload) -> bytes:
    """Return the one way to write the payload as bytes: sorted keys, no spaces, UTF-8 (RFC 8785 for what we write)."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def under(heading: Heading, kind: str) -> Payload:
    """Return what stands over a document of this kind."""
    provider = heading.provider
    return {
        "kind": kind,
        "version": VERSION,
        "number": heading.number,
        "check": {"token": heading.token, "path": f"/v1/documents/{heading.token}"},
        "issued_at": heading.issued_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "service": {"code": heading.passport.code, "name": heading.passport.name.as_dict()},
        "provider": {
            "bin": provider.bin,
            "name": provider.name,
            "address": provider.address,
            "telephones": list(provider.telephones),
        },
        "applicant": party(heading.applicant),
        "decree": heading.decree.as_dict(),
    }


def party(person: Party) -> Payload:
    """Return how a document names a person."""
    return {"iin": person.iin, "name": {"kk": person.name_kk, "ru": person.name_ru}}


def spoken_name(person: Party) -> Text:
    """Return a person's name as a sentence has it: in Kazakh, else in Russian; the number where no name is known."""
    kk, ru = person.name_kk or person.iin, person.name_ru or person.iin
    return Text(kk, ru, ru)


def _ground(ground: Ground, without_data: Sequence[Source]) -> Payload:
    said: Payload = {"code": ground.code, "clause": ground.clause, "words": ground.words.as_dict()}
    if ground.code == DATA_CANNOT_BE_HAD:
        said["words"] = ground.words.filled(system=named_together(without_data)).as_dict()
        said["systems"] = [source.value for source in without_data]
    if ground.code == NOT_ATTACHED_HERE:
        said["remedy"] = {"service": "attachment", "text": HOW_TO_ATTACH.as_dict()}
    return said


def named_together(sources: Sequence[Source]) -> Text:
    """Return the systems' names as one list."""
    names = [SOURCE_NAMES[source] for source in sources]
    return Text(*("; ".join(name.said_in(language) for name in names) for language in LANGUAGES))
