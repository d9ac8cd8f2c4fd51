"""What the verification of a signature comes to: a value, with words for a person and evidence for an auditor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from shared.eds.words import WORDS
from shared.law.text import Text

Status = Literal["confirmed", "refused", "undetermined"]

VERIFIER = "almaty-primary-care eds 3"
"""Name and version of the rules that decided; it changes whenever a verdict could come out differently."""

UNDETERMINED = frozenset({"revocation_unknown", "revocation_forgotten"})
"""Codes that are not the citizen's fault: "try later" (503), never a pass and never "revoked"."""


def status_of(code: str) -> Status:
    """Return the status that goes with a code of ``WORDS``."""
    if code == "confirmed":
        return "confirmed"
    return "undetermined" if code in UNDETERMINED else "refused"


class Role(StrEnum):
    """Whom a certificate speaks for, by the extended key usages under 1.2.398.3.3.4.1."""

    INDIVIDUAL = "individual"
    LEGAL_ENTITY = "legal_entity"
    HEAD = "head"
    RIGHT_TO_SIGN = "right_to_sign"
    FINANCE = "finance"
    HUMAN_RESOURCES = "human_resources"
    EMPLOYEE = "employee"
    INFORMATION_SYSTEM = "information_system"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as the certificate says; ``certificate_sha256`` is the lower-case hex digest of its DER."""

    iin: str | None
    bin: str | None
    name: str
    role: Role
    serial: int
    certificate_sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Confirmed, refused, or undetermined; ``code`` is stable for machines, ``words`` say what differs from what.

    ``signature_sha256`` is the lower-case hex digest of the signature value: what a database keeps unique (EDS step 6).
    ``evidence`` is JSON-ready and holds no personal data beyond the certificates themselves.
    """

    status: Status
    code: str
    words: Text
    signer: Signer | None = None
    signature_sha256: str | None = None
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def confirmed(self) -> bool:
        """Say whether the signature may be relied on."""
        return self.status == "confirmed"


class Objection(Exception):
    """Something that stands against a signature or a certificate; ``code`` is one of the catalogue ``WORDS``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values

    @property
    def words(self) -> Text:
        """Return the words for a person, with what differs filled in."""
        return WORDS[self.code].filled(**self.values)

    @property
    def status(self) -> Status:
        """Return ``undetermined`` where nobody can know now, otherwise ``refused``."""
        return status_of(self.code)
