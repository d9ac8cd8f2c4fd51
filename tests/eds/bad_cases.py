"""Signatures that must be refused, each with the code that says why; made by the stub authority's own means."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from nca_stub import profiles
from nca_stub.encoding import NULL, bits, integer, octets, oid, sequence, tlv
from nca_stub.keys import PrivateKey, algorithm_of, sign
from nca_stub.orders import Order
from nca_stub.profiles import Profile
from nca_stub.signing import Making, attribute, sign_cms
from shared.eds import der, profile
from shared.eds.certificate import Certificate
from shared.eds.extensions import AUTHORITY_KEY_ID
from shared.eds.signed_data import CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SIGNING_TIME
from tests.eds.stage import AT, BIN, CONTENT, IIN, NAME, OTHER_IIN, WITHOUT_IIN, Stage

Make = Callable[[Stage], bytes]
GOST_SCHEME = "1.2.398.3.10.1.1.2.3.2"
GOST_DIGEST = "1.2.398.3.10.1.3.3"
GOST_2004 = "1.2.398.3.10.1.1.1.2"
GOST_94 = "1.2.398.3.10.1.3.1"
RSA_PSS = "1.2.840.113549.1.1.10"
MD5 = "1.2.840.113549.2.5"
SHA1 = "1.3.14.3.2.26"
SHA224 = "2.16.840.1.101.3.4.2.4"
SHA512 = "2.16.840.1.101.3.4.2.3"
SHA256 = "2.16.840.1.101.3.4.2.1"


def _nested(depth: int) -> bytes:
    data = NULL
    for _ in range(depth):
        data = sequence(data)
    return data


def _without(kind: str) -> Callable[[list[bytes]], list[bytes]]:
    return lambda attributes: [one for one in attributes if oid(kind) not in one]


def _with(extra: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda attributes: [*attributes, extra]


def _indefinite(cms: bytes) -> bytes:
    inner = cms[4:]
    return b"\x30\x80" + inner + b"\x00\x00"


def _changed(cms: bytes, old: bytes, new: bytes) -> bytes:
    assert old in cms
    return cms.replace(old, new, 1)


def _long_length(cms: bytes) -> bytes:
    return cms[:1] + b"\x83\x00" + cms[2:]


def _certificates(stage: Stage, count: int) -> list[bytes]:
    return [stage.citizen.der, *[stage.person("someone else").der] * (count - 1)]


LIMITS: Mapping[str, tuple[str, Make]] = {
    "nothing": ("malformed", lambda _: b""),
    "one byte": ("malformed", lambda _: b"\x30"),
    "a text": ("malformed", lambda _: b"<html>503</html>"),
    "base64 instead of DER": ("malformed", lambda s: base64.b64encode(s.sign())),
    "PEM": ("malformed", lambda s: b"-----BEGIN CMS-----\n" + base64.b64encode(s.sign()) + b"\n-----END CMS-----"),
    "a byte after the end": ("malformed", lambda s: s.sign() + b"\x00"),
    "a second message after the end": ("malformed", lambda s: s.sign() * 2),
    "the last byte missing": ("malformed", lambda s: s.sign()[:-1]),
    "indefinite length": ("malformed", lambda s: _indefinite(s.sign())),
    "a length not in its shortest form": ("malformed", lambda s: _long_length(s.sign())),
    "a padded integer": ("malformed", lambda s: sequence(b"\x02\x02\x00\x01", s.sign())),
    "a boolean of 1": ("malformed", lambda s: sequence(b"\x01\x01\x01", s.sign())),
    "a constructed octet string": (
        "malformed",
        lambda s: s.made(signer=lambda parts: [*parts[:5], tlv(0x24, parts[5])]),
    ),
    "a high tag number": ("malformed", lambda _: sequence(b"\x1f\x81\x01\x00")),
    "a padded object identifier": ("malformed", lambda _: sequence(b"\x06\x03\x2a\x80\x01")),
    "an endless object identifier": ("malformed", lambda _: sequence(tlv(0x06, b"\x2a" + b"\xff" * 60_000 + b"\x01"))),
    "an impossible date": (
        "malformed",
        lambda s: s.made(
            attributes=lambda parts: [
                *_without(SIGNING_TIME)(parts),
                attribute(SIGNING_TIME, tlv(0x17, b"260231050000Z")),
            ]
        ),
    ),
    "more than 64 KiB": ("too_large", lambda s: s.made(unsigned=attribute("1.2.3", octets(bytes(66_000))))),
    "nested too deep": ("too_large", lambda _: _nested(33)),
    "nested 15 000 deep": ("too_large", lambda _: _nested(15_000)),
    "too many elements": ("too_large", lambda _: sequence(NULL * 6_000)),
}

SHAPE: Mapping[str, tuple[str, Make]] = {
    "plain data, not signed": (
        "malformed",
        lambda _: sequence(oid("1.2.840.113549.1.7.1"), tlv(0xA0, octets(CONTENT))),
    ),
    "an empty sequence": ("malformed", lambda _: sequence()),
    "no signer": ("not_one_signer", lambda s: s.made(signers=0)),
    "two signers": ("not_one_signer", lambda s: s.made(signers=2)),
    "no certificate": ("certificate_missing", lambda s: s.made(certificates=())),
    "only another's certificate": (
        "certificate_missing",
        lambda s: s.made(certificates=[s.person("someone else").der]),
    ),
    "the certificate twice": ("certificate_missing", lambda s: s.made(certificates=[s.citizen.der] * 2)),
    "no signer and no certificate": ("not_one_signer", lambda s: s.made(signers=0, certificates=())),
    "seven certificates": ("too_many_certificates", lambda s: s.made(certificates=_certificates(s, 7))),
    "content attached": ("attached_content", lambda s: s.made(attached=CONTENT)),
    "other content attached": ("attached_content", lambda s: s.made(attached=b"another")),
    "nothing attached": ("attached_content", lambda s: s.made(attached=b"")),
    "version 3": ("version_unexpected", lambda s: s.made(version=3)),
    "version 3 of the signer": ("version_unexpected", lambda s: s.made(signer=lambda p: [integer(3), *p[1:]])),
    "the signer named by key id": (
        "version_unexpected",
        lambda s: s.made(signer=lambda p: [p[0], tlv(0x80, bytes(20)), *p[2:]]),
    ),
    "content that is no data": ("signed_attributes_wrong", lambda s: s.made(content_type="1.2.840.113549.1.9.16.1.4")),
    "no signed attributes": ("signed_attributes_wrong", lambda s: s.made(signer=lambda p: [*p[:3], *p[4:]])),
    "signed attributes empty": ("signed_attributes_wrong", lambda s: s.made(attributes=lambda _: [])),
    "no content type": ("signed_attributes_wrong", lambda s: s.made(attributes=_without(CONTENT_TYPE))),
    "no message digest": ("signed_attributes_wrong", lambda s: s.made(attributes=_without(MESSAGE_DIGEST))),
    "no time of signing": ("signed_attributes_wrong", lambda s: s.made(attributes=_without(SIGNING_TIME))),
    "no signing certificate": (
        "signed_attributes_wrong",
        lambda s: s.made(attributes=_without(SIGNING_CERTIFICATE_V2)),
    ),
    "a second message digest": (
        "signed_attributes_wrong",
        lambda s: s.made(attributes=_with(attribute(MESSAGE_DIGEST, octets(bytes(32))))),
    ),
    "an attribute of two values": (
        "signed_attributes_wrong",
        lambda s: s.made(attributes=_with(attribute("1.2.840.113549.1.9.15", NULL, sequence()))),
    ),
    "an attribute of no value": (
        "signed_attributes_wrong",
        lambda s: s.made(attributes=_with(attribute("1.2.840.113549.1.9.15"))),
    ),
    "attributes out of order": (
        "signed_attributes_wrong",
        lambda s: s.made(attributes=lambda p: sorted(p, reverse=True), sort=False),
    ),
    "another content type signed": (
        "signed_attributes_wrong",
        lambda s: s.made(
            attributes=lambda p: [
                *_without(CONTENT_TYPE)(p),
                attribute(CONTENT_TYPE, oid("1.2.840.113549.1.7.2")),
            ]
        ),
    ),
    "SHA-1": ("digest_not_allowed", lambda s: s.made(digest="sha1")),
    "MD5": ("digest_not_allowed", lambda s: s.made(digest_oid=MD5)),
    "SHA-224": ("digest_not_allowed", lambda s: s.made(digest_oid=SHA224)),
    "SHA-1 in the list of digests": ("digest_not_allowed", lambda s: s.made(digest_algorithms=[SHA1])),
    "SHA-1 behind SHA-256": ("digest_not_allowed", lambda s: s.made(digest_algorithms=[SHA256, SHA1])),
    "another digest in the list": ("digest_inconsistent", lambda s: s.made(digest_algorithms=[SHA512])),
    "two digests in the list": ("digest_inconsistent", lambda s: s.made(digest_algorithms=[SHA256, SHA512])),
    "a scheme of another digest": ("digest_inconsistent", lambda s: s.made(scheme_oid="1.2.840.113549.1.1.13")),
    "RSA-PSS": ("algorithm_not_supported", lambda s: s.made(scheme_oid=RSA_PSS)),
    "RSA with SHA-1 by the scheme": ("algorithm_not_supported", lambda s: s.made(scheme_oid="1.2.840.113549.1.1.5")),
    "34.10-2004": ("algorithm_not_supported", lambda s: s.made(scheme_oid=GOST_2004)),
    "34.11-94": ("digest_not_allowed", lambda s: s.made(digest_oid=GOST_94)),
    "parameters in the digest": (
        "malformed",
        lambda s: s.made(signer=lambda p: [*p[:2], sequence(oid(s.digest_oid), integer(1)), *p[3:]]),
    ),
    "an EC certificate": ("algorithm_not_supported", lambda s: s.sign(s.person("EC", lambda: s.order(key="ec")))),
    "RSA of 1024 bits": ("weak_key", lambda s: s.sign(s.person("weak", lambda: s.order(key=_weak_key())))),
    "a revocation list in the message": ("malformed", lambda s: _with_lists(s.sign())),
}


def _weak_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - it is to be refused.


def _with_lists(cms: bytes) -> bytes:
    """Put an empty list of revocation lists before the signers."""
    signed_data = cms[cms.index(b"\x02\x01\x01") :]
    place = signed_data.rindex(b"\x31\x82")
    head = signed_data[:place]
    return sequence(oid("1.2.840.113549.1.7.2"), tlv(0xA0, sequence(head, tlv(0xA1), signed_data[place:])))


def _profile(**changes: object) -> Profile:
    return replace(profiles.INDIVIDUAL_SIGN, **changes)  # type: ignore[arg-type]


def _by(word: str, profile_: Profile) -> Make:
    return lambda s: s.sign(s.person(word, lambda: s.order(profile_)))


def _valid(word: str, since: int, until: int) -> Make:
    days = (AT + timedelta(days=since), AT + timedelta(days=until))
    return lambda s: s.sign(s.person(word, lambda: s.order(not_before=days[0], not_after=days[1])))


def _signed_by_issuing(stage: Stage) -> bytes:
    return sign_cms(CONTENT, stage.authority.issuing_key, stage.authority.issuing, AT)


Parts = list[bytes]


def resigned(stage: Stage, change: Callable[[Parts], Parts], by: PrivateKey | None = None) -> bytes:
    """Return the citizen's certificate with some parts changed, signed by the authority again, or by another key."""
    parts = change([one.raw for one in der.read(stage.citizen.der).children[0].children])
    key = by or stage.authority.issuing_key
    body = sequence(*parts)
    return sequence(body, algorithm_of(key), bits(sign(key, body)))


