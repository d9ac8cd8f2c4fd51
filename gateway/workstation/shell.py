"""The one page that a browser opens; all that is on it afterwards is drawn by the scripts, and none of it is markup.

The policy lets nothing in but our own files, our own end points, and NCALayer on the same computer, with which an
employee signs. Trusted types are asked for and none is allowed: a script that would write markup is stopped.
"""

from collections.abc import Mapping
from html import escape
from typing import Final

from gateway.workstation.words import WORDS
from shared.documents.web import NAMES, SKIP
from shared.law.text import LANGUAGES, Language

NCALAYER: Final = "wss://127.0.0.1:13579"
POLICY: Final = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {NCALAYER}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex, nofollow",
}
HERE: Final = "/workstation"


def shell_page(language: Language) -> bytes:
    """Return the page in a language; without scripts it says that they are needed."""

    def said(key: str) -> str:
        return escape(WORDS[key].said_in(language))

    choices = "".join(
        f'<button type="button" lang="{one}" data-language="{one}" aria-pressed="{str(one == language).lower()}">'
        f"{NAMES[one]}</button>"
        for one in LANGUAGES
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{said("workstation")}</title><link rel="stylesheet" href="{HERE}/static/workstation.css">'
        f'<link rel="icon" href="{HERE}/static/icon.svg">'
        f'<script type="module" src="{HERE}/static/main.js"></script></head><body>'
        f'<a class="skip" href="#main">{escape(SKIP.said_in(language))}</a>'
        f'<header><p class="name">{said("workstation")}</p>'
        f'<div role="group" id="languages" aria-label="{said("language")}">{choices}</div>'
        '<div id="who"></div><nav id="screens" hidden></nav></header>'
        '<div id="bell" role="alert"></div>'
        f'<main id="main" tabindex="-1"><h1>{said("workstation")}</h1>'
        f"<noscript><p>{said('needs_scripts')}</p></noscript></main>"
        '<p id="status" role="status" class="status"></p></body></html>\n'
    ).encode()
