"""What a page of a document says, by data: one reading for every certificate and every refusal of every service."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from babel import Locale

from shared.documents import labels
from shared.documents.days import LOCALES, day_in
from shared.documents.labels import Row
from shared.documents.sealed import Sealed
from shared.eds.names import COMMON_NAME
from shared.eds.profile import bins_of
from shared.law.hours import ALMATY
from shared.law.text import LANGUAGES, Language, Text

_PRINT: Final = 32


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the page; what is personal is shown only to whoever holds the document."""

    words: Text
    value: Text
    is_personal: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of refusal with the decree's words, its clause, and what the person can do about it."""

    clause: str
    words: Text
    remedy: Text | None


@dataclass(frozen=True, slots=True)
class Page:
    """One document as a person reads it. ``stamp`` stands in the upper right corner (DP-14)."""

    number: str
    kind: Text
    service: Text
    provider: tuple[str, str, str]
    stamp: Text | None
    said: Text | None
    facts: tuple[Fact, ...]
    grounds: tuple[Ground, ...]
    review: Text | None
    basis: Text
    seal: Text
    code: str


def page_of(sealed: Sealed) -> Page:
    """Return what the page of a document says; raises ValueError for JSON that is no document."""
    document = sealed.document
    try:
        provider, grounds = document["provider"], document.get("grounds") or ()
        return Page(
            number=str(document["number"]),
            kind=_title(document),
            service=_text(document["service"]["name"]),
            provider=(provider["name"], provider["address"], ", ".join(provider["telephones"])),
            stamp=_text(document["stamp"]) if document.get("stamp") else None,
            said=_text(document["text"]) if document.get("text") else None,
            facts=tuple(_facts(document)),
            grounds=tuple(_ground(one) for one in grounds),
            review=_text(document["review"]["text"]) if document.get("review") else None,
            basis=_basis(document),
            seal=_seal(sealed),
            code=sealed.code,
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a document ({type(fault).__name__})") from fault


def moment_in(at: datetime, language: Language) -> str:
    """Return a moment as people of Almaty write it in a language."""
    local = at.astimezone(ALMATY)
    return f"{day_in(local.date(), language)}, {local:%H:%M}"


def every_language(write: "dict[Language, str]") -> Text:
    """Return a text from its three languages."""
    return Text(write["kk"], write["ru"], write["en"])


def _title(document: Mapping[str, Any]) -> Text:
    if document.get("title"):
        return _text(document["title"])
    return labels.REFUSAL if str(document["kind"]).endswith("-refusal") else labels.CERTIFICATE


def _facts(document: Mapping[str, Any]) -> Iterator[Fact]:
    for row in labels.ROWS:
        said = [found for places in row.places for found in _first(document, places.split("|"), row)]
        if said:
            value = Text(*(row.between.join(one.said_in(language) for one in said) for language in LANGUAGES))
            yield Fact(row.words, value, row.is_personal)
    for own in document.get("facts") or ():
        yield Fact(_text(own["name"]), _text(own["value"]), is_personal=not own.get("public", False))


def _first(document: Mapping[str, Any], places: Sequence[str], row: Row) -> list[Text]:
    """Return the value at the first place that has one, in words; an empty list where none has."""
    for place in places:
        value: Any = document
        for name in place.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value:
            return [_in_words(value, row)]
    return []


def _in_words(value: object, row: Row) -> Text:
    if isinstance(value, Mapping):
        return _text(value) if "en" in value else _name(value)
    if row.form == "day":
        day = date.fromisoformat(str(value))
        return every_language({language: day_in(day, language) for language in LANGUAGES})
    if row.form in {"moment", "time"}:
        at = datetime.fromisoformat(str(value))
        if row.form == "time":
            return _same(f"{at.astimezone(ALMATY):%H:%M}")
        return every_language({language: moment_in(at, language) for language in LANGUAGES})
    return (row.codes or {}).get(str(value)) or _same(str(value))


def _name(name: Mapping[str, Any]) -> Text:
    """Return a person's name as the registry has it; in English as in Russian, for the registry has no other."""
    kk, ru = name.get("kk"), name.get("ru")
    if not kk and not ru:
        return labels.UNNAMED
    return Text(str(kk or ru), str(ru or kk), str(ru or kk))


def _ground(ground: Mapping[str, Any]) -> Ground:
    remedy = ground.get("remedy")
    return Ground(clause_number(ground["clause"]), _text(ground["words"]), _text(remedy["text"]) if remedy else None)


def clause_number(clause: str) -> str:
    """Return how the regulation itself numbers a clause: ``HV-12.1`` is its 12.1."""
    return clause.partition("-")[2] or clause


def _basis(document: Mapping[str, Any]) -> Text:
    decree, clauses = _text(document["decree"]), [clause_number(one) for one in document["clauses"]]
    many = {language: Locale.parse(LOCALES[language]).plural_form(len(clauses)) for language in LANGUAGES}
    return every_language(
        {
            language: f"{labels.CLAUSES[language][many[language]].format(clauses=', '.join(clauses))}. "
            f"{decree.said_in(language)}."
            for language in LANGUAGES
        }
    )


def _seal(sealed: Sealed) -> Text:
    seal = sealed.seal
    name = next((text for oid, text in seal.attributes if oid == COMMON_NAME), "")
    by = labels.SEALED_BY.filled(name=name, bin=", ".join(bins_of(seal)))
    print_ = labels.CERTIFICATE_OF_SEAL.filled(print=seal.sha256[:_PRINT])
    return every_language({one: f"{by.said_in(one)} {print_.said_in(one)}" for one in LANGUAGES})


def _text(words: Mapping[str, str] | str) -> Text:
    if isinstance(words, str):
        return _same(words)
    return Text(words["kk"], words["ru"], words["en"])


def _same(text: str) -> Text:
    return Text(text, text, text)