def _issued(change: Callable[[Parts], Parts], by: Callable[[Stage], PrivateKey] | None = None) -> Make:
    """Put the changed certificate into the message, and its digest into the reference."""

    def make(stage: Stage) -> bytes:
        certificate = resigned(stage, change, by(stage) if by else None)
        return sign_cms(CONTENT, stage.key, certificate, AT)

    return make


def _brought(change: Callable[[Parts], Parts]) -> Make:
    """Put the changed certificate into a message that was signed with the citizen's own."""
    return lambda s: s.made(certificates=[resigned(s, change)])


def _of_another_key_id(parts: Parts) -> Parts:
    held = [one.raw for one in der.read(parts[7]).children[0].children if oid(AUTHORITY_KEY_ID) not in one.raw]
    other = sequence(oid(AUTHORITY_KEY_ID), octets(sequence(tlv(0x80, bytes(20)))))
    return [*parts[:7], tlv(0xA3, sequence(*held, other))]


def _twice(parts: Parts) -> Parts:
    held = [one.raw for one in der.read(parts[7]).children[0].children]
    return [*parts[:7], tlv(0xA3, sequence(*held, held[0]))]


def _unsigned(stage: Stage) -> bytes:
    body = der.read(stage.citizen.der).children[0].raw
    certificate = sequence(body, algorithm_of(stage.authority.issuing_key), bits(bytes(256)))
    return sign_cms(CONTENT, stage.key, certificate, AT)


