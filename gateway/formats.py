"""Which of several forms of one thing a reader asks for (RFC 9110, 12.5.1)."""

import re
from collections.abc import Sequence
from typing import Final

from shared.kit.problems import NotAcceptable

JOSE: Final = "application/jose"
JSON: Final = "application/json"
PDF: Final = "application/pdf"
HTML: Final = "text/html"
_QVALUE = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def chosen(accept: str, kinds: Sequence[str]) -> str:
    """Return the form with the greatest weight, among equals the first; raises NotAcceptable where none is wanted."""
    weights = {kind: _weight(accept, kind) for kind in kinds}
    best = max(weights, key=lambda kind: weights[kind])
    if weights[best] <= 0:
        raise NotAcceptable
    return best


def _weight(accept: str, kind: str) -> float:
    """Return the weight that an ``Accept`` header gives to a media type: the most specific range decides."""
    ranges: dict[str, float] = {}
    for part in accept[:1000].split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        ranges[name] = float(weight) if _QVALUE.fullmatch(weight) else 0.0
    family = f"{kind.partition('/')[0]}/*"
    return next((ranges[name] for name in (kind, family, "*/*") if name in ranges), 0.0)
