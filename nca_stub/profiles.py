"""The certificate profiles of the National Certification Authority, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from shared.eds import profile
from shared.eds.ocsp import OCSP_SIGNING
from shared.eds.time_stamp import TIME_STAMPING
from shared.eds.verdict import Role

SIGN = frozenset({"digital_signature", "content_commitment"})
AUTHENTICATE = frozenset({"digital_signature", "key_encipherment"})

_ARCS: Final[Mapping[Role, str]] = {role: oid for oid, role in profile.ROLE_OIDS.items()}


@dataclass(frozen=True, slots=True)
class Profile:
    """Key usages (as ``cryptography`` names them), extended key usages and policies (dotted OIDs).

    ``storage`` is the arc of key storage under 1.2.398.3.3.5; ``no_check`` marks an OCSP responder; ``one_purpose``
    makes the extended key usage critical, as a time stamping authority must have it (RFC 3161, 2.3).
    """

    usages: frozenset[str]
    purposes: tuple[str, ...]
    policies: tuple[str, ...]
    storage: str | None = "1.2.398.3.3.5.1.1"
    no_check: bool = False
    one_purpose: bool = False


INDIVIDUAL_SIGN: Final = Profile(
    SIGN, (profile.EMAIL_PROTECTION, _ARCS[Role.INDIVIDUAL]), (profile.INDIVIDUAL_SIGN, profile.ANY_USE_2022)
)
INDIVIDUAL_AUTH: Final = Profile(
    AUTHENTICATE, (profile.CLIENT_AUTH, _ARCS[Role.INDIVIDUAL]), (profile.INDIVIDUAL_AUTH, profile.ANY_USE_2022)
)
ORGANISATION: Final = Profile(
    SIGN, (profile.EMAIL_PROTECTION, _ARCS[Role.LEGAL_ENTITY]), (profile.LEGAL_SIGN, profile.ANY_USE_2022)
)
INFORMATION_SYSTEM: Final = Profile(
    SIGN, (_ARCS[Role.LEGAL_ENTITY], _ARCS[Role.INFORMATION_SYSTEM]), (profile.LEGAL_SIGN, profile.ANY_USE_2022)
)
"""As the treasury client's: no purpose of signing documents."""
RESPONDER: Final = Profile(
    frozenset({"digital_signature"}), (OCSP_SIGNING,), (profile.ANY_USE_2022,), storage=None, no_check=True
)

STAMPER: Final = Profile(
    frozenset({"digital_signature", "content_commitment"}),
    (TIME_STAMPING,),
    (profile.ANY_USE_2022,),
    storage=None,
    one_purpose=True,
)


def in_gost(said: Profile) -> Profile:
    """Return the profile as the GOST authority of 2022 issues it: key agreement beside signing, one policy for all."""
    return replace(said, usages=said.usages | {"key_agreement"}, policies=(profile.ANY_USE_2022,))


def official(role: Role) -> Profile:
    """Return the signing profile of an organisation's official: head, right to sign, employee, and so on."""
    purposes = (profile.EMAIL_PROTECTION, _ARCS[Role.LEGAL_ENTITY], _ARCS[role])
    return Profile(SIGN, purposes, (profile.LEGAL_SIGN, profile.ANY_USE_2022))
