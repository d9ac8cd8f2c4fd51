"""The shape of CMS SignedData as NCALayer and the time stamping authority make it, and nothing else (RFC 5652).

EDS step 1. ``MESSAGE`` is a citizen's detached signature, ``TOKEN`` a time stamp (RFC 3161, 2.4.2).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from shared.eds import der
from shared.eds.algorithms import MESSAGE_SCHEMES, SEAL_SCHEMES, Scheme, digest_named, message_scheme
from shared.eds.certificate import AlgorithmId
from shared.eds.der_values import dotted
from shared.eds.verdict import Objection

SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
DATA: Final = "1.2.840.113549.1.7.1"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
MOST_CERTIFICATES: Final = 6

_VERSION_1 = b"\x01"
_TAGGED_0, _TAGGED_1 = 0xA0, 0xA1


@dataclass(frozen=True, slots=True)
class Shape:
    """What a message must be: its version (octet), content type, whether attached, attributes it has, its schemes."""

    version: bytes
    content_type: str
    attached: bool
    required: frozenset[str]
    schemes: Mapping[str, Scheme] = field(default_factory=lambda: MESSAGE_SCHEMES)


MESSAGE: Final = Shape(
    _VERSION_1, DATA, attached=False, required=frozenset({MESSAGE_DIGEST, SIGNING_TIME, SIGNING_CERTIFICATE_V2})
)
TOKEN: Final = Shape(b"\x03", TST_INFO, attached=True, required=frozenset({MESSAGE_DIGEST}))
PAPER: Final = Shape(
    _VERSION_1, DATA, attached=False, required=frozenset({MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2}), schemes=SEAL_SCHEMES
)
"""An organisation's seal of a PDF (PAdES: ETSI EN 319 142-1, 6.3): the time stands in the file, not in an attribute."""


@dataclass(frozen=True, slots=True)
class SignedData:
    """What one signer says: certificate, digest, signed attributes (by OID, and as they were signed), signature.

    ``content`` is what was attached. ``unsigned`` are the elements of the unsigned attributes, which nobody signed.
    """

    certificate: bytes
    digest: str
    scheme: Scheme
    attributes: Mapping[str, der.Node]
    signed: bytes
    signature: bytes
    content: bytes | None
    unsigned: tuple[der.Node, ...]

    @classmethod
    def read(cls, data: bytes, shape: Shape = MESSAGE) -> Self:
        """Read a message of one signer; raises Objection that says what is wrong with its shape."""
        version, digests, content, certificates, signers = _fields(_open(data))
        attached = _content_of(content, shape)
        if len(signers.children) != 1:
            raise Objection("not_one_signer", count=len(signers.children))
        if version.content != shape.version:
            raise Objection("version_unexpected")
        signer_version, sid, digest, attributes, scheme, signature, *unsigned = _signer(signers.children[0])
        if signer_version.content != _VERSION_1 or sid.tag != der.SEQUENCE:
            raise Objection("version_unexpected")
        name = digest_named(AlgorithmId.of(digest))
        if [digest_named(AlgorithmId.of(one)) for one in digests.children] != [name]:
            raise Objection("digest_inconsistent")
        return cls(
            certificate=_certificate_of(sid, certificates),
            digest=name,
            scheme=message_scheme(AlgorithmId.of(scheme), name, shape.schemes),
            attributes=_attributes(attributes, shape),
            signed=bytes([der.SET]) + attributes.raw[1:],
            signature=der.expect(signature, der.OCTET_STRING).content,
            content=attached,
            unsigned=tuple(unsigned[0].children) if unsigned else (),
        )

    @property
    def signature_sha256(self) -> str:
        """Return the digest of the signature value, in hex: this is unique, the message around it is malleable."""
        return hashlib.sha256(self.signature).hexdigest()


