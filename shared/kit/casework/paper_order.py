"""One paper as it is ordered from the press."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.law.text import Language


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """One paper: of which document, where it is checked, in which languages, sealed by which files, at which time."""

    jws: str
    check_address: str
    languages: tuple[Language, ...]
    key: Path
    chain: Path
    reason: str
    at: datetime
    tsa_url: str | None


def set_paper(order: PaperOrder) -> tuple[bytes, bool]:
    """Do the order, in the press's own process: see ``setting_papers.set_paper``."""
    from shared.kit.casework import setting_papers  # noqa: PLC0415 - the service itself must not bear what it imports.

    return setting_papers.set_paper(order)
