"""Answers whose seal does not hold, made with care: each is refused by another line of whoever checks it."""

import base64
import json
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from shared.eds.certificate import Certificate
from shared.eds.jws import Seal
from shared.kit.registry import TYPE


def forged_seal(genuine: Seal) -> Seal:
    """Return a seal whose certificate says all that the genuine one says, under a signature not the authority's."""
    key = ec.generate_private_key(ec.SECP256R1())
    with warnings.catch_warnings():
        # Names over 64 bytes occur in real certificates too.
        warnings.simplefilter("ignore", UserWarning)
        copied = x509.load_der_x509_certificate(genuine.certificate.der)
        builder = x509.CertificateBuilder(copied.issuer, copied.subject, key.public_key(), copied.serial_number)
    builder = builder.not_valid_before(copied.not_valid_before_utc).not_valid_after(copied.not_valid_after_utc)
    for extension in copied.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    certificate = builder.sign(key, hashes.SHA256())
    return Seal(key, (Certificate.read(certificate.public_bytes(Encoding.DER)), *genuine.chain[1:]))


def without_algorithm(payload: bytes) -> str:
    """Return the payload as a JWS with ``alg: none`` (RFC 7518, 3.6)."""
    header = json.dumps({"alg": "none", "typ": TYPE}).encode()
    return f"{_encode(header)}.{_encode(payload)}."


def tampered(jws: str, payload: bytes) -> str:
    """Return a sealed answer with another payload under its signature."""
    header, _, signature = jws.split(".")
    return f"{header}.{_encode(payload)}.{signature}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
