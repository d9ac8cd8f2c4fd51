"""The check of a PDF's own seal (PAdES): all of the file, unchanged, by whom, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.documents.findings import Finding
from shared.documents.pdf_parts import PdfParts
from shared.documents.terms import Terms
from shared.eds import der, profile
from shared.eds.algorithms import SEAL_KEYS, check_key, digest_of
from shared.eds.certificate import Certificate
from shared.eds.references import check_reference
from shared.eds.revocation import Standing
from shared.eds.signed_data import MESSAGE_DIGEST, PAPER, SIGNING_CERTIFICATE_V2, SignedData
from shared.eds.time_stamp import stamp_of
from shared.eds.trust import Chain
from shared.eds.verdict import Objection

_MALFORMED: Final = (ValueError, IndexError, KeyError)


@dataclass(frozen=True, slots=True)
class Paper:
    """What was found of a PDF's seal: the certificate, where it could be read, and the time stamp's time."""

    findings: tuple[Finding, ...]
    certificate: Certificate | None = None
    stamped_at: datetime | None = None


def findings_of(parts: PdfParts, terms: Terms) -> Paper:
    """Say what of a PDF's seal holds; never raises on what it contains."""
    whole = Finding.of("whole", "added_after_seal" if parts.added else None)
    try:
        message = SignedData.read(parts.seal, PAPER)
        certificate = Certificate.read(message.certificate)
    except Objection as objection:
        return Paper((whole, Finding.of("paper", objection)))
    except _MALFORMED:
        return Paper((whole, Finding.of("paper", "seal_malformed")))
    stamp, stamped_at = _stamp(message, terms)
    found = (
        whole,
        _unchanged(message, parts.content, certificate),
        _authority(certificate, terms, stamped_at),
        stamp,
    )
    return Paper(found, certificate, stamped_at)


def _unchanged(message: SignedData, content: bytes, certificate: Certificate) -> Finding:
    """Say whether the seal is over exactly these bytes, made by the certificate that it names."""
    try:
        _check_unchanged(message, content, certificate)
    except Objection as objection:
        return Finding.of("paper", objection)
    except _MALFORMED:
        return Finding.of("paper", "seal_malformed")
    return Finding.of("paper", None)


def _check_unchanged(message: SignedData, content: bytes, certificate: Certificate) -> None:
    told = der.expect(message.attributes[MESSAGE_DIGEST], der.OCTET_STRING).content
    if told != digest_of(message.digest, content):
        raise Objection("content_differs")
    check_key(certificate, message.scheme, SEAL_KEYS)
    check_reference(message.attributes[SIGNING_CERTIFICATE_V2], certificate)
    if not message.scheme.holds(certificate.key, message.signature, message.signed, message.digest):
        raise Objection("signature_wrong")


def _authority(certificate: Certificate, terms: Terms, stamped_at: datetime | None) -> Finding:
    """Say whether a pinned authority issued the certificate to an organisation for sealing, in force by the stamp."""
    try:
        chain = terms.trust.chain_of(certificate.der)
        chain.check_time(stamped_at or terms.at)
        profile.check_purpose(certificate)
        profile.check_organisation(certificate, None)
        if terms.revocation is not None:
            standing = terms.revocation.standing(chain, terms.at)
            if standing.kind != "unknown":
                standing.check(stamped_at)
    except Objection as objection:
        return Finding.of("paper_authority", objection)
    return Finding.of("paper_authority", None)


class _NobodyAsked:
    """Says of every certificate that it is good: where no lists are given, revocation is not looked at."""

    def standing(self, chain: Chain, at: datetime) -> Standing:  # noqa: ARG002 - as every source of revocation.
        return Standing("good")


def _stamp(message: SignedData, terms: Terms) -> tuple[Finding, datetime | None]:
    """Say whether the time stamp holds; none is required."""
    try:
        stamp = stamp_of(message, terms.trust, terms.revocation or _NobodyAsked(), terms.at)
    except Objection as objection:
        undetermined = objection.status == "undetermined"
        return Finding.of("time_stamp", objection, holds=None if undetermined else False), None
    if stamp is None:
        return Finding.of("time_stamp", "no_stamp", holds=None), None
    return Finding.of("time_stamp", None), stamp.at
