"""The case file of a request: a zip of all that the answer rests on, and its manifest, sealed by the provider."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from shared.law.text import Text

CASE_FILE_TYPE: Final = "phc-case-file+json"
FORMAT: Final = "case-file/1"
MANIFEST: Final = "manifest.jws"
CONTENT, CMS, RECORD = "signature/content.json", "signature/signature.cms", "signature/evidence.json"
SIGNED, CONFIRMATION, CONFIRMED = "decision/content.json", "decision/signature.cms", "decision/evidence.json"
"""Where an official decided: what they signed, their signature, and its verdict with the revocation lists."""
LEDGER, DOCUMENT, PAPER = "ledger.json", "document/document.jws", "document/document.pdf"
ANSWERS: Final = "answers/"
README: Final = "README.txt"
MOST_ITEMS, MOST_BYTES = 40, 100_000_000
READ_ME: Final = Text(
    "Іс файлы: өтініш, қолтаңба, жүйелердің жауаптары, қадамдар, шешім. Тексеру (желісіз): "
    "python -m shared.documents verify-case ФАЙЛ --trust ҚАЛТА",
    "Дело по запросу: запрос, подпись, ответы систем, шаги, решение. Проверка (без сети): "
    "python -m shared.documents verify-case ФАЙЛ --trust ПАПКА",
    "The file of one request: request, signature, answers of systems, steps, decision. To check it offline: "
    "python -m shared.documents verify-case FILE --trust FOLDER",
)


def print_of(data: bytes) -> str:
    """Return the SHA-256 of an item in hex."""
    return hashlib.sha256(data).hexdigest()


def manifest_of(heading: Mapping[str, Any], items: Mapping[str, str], withheld: Iterable[Mapping[str, str]]) -> bytes:
    """Return the bytes of a manifest to be sealed.

    Args:
        heading: Of which request: ``request_id``, ``number``, ``service``, ``provider_bin``, ``made_at``.
        items: The digest of every item but the manifest and the reading help, by its name in the zip.
        withheld: What the answer rests on too and concerns others: its source, clause, time and digest.
    """
    said = {"format": FORMAT, **heading, "items": dict(sorted(items.items())), "withheld": list(withheld)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def zipped(items: Mapping[str, bytes], made_at: datetime) -> bytes:
    """Return the zip with the items, each dated as the whole."""
    file = io.BytesIO()
    read_me = "\n\n".join(READ_ME.as_dict().values()).encode() + b"\n"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip_:
        for name, data in sorted({**items, README: read_me}.items()):
            entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            zip_.writestr(entry, data)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return what a case file holds, by name; raises ValueError for anything but a zip of sane size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zip_:
            entries = zip_.infolist()
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names) or len(names) > MOST_ITEMS:
                raise ValueError("no case file")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise ValueError("too large")
            return {entry.filename: zip_.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise ValueError("no case file") from fault
