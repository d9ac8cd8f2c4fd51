"""The verification of a detached CMS signature, in the order of EDS steps 0 to 6; the verdict is a value."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from shared.eds import der, profile
from shared.eds.algorithms import check_key, digest_named, digest_of
from shared.eds.certificate import AlgorithmId, Certificate
from shared.eds.der_values import moment
from shared.eds.revocation import SKEW, Revocation
from shared.eds.signed_data import MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SIGNING_TIME, SignedData
from shared.eds.trust import Chain, Trust
from shared.eds.verdict import VERIFIER, Objection, Role, Signer, Verdict
from shared.eds.words import WORDS

LONGEST_SINCE_SIGNING: Final = timedelta(hours=24)
INDIVIDUAL: Final = frozenset({Role.INDIVIDUAL})
OFFICIAL: Final = frozenset({Role.HEAD, Role.RIGHT_TO_SIGN})
"""Who may sign for an organisation (EDS step 5)."""

_DIRECTORY_NAME = 0xA4


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom the request says the signer is: IIN, the organisation's BIN where an official signs, the roles that may."""

    iin: str
    bin: str | None = None
    roles: frozenset[Role] = INDIVIDUAL


@dataclass(slots=True)
class _Verification:
    """One verification on its way: what is asked, and what has been found so far."""

    cms: bytes
    content: bytes
    at: datetime
    expected: Expected
    signer: Signer | None = None
    message: SignedData | None = None
    evidence: dict[str, Any] = field(default_factory=dict)

    def verdict(self, objection: Objection | None) -> Verdict:
        """Return the verdict with whatever was found before it was reached."""
        return Verdict(
            status=objection.status if objection else "confirmed",
            code=objection.code if objection else "confirmed",
            words=objection.words if objection else WORDS["confirmed"],
            signer=self.signer,
            signature_sha256=self.message.signature_sha256 if self.message else None,
            evidence=self.evidence,
        )


def verify_cms(  # noqa: PLR0913 - the contract's six: what, over what, under whom, as of which lists, when, by whom.
    cms: bytes, content: bytes, *, trust: Trust, revocation: Revocation, at: datetime, expected: Expected
) -> Verdict:
    """Say whether the expected person signed exactly these bytes, with a key that stands at the time (aware).

    Never raises on a hostile message. Takes about half a millisecond for RSA; GOST will want a worker with a limit.
    Step 6 (once) is the caller's: a nonce inside ``content``, and ``signature_sha256`` unique in the database.
    """
    on_the_way = _Verification(cms, content, at, expected)
    on_the_way.evidence.update(verifier=VERIFIER, at=at.isoformat(), cms_sha256=_hex(cms), content_sha256=_hex(content))
    try:
        _run(on_the_way, trust, revocation)
    except Objection as objection:
        return on_the_way.verdict(objection)
    except Exception as fault:  # noqa: BLE001 - the one catch-all: whatever a hostile message does is a refusal.
        on_the_way.evidence["fault"] = type(fault).__name__
        return on_the_way.verdict(Objection("malformed"))
    return on_the_way.verdict(None)


def _run(this: _Verification, trust: Trust, revocation: Revocation) -> None:
    """Go through the steps; the first objection ends it."""
    message = this.message = SignedData.read(this.cms)  # Steps 0 and 1: limits and shape.
    certificate = trust.read(message.certificate)
    check_key(certificate, message.scheme)
    chain = _find_who(this, certificate, trust)  # Step 2.
    standing = revocation.standing(chain, this.at)  # Step 3.
    this.evidence["revocation"] = standing.evidence
    standing.check()
    _check_what(this, message, certificate)  # Step 4.
    profile.check_iin(certificate, this.expected.iin)  # Step 5.
    if this.signer is not None and this.signer.role is not Role.INDIVIDUAL:
        profile.check_bin(certificate, this.expected.bin)


def _find_who(this: _Verification, certificate: Certificate, trust: Trust) -> Chain:
    """Step 2: a pinned authority, in force now, a signing key, the role asked for."""
    chain = trust.chain_of(certificate.der)
    this.evidence["chain"] = [base64.b64encode(one.der).decode() for one in (certificate, *chain.authorities)]
    roles = profile.roles_of(certificate)
    this.signer = profile.signer_of(certificate, roles[0] if roles else Role.INDIVIDUAL)
    chain.check_time(this.at)
    profile.check_purpose(certificate)
    role = profile.role_among(certificate, this.expected.roles)
    this.signer = profile.signer_of(certificate, role)
    return chain


def _check_what(this: _Verification, message: SignedData, certificate: Certificate) -> None:
    """Step 4: exactly the bytes we gave out, the certificate that is named, the signature, the time of signing."""
    told = der.expect(message.attributes[MESSAGE_DIGEST], der.OCTET_STRING).content
    if told != digest_of(message.digest, this.content):
        raise Objection("content_differs")
    _check_reference(message.attributes[SIGNING_CERTIFICATE_V2], certificate)
    if not message.scheme.holds(certificate.key, message.signature, message.signed, message.digest):
        raise Objection("signature_wrong")
    time = message.attributes[SIGNING_TIME]
    signed_at = moment(time.tag, time.content)
    this.evidence["signed_at"] = signed_at.isoformat()
    if not this.at - LONGEST_SINCE_SIGNING <= signed_at <= this.at + SKEW:
        raise Objection("signing_time_out_of_range", signed=f"{signed_at:%Y-%m-%d %H:%M} UTC")


def _check_reference(attribute: der.Node, certificate: Certificate) -> None:
    """Raise Objection unless signingCertificateV2 names the signer's certificate (RFC 5035, 4); it names it first."""
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


def _hex(data: bytes) -> str:
    return digest_of("sha256", data).hex()
