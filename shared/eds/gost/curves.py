"""The elliptic curves that Kazakhstan's GOST keys lie on, as y² = x³ + ax + b over the integers mod p."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with a point (x, y) of prime order q; ``size`` is the octets of a coordinate and of r and s."""

    name: str
    size: int
    p: int
    a: int
    b: int
    q: int
    x: int
    y: int
    cofactor: int = 1

    def holds_point(self, x: int, y: int) -> bool:
        """Say whether the coordinates are reduced and satisfy the equation."""
        return 0 <= x < self.p and 0 <= y < self.p and (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0


_P_512: Final = (1 << 512) - 569
_P_256: Final = (1 << 256) - 617

TC26_512_A: Final = Curve(
    name="id-tc26-gost-3410-12-512-paramSetA",
    size=64,
    p=_P_512,
    a=_P_512 - 3,
    b=int(
        "e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265"
        "ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760",
        16,
    ),
    q=int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275",
        16,
    ),
    x=3,
    y=int(
        "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921"
        "df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4",
        16,
    ),
)
"""RFC 7836, A.1."""

TC26_256_A: Final = Curve(
    name="id-tc26-gost-3410-2012-256-paramSetA",
    size=32,
    p=_P_256,
    a=0xC2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335,
    b=0x295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513,
    q=0x400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67,
    x=0x91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28,
    y=0x32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C,
    cofactor=4,
)
"""RFC 7836, A.2, in its Weierstrass form."""

CRYPTOPRO_A: Final = Curve(
    name="id-GostR3410-2001-CryptoPro-A-ParamSet",
    size=32,
    p=_P_256,
    a=_P_256 - 3,
    b=166,
    q=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893,
    x=1,
    y=0x8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14,
)
"""RFC 4357, 11.4."""
