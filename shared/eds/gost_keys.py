"""GOST public keys as Kazakhstan's certificates carry them: SubjectPublicKeyInfo to a point of a curve."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shared.eds import der
from shared.eds.certificate import AlgorithmId, octets_of
from shared.eds.der_values import dotted
from shared.eds.gost.curves import CRYPTOPRO_A, TC26_256_A, TC26_512_A, Curve
from shared.eds.gost.signature import PublicKey

KEY_2004: Final = "1.2.398.3.10.1.1.1.1"
KEY_2015_256: Final = "1.2.398.3.10.1.1.2.1"
KEY_2015_512: Final = "1.2.398.3.10.1.1.2.2"


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands in the parameters of a kind of key: its curve's OID and its digest's; and the curve itself."""

    curve_oid: str
    digest_oid: str
    curve: Curve


KINDS: Final[Mapping[str, Kind]] = {
    KEY_2004: Kind("1.2.398.3.10.1.1.1.1.1", "1.2.398.3.10.1.3.1.1.0", CRYPTOPRO_A),
    KEY_2015_256: Kind("1.2.398.3.10.1.1.2.1.1", "1.2.398.3.10.1.3.2", TC26_256_A),
    KEY_2015_512: Kind("1.2.398.3.10.1.1.2.2.1", "1.2.398.3.10.1.3.3", TC26_512_A),
}
"""By the key's OID. Of the 256-bit kind no certificate was found; its parameters are those that Kalkan knows."""


@lru_cache(maxsize=64)
def read(info: bytes) -> PublicKey:
    """Return the key of a SubjectPublicKeyInfo (DER); raises ValueError for one that is not fit to check with.

    Keys are kept by their octets: that of the issuing authority comes again with every certificate.
    """
    algorithm, key = der.expect(der.read(info), der.SEQUENCE).children
    named = AlgorithmId.of(algorithm)
    kind = KINDS.get(named.oid)
    if kind is None or named.parameters is None:
        raise ValueError("no GOST key")
    parameters = der.expect(algorithm.children[1], der.SEQUENCE).children
    if [dotted(der.expect(one, der.OID).content) for one in parameters] != [kind.curve_oid, kind.digest_oid]:
        raise ValueError("a GOST key of other parameters")
    return PublicKey.read(kind.curve, der.expect(der.read(octets_of(key)), der.OCTET_STRING).content)


def is_fit(info: bytes) -> bool:
    """Say whether a SubjectPublicKeyInfo (DER) holds a key that ``read`` takes."""
    try:
        read(info)
    except (ValueError, IndexError):
        return False
    return True
