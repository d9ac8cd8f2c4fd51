"""The header of a compact JWS, by which a key is chosen before the signature is looked at (RFC 7515, 7.1)."""

import base64
import json
from typing import Any


def head_of(token: str) -> dict[str, Any]:
    """Return the header alone: PyJWT's own way to it takes the whole token apart, and then once more to verify it.

    Raises ValueError for what is no JSON object in base64url.
    """
    first = token.partition(".")[0]
    head = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    if not isinstance(head, dict):
        raise ValueError("a header is an object")  # noqa: TRY004 - the token's fault, not the caller's.
    return head
