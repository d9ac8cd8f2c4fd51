"""Arithmetic of points for one purpose: u·P + v·Q in one pass over the bits (Shamir's trick, windows of odd multiples).

Points on their way are Jacobian (X, Y, Z) with x = X/Z², y = Y/Z³, and Z = 0 at infinity; tables are affine (x, y).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from shared.eds.gost.curves import Curve

Affine = tuple[int, int]
Jacobian = tuple[int, int, int]

INFINITY: Final[Jacobian] = (1, 1, 0)
_WINDOW_OF_BASE: Final = 8
"""Bits; its 64 multiples are made once for a curve, in about a millisecond."""
_WINDOW_OF_KEY: Final = 5
"""Bits; its 8 multiples are made at every verification."""


def x_of_sum(curve: Curve, u: int, v: int, point: Affine) -> int | None:
    """Return the x coordinate of u·P + v·Q, P the curve's point and Q the one given; None at infinity.

    Args:
        curve: The group.
        u: How often P, from 0 to q.
        v: How often Q, from 0 to q.
        point: Q, a point of the curve.
    """
    x, _, z = _sum(curve, (_base_multiples(curve), dict(_digits(u, _WINDOW_OF_BASE))), _key_part(curve, v, point))
    return x * pow(z, -2, curve.p) % curve.p if z else None


def multiple_of_base(curve: Curve, u: int) -> Affine:
    """Return u·P, P the curve's point; ValueError at infinity."""
    return _affine(curve, [_sum(curve, (_base_multiples(curve), dict(_digits(u, _WINDOW_OF_BASE))))])[0]


Part = tuple[tuple[Affine, ...], dict[int, int]]
"""Odd multiples of a point, and which of them is added at which bit."""


def _key_part(curve: Curve, v: int, point: Affine) -> Part:
    return _odd_multiples(curve, point, _WINDOW_OF_KEY), dict(_digits(v, _WINDOW_OF_KEY))


def _sum(curve: Curve, *parts: Part) -> Jacobian:
    """Add up all parts in one pass from the highest bit down."""
    total = INFINITY
    for place in range(max((place for _, digits in parts for place in digits), default=-1), -1, -1):
        total = doubled(curve, total)
        for table, digits in parts:
            digit = digits.get(place)
            if digit is not None:
                x, y = table[abs(digit) >> 1]
                total = _added(curve, total, (x, y if digit > 0 else curve.p - y))
    return total


def doubled(curve: Curve, point: Jacobian) -> Jacobian:
    """Return the point added to itself."""
    x, y, z = point
    p = curve.p
    square = y * y % p
    zz = z * z % p
    # Where a = -3, as on two of our curves, one multiplication is saved.
    slope = 3 * (x - zz) * (x + zz) % p if curve.a == p - 3 else (3 * x * x + curve.a * zz * zz) % p
    step = 4 * x * square % p
    new_x = (slope * slope - 2 * step) % p
    return new_x, (slope * (step - new_x) - 8 * square * square) % p, 2 * y * z % p


def _added(curve: Curve, point: Jacobian, other: Affine) -> Jacobian:
    """Return the sum of a Jacobian and an affine point."""
    x, y, z = point
    if not z:
        return (*other, 1)
    p = curve.p
    zz = z * z % p
    across = (other[0] * zz - x) % p
    up = (other[1] * zz * z - y) % p
    if not across:
        return doubled(curve, point) if not up else INFINITY
    square = across * across % p
    cube = square * across % p
    step = x * square % p
    new_x = (up * up - cube - 2 * step) % p
    return new_x, (up * (step - new_x) - y * cube) % p, z * across % p


@lru_cache(maxsize=8)
def _base_multiples(curve: Curve) -> tuple[Affine, ...]:
    return _odd_multiples(curve, (curve.x, curve.y), _WINDOW_OF_BASE)


def _odd_multiples(curve: Curve, point: Affine, window: int) -> tuple[Affine, ...]:
    """Return Q, 3Q, 5Q … as many as digits of the window need."""
    twice = _affine(curve, [doubled(curve, (*point, 1))])[0]
    found: list[Jacobian] = [(*point, 1)]
    for _ in range((1 << window - 2) - 1):
        found.append(_added(curve, found[-1], twice))
    return _affine(curve, found)


def _affine(curve: Curve, points: list[Jacobian]) -> tuple[Affine, ...]:
    """Return the points in affine form with one inversion for all (Montgomery); none of them is at infinity.

    Odd multiples of a point of large prime order never are; ValueError where one is.
    """
    p = curve.p
    products = [1]
    for _, _, z in points:
        products.append(products[-1] * z % p)
    inverse = pow(products[-1], -1, p)
    found = []
    for (x, y, z), before in zip(reversed(points), reversed(products[:-1]), strict=True):
        own = inverse * before % p
        inverse = inverse * z % p
        square = own * own % p
        found.append((x * square % p, y * square * own % p))
    return tuple(reversed(found))


def _digits(number: int, window: int) -> Iterator[tuple[int, int]]:
    """Yield (place, digit): odd digits of a window's width, at least that many places apart (the NAF of width w)."""
    place = 0
    while number:
        zeros = (number & -number).bit_length() - 1
        number >>= zeros
        place += zeros
        digit = number & (1 << window) - 1
        if digit >> window - 1:
            digit -= 1 << window
        yield place, digit
        number -= digit
