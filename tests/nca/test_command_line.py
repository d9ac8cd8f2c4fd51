"""The command line for people with curl: a key, a signature in a pipe, a revocation."""

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nca_stub.__main__ import main
from nca_stub.authority import KINDS, create_authority
from nca_stub.lists import RevocationLists
from nca_stub.register import OFFSET_FILE
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.profile import bins_of
from shared.eds.signed_data import SIGNING_TIME, SignedData
from shared.eds.trust import Trust
from tests.eds.stage import AT, BIN, CONTENT, IIN, NAME, OFFICIAL

PROJECT = Path(__file__).parents[2]


def command(folder: Path, *arguments: str) -> int:
    return main(["--folder", str(folder / "nca"), "--at", AT.isoformat(), *arguments])


@pytest.fixture
def pem(nca_folder: Path) -> Path:
    path = nca_folder / "citizen.pem"
    assert command(nca_folder, "key", "--iin", IIN, "--name", NAME, "--out", str(path)) == 0
    return path


def code(folder: Path, cms: bytes, expected: Expected) -> str:
    authorities = [create_authority(folder / "nca", AT, kind) for kind in KINDS]
    for authority in authorities:
        authority.write_trust(folder / "trust")
    trust = Trust.from_folder(folder / "trust")
    store = CrlStore(trust)
    for authority in authorities:
        store.accept(RevocationLists(authority).full(AT))
    return verify_cms(cms, CONTENT, trust=trust, revocation=store, at=AT, expected=expected).code


def signed(folder: Path, pem: Path, *options: str) -> bytes:
    (folder / "content").write_bytes(CONTENT)
    where = ("--in", str(folder / "content"), "--out", str(folder / "cms"))
    assert command(folder, "sign", "--key", str(pem), *where, *options) == 0
    return (folder / "cms").read_bytes()


@pytest.mark.parametrize("algorithm", ["rsa", "gost512", "gost256"])
def test_a_key_signs_and_is_revoked(nca_folder: Path, algorithm: str) -> None:
    pem = nca_folder / "citizen.pem"
    who = ("--iin", IIN, "--name", NAME, "--algorithm", algorithm)
    assert command(nca_folder, "key", *who, "--out", str(pem)) == 0
    assert code(nca_folder, signed(nca_folder, pem), Expected(IIN)) == "confirmed"
    assert command(nca_folder, "revoke", "--key", str(pem)) == 0
    assert code(nca_folder, signed(nca_folder, pem), Expected(IIN)) == "on_hold"
    assert command(nca_folder, "release", "--key", str(pem)) == 0
    assert code(nca_folder, signed(nca_folder, pem), Expected(IIN)) == "confirmed"


def test_a_key_file_is_marked_test_and_is_the_owners_alone(pem: Path) -> None:
    (certificate,) = Certificate.read_all(pem)
    assert b"TEST" in certificate.issuer
    assert stat.S_IMODE(pem.stat().st_mode) == 0o600


def test_an_officials_key_signs_for_the_organisation(nca_folder: Path) -> None:
    path = nca_folder / "head.pem"
    who = ("--iin", IIN, "--name", NAME, "--bin", BIN, "--organisation", "TEST", "--role", "head")
    assert command(nca_folder, "key", *who, "--out", str(path)) == 0
    assert bins_of(Certificate.read_all(path)[0]) == (BIN,)
    assert code(nca_folder, signed(nca_folder, path), OFFICIAL) == "confirmed"


def test_an_authentication_key_does_not_sign(nca_folder: Path) -> None:
    path = nca_folder / "auth.pem"
    assert command(nca_folder, "key", "--iin", IIN, "--name", NAME, "--auth", "--out", str(path)) == 0
    assert code(nca_folder, signed(nca_folder, path), Expected(IIN)) == "not_for_signing"


@pytest.mark.parametrize("algorithm", ["rsa", "gost512"])
def test_a_time_stamp_is_added_where_it_is_asked_for(nca_folder: Path, algorithm: str) -> None:
    path = nca_folder / "citizen.pem"
    who = ("--iin", IIN, "--name", NAME, "--algorithm", algorithm)
    assert command(nca_folder, "key", *who, "--out", str(path)) == 0
    cms = signed(nca_folder, path, "--stamp")
    assert len(SignedData.read(cms).unsigned) == 1
    assert code(nca_folder, cms, Expected(IIN)) == "confirmed"


def test_base64_is_what_ncalayer_returns(nca_folder: Path, pem: Path) -> None:
    told = signed(nca_folder, pem, "--base64")
    assert code(nca_folder, base64.b64decode(told, validate=True), Expected(IIN)) == "confirmed"


def test_what_is_wrong_is_said_in_one_line(nca_folder: Path, pem: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(nca_folder, "sign", "--key", str(nca_folder / "absent.pem")) == 1
    assert command(nca_folder, "key", "--iin", "12", "--name", NAME) == 1
    assert command(nca_folder, "release", "--key", str(pem)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_it_signs_in_a_pipe_at_the_running_systems_time(nca_folder: Path, pem: Path) -> None:
    (nca_folder / "nca" / OFFSET_FILE).write_text(str(40 * 365 * 86_400))
    environment = {name: value for name, value in os.environ.items() if name != "CLOCK_OFFSET_SECONDS"}
    arguments = [sys.executable, "-m", "nca_stub", "--folder", str(nca_folder / "nca"), "sign", "--key", str(pem)]
    done = subprocess.run(
        arguments, cwd=PROJECT, env=environment, input=CONTENT, capture_output=True, check=True, timeout=60
    )
    # The machine is past 2020, and the running system forty years ahead of it.
    signed_at = SignedData.read(done.stdout).attributes[SIGNING_TIME].content
    assert int(signed_at[:2]) >= 60
