"""The command line: verify a signature, or an evidence record; a plain report, no network, no database.

python -m shared.eds verify --content request.json --signature request.cms [--at 2026-11-23T16:30] [--crl list.crl]
python -m shared.eds verify-evidence record.json
python -m shared.eds codes [--language kk]

It ends with 0 where the signature is confirmed, 1 where it is refused, 3 where nobody can know now; 2 says that it was
asked wrongly, 4 that a record's verdict and the verdict of now are two.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from shared.eds import catalogue
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.evidence import RecordNotValid, record_of, verify_again
from shared.eds.inputs import files_in, read_der, read_file
from shared.eds.ocsp import OcspAnswer
from shared.eds.report import remark, report
from shared.eds.revocation import SKEW, AnyOf, Crl, CrlNotValid, Revocation
from shared.eds.trust import Trust
from shared.eds.verdict import VERIFIER, Role
from shared.law.hours import ALMATY
from shared.law.text import LANGUAGES

ENDS: Final = {"confirmed": 0, "refused": 1, "undetermined": 3}
ASKED_WRONGLY, TWO_VERDICTS = 2, 4
_PINNED = "the folder with the pinned authorities (*.cer, *.pem)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return {"verify": _verify, "verify-evidence": _verify_evidence, "codes": _codes}[asked.command](asked)
    except (OSError, ValueError) as fault:
        print(f"{asked.command}: {fault}", file=sys.stderr)
        return ASKED_WRONGLY


def _folder(kind: str) -> Path:
    """Return the folder of the environment (TRUST_DIR, CRL_DIR), or where ``./run`` keeps such."""
    return Path(os.environ.get(f"{kind.upper()}_DIR", f".data/{kind}"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.eds", description="Electronic signatures of Kazakhstan.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--language", choices=LANGUAGES, default="ru")
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", parents=[common], help="verify a detached signature over a file")
    verify.add_argument("--content", type=Path, required=True)
    verify.add_argument("--signature", type=Path, required=True, help="CMS: DER, base64 or PEM")
    verify.add_argument("--at", help="the time to verify at, Almaty's unless it says more; now unless given")
    verify.add_argument(
        "--trust", type=Path, default=_folder("trust"), help=f"{_PINNED}; {_folder('trust')} unless given"
    )
    verify.add_argument(
        "--crl", type=Path, action="append", help=f"a list of revocations, or a folder; {_folder('crl')} unless given"
    )
    verify.add_argument("--ocsp", type=Path, help="an OCSP answer (DER)")
    verify.add_argument("--nonce", default="", help="the nonce that the OCSP answer was asked with, in hex")
    verify.add_argument("--iin", help="who must have signed; anyone unless given")
    verify.add_argument("--bin", help="the organisation that the signer must belong to")
    verify.add_argument("--role", type=Role, action="append", help=f"of {', '.join(Role)}; any unless given")
    verify.add_argument("--evidence", type=Path, help="write the evidence record there")
    again = commands.add_parser("verify-evidence", parents=[common], help="verify an evidence record again, offline")
    again.add_argument("record", type=Path)
    again.add_argument("--trust", type=Path, help=f"{_PINNED}; the record's own unless given")
    codes = commands.add_parser("codes", help="list every code that a verdict may have, with its words")
    codes.add_argument("--language", choices=LANGUAGES, default="ru")
    return parser


def _verify(asked: argparse.Namespace) -> int:
    trust, at = Trust.from_folder(asked.trust), _time(asked.at)
    content, cms = read_file(asked.content), read_der(asked.signature)
    expected = Expected(asked.iin, asked.bin, frozenset(asked.role or Role), within=None)
    lists, taken = _lists(asked.crl or [one for one in (_folder("crl"),) if one.is_dir()], trust, at)
    verdict = verify_cms(cms, content, trust=trust, revocation=_revocation(asked, lists), at=at, expected=expected)
    sys.stdout.write(report(verdict, asked.language))
    if asked.evidence is not None:
        record = record_of((verdict.code, verdict.evidence), (cms, content), expected, taken.get)
        asked.evidence.write_text(json.dumps(record, indent=1))
    return ENDS[verdict.status]


def _lists(paths: Sequence[Path], trust: Trust, at: datetime) -> tuple[CrlStore, dict[str, bytes]]:
    """Return a store with the lists that had been published by the time, the newest last, and their DER by digest.

    What is no list of a pinned authority is named on standard error and left aside: it proves nothing.
    """
    found: list[tuple[Crl, bytes]] = []
    for path in files_in(paths, ".crl"):
        der = read_der(path)
        try:
            found.append((CrlStore(trust).accept(der), der))
        except CrlNotValid as refused:
            print(f"{path.name}: {refused}", file=sys.stderr)
    store = CrlStore(trust)
    begun = sorted(((crl, der) for crl, der in found if crl.this_update <= at + SKEW), key=lambda one: one[0].number)
    return store, {store.accept(der).sha256: der for _, der in begun}


def _revocation(asked: argparse.Namespace, lists: CrlStore) -> Revocation:
    if asked.ocsp is None:
        return lists
    return AnyOf((lists, OcspAnswer(read_file(asked.ocsp), bytes.fromhex(asked.nonce))))


def _verify_evidence(asked: argparse.Namespace) -> int:
    try:
        record = json.loads(read_file(asked.record))
    except (ValueError, RecursionError) as fault:
        raise RecordNotValid(f"{asked.record.name} is no JSON") from fault
    again = verify_again(record, Trust.from_folder(asked.trust) if asked.trust else None)
    sys.stdout.write(report(again.verdict, asked.language))
    if again.by != VERIFIER:
        print(remark("verifier", asked.language, verifier=again.by))
    for digest in again.missing:
        print(remark("missing", asked.language, digest=digest))
    for authority in again.own_authorities:
        print(remark("own", asked.language, digest=authority.sha256))
    if not again.agrees:
        print(remark("two", asked.language, told=again.told, found=again.verdict.code))
        return TWO_VERDICTS
    return ENDS[again.verdict.status]


def _codes(asked: argparse.Namespace) -> int:
    sys.stdout.write(catalogue.lines(asked.language))
    return 0


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)  # noqa: TID251 - a tool on anybody's machine, where no system tells the time.
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ALMATY)


if __name__ == "__main__":
    raise SystemExit(main())
