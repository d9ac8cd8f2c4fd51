"""The certificate profile of the National Certification Authority: who a certificate speaks for, and for what."""

import re
from collections.abc import Mapping
from typing import Final

from shared.eds import names
from shared.eds.certificate import RSA_KEY, Certificate
from shared.eds.verdict import Objection, Role, Signer
from shared.law.iin import mask

EMAIL_PROTECTION: Final = "1.3.6.1.5.5.7.3.4"
CLIENT_AUTH: Final = "1.3.6.1.5.5.7.3.2"
ROLES_ARC: Final = "1.2.398.3.3.4.1"

ROLE_OIDS: Final[Mapping[str, Role]] = {
    f"{ROLES_ARC}.2.1": Role.HEAD,
    f"{ROLES_ARC}.2.2": Role.RIGHT_TO_SIGN,
    f"{ROLES_ARC}.2.3": Role.FINANCE,
    f"{ROLES_ARC}.2.4": Role.HUMAN_RESOURCES,
    f"{ROLES_ARC}.2.5": Role.EMPLOYEE,
    f"{ROLES_ARC}.2.6": Role.INFORMATION_SYSTEM,
    f"{ROLES_ARC}.2": Role.LEGAL_ENTITY,
    f"{ROLES_ARC}.1": Role.INDIVIDUAL,
}
"""The most telling role first."""

LEGAL_SIGN: Final = "1.2.398.3.3.2.1"
LEGAL_AUTH: Final = "1.2.398.3.3.2.2"
INDIVIDUAL_SIGN: Final = "1.2.398.3.3.2.3"
INDIVIDUAL_AUTH: Final = "1.2.398.3.3.2.4"
ANY_USE_2022: Final = "1.2.398.3.3.2"

_SIGNING_POLICIES = frozenset({LEGAL_SIGN, INDIVIDUAL_SIGN, ANY_USE_2022})
_IIN = re.compile(r"IIN([0-9]{12})")
_BIN = re.compile(r"BIN([0-9]{12})")


def roles_of(certificate: Certificate) -> tuple[Role, ...]:
    """Return every role the certificate carries, the most telling first."""
    purposes = certificate.purposes
    numbered = f"{ROLES_ARC}.2.6."
    return tuple(
        role
        for oid, role in ROLE_OIDS.items()
        if oid in purposes
        or (role is Role.INFORMATION_SYSTEM and any(purpose.startswith(numbered) for purpose in purposes))
    )


def iins_of(certificate: Certificate) -> tuple[str, ...]:
    """Return every IIN in the subject: attributes serialNumber written ``IIN`` and twelve digits, nothing else."""
    return _numbers(certificate, names.SERIAL_NUMBER, _IIN)


def bins_of(certificate: Certificate) -> tuple[str, ...]:
    """Return every BIN in the subject: attributes OU written ``BIN`` and twelve digits; another OU is no BIN."""
    return _numbers(certificate, names.ORGANISATIONAL_UNIT, _BIN)


def check_purpose(certificate: Certificate) -> None:
    """Raise Objection unless the key is for signing documents: key usage, purpose, policy."""
    authenticates = CLIENT_AUTH in certificate.purposes and (
        EMAIL_PROTECTION not in certificate.purposes or certificate.key_algorithm.oid == RSA_KEY
    )
    if authenticates or certificate.policies & {LEGAL_AUTH, INDIVIDUAL_AUTH}:
        raise Objection("not_for_signing")
    if certificate.authority is not None or EMAIL_PROTECTION not in certificate.purposes:
        raise Objection("purpose_not_signing")
    if not {"digitalSignature", "nonRepudiation"} <= certificate.usages or "keyCertSign" in certificate.usages:
        raise Objection("purpose_not_signing")
    if not certificate.policies & _SIGNING_POLICIES:
        raise Objection("policy_not_allowed")


def role_among(certificate: Certificate, allowed: frozenset[Role]) -> Role:
    """Return the role that allows the signature; raises Objection where the certificate carries none of the allowed.

    An individual's certificate has no OU, and a role of an organisation beside it makes it the organisation's.
    """
    roles = roles_of(certificate)
    of_organisation = any(role is not Role.INDIVIDUAL for role in roles) or any(
        oid == names.ORGANISATIONAL_UNIT for oid, _ in certificate.attributes
    )
    if of_organisation and allowed == {Role.INDIVIDUAL}:
        raise Objection("not_an_individual")
    if not of_organisation and Role.INDIVIDUAL not in allowed:
        raise Objection("not_an_official")
    held = tuple(role for role in roles if role in allowed and of_organisation is not (role is Role.INDIVIDUAL))
    if not held:
        raise Objection("role_not_allowed")
    return held[0]


def signer_of(certificate: Certificate, role: Role) -> Signer:
    """Return who signed; a number is named only where there is exactly one."""
    iins, bins = iins_of(certificate), bins_of(certificate)
    name = next((text for oid, text in certificate.attributes if oid == names.COMMON_NAME), "")
    return Signer(
        iin=iins[0] if len(iins) == 1 else None,
        bin=bins[0] if len(bins) == 1 else None,
        name=name,
        role=role,
        serial=certificate.serial,
        certificate_sha256=certificate.sha256,
    )


def _numbers(certificate: Certificate, oid: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    matches = (pattern.fullmatch(text) for name, text in certificate.attributes if name == oid)
    return tuple(match.group(1) for match in matches if match)


def check_iin(certificate: Certificate, iin: str) -> None:
    """Raise Objection unless the certificate carries exactly one IIN and it is the one asked for."""
    found = iins_of(certificate)
    if not found:
        raise Objection("no_iin")
    if len(found) > 1:
        raise Objection("several_iins")
    if found[0] != iin:
        raise Objection("iin_differs", certificate=mask(found[0]), request=mask(iin))


def check_bin(certificate: Certificate, bin_: str | None) -> None:
    """Raise Objection unless the certificate carries exactly one BIN, the one asked for (None: whichever)."""
    found = bins_of(certificate)
    if not found:
        raise Objection("no_bin")
    if len(found) > 1:
        raise Objection("several_bins")
    if bin_ is not None and found[0] != bin_:
        raise Objection("bin_differs", certificate=found[0], request=bin_)


def check_organisation(certificate: Certificate, bin_: str | None) -> None:
    """Raise Objection unless the key is the organisation's own (None: any organisation's), not one of its people's.

    An employee's certificate carries the employer's BIN too; it is told by its IIN.
    """
    if iins_of(certificate) or not {Role.LEGAL_ENTITY, Role.INFORMATION_SYSTEM} & set(roles_of(certificate)):
        raise Objection("not_an_organisation")
    check_bin(certificate, bin_)