def _by_a_citizen(stage: Stage) -> bytes:
    """A citizen's key issues a certificate for another IIN; the message brings the citizen's certificate along."""
    above = Certificate.read(stage.citizen.der)
    certificate = resigned(stage, lambda parts: [*parts[:3], above.subject, *parts[4:]], stage.key)
    return sign_cms(CONTENT, stage.key, certificate, AT, Making(certificates=[certificate, above.der]))


WHO: Mapping[str, tuple[str, Make]] = {
    "expired yesterday": ("expired", _valid("expired", -300, -1)),
    "valid from tomorrow": ("not_yet_valid", _valid("early", 1, 300)),
    "an authentication key": ("not_for_signing", _by("auth", profiles.INDIVIDUAL_AUTH)),
    "a signing key of an authentication policy": (
        "not_for_signing",
        _by("auth policy", _profile(policies=(profile.INDIVIDUAL_AUTH,))),
    ),
    "no purpose of signing": ("purpose_not_signing", _by("no purpose", _profile(purposes=(f"{profile.ROLES_ARC}.1",)))),
    "an information system": ("purpose_not_signing", _by("system", profiles.INFORMATION_SYSTEM)),
    "no non-repudiation": (
        "purpose_not_signing",
        _by("repudiable", _profile(usages=frozenset({"digital_signature"}))),
    ),
    "only non-repudiation": (
        "purpose_not_signing",
        _by("only content", _profile(usages=frozenset({"content_commitment"}))),
    ),
    "an authority's key usage": (
        "purpose_not_signing",
        _by("ca usage", _profile(usages=profiles.SIGN | {"key_cert_sign"})),
    ),
    "an authority's constraints": (
        "purpose_not_signing",
        lambda s: s.sign(
            s.odd("ca", lambda b: b.add_extension(x509.BasicConstraints(ca=True, path_length=None), True))
        ),
    ),
    "a critical extension nobody knows": (
        "purpose_not_signing",
        lambda s: s.sign(
            s.odd(
                "critical",
                lambda b: b.add_extension(
                    x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), NULL), critical=True
                ),
            )
        ),
    ),
    "the issuing authority itself": ("purpose_not_signing", _signed_by_issuing),
    "a certificate that nobody signed": ("untrusted_authority", _unsigned),
    "a certificate signed by its own holder": ("untrusted_authority", _issued(lambda parts: parts, lambda s: s.key)),
    "a certificate issued by a citizen": ("untrusted_authority", _by_a_citizen),
    "a certificate changed after it was signed": (
        "untrusted_authority",
        lambda s: sign_cms(
            CONTENT, s.key, _changed(s.citizen.der, f"IIN{IIN}".encode(), f"IIN{OTHER_IIN}".encode()), AT
        ),
    ),
    "another authority's key id": ("untrusted_authority", _issued(_of_another_key_id)),
    "a certificate of two algorithms": (
        "malformed",
        _brought(lambda parts: [*parts[:2], sequence(oid("1.2.840.113549.1.1.5"), NULL), *parts[3:]]),
    ),
    "a certificate of version 2": ("malformed", _brought(lambda parts: [tlv(0xA0, integer(1)), *parts[1:]])),
    "a certificate with an extension twice": ("malformed", _brought(_twice)),
    "a foreign policy": ("policy_not_allowed", _by("foreign policy", _profile(policies=("1.2.3.4",)))),
    "any policy": ("policy_not_allowed", _by("any policy", _profile(policies=("2.5.29.32.0",)))),
    "an organisation's key": (
        "not_an_individual",
        lambda s: s.sign(s.person("organisation", lambda: replace(Order.organisation(BIN, "TEST", AT), key=s.key))),
    ),
    "a head's key": ("not_an_individual", lambda s: s.sign(s.official())),
    "an individual with an OU": (
        "not_an_individual",
        lambda s: s.sign(s.subject(*s.order().subject, (NameOID.ORGANIZATIONAL_UNIT_NAME, "Отдел кадров"))),
    ),
    "no role at all": ("role_not_allowed", _by("no role", _profile(purposes=(profile.EMAIL_PROTECTION,)))),
}


