"""The page as a PDF: one A4 sheet, PDF/A-3a and PDF/UA-1, the sealed original attached, every letter's font inside."""

import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

from shared.documents import labels
from shared.documents.page import Page, page_of
from shared.documents.sealed import Sealed
from shared.law.text import Language, Text

TELEPHONE: Final = re.compile(r"8 \(([0-9]+)\) ([0-9])")
HERE: Final = Path(__file__).parent
STANDARDS: Final = ("a-3a", "ua-1")
ALWAYS: Final[tuple[Language, ...]] = ("kk", "ru")
"""Kazakh first, Russian beside it (Law on Languages of 11 July 1997); English stands there on request."""


def paper_of(jws: str, check_address: str, languages: Sequence[Language] = ALWAYS) -> bytes:
    """Return the PDF of a sealed document, not yet sealed itself; the same bytes whenever it is made.

    Args:
        jws: The sealed document; ValueError where it is none.
        check_address: Where anyone checks documents, ``https://…/verify/``; the token is added.
        languages: Which stand beside each other, in this order.
    """
    sealed = Sealed.read(jws)
    page = page_of(sealed)
    address = f"{check_address}{sealed.token}"
    issued = datetime.fromisoformat(sealed.document["issued_at"])
    told = {"said": json.dumps(_told(page, address, languages), ensure_ascii=False), "qr": _qr(address), "jws": jws}
    made = _compiler().compile(
        format="pdf", sys_inputs=told, pdf_standards=list(STANDARDS), timestamp=int(issued.timestamp())
    )
    if not isinstance(made, bytes):
        raise TypeError("one document is one file")
    return made


def _told(page: Page, address: str, languages: Sequence[Language]) -> dict[str, Any]:
    """Return all that the template writes, in the languages that stand on the page."""

    def words(text: Text | None) -> list[dict[str, str]] | None:
        if text is None:
            return None
        said = {_kept_together(text.said_in(language)): language for language in reversed(languages)}
        return [{"language": language, "words": words} for words, language in reversed(said.items())]

    return {
        "languages": list(languages),
        "number": page.number,
        "kind": words(page.kind),
        "service": words(page.service),
        "provider": [_kept_together(line) for line in page.provider],
        "provider_words": words(labels.PROVIDER),
        "stamp": words(page.stamp),
        "said": words(page.said),
        "facts": [{"words": words(fact.words), "value": words(fact.value)} for fact in page.facts],
        "grounds_words": words(labels.GROUNDS),
        "grounds": [
            {"clause": one.clause, "words": words(one.words), "remedy": words(one.remedy)} for one in page.grounds
        ],
        "review": words(page.review),
        "review_words": words(labels.REVIEW),
        "basis": words(page.basis),
        "seal": words(page.seal),
        "attached": words(labels.ATTACHED),
        "check": words(labels.CHECK_HERE),
        "code_words": words(labels.CODE),
        "code": page.code,
        "address": address,
        "qr": words(labels.QR.filled(address=address)),
    }


def _kept_together(text: str) -> str:
    """Return the text with numbers that no line may break: ``№ 5`` and ``8 (727) 2925898``."""
    return TELEPHONE.sub("8\u00a0(\\1)\u00a0\\2", text).replace("№ ", "№\u00a0")


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, border=4)
    return drawn.getvalue().decode()


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler with our template and our fonts alone, made once a process (80 ms)."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])
    return typst.Compiler(str(HERE / "paper.typ"), root=str(HERE), font_paths=fonts)
