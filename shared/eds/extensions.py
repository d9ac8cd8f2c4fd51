"""The extensions of a certificate that decide what it may be used for (RFC 5280, 4.2.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.eds import der
from shared.eds.der_values import dotted

KEY_USAGE: Final = "2.5.29.15"
BASIC_CONSTRAINTS: Final = "2.5.29.19"
POLICIES: Final = "2.5.29.32"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
SUBJECT_KEY_ID: Final = "2.5.29.14"
AUTHORITY_KEY_ID: Final = "2.5.29.35"
OCSP_NO_CHECK: Final = "1.3.6.1.5.5.7.48.1.5"

UNDERSTOOD: Final = frozenset(
    {KEY_USAGE, BASIC_CONSTRAINTS, POLICIES, EXTENDED_KEY_USAGE, SUBJECT_KEY_ID, AUTHORITY_KEY_ID}
)
"""What a critical extension may be; any other critical one refuses the certificate (RFC 5280, 4.2)."""

_USAGES = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)
_TRUE = b"\x01\x01\xff"
_EXTENSIONS_TAG, _KEY_ID_TAG = 0xA3, 0x80


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension: whether it is critical, and the DER inside its OCTET STRING."""

    critical: bool
    value: bytes


@dataclass(frozen=True, slots=True)
class Authority:
    """Basic constraints of an authority; ``below`` is how many authorities may follow under it, None for any number."""

    below: int | None


def read(rest: Sequence[der.Node]) -> dict[str, Extension]:
    """Read what follows the key in a certificate; raises ValueError for repeated extensions or anything else there."""
    if len(rest) != 1 or rest[0].tag != _EXTENSIONS_TAG:
        raise der.NotDer("extensions are due, and nothing beside them")
    return read_list(rest[0].children[0])


def read_list(listed: der.Node) -> dict[str, Extension]:
    """Read a SEQUENCE OF extensions; raises ValueError where one stands twice."""
    return of_elements(der.expect(listed, der.SEQUENCE).children)


def of_elements(entries: Iterable[der.Node]) -> dict[str, Extension]:
    """Read extensions side by side; raises ValueError where one stands twice."""
    found: dict[str, Extension] = {}
    for entry in entries:
        name, *flag, value = der.expect(entry, der.SEQUENCE).children
        # FALSE is the default, and DER writes no default (X.690, 11.5).
        if name.tag != der.OID or value.tag != der.OCTET_STRING or [one.raw for one in flag] not in ([], [_TRUE]):
            raise der.NotDer("not an extension")
        oid = dotted(name.content)
        if oid in found:
            raise der.NotDer("an extension twice")
        found[oid] = Extension(bool(flag), value.content)
    return found


def understood(extensions: Mapping[str, Extension]) -> bool:
    """Say whether every critical extension is one that is read here."""
    return all(oid in UNDERSTOOD for oid, extension in extensions.items() if extension.critical)


def usages(extensions: Mapping[str, Extension]) -> frozenset[str]:
    """Return the names of the bits that are set in key usage; nothing where it is absent."""
    if KEY_USAGE not in extensions:
        return frozenset()
    bits = der.read(extensions[KEY_USAGE].value).content[1:]
    return frozenset(
        name for place, name in enumerate(_USAGES) if place // 8 < len(bits) and bits[place // 8] & 0x80 >> place % 8
    )


def purposes(extensions: Mapping[str, Extension]) -> frozenset[str]:
    """Return the extended key usages as dotted OIDs."""
    if EXTENDED_KEY_USAGE not in extensions:
        return frozenset()
    return frozenset(dotted(node.content) for node in der.read(extensions[EXTENDED_KEY_USAGE].value).children)


def policies(extensions: Mapping[str, Extension]) -> frozenset[str]:
    """Return the certificate policies as dotted OIDs, their qualifiers left aside."""
    if POLICIES not in extensions:
        return frozenset()
    return frozenset(dotted(node.children[0].content) for node in der.read(extensions[POLICIES].value).children)


def authority(extensions: Mapping[str, Extension]) -> Authority | None:
    """Return the basic constraints of an authority, or None where the certificate is none."""
    if BASIC_CONSTRAINTS not in extensions:
        return None
    said = der.read(extensions[BASIC_CONSTRAINTS].value).children
    if not said or said[0].tag != der.BOOLEAN or said[0].content != b"\xff":
        return None
    return Authority(int.from_bytes(said[1].content, "big") if len(said) > 1 else None)


def key_id(extensions: Mapping[str, Extension]) -> bytes | None:
    """Return the subject key identifier, or None."""
    return der.read(extensions[SUBJECT_KEY_ID].value).content if SUBJECT_KEY_ID in extensions else None


def issuer_key_id(extensions: Mapping[str, Extension]) -> bytes | None:
    """Return the authority key identifier's key id, or None."""
    if AUTHORITY_KEY_ID not in extensions:
        return None
    said = der.read(extensions[AUTHORITY_KEY_ID].value).children
    return next((node.content for node in said if node.tag == _KEY_ID_TAG), None)
