"""Files that people give to the command line, in the forms they come in: DER, base64, PEM."""

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 128 * 1024 * 1024
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.*?)-----END [A-Z0-9 ]+-----", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")


def read_file(path: Path) -> bytes:
    """Return a file's octets; raises ValueError where it is too large, OSError where it cannot be read."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} is too large")
    return path.read_bytes()


def read_der(path: Path) -> bytes:
    """Return the DER in a file, whichever of the three forms it has; what it holds is for the verifier to say."""
    data = read_file(path)
    pem = _PEM.search(data)
    if pem is not None:
        return base64.b64decode(pem[1])
    if not data.startswith(b"0") or _BASE64.fullmatch(data):
        return base64.b64decode(data) if _BASE64.fullmatch(data) else data
    return data


def files_in(paths: Iterable[Path], *endings: str) -> Iterator[Path]:
    """Yield files as they are given, and the files of folders that have one of the endings, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix in endings)
        else:
            yield path
