"""A sealed document as it is read, before or without any check of its seal."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from shared.documents.credential import CREDENTIAL_TYPE, as_document
from shared.eds.certificate import Certificate
from shared.eds.jws import MOST_CHARACTERS

DOCUMENT_TYPE: Final = "phc-document+json"
TYPES: Final = frozenset({DOCUMENT_TYPE, CREDENTIAL_TYPE})
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit."""
_ALIKE: Final = str.maketrans("OIL", "011")
_CODE_LETTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Sealed:
    """A document and what carries it: ``document`` is what is sealed, ``seal`` the certificate that it names.

    ``typ`` is what the seal says of what it seals. Nothing of it is verified.
    """

    jws: str
    document: Mapping[str, Any]
    seal: Certificate
    typ: str

    @classmethod
    def read(cls, jws: str) -> Self:
        """Read a compact JWS; raises ValueError for what is none of ours."""
        if len(jws) > MOST_CHARACTERS:
            raise ValueError("too large")
        first, second, _ = jws.split(".")
        try:
            header, document = json.loads(_decode(first)), json.loads(_decode(second))
            seal = Certificate.read(base64.b64decode(header["x5c"][0], validate=True))
            return cls(jws, as_document(document), seal, str(header["typ"]))
        except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
            raise ValueError("not a sealed document") from fault

    @property
    def token(self) -> str:
        """Return the token of the public check; raises ValueError where the document has none."""
        check = self.document.get("check")
        token = check.get("token") if isinstance(check, Mapping) else None
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise ValueError("a document without the token of its check")
        return token

    @property
    def code(self) -> str:
        """Return the code that stands on the paper and opens what it says of people: ``K7QF-2M9D``.

        It follows from the seal's value, so that whoever has the document has it, and nobody who has its address alone.
        """
        return code_of(self.jws)


def code_of(jws: str) -> str:
    """Return the code on the paper of a sealed document: 40 bits of the digest of the seal's value."""
    digest = hashlib.sha256(b"phc-paper-code/1:" + jws.rpartition(".")[2].encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(typed: str) -> str:
    """Return a typed code as it is compared: without spaces and hyphens, O for 0 and I, L for 1 forgiven."""
    letters = re.sub(r"[\s-]", "", typed[:40]).upper().translate(_ALIKE)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _CODE_LETTERS else letters


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
