"""GOST signatures that must be refused, each with the code that says why (EDS: point checks, ranges, octet orders)."""

from collections.abc import Callable, Mapping

from nca_stub.encoding import bits, octets, oid, sequence
from nca_stub.gost import GostKey
from nca_stub.keys import algorithm_of, sign
from nca_stub.signing import sign_cms
from shared.eds import der
from shared.eds.gost.curves import TC26_256_A, TC26_512_A, Curve
from shared.eds.gost_keys import KINDS
from tests.eds.bad_cases import Make
from tests.eds.stage import AT, CONTENT, Stage

SIZE = TC26_512_A.size
Q = TC26_512_A.q


def _number(value: int) -> bytes:
    return value.to_bytes(SIZE, "little")


def _altered(change: Callable[[bytes, bytes], bytes]) -> Make:
    """Replace the signature value by what is made of its r and s (octets)."""

    def make(stage: Stage) -> bytes:
        def alter(parts: list[bytes]) -> list[bytes]:
            value = der.read(parts[5]).content
            return [*parts[:5], octets(change(value[:SIZE], value[SIZE:]))]

        return stage.made(signer=alter)

    return make


def _s_negated(r: bytes, s: bytes) -> bytes:
    return r + _number(Q - int.from_bytes(s, "little"))


def with_key(info: Callable[[GostKey], bytes], key: GostKey | None = None) -> Make:
    """Return a message by someone whose certificate holds another SubjectPublicKeyInfo."""

    def make(stage: Stage) -> bytes:
        signer = key or stage.key
        assert isinstance(signer, GostKey)
        tbs = der.read(stage.citizen.der).children[0]
        parts = [one.raw for one in tbs.children]
        parts[6] = info(signer)
        issuing = stage.authority.issuing_key
        body = sequence(*parts)
        certificate = sequence(body, algorithm_of(issuing), bits(sign(issuing, body)))
        return sign_cms(CONTENT, signer, certificate, AT)

    return make


def _info(key: GostKey, point: bytes, *, curve: str | None = None, digest: str | None = None) -> bytes:
    parameters = sequence(oid(curve or key.kind.curve_oid), oid(digest or key.kind.digest_oid))
    return sequence(sequence(oid(key.oid), parameters), bits(octets(point)))


def _big_endian(key: GostKey) -> bytes:
    point = key.public_octets()
    return _info(key, point[:SIZE][::-1] + point[SIZE:][::-1])


def _beside_the_curve(key: GostKey) -> bytes:
    point = key.public_octets()
    return _info(key, bytes([point[0] ^ 1]) + point[1:])


def _unreduced(key: GostKey) -> bytes:
    """Add p to the x of a point that has a small one: the base point of the curve, x = 3."""
    return _info(key, _number(TC26_512_A.x + TC26_512_A.p) + _number(TC26_512_A.y))


def _without_digest(key: GostKey) -> bytes:
    return sequence(sequence(oid(key.oid), sequence(oid(key.kind.curve_oid))), bits(octets(key.public_octets())))


def _unwrapped(key: GostKey) -> bytes:
    return sequence(der.read(key.public_info()).children[0].raw, bits(key.public_octets()))


def point_of_order_two(curve: Curve) -> tuple[int, int]:
    """Return a point (x, 0): a root of x³ + ax + b, which only a curve with an even cofactor has."""
    p = curve.p
    # x^p - x and the cubic share their roots mod p; the remainders are polynomials of degree two at most.
    power = _power_of_x(p, curve)
    roots = [(power[0], power[1] - 1, power[2])]
    a, b, c = curve.b, curve.a, 0
    return _root_of(roots[0], (a, b, c, 1), p), 0


def _power_of_x(exponent: int, curve: Curve) -> tuple[int, int, int]:
    """Return x^exponent modulo the cubic, by its three lowest coefficients."""
    result, square = (1, 0, 0), (0, 1, 0)
    while exponent:
        if exponent & 1:
            result = _times(result, square, curve)
        square = _times(square, square, curve)
        exponent >>= 1
    return result


def _times(left: tuple[int, int, int], right: tuple[int, int, int], curve: Curve) -> tuple[int, int, int]:
    sums = [0] * 5
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            sums[i + j] += one * other
    for high in (4, 3):  # x³ = -ax - b
        sums[high - 2] -= sums[high] * curve.a
        sums[high - 3] -= sums[high] * curve.b
    return sums[0] % curve.p, sums[1] % curve.p, sums[2] % curve.p


