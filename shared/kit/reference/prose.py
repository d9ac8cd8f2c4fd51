"""The little that our descriptions have of Markdown, as HTML: paragraphs, lists, **strong** words, `code`."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

_CODE: Final = re.compile(r"`([^`]+)`")
_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
_ITEM: Final = re.compile(r"^(?:- |[0-9]+\. )")


def line(text: str) -> str:
    """Return one line: its code and its strong words marked, all else escaped."""
    return _STRONG.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escape(text, quote=False)))


def prose(text: str) -> str:
    """Return paragraphs and lists, marked as English."""
    return f'<div lang="en">{"".join(_blocks(text))}</div>' if text.strip() else ""


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        for kind, lines in groupby(block.splitlines(), _kind):
            said = list(lines)
            if kind:
                items = "".join(f"<li>{line(_ITEM.sub('', one))}</li>" for one in said)
                yield f"<{kind}>{items}</{kind}>"
            else:
                yield f"<p>{line(' '.join(said))}</p>"


def _kind(text: str) -> str:
    found = _ITEM.match(text)
    return "" if found is None else "ul" if found[0] == "- " else "ol"
