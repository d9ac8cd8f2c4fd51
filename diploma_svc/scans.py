"""Scans of papers: PDF, JPEG and PNG by their content, encrypted at rest (AES-256-GCM) under the service's own key.

The paper's id is bound to the ciphertext: a scan that is put under another paper in the database is not opened.
"""

import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kit.problems import Unprocessable, UnsupportedMediaType

MOST_BYTES: Final = 5 * 1024 * 1024
_NONCE: Final = 12
_BEGIN_AND_END: Final = {
    "application/pdf": (b"%PDF-1.", b"%%EOF"),
    "application/pdf;2": (b"%PDF-2.", b"%%EOF"),
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
    "image/png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"),
}
_TAIL: Final = 1024
"""How far before its end a PDF's last mark may stand (ISO 32000-2, annex I)."""


class ScanDamaged(Exception):
    """What is kept is not what was put there, or was kept under another key."""


def media_type_of(content: bytes, told: str) -> str:
    """Return what a scan is by its content.

    Raises:
        UnsupportedMediaType: It is no PDF, JPEG or PNG, whatever it is called.
        Unprocessable: It is cut off, or called something else than what it is.
    """
    for kind, (begin, end) in _BEGIN_AND_END.items():
        if content.startswith(begin):
            found = kind.partition(";")[0]
            if end not in content[-_TAIL:]:
                raise Unprocessable(errors=[{"pointer": "", "code": "cut-off"}])
            if found != told:
                raise Unprocessable(errors=[{"pointer": "", "code": "another-content"}])
            return found
    raise UnsupportedMediaType


class ScanKey:
    """Encrypts and decrypts scans."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes."""
        self._cipher = AESGCM(key)

    def seal(self, paper_id: UUID, content: bytes) -> bytes:
        """Return what is kept: a fresh nonce and the ciphertext."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, paper_id.bytes)

    def open(self, paper_id: UUID, kept: bytes) -> bytes:
        """Return the scan; raises ScanDamaged."""
        try:
            return self._cipher.decrypt(kept[:_NONCE], kept[_NONCE:], paper_id.bytes)
        except (InvalidTag, ValueError) as damaged:
            raise ScanDamaged from damaged
