"""An X.509 certificate, read by our own gate, so that GOST certificates read like any other (RFC 5280)."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from shared.eds import der, extensions
from shared.eds.der_values import dotted, moment
from shared.eds.extensions import Authority, Extension
from shared.eds.names import attributes_of

VERSION_3 = b"\x02"
_VERSION_TAG = 0xA0
RSA_KEY = "1.2.840.113549.1.1.1"
NO_PARAMETERS = b"\x05\x00"
"""NULL, which RSA and GOST write where they have nothing to say; some leave it out."""
_PEM_START, _PEM_END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class AlgorithmId:
    """An AlgorithmIdentifier: dotted OID, and the parameters' raw DER (None where absent)."""

    oid: str
    parameters: bytes | None

    @classmethod
    def of(cls, node: der.Node) -> Self:
        """Read from the element; raises ValueError when it is not one."""
        first, *rest = der.expect(node, der.SEQUENCE).children
        if len(rest) > 1:
            raise der.NotDer("an algorithm identifier has two elements at most")
        return cls(dotted(der.expect(first, der.OID).content), rest[0].raw if rest else None)


@dataclass(frozen=True)
class Certificate:
    """What a certificate says; names are kept as raw DER too, since names are compared byte by byte.

    Times are aware UTC. ``key`` is the SubjectPublicKeyInfo's DER. ``attributes`` are the subject's (dotted OID, text).
    """

    der: bytes
    tbs: bytes
    serial: int
    issuer: bytes
    subject: bytes
    attributes: tuple[tuple[str, str], ...]
    not_before: datetime
    not_after: datetime
    key: bytes
    key_algorithm: AlgorithmId
    signature_algorithm: AlgorithmId
    signature: bytes
    extensions: Mapping[str, Extension]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read one version 3 certificate from DER; raises ValueError for anything else."""
        try:
            return cls._read(data)
        except IndexError as missing:
            raise der.NotDer("not a certificate: an element is empty") from missing

    @classmethod
    def _read(cls, data: bytes) -> Self:
        tbs, algorithm, signature = der.expect(der.read(data), der.SEQUENCE).children
        version, serial, inner, issuer, validity, subject, key, *rest = der.expect(tbs, der.SEQUENCE).children
        if version.tag != _VERSION_TAG or version.children[0].content != VERSION_3 or inner.raw != algorithm.raw:
            raise der.NotDer("not a version 3 certificate, or of two algorithms")
        since, until = der.expect(validity, der.SEQUENCE).children
        return cls(
            der=data,
            tbs=tbs.raw,
            serial=int.from_bytes(der.expect(serial, der.INTEGER).content, "big", signed=True),
            issuer=der.expect(issuer, der.SEQUENCE).raw,
            subject=der.expect(subject, der.SEQUENCE).raw,
            attributes=attributes_of(subject),
            not_before=moment(since.tag, since.content),
            not_after=moment(until.tag, until.content),
            key=der.expect(key, der.SEQUENCE).raw,
            key_algorithm=AlgorithmId.of(key.children[0]),
            signature_algorithm=AlgorithmId.of(algorithm),
            signature=octets_of(signature),
            extensions=MappingProxyType(extensions.read(rest)),
        )

    @classmethod
    def read_all(cls, path: Path) -> tuple[Self, ...]:
        """Read every certificate of a DER or PEM file, in its order; raises ValueError where there is none."""
        data = path.read_bytes()
        if data.startswith(b"0"):
            return (cls.read(data),)
        blocks = [block.partition(_PEM_END) for block in data.split(_PEM_START)[1:]]
        if not blocks or not all(end for _, end, _ in blocks):
            raise ValueError(f"{path.name} holds no certificate")
        return tuple(cls.read(base64.b64decode(body)) for body, _, _ in blocks)

    @cached_property
    def sha256(self) -> str:
        """Return the digest of the DER in lower-case hex: by this an authority is pinned."""
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def rsa_bits(self) -> int | None:
        """Return the modulus' length in bits, or None for a key that is not RSA."""
        if self.key_algorithm.oid != RSA_KEY:
            return None
        modulus, _ = der.read(octets_of(der.read(self.key).children[1])).children
        return int.from_bytes(modulus.content, "big").bit_length()

    @cached_property
    def usages(self) -> frozenset[str]:
        """Return the names of the key usages, as RFC 5280 writes them."""
        return extensions.usages(self.extensions)

    @cached_property
    def purposes(self) -> frozenset[str]:
        """Return the dotted OIDs of the extended key usages."""
        return extensions.purposes(self.extensions)

    @cached_property
    def policies(self) -> frozenset[str]:
        """Return the dotted OIDs of the certificate policies."""
        return extensions.policies(self.extensions)

    @cached_property
    def authority(self) -> Authority | None:
        """Return what basic constraints say of an authority, or None for an end entity."""
        return extensions.authority(self.extensions)

    @cached_property
    def key_id(self) -> bytes | None:
        """Return the subject key identifier."""
        return extensions.key_id(self.extensions)

    @cached_property
    def issuer_key_id(self) -> bytes | None:
        """Return the key identifier of the authority that issued this."""
        return extensions.issuer_key_id(self.extensions)

    def in_force(self, at: datetime) -> bool:
        """Say whether the time lies within the validity, both ends included."""
        return self.not_before <= at <= self.not_after


def octets_of(bit_string: der.Node) -> bytes:
    """Return a BIT STRING of whole octets as octets; raises NotDer for any other element."""
    content = der.expect(bit_string, der.BIT_STRING).content
    if content[0]:
        raise der.NotDer("a bit string of broken octets")
    return content[1:]
