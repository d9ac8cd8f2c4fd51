"""The time stamp of a signature (CAdES-T: RFC 3161, RFC 5126 6.1.1): when it was there already, by whose word.

Read with our own reader: libraries for it check no signature by GOST, and the authority of Kazakhstan stamps with it.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.eds import der, extensions
from shared.eds.algorithms import check_key, digest_named, digest_of
from shared.eds.certificate import AlgorithmId, Certificate
from shared.eds.der_values import GENERALIZED_TIME, dotted, moment
from shared.eds.references import check_reference
from shared.eds.revocation import SKEW, Revocation, check_remembered
from shared.eds.signed_data import (
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    TOKEN,
    SignedData,
)
from shared.eds.trust import Trust
from shared.eds.verdict import UNDETERMINED, Objection

SIGNATURE_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.14"
"""The unsigned attribute that holds a stamp of the signature value."""
TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
POLICIES: Final = frozenset({"1.2.398.3.3.2.6.2", "1.2.398.3.3.2.6.4"})
"""The policies of the National Certification Authority's stamps that still serve: by RSA, and by GOST 34.10-2015."""

_VERSION_1 = b"\x01"
_AFTER_THE_TIME = (der.SEQUENCE, der.BOOLEAN, der.INTEGER, 0xA0, 0xA1)
"""The tags of what may follow the time in TSTInfo (RFC 3161, 2.4.2), extensions last."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that holds: the time it tells (aware, UTC), and the evidence of it (JSON-ready)."""

    at: datetime
    evidence: dict[str, Any]


def stamp_of(message: SignedData, trust: Trust, revocation: Revocation, at: datetime) -> Stamp | None:
    """Return the checked stamp of a message's signature, None where there is none.

    Raises Objection where there is one that does not hold: nobody signs the attribute, but who adds a stamp means it.
    ``at`` (aware) is the time of the check.
    """
    try:
        tokens = [value.raw for one in message.unsigned for value in _stamps_in(one)]
        if not tokens:
            return None
        (token,) = tokens
        return _checked(SignedData.read(token, TOKEN), message.signature, trust, revocation, at)
    except Objection as objection:
        code = objection.code
        if code in UNDETERMINED or code.startswith("time_stamp"):
            raise
        raise Objection("time_stamp_wrong") from objection
    except (ValueError, IndexError, KeyError) as fault:
        raise Objection("time_stamp_wrong") from fault


def _stamps_in(attribute: der.Node) -> list[der.Node]:
    kind, values = der.expect(attribute, der.SEQUENCE).children
    is_stamp = dotted(der.expect(kind, der.OID).content) == SIGNATURE_TIME_STAMP
    return der.expect(values, der.SET).children if is_stamp else []


def _checked(token: SignedData, signature: bytes, trust: Trust, revocation: Revocation, at: datetime) -> Stamp:
    """Check imprint, signature, policy and chain, in this order."""
    content = token.content or b""
    version, policy, imprint, serial, time, *more = der.expect(der.read(content), der.SEQUENCE).children
    algorithm, hashed = der.expect(imprint, der.SEQUENCE).children
    if version.content != _VERSION_1 or serial.tag != der.INTEGER or time.tag != GENERALIZED_TIME:
        raise Objection("time_stamp_wrong")
    _check_rest(more)
    if der.expect(hashed, der.OCTET_STRING).content != digest_of(digest_named(AlgorithmId.of(algorithm)), signature):
        raise Objection("time_stamp_differs")
    certificate = trust.read(token.certificate)
    _check_signature(token, certificate)
    named = dotted(der.expect(policy, der.OID).content)
    if named not in POLICIES:
        raise Objection("time_stamp_policy", policy=named)
    stamped = moment(time.tag, time.content, fraction=True)
    if stamped > at + SKEW:
        raise Objection("time_stamp_wrong")
    evidence = _check_authority(certificate, trust, revocation, (stamped, at))
    return Stamp(stamped, {"at": stamped.isoformat(), "policy": named, **evidence})


def _check_rest(rest: Sequence[der.Node]) -> None:
    """Raise Objection unless what follows the time are accuracy, ordering, nonce, name, extensions, in this order."""
    places = [_AFTER_THE_TIME.index(one.tag) for one in rest]
    if places != sorted(set(places)):
        raise Objection("time_stamp_wrong")
    if rest and rest[-1].tag == _AFTER_THE_TIME[-1]:
        said = extensions.of_elements(rest[-1].children)
        if any(one.critical for one in said.values()):
            raise Objection("time_stamp_wrong")


def _check_signature(token: SignedData, certificate: Certificate) -> None:
    """Raise Objection unless the certificate's key signed the stamp, and the stamp names the certificate."""
    content = token.content or b""
    told = der.expect(token.attributes[MESSAGE_DIGEST], der.OCTET_STRING).content
    if told != digest_of(token.digest, content):
        raise Objection("time_stamp_wrong")
    if SIGNING_CERTIFICATE_V2 in token.attributes:
        check_reference(token.attributes[SIGNING_CERTIFICATE_V2], certificate)
    else:
        # The older form names the certificate by SHA-1 (RFC 3161, 2.4.2); what is trusted is the chain all the same.
        first = token.attributes[SIGNING_CERTIFICATE].children[0].children[0].children[0]
        if first.content != hashlib.sha1(certificate.der).digest():  # noqa: S324 - the form that the RFC prescribes.
            raise Objection("time_stamp_wrong")
    check_key(certificate, token.scheme)
    if not token.scheme.holds(certificate.key, token.signature, token.signed, token.digest):
        raise Objection("time_stamp_wrong")


def _check_authority(
    certificate: Certificate, trust: Trust, revocation: Revocation, times: tuple[datetime, datetime]
) -> dict[str, Any]:
    """Return the evidence that the certificate may stamp: chain, purpose alone and critical, in force, not revoked.

    ``times`` are the stamp's and the check's.
    """
    purpose = certificate.extensions.get("2.5.29.37")
    if certificate.purposes != {TIME_STAMPING} or purpose is None or not purpose.critical:
        raise Objection("time_stamp_untrusted")
    try:
        chain = trust.chain_of(certificate.der)
        chain.check_time(times[0])
    except Objection as objection:
        raise Objection("time_stamp_untrusted") from objection
    if "digitalSignature" not in certificate.usages or certificate.authority is not None:
        raise Objection("time_stamp_untrusted")
    standing = revocation.standing(chain, times[1])
    if standing.kind == "unknown":
        raise Objection("revocation_unknown")
    check_remembered(certificate, times[1])
    if standing.kind != "good":
        raise Objection("time_stamp_untrusted")
    encoded = [base64.b64encode(one.der).decode() for one in (certificate, *chain.authorities)]
    return {"chain": encoded, "revocation": standing.evidence}
