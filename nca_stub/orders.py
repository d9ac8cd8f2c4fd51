"""What is asked of the authority: a profile, a subject, a validity; with the usual orders ready made."""

import warnings
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from nca_stub import profiles
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey
from nca_stub.profiles import Profile
from shared.eds.verdict import Role

KindOfKey = Literal["rsa", "ec", "gost512", "gost256"]
Attributes = tuple[tuple[x509.ObjectIdentifier, str], ...]

VALIDITY: Final = timedelta(days=365)
_BEFORE = timedelta(days=1)
"""A test certificate is valid from the day before, so that a demonstration may begin a little earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One certificate to be issued. Times are aware. ``key`` is a kind of key to make, or a key there is."""

    profile: Profile
    subject: Attributes
    not_before: datetime
    not_after: datetime
    key: KindOfKey | PrivateKey = "rsa"

    @classmethod
    def individual(cls, iin: str, name: str, now: datetime, *, auth: bool = False) -> Self:
        """Order an individual's key; ``name`` is surname, given name and patronymic, the last may be missing."""
        return cls(
            profile=profiles.INDIVIDUAL_AUTH if auth else profiles.INDIVIDUAL_SIGN,
            subject=_person(iin, name),
            not_before=now - _BEFORE,
            not_after=now + VALIDITY,
        )

    @classmethod
    def official(cls, iin: str, name: str, employer: tuple[str, str], role: Role, now: datetime) -> Self:
        """Order the signing key of an official of an employer (BIN, name)."""
        bin_, organisation = employer
        return cls(
            profile=profiles.official(role),
            subject=(*_person(iin, name), *_organisation(bin_, organisation)),
            not_before=now - _BEFORE,
            not_after=now + VALIDITY,
        )

    @classmethod
    def organisation(cls, bin_: str, name: str, now: datetime, *, key: Literal["rsa", "ec"] = "ec") -> Self:
        """Order the key that seals an organisation's documents; EC P-256 unless said otherwise."""
        return cls(
            profile=profiles.ORGANISATION,
            subject=((NameOID.COMMON_NAME, name), (NameOID.COUNTRY_NAME, "KZ"), *_organisation(bin_, name)),
            not_before=now - _BEFORE,
            not_after=now + VALIDITY,
            key=key,
        )

    def in_gost(self, key: KindOfKey | PrivateKey = "gost512") -> Self:
        """Return the same order for a GOST key, in the profile of 2022."""
        return replace(self, profile=profiles.in_gost(self.profile), key=key)

    def make_key(self) -> PrivateKey:
        """Return the key to certify: RSA-2048 or GOST as citizens have, EC P-256, or the one that was given."""
        if self.key == "rsa":
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if self.key == "ec":
            return ec.generate_private_key(ec.SECP256R1())
        if self.key == "gost512":
            return GostKey.generate(512)
        return GostKey.generate(256) if self.key == "gost256" else self.key


def name_of(attributes: Attributes) -> x509.Name:
    """Return a name with an RDN for each attribute; one over 64 bytes is let through, as the real authority does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return x509.Name([x509.NameAttribute(oid, value, _validate=False) for oid, value in attributes])


def _person(iin: str, name: str) -> Attributes:
    surname, _, rest = name.partition(" ")
    given, _, patronymic = rest.partition(" ")
    said = (
        (NameOID.COMMON_NAME, f"{surname} {given}".strip()),
        (NameOID.SURNAME, surname),
        (NameOID.SERIAL_NUMBER, f"IIN{iin}"),
        (NameOID.COUNTRY_NAME, "KZ"),
        (NameOID.GIVEN_NAME, patronymic),
    )
    return tuple((oid, value) for oid, value in said if value)


def _organisation(bin_: str, name: str) -> Attributes:
    return ((NameOID.ORGANIZATION_NAME, name), (NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{bin_}"))