def _root_of(factor: tuple[int, int, int], cubic: tuple[int, int, int, int], p: int) -> int:
    """Return the root that a linear greatest common divisor of both polynomials has."""
    left, right = [one % p for one in cubic], [one % p for one in factor]
    while right and any(right):
        while right and not right[-1]:
            right.pop()
        while len(left) >= len(right):
            ratio = left[-1] * pow(right[-1], -1, p) % p
            for place in range(1, len(right) + 1):
                left[-place] = (left[-place] - ratio * right[-place]) % p
            left.pop()
        left, right = right, left
    while not left[-1]:
        left.pop()
    assert len(left) == 2, "one root and no more"
    return -left[0] * pow(left[1], -1, p) % p


SHORT_KEY = GostKey.generate(256)


def _order_two(key: GostKey) -> bytes:
    x, y = point_of_order_two(TC26_256_A)
    return _info(key, x.to_bytes(32, "little") + y.to_bytes(32, "little"))


GOST_ONLY: Mapping[str, tuple[str, Make]] = {
    "r of zero": ("signature_wrong", _altered(lambda _, s: bytes(SIZE) + s)),
    "s of zero": ("signature_wrong", _altered(lambda r, _: r + bytes(SIZE))),
    "r equal to q": ("signature_wrong", _altered(lambda _, s: _number(Q) + s)),
    "s equal to q": ("signature_wrong", _altered(lambda r, _: r + _number(Q))),
    "r and s of all ones": ("signature_wrong", _altered(lambda *_: b"\xff" * 2 * SIZE)),
    "s negated": ("signature_wrong", _altered(_s_negated)),
    "r and s changed about": ("signature_wrong", _altered(lambda r, s: s + r)),
    "big-endian numbers": ("signature_wrong", _altered(lambda r, s: r[::-1] + s[::-1])),
    "the order of RFC 4490": ("signature_wrong", _altered(lambda r, s: s[::-1] + r[::-1])),
    "an octet too few": ("signature_wrong", _altered(lambda r, s: (r + s)[:-1])),
    "two octets too many": ("signature_wrong", _altered(lambda r, s: r + s + bytes(2))),
    "a key beside the curve": ("key_not_valid", with_key(_beside_the_curve)),
    "a key of big-endian numbers": ("key_not_valid", with_key(_big_endian)),
    "a key at the origin": ("key_not_valid", with_key(lambda key: _info(key, bytes(2 * SIZE)))),
    "a key with x not reduced": ("key_not_valid", with_key(_unreduced)),
    "a key cut short": ("key_not_valid", with_key(lambda key: _info(key, key.public_octets()[:-1]))),
    "a key of half the size": ("key_not_valid", with_key(lambda key: _info(key, SHORT_KEY.public_octets()))),
    "a key of order two": ("key_not_valid", with_key(_order_two, SHORT_KEY)),
    "a key on a curve nobody knows": (
        "key_not_valid",
        with_key(lambda key: _info(key, key.public_octets(), curve="1.2.3")),
    ),
    "a key with another digest": (
        "key_not_valid",
        with_key(lambda key: _info(key, key.public_octets(), digest=KINDS[SHORT_KEY.oid].digest_oid)),
    ),
    "a key without its digest": ("key_not_valid", with_key(_without_digest)),
    "a key not wrapped": ("key_not_valid", with_key(_unwrapped)),
    "a key of 256 bits for 512": (
        "key_not_valid",
        lambda s: sign_cms(CONTENT, s.key, s.person("short", lambda: s.order(key=SHORT_KEY)).der, AT),
    ),
    "an RSA scheme for a GOST key": (
        "key_not_valid",
        lambda s: s.made(digest="sha256", scheme_oid="1.2.840.113549.1.1.11"),
    ),
    "a scheme of 256 bits": ("digest_inconsistent", lambda s: s.made(scheme_oid="1.2.398.3.10.1.1.2.3.1")),
    "the Russian scheme": ("algorithm_not_supported", lambda s: s.made(scheme_oid="1.2.643.7.1.1.3.3")),
    "the Russian digest": ("digest_not_allowed", lambda s: s.made(digest_oid="1.2.643.7.1.1.2.3")),
}
"""What cannot be said of an RSA signature."""