def _open(data: bytes) -> der.Node:
    """Return the SignedData inside the ContentInfo (step 0: limits and DER)."""
    try:
        content_info = der.read(data)
    except der.NotDer as fault:
        raise Objection("too_large" if fault.too_large else "malformed") from fault
    kind, wrapped = der.expect(content_info, der.SEQUENCE).children
    if dotted(der.expect(kind, der.OID).content) != SIGNED_DATA or wrapped.tag != _TAGGED_0:
        raise Objection("malformed")
    (signed_data,) = wrapped.children
    return der.expect(signed_data, der.SEQUENCE)


def _fields(signed_data: der.Node) -> tuple[der.Node, der.Node, der.Node, der.Node | None, der.Node]:
    """Return version, digest algorithms, content, certificates (or None), signers; lists in the message are refused."""
    version, digests, content, *middle, signers = signed_data.children
    der.expect(version, der.INTEGER)
    der.expect(digests, der.SET)
    der.expect(content, der.SEQUENCE)
    der.expect(signers, der.SET)
    if len(middle) > 1 or (middle and middle[0].tag != _TAGGED_0):
        raise Objection("malformed")
    return version, digests, content, middle[0] if middle else None, signers


def _content_of(content: der.Node, shape: Shape) -> bytes | None:
    """Return what is attached; raises Objection where it must not be, or is missing, or of another type."""
    kind, *attached = content.children
    if bool(attached) is not shape.attached:
        raise Objection("attached_content" if attached else "malformed")
    if dotted(der.expect(kind, der.OID).content) != shape.content_type:
        raise Objection("signed_attributes_wrong")
    if not attached:
        return None
    (wrapped,) = attached
    (held,) = der.expect(wrapped, _TAGGED_0).children
    return der.expect(held, der.OCTET_STRING).content


def _signer(signer: der.Node) -> list[der.Node]:
    """Return the signer's six fields, and the unsigned attributes where there are any."""
    fields = der.expect(signer, der.SEQUENCE).children
    version, _, _, attributes, *rest = fields
    der.expect(version, der.INTEGER)
    if attributes.tag != _TAGGED_0:
        raise Objection("signed_attributes_wrong")
    _, _, *unsigned = rest
    if len(unsigned) > 1 or (unsigned and unsigned[0].tag != _TAGGED_1):
        raise Objection("malformed")
    return fields


def _attributes(attributes: der.Node, shape: Shape) -> dict[str, der.Node]:
    """Return each signed attribute's one value; raises Objection unless all are there, once, single, sorted."""
    encoded = [attribute.raw for attribute in attributes.children]
    found: dict[str, der.Node] = {}
    for attribute in attributes.children:
        kind, values = der.expect(attribute, der.SEQUENCE).children
        oid = dotted(der.expect(kind, der.OID).content)
        if oid in found or len(der.expect(values, der.SET).children) != 1:
            raise Objection("signed_attributes_wrong")
        found[oid] = values.children[0]
    if encoded != sorted(encoded) or not found.keys() >= shape.required:
        raise Objection("signed_attributes_wrong")
    content_type = found.get(CONTENT_TYPE)
    if content_type is None or content_type.tag != der.OID or dotted(content_type.content) != shape.content_type:
        raise Objection("signed_attributes_wrong")
    return found


def _certificate_of(sid: der.Node, certificates: der.Node | None) -> bytes:
    """Return the DER of the one certificate whose issuer and serial number the signer names."""
    issuer, serial = sid.children
    held = certificates.children if certificates else []
    if len(held) > MOST_CERTIFICATES:
        raise Objection("too_many_certificates")
    matching = [one.raw for one in held if _is_named(one, issuer.raw, serial.raw)]
    if len(matching) != 1:
        raise Objection("certificate_missing")
    return matching[0]


def _is_named(certificate: der.Node, issuer: bytes, serial: bytes) -> bool:
    """Say whether a certificate has this issuer and serial number, both compared as raw DER."""
    fields = der.expect(der.expect(certificate, der.SEQUENCE).children[0], der.SEQUENCE).children
    return fields[1].raw == serial and fields[3].raw == issuer
