"""A time stamping authority (RFC 3161): stamps by RSA under one authority, by GOST under the other; TEST stamps."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from nca_stub import profiles
from nca_stub.authority import Authority, create_desk
from nca_stub.encoding import generalized_time, integer, octets, oid, sequence, tlv
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey
from nca_stub.signing import AS_NCALAYER, DIGEST_OIDS, Making, attribute, digest_for, sign_cms
from shared.eds import der
from shared.eds.algorithms import digest_of
from shared.eds.certificate import AlgorithmId
from shared.eds.signed_data import TST_INFO, SignedData
from shared.eds.time_stamp import SIGNATURE_TIME_STAMP

RSA_POLICY: Final = "1.2.398.3.3.2.6.2"
GOST_POLICY: Final = "1.2.398.3.3.2.6.4"
REFUSED: Final = sequence(sequence(integer(2)))
"""The answer to a request that is no request (PKIStatus rejection)."""

_SIZES: Final = {"sha256": 32, "sha384": 48, "sha512": 64, "streebog256": 32, "streebog512": 64}
_DIGESTS: Final = {DIGEST_OIDS[digest]: digest for digest in _SIZES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """How a stamp is made; everything but the defaults is a bad case for a test. ``making`` changes its CMS."""

    policy: str | None = None
    digest: str | None = None
    making: Making = field(default_factory=Making)


AS_PUBLISHED: Final = Stamping()


@dataclass(frozen=True)
class Stamper:
    """The authority's time stamping desk; its key is made when first asked for."""

    authority: Authority

    @cached_property
    def desk(self) -> tuple[PrivateKey, bytes]:
        """Return the desk's key and certificate (DER)."""
        return create_desk(self.authority, "tsa", profiles.STAMPER, self._new_key())

    def answer(self, request: bytes, now: datetime) -> bytes:
        """Return the DER of TimeStampResp to the DER of TimeStampReq, at the time (aware)."""
        try:
            version, imprint, *more = der.expect(der.read(request), der.SEQUENCE).children
            digest = _DIGESTS[AlgorithmId.of(imprint.children[0]).oid]
            hashed = der.expect(imprint.children[1], der.OCTET_STRING).content
            nonce = [one.raw for one in more if one.tag == der.INTEGER]
        except (ValueError, IndexError, KeyError):
            return REFUSED
        if version.content != b"\x01" or len(hashed) != _SIZES[digest]:
            return REFUSED
        return sequence(sequence(integer(0)), self._token(imprint.raw, now, nonce, AS_PUBLISHED))

    def stamp(self, signature: bytes, now: datetime, stamping: Stamping = AS_PUBLISHED) -> bytes:
        """Return the token (DER) of a stamp over a signature value."""
        digest = stamping.digest or digest_for(self.desk[0])
        hashed = hashlib.new(digest, signature).digest() if digest == "sha1" else digest_of(digest, signature)
        imprint = sequence(sequence(oid(DIGEST_OIDS[digest])), octets(hashed))
        return self._token(imprint, now, [], stamping)

    def stamped(self, cms: bytes, now: datetime, stamping: Stamping = AS_PUBLISHED) -> bytes:
        """Return a message with its stamp among the unsigned attributes: CAdES-BES becomes CAdES-T."""
        return with_unsigned(cms, stamp_attribute(self.stamp(SignedData.read(cms).signature, now, stamping)))

    def _token(self, imprint: bytes, now: datetime, nonce: list[bytes], stamping: Stamping) -> bytes:
        key, _ = self.desk
        policy = stamping.policy or (GOST_POLICY if isinstance(key, GostKey) else RSA_POLICY)
        serial = integer(secrets.randbits(158) | 1 << 158)
        content = sequence(integer(1), oid(policy), imprint, serial, generalized_time(now.astimezone(UTC)), *nonce)
        return self.sign_info(content, now, stamping.making)

    def sign_info(self, content: bytes, now: datetime, making: Making = AS_NCALAYER) -> bytes:
        """Return the token (DER) around any TSTInfo."""
        key, certificate = self.desk
        return sign_cms(content, key, certificate, now, making.as_token(content, TST_INFO))

    def _new_key(self) -> PrivateKey:
        if self.authority.kind == "gost":
            return GostKey.generate()
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def stamp_attribute(*tokens: bytes) -> bytes:
    """Return the unsigned attribute that holds a stamp."""
    return attribute(SIGNATURE_TIME_STAMP, *tokens)


def with_unsigned(cms: bytes, *attributes: bytes) -> bytes:
    """Return a message of one signer with unsigned attributes put in; the signed part stays as it is."""
    kind, wrapped = der.read(cms).children
    (signed_data,) = wrapped.children
    *parts, signers = signed_data.children
    fields = [one.raw for one in signers.children[0].children[:6]]
    signer = sequence(*fields, tlv(0xA1, *attributes))
    return sequence(kind.raw, tlv(0xA0, sequence(*(one.raw for one in parts), tlv(0x31, signer))))
