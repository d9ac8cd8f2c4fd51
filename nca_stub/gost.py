"""GOST 34.10-2015 keys that sign: for TEST keys alone.

This is pure Python whose time depends on the secret; whoever can measure it learns the key. No key of a real person or
authority must ever come here; the commands of this package refuse one whose certificate is not marked TEST.
"""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Final, Literal, Self

from nca_stub.encoding import NULL, bits, integer, octets, oid, sequence
from shared.eds import der
from shared.eds.certificate import AlgorithmId
from shared.eds.gost.points import multiple_of_base
from shared.eds.gost.streebog import streebog256, streebog512
from shared.eds.gost_keys import KEY_2015_256, KEY_2015_512, KINDS, Kind

Size = Literal[256, 512]
_KEYS: Final = {256: KEY_2015_256, 512: KEY_2015_512}
_SIGNATURES: Final = {KEY_2015_256: "1.2.398.3.10.1.1.2.3.1", KEY_2015_512: "1.2.398.3.10.1.1.2.3.2"}
_DIGESTS: Final = {KEY_2015_256: streebog256, KEY_2015_512: streebog512}
DIGEST_NAMES: Final = {KEY_2015_256: "streebog256", KEY_2015_512: "streebog512"}
_PEM = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----")


@dataclass(frozen=True, slots=True)
class GostKey:
    """A private TEST key: what kind it is (the key's OID), and the number."""

    oid: str
    number: int = field(repr=False)

    @classmethod
    def generate(cls, size: Size = 512) -> Self:
        """Make a key."""
        name = _KEYS[size]
        return cls(name, 1 + secrets.randbelow(KINDS[name].curve.q - 1))

    @classmethod
    def read(cls, pkcs8: bytes) -> Self:
        """Read PKCS #8 with the number as Kalkan writes it: little-endian in an OCTET STRING, wrapped once or not.

        Raises ValueError for anything else.
        """
        version, algorithm, private, *_ = der.expect(der.read(pkcs8), der.SEQUENCE).children
        name = AlgorithmId.of(algorithm).oid
        if der.expect(version, der.INTEGER).content != b"\0" or name not in _SIGNATURES:
            raise ValueError("This is no GOST 34.10-2015 key.")
        curve, held = KINDS[name].curve, der.expect(private, der.OCTET_STRING).content
        if len(held) != curve.size:
            held = der.expect(der.read(held), der.OCTET_STRING).content
        number = int.from_bytes(held, "little")
        if not 0 < number < curve.q:
            raise ValueError("This is no number of a key.")
        return cls(name, number)

    @property
    def kind(self) -> Kind:
        """Return the curve and the OIDs beside it."""
        return KINDS[self.oid]

    @property
    def digest(self) -> str:
        """Return the name of the digest that goes with the key."""
        return DIGEST_NAMES[self.oid]

    @property
    def signature_algorithm(self) -> bytes:
        """Return the AlgorithmIdentifier of its signatures; the authority of Kazakhstan writes NULL there."""
        return sequence(oid(_SIGNATURES[self.oid]), NULL)

    def public_octets(self) -> bytes:
        """Return X ‖ Y, both little-endian."""
        size = self.kind.curve.size
        return b"".join(one.to_bytes(size, "little") for one in multiple_of_base(self.kind.curve, self.number))

    def public_info(self) -> bytes:
        """Return the SubjectPublicKeyInfo (DER)."""
        return sequence(self._algorithm(), bits(octets(self.public_octets())))

    def pem(self) -> bytes:
        """Return the key as unencrypted PKCS #8 PEM."""
        number = octets(self.number.to_bytes(self.kind.curve.size, "little"))
        text = base64.encodebytes(sequence(integer(0), self._algorithm(), octets(number))).decode()
        return f"{_PEM[0]}\n{text}{_PEM[1]}\n".encode()

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the data's digest as r ‖ s, both little-endian (RFC 7091, 6.1)."""
        curve = self.kind.curve
        e = int.from_bytes(_DIGESTS[self.oid](data), "little") % curve.q or 1
        r = s = 0
        while not (r and s):
            k = 1 + secrets.randbelow(curve.q - 1)
            r = multiple_of_base(curve, k)[0] % curve.q
            s = (r * self.number + k * e) % curve.q
        return r.to_bytes(curve.size, "little") + s.to_bytes(curve.size, "little")

    def _algorithm(self) -> bytes:
        return sequence(oid(self.oid), sequence(oid(self.kind.curve_oid), oid(self.kind.digest_oid)))