def _swapped(stage: Stage) -> bytes:
    return stage.made(certificates=[stage.person("someone else").der])


def _by_another_key(stage: Stage) -> bytes:
    return sign_cms(CONTENT, stage.order(key="gost512" if stage.is_gost else "rsa").make_key(), stage.citizen.der, AT)


def _later(stage: Stage) -> bytes:
    return _changed(stage.sign(at=AT - timedelta(hours=23)), b"261123060000Z", b"261124050000Z")


WHAT: Mapping[str, tuple[str, Make]] = {
    "other content": ("content_differs", lambda s: sign_cms(b"another", s.key, s.citizen.certificate, AT)),
    "no content": ("content_differs", lambda s: sign_cms(b"", s.key, s.citizen.certificate, AT)),
    "a lying imprint": ("content_differs", lambda s: s.made(imprint=bytes(32))),
    "an imprint cut short": ("content_differs", lambda s: s.made(imprint=bytes(16))),
    "the digest of another algorithm": ("content_differs", lambda s: s.made(imprint=bytes(64))),
    "another certificate named": (
        "certificate_reference_differs",
        lambda s: s.made(names=s.person("someone else").der),
    ),
    "another's certificate put in its place": ("certificate_missing", _swapped),
    "a signature by another key": ("signature_wrong", _by_another_key),
    "a signature of zeros": ("signature_wrong", lambda s: s.made(signer=lambda p: [*p[:5], octets(bytes(256))])),
    "an empty signature": ("signature_wrong", lambda s: s.made(signer=lambda p: [*p[:5], octets(b"")])),
    "signed attributes changed afterwards": ("signature_wrong", _later),
    "signed a day and a minute ago": (
        "signing_time_out_of_range",
        lambda s: s.sign(at=AT - timedelta(hours=24, minutes=1)),
    ),
    "signed six minutes from now": ("signing_time_out_of_range", lambda s: s.sign(at=AT + timedelta(minutes=6))),
    "the time as a text": (
        "malformed",
        lambda s: s.made(
            attributes=lambda p: [*_without(SIGNING_TIME)(p), attribute(SIGNING_TIME, tlv(0x0C, b"261124050000Z"))]
        ),
    ),
}


