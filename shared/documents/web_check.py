"""The pages of the public check: of a document by its address, and of a file (no script, no picture)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from shared.documents import check_words as words
from shared.documents import labels
from shared.documents.findings import Finding, Report
from shared.documents.page import Page, moment_in, page_of
from shared.documents.report import CHECKED, HOLDS, HOLDS_NOT, SIGNS, STAMPED, TEST
from shared.documents.web import Frame, html_of, whole
from shared.law.text import Language, Text

WELL: Final = frozenset({"valid"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What anyone may know: the status, since when it is known so (aware), and when it was asked."""

    status: str
    checked_at: datetime
    as_of: datetime
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A document at the check: its page, how it stands, whether the code was typed (``wrong``: another)."""

    page: Page
    standing: Standing
    opened: bool = False
    wrong: bool = False


def status_page(shown: Shown, language: Language, here: str) -> bytes:
    """Return the page of a document's check; what is personal stands on it only once it is opened."""
    title = f"{words.TITLE.said_in(language)}: № {shown.page.number}"
    main = [
        f"<h1>{escape(words.TITLE.said_in(language))}</h1>",
        _verdict(words.STATUSES[shown.standing.status], shown.standing.status in WELL, language),
        *([_warning(language)] if shown.standing.is_test else []),
        _public(shown, language),
    ]
    if shown.opened:
        main += [f"<h2>{escape(words.UNLOCK.said_in(language))}</h2>", *whole(shown.page, language)]
    else:
        main.append(_unlock(shown, language, here))
    main.append(_to_file(language))
    return html_of(Frame(language, title, here), main)


def unknown_page(language: Language, here: str, message: Text = words.STATUSES["unknown"]) -> bytes:
    """Return the page of an address at which there is no document, or which is asked too often."""
    main = [f"<h1>{escape(words.TITLE.said_in(language))}</h1>", _verdict(message, False, language)]
    if message is words.STATUSES["unknown"]:
        main.append(f"<p>{escape(words.UNKNOWN_HELP.said_in(language))}</p>")
    return html_of(Frame(language, words.TITLE.said_in(language), here), [*main, _to_file(language)])


def file_page(language: Language, here: str, report: Report | None, note: Text | None = None) -> bytes:
    """Return the page on which a file is chosen, and what was found of the last one."""
    main = [f"<h1>{escape(words.FILE_TITLE.said_in(language))}</h1>"]
    if note is not None:
        main.append(_verdict(note, False, language))
    if report is not None:
        main += _report(report, language)
    main.append(
        f'<form method="post" action="{escape(here)}?lang={language}" enctype="multipart/form-data">'
        f'<p id="help">{escape(words.FILE_HELP.said_in(language))}</p>'
        f'<label for="file">{escape(words.FILE.said_in(language))}</label>'
        '<input id="file" name="file" type="file" accept=".pdf,.jws,application/pdf,application/jose" required '
        f'aria-describedby="help"><br><button>{escape(words.CHECK.said_in(language))}</button></form>'
    )
    return html_of(Frame(language, words.FILE_TITLE.said_in(language), here), main)


def _verdict(text: Text, well: bool, language: Language) -> str:  # noqa: FBT001 - one of two colours.
    return f'<p class="verdict {"well" if well else "bad"}" role="status">{escape(text.said_in(language))}</p>'


def _warning(language: Language) -> str:
    """Return the words of a test authority: what it certifies proves nothing."""
    return f'<p class="bad">{escape(TEST.said_in(language))}</p>'


def _public(shown: Shown, language: Language) -> str:
    """Return what anyone may know, in rows."""
    standing, page = shown.standing, shown.page
    rows = [
        (words.CHECKED_AT, moment_in(standing.checked_at, language)),
        (words.KIND, page.kind.said_in(language)),
        (words.SERVICE, page.service.said_in(language)),
        *((fact.words, fact.value.said_in(language)) for fact in page.facts if not fact.is_personal),
        (labels.PROVIDER, page.provider[0]),
    ]
    if standing.as_of != standing.checked_at:
        rows.insert(1, (words.STATUS_AS_OF, moment_in(standing.as_of, language)))
    listed = "".join(f"<dt>{escape(name.said_in(language))}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f"<p>{escape(words.COMPARE.said_in(language))}</p><dl>{listed}</dl>"


def _unlock(shown: Shown, language: Language, here: str) -> str:
    wrong = f'<p id="wrong" class="bad">{escape(words.WRONG_CODE.said_in(language))}</p>' if shown.wrong else ""
    described = "help wrong" if shown.wrong else "help"
    invalid = ' aria-invalid="true"' if shown.wrong else ""
    return (
        f"<h2>{escape(words.UNLOCK.said_in(language))}</h2>"
        f'<form method="post" action="{escape(here)}?lang={language}">'
        f'<p id="help">{escape(words.UNLOCK_HELP.said_in(language))}</p>{wrong}'
        f'<label for="code">{escape(words.CODE.said_in(language))}</label>'
        '<input id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters" '
        f'spellcheck="false" aria-describedby="{described}"{invalid}><br>'
        f"<button>{escape(words.SHOW.said_in(language))}</button></form>"
    )


def _to_file(language: Language) -> str:
    return f'<p><a href="/verify?lang={language}">{escape(words.FILE_TITLE.said_in(language))}</a></p>'


def _report(report: Report, language: Language) -> list[str]:
    """Return a file's report: the verdict, what was looked at, and what the document in it says."""
    main = [_verdict(HOLDS if report.holds else HOLDS_NOT, report.holds, language)]
    if report.is_test:
        main.append(_warning(language))
    main.append(f"<h2>{escape(words.WHAT_HOLDS.said_in(language))}</h2><ul>{_items(report.findings, language)}</ul>")
    if report.stamped_at is not None:
        at = moment_in(report.stamped_at, language)
        main.append(f'<p class="faint">{escape(STAMPED.filled(at=at).said_in(language))}</p>')
    at = moment_in(report.at, language)
    main.append(f'<p class="faint">{escape(CHECKED.filled(at=at).said_in(language))}</p>')
    if report.sealed is not None:
        try:
            page = page_of(report.sealed)
        except ValueError:
            return main
        main += [f"<h2>{escape(page.kind.said_in(language))} № {escape(page.number)}</h2>", *whole(page, language)]
    return main


def _items(findings: Iterable[Finding], language: Language) -> str:
    said = []
    for finding in findings:
        why = f" ({finding.why.said_in(language)})" if finding.why else ""
        mark = "bad" if finding.holds is False else ""
        sign = SIGNS[finding.holds].said_in(language)
        said.append(f'<li class="{mark}"><b>{sign}</b>: {escape(finding.words.said_in(language))}{escape(why)}</li>')
    return "".join(said)
