"""The check of a file that somebody holds: a sealed document (JWS), or a PDF with one inside. No network, no clock.

A document is judged by the time at which it says that it was issued, or, in a PDF with a time stamp, by the stamp's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from shared.documents import check_pdf
from shared.documents.findings import Finding, Report
from shared.documents.pdf_parts import NotOurPdf, PdfParts
from shared.documents.sealed import DOCUMENT_TYPE, TYPES, Sealed
from shared.documents.terms import Terms
from shared.eds import jws_algorithms, profile
from shared.eds.jws import SealNotValid, SealReader, open_parts
from shared.eds.revocation import SKEW
from shared.eds.verdict import Objection

MOST_JWS: Final = 2_000_000


def check_file(data: bytes, terms: Terms) -> Report:
    """Say of a PDF or a JWS what in it holds; never raises on what a file contains."""
    if data.startswith(b"%PDF-"):
        return _check_pdf(data, terms)
    try:
        jws = data.decode("ascii").strip()
    except UnicodeDecodeError:
        jws = ""
    return check_jws(jws, terms)


def check_jws(jws: str, terms: Terms) -> Report:
    """Say of a compact JWS what in it holds."""
    try:
        read = _Jws.read(jws, terms)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Report("jws", (Finding.of("shape", "malformed"),), terms.at, is_test=terms.trust.is_test)
    return Report("jws", tuple(_findings(read, terms)), terms.at, read.sealed, is_test=terms.trust.is_test)


@dataclass(frozen=True, slots=True)
class _Jws:
    """A document under check: who should have sealed it, and by which time its certificate is judged."""

    sealed: Sealed
    issued: datetime
    provider_bin: str
    judged: datetime

    @classmethod
    def read(cls, jws: str, terms: Terms) -> Self:
        """Read what the check needs of a document; raises ValueError, KeyError or TypeError where it lacks that."""
        sealed = Sealed.read(jws)
        issued = datetime.fromisoformat(sealed.document["issued_at"])
        if issued.tzinfo is None:
            raise ValueError("a time without a zone")
        return cls(sealed, issued, str(sealed.document["provider"]["bin"]), terms.judged or issued)


def _findings(one: _Jws, terms: Terms) -> list[Finding]:
    """Return what holds, each thing looked at for itself; whatever else the strict reader objects to is of shape."""
    seal = one.sealed.seal
    found = [
        Finding.of("seal", _fault_of(lambda: _check_signature(one.sealed))),
        Finding.of("authority", _fault_of(lambda: terms.trust.chain_of(seal.der))),
        Finding.of("issuer", _fault_of(lambda: profile.check_organisation(seal, one.provider_bin))),
    ]
    if found[1].holds:
        found += [
            Finding.of("in_force", _fault_of(lambda: _check_time(one, terms))),
            not_revoked(terms, seal.der, one.judged if terms.judged else None),
        ]
    typ = one.sealed.typ if one.sealed.typ in TYPES else DOCUMENT_TYPE
    reader = SealReader(typ, terms.trust, one.judged, one.provider_bin)
    strict = _fault_of(lambda: reader.read(one.sealed.jws))
    known = all(finding.holds is not False for finding in found)
    return [Finding.of("shape", strict if known or _is_of_shape(strict) else None), *found]


def not_revoked(terms: Terms, certificate: bytes, judged: datetime | None) -> Finding:
    """Say whether a certificate of a pinned authority is not revoked; not looked at where no lists are given."""
    if terms.revocation is None:
        return Finding.of("not_revoked", "lists_not_given", holds=None)
    standing = terms.revocation.standing(terms.trust.chain_of(certificate), terms.at)
    fault = _fault_of(lambda: standing.check(judged))
    undetermined = isinstance(fault, Objection) and fault.status == "undetermined"
    return Finding.of("not_revoked", fault, holds=None if undetermined else False)


def _check_pdf(data: bytes, terms: Terms) -> Report:
    """Say of a PDF what in it holds, and then of the original inside it, judged by the PDF's time stamp."""
    try:
        parts = PdfParts.read(data)
    except NotOurPdf as fault:
        return Report("pdf", (Finding.of("paper", fault.code),), terms.at, is_test=terms.trust.is_test)
    paper = check_pdf.findings_of(parts, terms)
    stamped = paper.stamped_at if all(finding.holds is not False for finding in paper.findings) else None
    inside = check_jws(parts.attached.strip(), replace(terms, judged=stamped))
    one_sealer: list[Finding] = []
    if inside.sealed is not None and paper.certificate is not None:
        mine, its = profile.bins_of(paper.certificate), profile.bins_of(inside.sealed.seal)
        one_sealer = [Finding.of("one_sealer", None if mine == its else "bin_differs_inside")]
    return replace(
        inside, kind="pdf", findings=(*paper.findings, *one_sealer, *inside.findings), stamped_at=paper.stamped_at
    )


def _check_signature(sealed: Sealed) -> None:
    algorithm, signed, signature = open_parts(sealed.jws)
    if not jws_algorithms.holds(algorithm, sealed.seal.key, signed, signature):
        raise Objection("signature_wrong")


def _check_time(one: _Jws, terms: Terms) -> None:
    if one.issued > terms.at + SKEW:
        raise SealNotValid("dated_ahead")
    terms.trust.chain_of(one.sealed.seal.der).check_time(one.issued)


def _is_of_shape(fault: object) -> bool:
    return isinstance(fault, SealNotValid) and fault.code in {"typ_differs", "malformed"}


def _fault_of(check: Callable[[], Any]) -> Objection | SealNotValid | str | None:
    """Return what a check raises, None where it raises nothing."""
    try:
        check()
    except (Objection, SealNotValid) as fault:
        return fault
    except (ValueError, IndexError, KeyError):
        return "malformed"
    return None
