"""A training document (DP-4), sealed as a W3C Verifiable Credential, read as any other document: one page for all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from shared.documents.days import numbered_and_dated
from shared.law.college import COLLEGE
from shared.law.text import Text

CREDENTIAL_TYPE: Final = "vc+jwt"
"""The ``typ`` of a credential's seal (VC-JOSE-COSE, 3.1.1)."""
SERVICE: Final = Text(
    "Денсаулық сақтау саласы кадрларының даярлаудан, біліктілікті жоғарылатудан және қайта даярлаудан өткені туралы "
    "құжаттар беру",
    "Выдача документов о прохождении подготовки, повышения квалификации и переподготовки кадров отрасли "
    "здравоохранения",
    "Issuing documents on the training, advanced training and retraining of health-care personnel",
)
DECREE: Final = Text(
    "Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген мемлекеттік қызмет көрсету "
    "регламенті",
    "Регламент государственной услуги, утверждённый постановлением акимата города Алматы от 1 июля 2013 года № 3/561",
    "Regulation of the state service, approved by decree № 3/561 of the Almaty city administration of 1 July 2013",
)
HOLDER: Final = Text("Иесі", "Обладатель", "Holder")
PROGRAMME: Final = Text("Бағдарлама", "Программа", "Programme")
QUALIFICATION: Final = Text("Біліктілік", "Квалификация", "Qualification")
HOURS: Final = Text("Сағат саны", "Количество часов", "Hours")
BLANK: Final = Text("Бланк", "Бланк", "Blank")
DECISION: Final = Text("Комиссияның шешімі", "Решение комиссии", "Decision of the commission")
ORDER: Final = Text("Бұйрық", "Приказ", "Order")
IN_PLACE_OF: Final = Text("Мына құжаттың орнына", "Взамен документа", "In place of")
SIGNED_BY: Final = Text("Қол қойған", "Подписал", "Signed by")


def as_document(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a credential in the form of our other documents, and whatever else as it is.

    Raises KeyError, TypeError or ValueError for a credential of another kind.
    """
    if "credentialSubject" not in payload:
        return payload
    subject = payload["credentialSubject"]
    said = subject["trainingDocument"]
    signatures = payload.get("evidence") or ()
    duplicate = said.get("duplicate")
    return {
        "kind": "training-document",
        "number": said["number"],
        "check": {"token": str(said["check"]).rpartition("/")[2]},
        "issued_at": max((one["signedAt"] for one in signatures), default=payload["validFrom"]),
        "title": _words(payload["name"]),
        "service": {"code": "diploma", "name": SERVICE.as_dict()},
        "provider": {
            "bin": str(payload["issuer"]["id"]).rpartition("#")[2],
            "name": _words(payload["issuer"]["name"])["kk"],
            "address": COLLEGE.address,
            "telephones": list(COLLEGE.telephones),
        },
        "stamp": duplicate["stamp"] if duplicate else None,
        "clauses": ["DP-4", "DP-14"] if duplicate else ["DP-4"],
        "decree": DECREE.as_dict(),
        "facts": list(_facts(_words(subject["name"]), said, signatures)),
    }


def _facts(
    holder: Mapping[str, str], said: Mapping[str, Any], signatures: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, object]]:
    yield _fact(HOLDER, holder)
    yield _fact(PROGRAMME, _three(said["programme"]))
    if said.get("qualification"):
        yield _fact(QUALIFICATION, _three(said["qualification"]))
    yield _fact(HOURS, str(said["hours"]))
    yield _fact(BLANK, f"{said['series']} № {said['blankNumber']}")
    for words, part in ((DECISION, said["decision"]), (ORDER, said["order"])):
        yield _fact(words, numbered_and_dated(part["number"], part["date"]))
    if said.get("duplicate"):
        old = said["duplicate"]["inPlaceOf"]
        yield _fact(IN_PLACE_OF, numbered_and_dated(old["number"], old["issuedOn"]))
    for one in signatures:
        position = _three(one["position"])
        yield _fact(SIGNED_BY, {language: f"{words}: {one['name']}" for language, words in position.items()})


def _fact(words: Text, value: Mapping[str, str] | str) -> dict[str, object]:
    return {"name": words.as_dict(), "value": value}


def _words(said: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return language-tagged values; English readers get the Russian ones."""
    return _three({one["@language"]: one["@value"] for one in said})


def _three(said: Mapping[str, str]) -> dict[str, str]:
    return {"kk": said["kk"], "ru": said["ru"], "en": said.get("en", said["ru"])}
