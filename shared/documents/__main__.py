"""The command line: check a document that somebody holds, without network and without us.

python -m shared.documents verify FILE --trust FOLDER [--crl FILE] [--status LIST] [--at 2026-11-23T16:30]
python -m shared.documents verify-case FILE.zip --trust FOLDER

FILE is a PDF or a sealed document (JWS). It ends with 0 where the document is genuine, 1 where something in it does not
hold; 2 says that it was asked wrongly.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from shared.documents.check import check_file
from shared.documents.check_case import check_case
from shared.documents.report import SIGNS, lines_of
from shared.documents.status_list import standing_of
from shared.documents.terms import Terms
from shared.eds.crl_store import CrlStore
from shared.eds.inputs import files_in, read_der, read_file
from shared.eds.revocation import CrlNotValid
from shared.eds.trust import Trust
from shared.law.hours import ALMATY
from shared.law.text import LANGUAGES

GENUINE, NOT_GENUINE, ASKED_WRONGLY = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return _verify(asked) if asked.command == "verify" else _verify_case(asked)
    except (OSError, ValueError, CrlNotValid) as fault:
        print(f"verify: {fault}", file=sys.stderr)
        return ASKED_WRONGLY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.documents", description="Documents of primary care.")
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("file", type=Path)
    common.add_argument("--trust", type=Path, required=True, help="the folder with the pinned authorities")
    common.add_argument("--crl", type=Path, action="append", default=[], help="a list of revocations, or a folder")
    common.add_argument("--at", help="the time of the check, Almaty's unless it says more; now unless given")
    common.add_argument("--language", choices=LANGUAGES, default="ru")
    commands.add_parser("verify-case", parents=[common], help="check a case file (zip), item by item")
    verify = commands.add_parser("verify", parents=[common], help="check a PDF or a sealed document (JWS)")
    verify.add_argument("--status", type=Path, help="the provider's status list (JWS)")
    verify.add_argument("--original", type=Path, help="write the sealed original (JWS) out of a PDF there")
    return parser


def _terms(asked: argparse.Namespace) -> Terms:
    trust = Trust.from_folder(asked.trust)
    lists = CrlStore(trust)
    given = [read_der(path) for path in files_in(asked.crl, ".crl")]
    for one in given:
        lists.accept(one)
    return Terms(trust, _time(asked.at), lists if given else None)


def _verify_case(asked: argparse.Namespace) -> int:
    items = check_case(read_file(asked.file), _terms(asked))
    for item in items:
        why = f" ({item.code})" if item.code else ""
        print(
            f"  {SIGNS[item.holds].said_in(asked.language):>3}  {item.name}: {item.words.said_in(asked.language)}{why}"
        )
    return NOT_GENUINE if any(item.holds is False for item in items) else GENUINE


def _verify(asked: argparse.Namespace) -> int:
    terms = _terms(asked)
    report = check_file(read_file(asked.file), terms)
    if asked.status is not None and report.sealed is not None:
        standing = standing_of(report.sealed, read_file(asked.status).decode("ascii"), terms)
        report = replace(report, findings=(*report.findings, standing))
    for line in lines_of(report, asked.language):
        print(line)
    if asked.original is not None and report.sealed is not None:
        asked.original.write_text(report.sealed.jws)
    return GENUINE if report.holds else NOT_GENUINE


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)  # noqa: TID251 - a tool on anybody's machine, where no system tells the time.
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ALMATY)


if __name__ == "__main__":
    raise SystemExit(main())
