"""The check of a file as plain lines for a person, in one of three languages."""

from collections.abc import Iterator, Mapping
from typing import Final

from shared.documents.findings import Report
from shared.documents.page import moment_in, page_of
from shared.law.text import Language, Text

SIGNS: Final[Mapping[bool | None, Text]] = {
    True: Text("иә", "да", "yes"),
    False: Text("ЖОҚ", "НЕТ", "NO"),
    None: Text("—", "—", "—"),
}
HOLDS: Final = Text("Құжат шынайы.", "Документ подлинный.", "The document is genuine.")
HOLDS_NOT: Final = Text(
    "Құжатқа сенуге БОЛМАЙДЫ.", "Документу доверять НЕЛЬЗЯ.", "The document is NOT to be relied on."
)
TEST: Final = Text(
    "Куәландырушы орталық сынақтық: бұл құжат ештеңе растамайды.",
    "Удостоверяющий центр тестовый: этот документ ничего не подтверждает.",
    "The authority is a test one: this document proves nothing.",
)
STAMPED: Final = Text("Уақыт белгісі: {at}", "Метка времени: {at}", "Time stamp: {at}")
CHECKED: Final = Text("Тексерілген уақыты: {at}", "Проверено на: {at}", "Checked as of {at}")


def lines_of(report: Report, language: Language) -> Iterator[str]:
    """Yield the report's lines: the verdict, each thing that must hold, and what the document says of itself."""
    yield (HOLDS if report.holds else HOLDS_NOT).said_in(language)
    if report.is_test:
        yield TEST.said_in(language)
    yield ""
    for finding in report.findings:
        why = f" ({finding.why.said_in(language)})" if finding.why else ""
        yield f"  {SIGNS[finding.holds].said_in(language):>3}  {finding.words.said_in(language)}{why}"
    yield ""
    if report.stamped_at is not None:
        yield STAMPED.filled(at=moment_in(report.stamped_at, language)).said_in(language)
    yield CHECKED.filled(at=moment_in(report.at, language)).said_in(language)
    if report.sealed is not None:
        yield from _document(report, language)


def _document(report: Report, language: Language) -> Iterator[str]:
    if report.sealed is None:
        return
    try:
        page = page_of(report.sealed)
    except ValueError:
        return
    yield ""
    yield f"{page.kind.said_in(language)} № {page.number}"
    yield page.service.said_in(language)
    yield page.provider[0]
    for fact in page.facts:
        yield f"  {fact.words.said_in(language)}: {fact.value.said_in(language)}"
    for ground in page.grounds:
        yield f"  {ground.clause}: {ground.words.said_in(language)}"
