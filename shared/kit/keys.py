"""The services' keys on disk: ``services/{name}.key.pem`` for oneself, ``services/{name}.pub.pem`` for each caller."""

from collections.abc import Iterable
from pathlib import Path

from shared.kit.clock import Clock
from shared.kit.envelope import Envelopes


class KeysMissing(Exception):
    """A key file that the service needs is not there."""


def load_keys(folder: Path, name: str, callers: Iterable[str], clock: Clock | None = None) -> Envelopes:
    """Return the envelopes of one service that opens calls of these callers.

    Raises:
        KeysMissing: A key file is not there; says which.
    """
    services = folder / "services"
    own = _read(services / f"{name}.key.pem")
    return Envelopes(name, own, {caller: _read(services / f"{caller}.pub.pem") for caller in callers}, clock)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeysMissing(f"There is no key {path}; the operator makes it once (see README).") from None
