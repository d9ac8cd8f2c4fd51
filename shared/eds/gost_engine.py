"""Where the arithmetic of GOST is done: right here, unless the program names another place (``use``).

In pure Python it takes milliseconds and holds the interpreter's lock all the while, so that a server gives it to
processes of their own (``shared.kit.gost_processes``). What comes out is the same wherever it is done.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from shared.eds import gost_keys
from shared.eds.gost.gost94 import gost94
from shared.eds.gost.streebog import streebog256, streebog512

DIGESTS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gost94": gost94,
    "streebog256": streebog256,
    "streebog512": streebog512,
}
"""The digests that are computed here, by name."""


class Engine(Protocol):
    """A place where the arithmetic is done; safe to be asked from several threads, and never fails."""

    def holds(self, info: bytes, signature: bytes, data: bytes, digest: str) -> bool:
        """Say whether a signature over the data holds; ``info`` is a SubjectPublicKeyInfo that is fit (DER)."""
        ...

    def digest(self, name: str, data: bytes) -> bytes:
        """Return the digest of the data by a name of ``DIGESTS``."""
        ...


class Here:
    """The arithmetic done in the calling thread: 6 ms a signature, and about 2 µs an octet."""

    def holds(self, info: bytes, signature: bytes, data: bytes, digest: str) -> bool:
        """Say whether a signature over the data holds."""
        return gost_keys.read(info).confirms(signature, DIGESTS[digest](data))

    def digest(self, name: str, data: bytes) -> bytes:
        """Return the digest of the data."""
        return DIGESTS[name](data)


HERE: Final[Engine] = Here()


class _Chosen:
    """The place that the program has chosen."""

    def __init__(self) -> None:
        self.engine = HERE


_chosen = _Chosen()


def use(engine: Engine) -> None:
    """Have the arithmetic done there from now on, by the whole program; ``HERE`` undoes it."""
    _chosen.engine = engine


def holds(info: bytes, signature: bytes, data: bytes, digest: str) -> bool:
    """Say whether a signature over the data holds, wherever that is worked out."""
    return _chosen.engine.holds(info, signature, data, digest)


def digest(name: str, data: bytes) -> bytes:
    """Return the digest of the data by a name of ``DIGESTS``, wherever it is worked out."""
    return _chosen.engine.digest(name, data)
