"""The page's scripts and style: read once, each under its name, with a tag by which a browser sees that it has them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_FOLDER: Final = Path(__file__).parent / "static"
_KINDS: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    content: bytes
    media_type: str
    etag: str


@lru_cache(maxsize=1)
def files() -> Mapping[str, File]:
    """Return every file by its name below ``static``; what is not here cannot be asked for, whatever a path says."""
    return MappingProxyType(dict(_read()))


def _read() -> Iterator[tuple[str, File]]:
    for path in sorted(_FOLDER.rglob("*")):
        if path.suffix in _KINDS:
            yield path.relative_to(_FOLDER).as_posix(), file_of(path.read_bytes(), _KINDS[path.suffix])


def file_of(content: bytes, media_type: str) -> File:
    """Return content as a file with its tag."""
    return File(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:20]}"')
