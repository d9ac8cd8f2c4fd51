"""Pages for a browser, without script and without anything from elsewhere: text, one style, one strict policy."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from shared.documents import labels
from shared.documents.page import Fact, Page
from shared.law.text import LANGUAGES, Language, Text

NAMES: Final[Mapping[Language, str]] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
CHOOSE: Final = Text("Тіл", "Язык", "Language")
SKIP: Final = Text("Мазмұнға өту", "К содержанию", "Skip to the content")
STYLE: Final = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""What every page is sent with; none of them is for a search engine."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around a page: its language, its title, and where it stands in each language."""

    language: Language
    title: str
    here: str


def html_of(frame: Frame, main: Iterable[str]) -> bytes:
    """Return a whole page around its main part (HTML)."""
    language = frame.language
    choices = "".join(f"<li>{_choice(one, frame)}</li>" for one in LANGUAGES)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(frame.title)}</title><style>{STYLE}</style></head><body>"
        f'<a class="skip" href="#main">{SKIP.said_in(language)}</a>'
        f'<header><nav aria-label="{CHOOSE.said_in(language)}"><ul>{choices}</ul></nav></header>'
        f'<main id="main">{"".join(main)}</main></body></html>\n'
    ).encode()


def _choice(one: Language, frame: Frame) -> str:
    if one == frame.language:
        return f'<strong lang="{one}" aria-current="true">{NAMES[one]}</strong>'
    joined = "&amp;" if "?" in frame.here else "?"
    return f'<a lang="{one}" hreflang="{one}" href="{escape(frame.here)}{joined}lang={one}">{NAMES[one]}</a>'


def document_page(page: Page, language: Language, here: str) -> bytes:
    """Return the human page of a document in one language."""
    title = f"{page.kind.said_in(language)} № {page.number}"
    return html_of(Frame(language, title, here), (f"<h1>{escape(title)}</h1>", *whole(page, language)))


def whole(page: Page, language: Language) -> list[str]:
    """Return all that a document says, under a heading of its own kind."""
    said = [_stamp(page, language), f"<p>{escape(page.service.said_in(language))}</p>"]
    if page.said is not None:
        said.append(f"<p>{escape(page.said.said_in(language))}</p>")
    said += [facts_list(page.facts, language), _provider(page, language)]
    if page.grounds:
        said.append(f"<h2>{escape(labels.GROUNDS.said_in(language))}</h2><dl>")
        for ground in page.grounds:
            said.append(f"<dt>{escape(ground.clause)}</dt><dd>{escape(ground.words.said_in(language))}")
            if ground.remedy is not None:
                said.append(f'<p class="faint">{escape(ground.remedy.said_in(language))}</p>')
            said.append("</dd>")
        said.append("</dl>")
    if page.review is not None:
        said.append(f"<h2>{escape(labels.REVIEW.said_in(language))}</h2><p>{escape(page.review.said_in(language))}</p>")
    said.append(f'<p class="faint">{escape(page.basis.said_in(language))}</p>')
    said.append(f'<p class="faint">{escape(page.seal.said_in(language))}</p>')
    said.append(f"<p>{escape(labels.CODE.said_in(language))}: <strong>{page.code}</strong></p>")
    return said


def facts_list(facts: Iterable[Fact], language: Language) -> str:
    """Return rows of words and values."""
    rows = "".join(
        f"<dt>{escape(fact.words.said_in(language))}</dt><dd>{escape(fact.value.said_in(language))}</dd>"
        for fact in facts
    )
    return f"<dl>{rows}</dl>"


def _stamp(page: Page, language: Language) -> str:
    return "" if page.stamp is None else f'<p class="stamp">{escape(page.stamp.said_in(language))}</p>'


def _provider(page: Page, language: Language) -> str:
    """Return the provider, in the decree's own spelling, which is Kazakh."""
    name, address, telephones = (escape(part) for part in page.provider)
    mark = "" if language == "kk" else ' lang="kk"'
    return f"<h2>{escape(labels.PROVIDER.said_in(language))}</h2><p{mark}>{name}<br>{address}<br>{telephones}</p>"
