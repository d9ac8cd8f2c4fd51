"""What seals our own documents: compact JWS with ``x5c`` and a fixed ``typ`` (RFC 7515), by an organisation's key."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_private_key

from shared.eds import jws_algorithms, profile
from shared.eds.certificate import Certificate
from shared.eds.revocation import Revocation
from shared.eds.trust import Chain, Trust
from shared.eds.verdict import Objection

MOST_CHARACTERS: Final = 2_000_000
MOST_OF_A_HEADER: Final = 100_000
MOST_CERTIFICATES: Final = 6
_HEADER = frozenset({"alg", "typ", "kid", "x5c"})


class SealNotValid(Exception):
    """A sealed document that does not hold; ``code`` is a word of the verdict catalogue, or ``typ_differs``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Seal:
    """An organisation's key with its certificates, the leaf first; made once, since loading an RSA key takes 30 ms."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)
    chain: tuple[Certificate, ...]
    _heads: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        held = load_der_public_key(self.chain[0].key)
        if held != self.key.public_key():
            raise ValueError("the key is not the certificate's")

    @classmethod
    def from_files(cls, key_pem: Path, chain_pem: Path) -> Self:
        """Load an unencrypted PEM key and its PEM certificates; raises ValueError where they do not belong together."""
        key = load_pem_private_key(key_pem.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise ValueError("a seal is an EC P-256 or an RSA key")  # noqa: TRY004 - the file's content is wrong, not a type.
        return cls(key, Certificate.read_all(chain_pem))

    @property
    def certificate(self) -> Certificate:
        """Return the organisation's certificate."""
        return self.chain[0]

    def sign(self, payload: bytes, *, typ: str) -> str:
        """Return the compact JWS over the exact bytes: ES256 for an EC key, PS256 for RSA; no root in ``x5c``."""
        signed = f"{self._head(typ)}.{_encode(payload)}"
        return f"{signed}.{_encode(jws_algorithms.sign(self.key, signed.encode()))}"

    def _head(self, typ: str) -> str:
        """Return the header, encoded; it is the same in all documents of a type."""
        if typ not in self._heads:
            header = {
                "alg": jws_algorithms.algorithm_for(self.key),
                "typ": typ,
                "kid": thumbprint(self.certificate),
                "x5c": [base64.b64encode(one.der).decode() for one in self.chain if one.subject != one.issuer],
            }
            self._heads[typ] = _encode(json.dumps(header, separators=(",", ":")).encode())
        return self._heads[typ]


@dataclass(frozen=True, slots=True)
class SealReader:
    """What a sealed document must satisfy: its ``typ``, a pinned authority, an organisation (None: any), the time.

    ``at`` is aware: the time to which the organisation's certificate must be in force. With ``revocation`` given, a
    revoked or unknown certificate is refused too.
    """

    typ: str
    trust: Trust
    at: datetime
    bin: str | None
    revocation: Revocation | None = None

    def read(self, jws: str) -> bytes:
        """Return the payload of a seal that holds; raises SealNotValid with its code for anything else."""
        try:
            header, signed, payload, signature = _parts(jws)
            if header.typ != self.typ:
                raise SealNotValid("typ_differs")
            chain = self._chain(header)
            if header.kid != thumbprint(chain.certificate):
                raise SealNotValid("certificate_reference_differs")
            if not jws_algorithms.holds(header.alg, chain.certificate.key, signed, signature):
                raise SealNotValid("signature_wrong")
        except Objection as objection:
            raise SealNotValid(objection.code) from objection
        except (ValueError, RecursionError) as fault:
            raise SealNotValid("malformed") from fault
        return payload

    def _chain(self, header: "_Header") -> Chain:
        """Return the signer's chain: pinned authorities, in force, an organisation's signing key, not revoked."""
        chain = self.trust.chain_of(header.certificate)
        chain.check_time(self.at)
        profile.check_purpose(chain.certificate)
        profile.check_organisation(chain.certificate, self.bin)
        if self.revocation is not None:
            self.revocation.standing(chain, self.at).check()
        return chain


def open_sealed(jws: str, *, typ: str, trust: Trust, at: datetime, bin: str | None) -> bytes:  # noqa: A002 - the trade's word.
    """Return the payload of a document sealed by the organisation (None: any), revocation unasked; see SealReader."""
    return SealReader(typ, trust, at, bin).read(jws)


def open_parts(jws: str) -> tuple[str, bytes, bytes]:
    """Return a JWS's algorithm, the bytes that are signed, and the signature; raises ValueError for another form."""
    header, signed, _, signature = _parts(jws)
    return header.alg, signed, signature


def jwk_of(certificate: Certificate) -> dict[str, Any]:
    """Return the certificate's public key as a JWK with ``kid``, ``alg``, ``x5c`` and ``x5t#S256`` (RFC 7517)."""
    numbers = jws_algorithms.jwk_numbers(certificate.key)
    print_ = thumbprint(certificate)
    x5c = [base64.b64encode(certificate.der).decode()]
    return {**numbers, "use": "sig", "kid": print_, "x5t#S256": print_, "x5c": x5c}


def thumbprint(certificate: Certificate) -> str:
    """Return the base64url SHA-256 of the certificate's DER (``x5t#S256``)."""
    return _encode(hashlib.sha256(certificate.der).digest())


@dataclass(frozen=True, slots=True)
class _Header:
    """A header of our own form; ``certificate`` is the DER of the leaf."""

    alg: str
    typ: str
    kid: str
    certificate: bytes


def _parts(jws: str) -> tuple[_Header, bytes, bytes, bytes]:
    """Return header, signed bytes, payload and signature; raises ValueError for anything but our own form."""
    if len(jws) > MOST_CHARACTERS:
        raise ValueError("too large")
    first, second, third = jws.split(".")
    if len(first) > MOST_OF_A_HEADER:
        raise ValueError("a header too large")
    return _header_in(first), f"{first}.{second}".encode("ascii"), _decode(second), _decode(third)


@lru_cache(maxsize=64)
def _header_in(text: str) -> _Header:
    """Read a header; an organisation's is the same in all its documents, so that the last ones are kept read."""
    header = json.loads(_decode(text), object_pairs_hook=_without_duplicates)
    if not isinstance(header, dict) or header.keys() != _HEADER:
        raise ValueError("another header than ours")
    if not all(isinstance(header[name], str) for name in ("alg", "typ", "kid")):
        raise ValueError("a header of other types")
    x5c = header["x5c"]
    if (
        not isinstance(x5c, list)
        or not 1 <= len(x5c) <= MOST_CERTIFICATES
        or not all(isinstance(one, str) for one in x5c)
    ):
        raise ValueError("x5c is a short list of certificates")
    return _Header(header["alg"], header["typ"], header["kid"], base64.b64decode(x5c[0], validate=True))


def _without_duplicates(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """Decode base64url in its one form: no padding, no stray bits, no other alphabet."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encode(data) != text:
        raise ValueError("not canonical base64url")
    return data
