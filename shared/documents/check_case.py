"""The offline check of a case file: for every item whether it holds. No network, no clock."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.documents import case_file as case
from shared.documents.check import check_file, check_jws
from shared.documents.sealed import Sealed
from shared.documents.terms import Terms
from shared.eds.evidence import RecordNotValid, verify_again
from shared.eds.jws import SealNotValid, open_sealed
from shared.law.text import Text

ANSWER_TYPES: Final[Mapping[str, str]] = {
    "person_registry": "registry-answer+json",
    "attachment_register": "attachment-answer+json",
}
WHAT: Final[Mapping[str, Text]] = {
    case.MANIFEST: Text("Тізімдеме және оның мөрі", "Опись и её печать", "The manifest and its seal"),
    case.CONTENT: Text("Қол қойылған байттар", "Подписанные байты", "The bytes that were signed"),
    case.CMS: Text("Қолтаңба (CMS)", "Подпись (CMS)", "The signature (CMS)"),
    case.RECORD: Text(
        "Қолтаңбаның тексерілуі, қайтарып алу тізімдерімен",
        "Проверка подписи со списками отзыва",
        "The signature's verdict with the revocation lists",
    ),
    case.SIGNED: Text(
        "Лауазымды адам қол қойған байттар", "Что подписало должностное лицо", "What the official signed"
    ),
    case.CONFIRMATION: Text("Лауазымды адамның қолтаңбасы", "Подпись должностного лица", "The official's signature"),
    case.CONFIRMED: Text(
        "Лауазымды адам қолтаңбасының тексерілуі",
        "Проверка подписи должностного лица",
        "The verdict on the official's signature",
    ),
    case.LEDGER: Text("Қадамдар мен мерзімдер", "Шаги и сроки", "The steps with their limits"),
    case.DOCUMENT: Text("Шешім (құжат)", "Решение (документ)", "The decision (the document)"),
    case.PAPER: Text("Құжаттың PDF нұсқасы", "Документ в PDF", "The document as PDF"),
    case.README: Text("Түсіндірме", "Пояснение", "How to read it"),
    case.ANSWERS: Text("Жүйенің мөр басылған жауабы", "Заверенный ответ системы", "A system's sealed answer"),
    "withheld": Text(
        "Басқа адамға қатысты, сондықтан берілмейді",
        "Касается другого лица и потому не выдаётся",
        "It concerns another person and is withheld",
    ),
}


SIGNED_BY: Final = {case.RECORD: (case.CMS, case.CONTENT), case.CONFIRMED: (case.CONFIRMATION, case.SIGNED)}
"""Of which signature and which bytes a record tells."""


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One item: ``holds`` None where nothing stands for or against it; ``code`` says why it does not."""

    name: str
    holds: bool | None
    code: str | None = None

    @property
    def words(self) -> Text:
        """Return what it is."""
        return WHAT.get(self.name) or WHAT[case.ANSWERS if self.name.startswith(case.ANSWERS) else "withheld"]


def check_case(data: bytes, terms: Terms) -> list[CaseItem]:
    """Say of every item of a case file whether it holds; raises ValueError for what is none."""
    items = case.unzipped(data)
    if case.MANIFEST not in items or case.DOCUMENT not in items:
        raise ValueError("no case file")
    fault, manifest = _manifest(items, terms)
    return [CaseItem(case.MANIFEST, fault is None, fault), *_checked(items, manifest, terms)]


def _manifest(items: Mapping[str, bytes], terms: Terms) -> tuple[str | None, dict[str, Any]]:
    """Return what stands against the manifest, and what it says: the document's own provider must have sealed it."""
    try:
        document = Sealed.read(items[case.DOCUMENT].decode("ascii")).document
        payload = open_sealed(
            items[case.MANIFEST].decode("ascii"),
            typ=case.CASE_FILE_TYPE,
            trust=terms.trust,
            at=datetime.fromisoformat(_payload(items[case.MANIFEST])["made_at"]),
            bin=str(document["provider"]["bin"]),
        )
        said = json.loads(payload)
        if said["format"] != case.FORMAT or said["number"] != document["number"]:
            return "number_differs", said
        if datetime.fromisoformat(said["made_at"]) > terms.at:
            return "dated_ahead", said
    except SealNotValid as fault:
        return fault.code, {}
    except (ValueError, KeyError, TypeError):
        return "malformed", {}
    return None, said


def _checked(items: Mapping[str, bytes], manifest: Mapping[str, Any], terms: Terms) -> Iterator[CaseItem]:
    listed: Mapping[str, str] = manifest.get("items", {})
    for name in sorted({*items, *listed} - {case.MANIFEST, case.README}):
        if name not in items:
            yield CaseItem(name, holds=False, code="missing")
        elif listed.get(name) != case.print_of(items[name]):
            yield CaseItem(name, holds=False, code="digest_differs" if name in listed else "not_listed")
        else:
            yield _looked_into(name, items, terms)
    for one in manifest.get("withheld", ()):
        yield CaseItem(f"{one['source']} ({one['clause']})", holds=None, code="withheld")


def _looked_into(name: str, items: Mapping[str, bytes], terms: Terms) -> CaseItem:
    """Say whether what an item says of itself holds; its digest does."""
    fault: str | None = None
    if name in {case.RECORD, case.CONFIRMED}:
        fault = _record_fault(name, items, terms)
    elif name == case.DOCUMENT:
        report = check_jws(items[name].decode("ascii", "replace"), terms)
        fault = next((one.code for one in report.findings if one.holds is False), None)
    elif name == case.PAPER:
        report = check_file(items[name], terms)
        same = report.sealed is not None and report.sealed.jws == items[case.DOCUMENT].decode("ascii", "replace")
        fault = next((one.code for one in report.findings if one.holds is False), None if same else "another_document")
    elif name.startswith(case.ANSWERS):
        fault = _answer_fault(name, items[name], terms)
    return CaseItem(name, fault is None, fault)


def _record_fault(name: str, items: Mapping[str, bytes], terms: Terms) -> str | None:
    """Verify the signature again by its record: it is over these bytes, and the verdict is what the record tells."""
    try:
        cms, content = SIGNED_BY[name]
        record = json.loads(items[name])
        again = verify_again(record, terms.trust)
        same = base64.b64decode(record["cms"]) == items.get(cms) and again.content == items.get(content)
    except (RecordNotValid, ValueError, KeyError, TypeError):
        return "malformed"
    if not same:
        return "content_differs"
    if not again.agrees or not again.verdict.confirmed:
        return again.verdict.code
    return "list_missing" if again.missing else None


def _answer_fault(name: str, data: bytes, terms: Terms) -> str | None:
    """Check the seal of a system's answer, at the time that it tells; whose it is stands in its certificate."""
    source = name.removeprefix(case.ANSWERS).partition("-")[2].removesuffix(".jws")
    try:
        at = datetime.fromisoformat(_payload(data)["issued_at"])
        open_sealed(data.decode("ascii"), typ=ANSWER_TYPES[source], trust=terms.trust, at=at, bin=None)
    except SealNotValid as fault:
        return fault.code
    except (ValueError, KeyError, TypeError):
        return "malformed"
    return None


def _payload(jws: bytes) -> dict[str, Any]:
    """Return what a JWS says, unchecked: the time to which its seal is checked stands inside."""
    part = jws.split(b".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))))
