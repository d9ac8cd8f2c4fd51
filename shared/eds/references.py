"""The signed reference to the signer's certificate: signingCertificateV2 (RFC 5035, 4)."""

from shared.eds import der
from shared.eds.algorithms import digest_named, digest_of
from shared.eds.certificate import AlgorithmId, Certificate
from shared.eds.verdict import Objection

_DIRECTORY_NAME = 0xA4


def check_reference(attribute: der.Node, certificate: Certificate) -> None:
    """Raise Objection unless signingCertificateV2 names the certificate; the signer's own comes first in it."""
    first = attribute.children[0].children[0].children
    digest = "sha256"  # The algorithm is left out where it is SHA-256.
    if first[0].tag == der.SEQUENCE:
        digest = digest_named(AlgorithmId.of(first[0]))
        first = first[1:]
    hash_, *issuer_serial = first
    if der.expect(hash_, der.OCTET_STRING).content != digest_of(digest, certificate.der):
        raise Objection("certificate_reference_differs")
    if issuer_serial:
        names, serial = issuer_serial[0].children
        (name,) = names.children
        if name.tag != _DIRECTORY_NAME or name.children[0].raw != certificate.issuer:
            raise Objection("certificate_reference_differs")
        if int.from_bytes(serial.content, "big", signed=True) != certificate.serial:
            raise Objection("certificate_reference_differs")
