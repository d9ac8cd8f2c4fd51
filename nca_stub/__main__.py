"""The command line: make a test key, sign as NCALayer does, revoke. Every key it makes is a TEST key.

python -m nca_stub key --iin 900101300017 --name "АХМЕТОВА АЙГҮЛ БОЛАТҚЫЗЫ" --out aigul.pem [--algorithm gost512]
python -m nca_stub sign --key aigul.pem < content > content.cms
python -m nca_stub sign --key GOST512_….p12 --password … < content > content.cms   (keys of the public test authority)
python -m nca_stub revoke --key aigul.pem
"""

import argparse
import base64
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, get_args

from nca_stub.authority import KINDS, Authority, create_authority
from nca_stub.lists import RevocationLists, lists_of
from nca_stub.orders import Order
from nca_stub.register import HOLD, OFFSET_FILE, Reason, write_file
from nca_stub.signing import sign_with_file
from nca_stub.stamper import Stamper
from shared.eds.certificate import Certificate
from shared.eds.signed_data import SignedData
from shared.eds.verdict import Role
from shared.kit.clock import SystemClock
from shared.law.hours import ALMATY
from shared.law.iin import is_iin

_ROLES: Final = ("head", "right_to_sign", "employee")
_ALGORITHMS: Final = ("rsa", "gost512", "gost256")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, and says in one line what is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        {"key": _make_key, "sign": _sign, "revoke": _revoke, "release": _release}[asked.command](asked)
    except (OSError, ValueError, KeyError) as fault:
        print(f"nca_stub {asked.command}: {fault}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nca_stub", description="The test certification authority.")
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("NCA_DIR", ".data/nca")))
    parser.add_argument("--at", help="the time to work at, for example 2026-11-24T10:00 (Almaty unless it says more)")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_key_options(commands.add_parser("key", help="make a test key with its certificate, in one PEM"))
    sign = commands.add_parser("sign", help="sign bytes: detached CAdES-BES, DER")
    sign.add_argument("--key", type=Path, required=True, help="a PEM of ours, or a PKCS #12 of a test authority")
    sign.add_argument("--password", default="", help="the PKCS #12's; or in the environment, P12_PASSWORD")
    sign.add_argument("--stamp", action="store_true", help="add a time stamp: CAdES-T")
    sign.add_argument("--in", type=Path, dest="source", help="standard input unless given")
    sign.add_argument("--out", type=Path, help="standard output unless given")
    sign.add_argument("--base64", action="store_true", help="write base64, as NCALayer's body.result is")
    revoke = commands.add_parser("revoke", help="revoke a key's certificate")
    revoke.add_argument("--key", type=Path, required=True, help="the PEM with the certificate")
    revoke.add_argument("--reason", choices=get_args(Reason), default=HOLD)
    release = commands.add_parser("release", help="release a key's certificate from its hold")
    release.add_argument("--key", type=Path, required=True, help="the PEM with the certificate")
    return parser


def _add_key_options(key: argparse.ArgumentParser) -> None:
    key.add_argument("--iin", required=True)
    key.add_argument("--name", required=True, help="surname, given name, patronymic")
    key.add_argument("--algorithm", choices=_ALGORITHMS, default="rsa", help="RSA-2048, or GOST 34.10-2015")
    key.add_argument("--auth", action="store_true", help="an authentication key instead of a signing key")
    key.add_argument("--bin", help="the employer's BIN, for an official's key")
    key.add_argument("--organisation", default="TEST", help="the employer's name")
    key.add_argument("--role", choices=_ROLES, default="head")
    key.add_argument("--out", type=Path, help="standard output unless given")


def _make_key(asked: argparse.Namespace) -> None:
    if not is_iin(asked.iin, checksum=False) or (asked.bin and not is_iin(asked.bin, checksum=False)):
        raise ValueError("an IIN or BIN is twelve digits")
    now = _now(asked)
    authority = create_authority(asked.folder, now, "rsa" if asked.algorithm == "rsa" else "gost")
    if asked.bin:
        order = Order.official(asked.iin, asked.name, (asked.bin, asked.organisation), Role(asked.role), now)
    else:
        order = Order.individual(asked.iin, asked.name, now, auth=asked.auth)
    if asked.algorithm != "rsa":
        order = order.in_gost(asked.algorithm)
    pem = authority.issue(order).pem()
    if asked.out:
        write_file(asked.out, pem, secret=True)
    else:
        sys.stdout.write(pem.decode())


def _sign(asked: argparse.Namespace) -> None:
    content = asked.source.read_bytes() if asked.source else sys.stdin.buffer.read()
    now = _now(asked)
    cms = sign_with_file(content, asked.key, now, asked.password or os.environ.get("P12_PASSWORD", ""))
    if asked.stamp:
        cms = Stamper(_authority_for(asked, SignedData.read(cms).certificate)).stamped(cms, now)
    if asked.base64:
        cms = base64.b64encode(cms)
    if asked.out:
        asked.out.write_bytes(cms)
    else:
        sys.stdout.buffer.write(cms)


def _revoke(asked: argparse.Namespace) -> None:
    serial = _serial(asked.key)
    _lists(asked, serial).revoke(serial, asked.reason, _now(asked))


def _release(asked: argparse.Namespace) -> None:
    serial = _serial(asked.key)
    _lists(asked, serial).release(serial, _now(asked))


def _lists(asked: argparse.Namespace, serial: int) -> RevocationLists:
    return lists_of(_authorities(asked), serial)


def _authorities(asked: argparse.Namespace) -> list[Authority]:
    return [create_authority(asked.folder, _now(asked), kind) for kind in KINDS]


def _authority_for(asked: argparse.Namespace, certificate: bytes) -> Authority:
    """Return the authority of our own whose desk stamps a signer's message: of the same kind as the signer's key."""
    rsa, gost = _authorities(asked)
    return rsa if Certificate.read(certificate).rsa_bits else gost


def _serial(pem: Path) -> int:
    return Certificate.read_all(pem)[0].serial


def _now(asked: argparse.Namespace) -> datetime:
    """Return the time asked for, or the running system's: its clock may be ahead of the machine's."""
    if asked.at:
        at = datetime.fromisoformat(asked.at)
        return at if at.tzinfo else at.replace(tzinfo=ALMATY)
    told = os.environ.get("CLOCK_OFFSET_SECONDS")
    kept = asked.folder / OFFSET_FILE
    if told is None and kept.is_file():
        told = kept.read_text()
    return SystemClock(timedelta(seconds=float(told or 0))).now()


if __name__ == "__main__":
    raise SystemExit(main())
