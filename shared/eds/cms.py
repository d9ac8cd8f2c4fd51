"""The verification of a detached CMS signature, in the order of EDS steps 0 to 6; the verdict is a value."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from shared.eds import der, profile
from shared.eds.algorithms import check_key, digest_of
from shared.eds.certificate import Certificate
from shared.eds.der_values import moment
from shared.eds.references import check_reference
from shared.eds.revocation import SKEW, Revocation, check_remembered
from shared.eds.signed_data import MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SIGNING_TIME, SignedData
from shared.eds.time_stamp import Stamp, stamp_of
from shared.eds.trust import Chain, Trust
from shared.eds.verdict import VERIFIER, Objection, Role, Signer, Verdict
from shared.eds.words import WORDS, said_of

LONGEST_SINCE_SIGNING: Final = timedelta(hours=24)
INDIVIDUAL: Final = frozenset({Role.INDIVIDUAL})
OFFICIAL: Final = frozenset({Role.HEAD, Role.RIGHT_TO_SIGN})
"""Who may sign for an organisation (EDS step 5)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom the request says the signer is: IIN, the organisation's BIN where an official signs, the roles that may.

    ``iin`` None asks for nobody in particular, ``bin`` None for no organisation in particular; a BIN that is given is
    asked of individuals too, who have none. ``within`` is how long ago it may have been signed; None: however long.
    """

    iin: str | None
    bin: str | None = None
    roles: frozenset[Role] = INDIVIDUAL
    within: timedelta | None = LONGEST_SINCE_SIGNING


@dataclass(slots=True)
class _Verification:
    """One verification on its way: what is asked, and what has been found so far."""

    cms: bytes
    content: bytes
    at: datetime
    expected: Expected
    signer: Signer | None = None
    message: SignedData | None = None
    stamp: Stamp | None = None
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

    With a time stamp that holds (CAdES-T), the key has to stand at the stamped time. Never raises on a hostile message;
    raises ValueError where the caller's time has no zone. RSA takes a fraction of a millisecond, GOST 7 to 30, all of
    them under the GIL: to be run in a worker with a time limit, never on an event loop.
    Step 6 (once) is the caller's: a nonce inside ``content``, and ``signature_sha256`` unique in the database.
    """
    if at.tzinfo is None:
        raise ValueError("the time of the verification has no zone")
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
    this.stamp = stamp_of(message, trust, revocation, this.at)
    if this.stamp is not None:
        this.evidence["time_stamp"] = this.stamp.evidence
    chain = _find_who(this, certificate, trust)  # Step 2.
    standing = revocation.standing(chain, this.at)  # Step 3.
    this.evidence["revocation"] = standing.evidence
    if standing.since is not None:
        this.evidence["revoked_since"] = standing.since.isoformat()
    standing.check(this.stamp.at if this.stamp else None)
    check_remembered(certificate, this.at)
    _check_what(this, message, certificate)  # Step 4.
    if this.expected.iin is not None:
        profile.check_iin(certificate, this.expected.iin)  # Step 5.
    if this.expected.bin is not None or (this.signer is not None and this.signer.role is not Role.INDIVIDUAL):
        profile.check_bin(certificate, this.expected.bin)


def _find_who(this: _Verification, certificate: Certificate, trust: Trust) -> Chain:
    """Step 2: a pinned authority, in force at the judged time, a signing key, the role asked for."""
    chain = trust.chain_of(certificate.der)
    this.evidence["chain"] = [base64.b64encode(one.der).decode() for one in (certificate, *chain.authorities)]
    roles = profile.roles_of(certificate)
    this.signer = profile.signer_of(certificate, roles[0] if roles else Role.INDIVIDUAL)
    chain.check_time(this.stamp.at if this.stamp else this.at)
    profile.check_purpose(certificate)
    role = profile.role_among(certificate, this.expected.roles)
    this.signer = profile.signer_of(certificate, role)
    return chain


def _check_what(this: _Verification, message: SignedData, certificate: Certificate) -> None:
    """Step 4: exactly the bytes we gave out, the certificate that is named, the signature, the time of signing."""
    told = der.expect(message.attributes[MESSAGE_DIGEST], der.OCTET_STRING).content
    if told != digest_of(message.digest, this.content):
        raise Objection("content_differs")
    check_reference(message.attributes[SIGNING_CERTIFICATE_V2], certificate)
    if not message.scheme.holds(certificate.key, message.signature, message.signed, message.digest):
        raise Objection("signature_wrong")
    time = message.attributes[SIGNING_TIME]
    signed_at = moment(time.tag, time.content)
    this.evidence["signed_at"] = signed_at.isoformat()
    latest = min(this.at, this.stamp.at) if this.stamp else this.at
    within = this.expected.within
    if signed_at > latest + SKEW or (within is not None and this.at - signed_at > within):
        raise Objection("signing_time_out_of_range", signed=said_of(signed_at))


def _hex(data: bytes) -> str:
    return digest_of("sha256", data).hex()