MATCH: Mapping[str, tuple[str, Make]] = {
    "another's key": (
        "iin_differs",
        lambda s: s.sign(s.person("other", lambda: replace(Order.individual(OTHER_IIN, NAME, AT), key=s.key))),
    ),
    "no IIN": ("no_iin", lambda s: s.sign(s.subject(*WITHOUT_IIN))),
    "an IIN without its letters": ("no_iin", lambda s: s.sign(s.subject(*WITHOUT_IIN, (NameOID.SERIAL_NUMBER, IIN)))),
    "an IIN in the common name": (
        "no_iin",
        lambda s: s.sign(s.subject((NameOID.COMMON_NAME, f"IIN{IIN}"), *WITHOUT_IIN[1:])),
    ),
    "an IIN with a tail": (
        "no_iin",
        lambda s: s.sign(s.subject(*WITHOUT_IIN, (NameOID.SERIAL_NUMBER, f"IIN{IIN}0"))),
    ),
    "two IINs, the right one first": (
        "several_iins",
        lambda s: s.sign(s.subject(*s.order().subject, (NameOID.SERIAL_NUMBER, f"IIN{OTHER_IIN}"))),
    ),
    "the same IIN twice": (
        "several_iins",
        lambda s: s.sign(s.subject(*s.order().subject, (NameOID.SERIAL_NUMBER, f"IIN{IIN}"))),
    ),
}

RSA_ONLY: Mapping[str, tuple[str, Make]] = {
    "an authentication purpose beside signing": (
        "not_for_signing",
        _by("both", _profile(purposes=(*profiles.INDIVIDUAL_SIGN.purposes, profile.CLIENT_AUTH))),
    ),
    "a GOST scheme beside an RSA digest": ("digest_inconsistent", lambda s: s.made(scheme_oid=GOST_SCHEME)),
    "a GOST digest beside an RSA scheme": ("digest_inconsistent", lambda s: s.made(digest_oid=GOST_DIGEST)),
    "a GOST scheme for an RSA key": (
        "key_not_valid",
        lambda s: s.made(digest="streebog512", scheme_oid=GOST_SCHEME),
    ),
}
"""What cannot be said of a GOST signature; a GOST key may well sign and authenticate."""

ANY_KIND: Mapping[str, tuple[str, Make]] = {**LIMITS, **SHAPE, **WHO, **WHAT, **MATCH}
BAD_CASES: Mapping[str, tuple[str, Make]] = {**ANY_KIND, **RSA_ONLY}
