"""What a document says (DP-4): a W3C Verifiable Credential 2.0, and the list by which anyone learns its status.

``drawn`` is what the deputy and the head sign, to the byte; ``issued`` adds who signed. Whoever holds a document can
take ``evidence`` away, write the rest down canonically (RFC 8785), and has the bytes that were signed. No IIN is in it.
"""

import base64
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from diploma_svc.cases import Blank, Case, Original
from diploma_svc.regulation import DUPLICATE_STAMP, LIST_LENGTH
from shared.law.answers import Payload, canonical
from shared.law.college import COLLEGE, COLLEGE_NAME_RU
from shared.law.hours import ALMATY
from shared.law.roles import ROLE_NAMES, StaffRole

CREDENTIAL_TYPE: Final = "vc+jwt"
"""The ``typ`` of a credential's seal (VC-JOSE-COSE, 3.1.1)."""
REFUSAL_CLAUSE: Final = "DP-16.3"
CONTEXT: Final = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
STATUSES: Final = ("valid", "replaced", "withdrawn")
"""By the number that stands in the list; two bits each."""
TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "diploma": ("Диплом", "Диплом"),
    "retraining": ("Қайта даярлау туралы куәлік", "Свидетельство о переподготовке"),
    "advanced_training": ("Біліктілігін арттыру туралы куәлік", "Свидетельство о повышении квалификации"),
}
_BITS: Final = 2
_LIST_IN_FORCE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signature:
    """An official's signature over the document, as a reader is told of it."""

    position: StaffRole
    name: str
    signed_at: datetime
    signature_sha256: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the executor adds to a case to draw its document up: blank, number, and where its status is published."""

    blank: Blank
    number: str
    duplicate_number: int | None
    public_url: str


def drawn(case: Case, drawing: Drawing) -> bytes:
    """Return the exact bytes that the officials sign."""
    return canonical(_credential(case, drawing))


def issued(document: Payload, signatures: Sequence[Signature]) -> bytes:
    """Return the credential as it is sealed: the document and who signed it (DP-4, DP-14)."""
    return canonical(document | {"evidence": [_evidence(one) for one in signatures]})


def _credential(case: Case, drawing: Drawing) -> Payload:
    graduation = case.graduation
    at = datetime.combine(graduation.decided_on, time(0), ALMATY)
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{case.request_id}",
        "type": ["VerifiableCredential", "TrainingDocument"],
        "issuer": {"id": f"{drawing.public_url}/#{COLLEGE.bin}", "name": _both(COLLEGE.name, COLLEGE_NAME_RU)},
        "validFrom": at.isoformat(),
        "name": _both(*TITLES[graduation.kind]),
        "credentialStatus": status_entry(case.status_index, drawing.public_url),
        "credentialSubject": {
            "name": _both(graduation.name_kk, graduation.name_ru),
            "trainingDocument": _document(case, drawing),
        },
    }


def _document(case: Case, drawing: Drawing) -> Payload:
    graduation = case.graduation
    said: Payload = {
        "kind": graduation.kind,
        "number": drawing.number,
        "series": drawing.blank.series,
        "blankNumber": drawing.blank.number,
        "programme": {"kk": graduation.title_kk, "ru": graduation.title_ru},
        "hours": graduation.hours,
        "decision": {
            "number": graduation.decision_number,
            "date": graduation.decided_on.isoformat(),
            "takenBy": graduation.decided_by,
        },
        "order": {"number": graduation.order_number, "date": graduation.order_on.isoformat()},
        "check": f"{drawing.public_url}/v1/documents/{case.token}",
    }
    if graduation.qualification_kk is not None:
        said["qualification"] = {"kk": graduation.qualification_kk, "ru": graduation.qualification_ru}
    if case.original is not None and drawing.duplicate_number is not None:
        said["duplicate"] = _duplicate(case.original, drawing.duplicate_number, case.decided_on)
    return said


def _duplicate(original: Original, number: int, decided_on: date | None) -> Payload:
    return {
        "number": number,
        "stamp": DUPLICATE_STAMP.format(number=number),
        "decidedOn": decided_on.isoformat() if decided_on else None,
        "inPlaceOf": {
            "number": original.number,
            "series": original.series,
            "blankNumber": original.blank_number,
            "issuedOn": original.issued_on.isoformat(),
        },
    }


def _evidence(signature: Signature) -> Payload:
    position = ROLE_NAMES[signature.position]
    return {
        "type": ["OfficialSignature"],
        "position": {"kk": position.kk, "ru": position.ru},
        "name": signature.name,
        "signedAt": signature.signed_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "signatureSha256": signature.signature_sha256,
    }


def status_entry(index: int, public_url: str) -> Payload:
    """Return where the status of a credential is published (Bitstring Status List 1.0, 2.1)."""
    address = list_address(index // LIST_LENGTH, public_url)
    place = index % LIST_LENGTH
    words = (*STATUSES, "reserved")
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusSize": _BITS,
        "statusMessage": [{"status": hex(number), "message": word} for number, word in enumerate(words)],
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def status_list(number: int, statuses: Mapping[int, str], at: datetime, public_url: str) -> bytes:
    """Return the list's credential as it is sealed: of each place nothing but its status; ``statuses`` by place."""
    bits = bytearray(LIST_LENGTH * _BITS // 8)
    for place, status in statuses.items():
        first = place * _BITS
        # The first bit of a place is the more significant one; the list's first bit is the highest of its first byte.
        bits[first // 8] |= STATUSES.index(status) << (8 - _BITS - first % 8)
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
    address = list_address(number, public_url)
    return canonical(
        {
            "@context": CONTEXT[:1],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": {"id": f"{public_url}/#{COLLEGE.bin}"},
            "validFrom": at.astimezone(ALMATY).isoformat(timespec="seconds"),
            "validUntil": (at + _LIST_IN_FORCE).astimezone(ALMATY).isoformat(timespec="seconds"),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "message",
                "encodedList": f"u{packed}",
            },
        }
    )


def list_address(number: int, public_url: str) -> str:
    """Return where a status list is published."""
    return f"{public_url}/v1/training-documents/status-lists/{number}"


def _both(kk: str, ru: str) -> list[dict[str, str]]:
    return [{"@value": kk, "@language": "kk"}, {"@value": ru, "@language": "ru"}]
