"""Files that are made from code and kept beside it: ``python -m stack.generate``, or ``--check`` to look for drift.

What a verdict on a signature may say goes to ``docs/eds-codes.md``. The services' passports go to ``shared/passports``,
where the gateway's catalogue reads them: it imports no service.
Every application's OpenAPI document goes to ``docs/openapi``, for whoever integrates with it; all that is said to
people goes to ``docs/texts``, a file a language.
"""

import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shared.eds import catalogue
from shared.law.passport import Passport
from stack.openapi import openapi_documents
from stack.texts import LANGUAGES, all_texts

ROOT: Final = Path(__file__).parent.parent
PASSPORTS: Final = Path("shared/passports")
OPENAPI: Final = Path("docs/openapi")
CODES: Final = Path("docs/eds-codes.md")
TEXTS: Final = Path("docs/texts")
FOLDERS: Final = (PASSPORTS, OPENAPI, TEXTS)
"""Every ``*.json`` in them is generated."""
SERVICES: Final = ("home_visit_svc", "appointment_svc", "attachment_svc", "diploma_svc")


def generated() -> dict[Path, str]:
    """Return what every generated file should say, by its path in the project."""
    texts = {PASSPORTS / f"{passport.code}.json": _as_json(passport) for passport in passports()}
    texts[CODES] = catalogue.page()
    texts |= {TEXTS / f"{language}.json": text for language, text in text_catalogues().items()}
    return texts | {OPENAPI / f"{name}.json": text for name, text in openapi_documents().items()}


def text_catalogues() -> dict[str, str]:
    """Return one catalogue a language of all that is said to people: keys are the same in each."""
    said = all_texts(ROOT)
    return {
        language: json.dumps({key: words[place] for key, words in said.items()}, ensure_ascii=False, indent=1) + "\n"
        for place, language in enumerate(LANGUAGES)
    }


def passports() -> list[Passport]:
    """Return the passport of every service (``regulation.PASSPORT``)."""
    return [importlib.import_module(f"{package}.regulation").PASSPORT for package in SERVICES]


def drift(wanted: Mapping[Path, str], root: Path = ROOT) -> list[str]:
    """Return one line for each file that is missing, says something else, or should not be there."""
    present = _present(root)
    differing = [
        f"{path}: run python -m stack.generate"
        for path, text in wanted.items()
        if path not in present or (root / path).read_text("utf-8") != text
    ]
    return differing + [f"{path}: nothing writes it" for path in sorted(present - wanted.keys())]


def write(wanted: Mapping[Path, str], root: Path = ROOT) -> None:
    """Write every generated file and remove those that nothing writes any more."""
    for old in _present(root) - wanted.keys():
        (root / old).unlink()
    for path, text in wanted.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def _present(root: Path) -> set[Path]:
    found = {path.relative_to(root) for folder in FOLDERS for path in (root / folder).glob("*.json")}
    return found | ({CODES} if (root / CODES).is_file() else set())


def _as_json(passport: Passport) -> str:
    return json.dumps(passport.as_dict(), ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` only look; 1 when something has drifted."""
    if arguments == ["--check"]:
        found = drift(generated())
        print("\n".join(found) or "Generated files are as they should be.")
        return bool(found)
    write(generated())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
