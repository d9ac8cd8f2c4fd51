"""The check of GOST 34.10 signatures (RFC 7091, 6.2; RFC 5832, 6.2), in the octet orders of Kazakhstan.

A signature is r ‖ s and a key X ‖ Y, each number little-endian; RFC 4491 has s ‖ r, and 34.10's own text big-endian.
"""

from dataclasses import dataclass

from shared.eds.gost.curves import Curve
from shared.eds.gost.points import doubled, x_of_sum

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point of a curve that was found fit to check signatures with: only ``read`` makes one."""

    curve: Curve
    point: Point

    @classmethod
    def read(cls, curve: Curve, octets: bytes) -> "PublicKey":
        """Read X ‖ Y; raises ValueError for another length, a point off the curve or in its small subgroup."""
        if len(octets) != 2 * curve.size:
            raise ValueError("a key of another length than its curve's")
        x, y = _numbers(octets)
        if not curve.holds_point(x, y) or _is_small(curve, (x, y)):
            raise ValueError("no point of the curve, or one of its small subgroup")
        return cls(curve, (x, y))

    def confirms(self, signature: bytes, digest: bytes) -> bool:
        """Say whether the signature over the digest (as the digest function gives it) was made with this key."""
        curve, q = self.curve, self.curve.q
        if len(signature) != 2 * curve.size:
            return False
        r, s = _numbers(signature)
        if not (0 < r < q and 0 < s < q):
            return False
        e = int.from_bytes(digest, "little") % q or 1
        v = pow(e, -1, q)
        x = x_of_sum(curve, s * v % q, -r * v % q, self.point)
        return x is not None and x % q == r


def _numbers(octets: bytes) -> Point:
    """Return the two halves, each read little-endian."""
    half = len(octets) // 2
    return int.from_bytes(octets[:half], "little"), int.from_bytes(octets[half:], "little")


def _is_small(curve: Curve, point: Point) -> bool:
    """Say whether the cofactor takes the point to infinity: such a key would be no key."""
    times, multiple = curve.cofactor, (*point, 1)
    while times > 1:
        multiple, times = doubled(curve, multiple), times // 2
    return curve.cofactor > 1 and not multiple[2]
