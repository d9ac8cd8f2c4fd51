"""The evidence record and the command line: the same verdict again, on a machine that has nothing but the file."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nca_stub.responder import Responder
from shared.eds.__main__ import main
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.evidence import RecordNotValid, record_of, verify_again
from shared.eds.ocsp import OcspAnswer, question
from shared.eds.report import LABELS, ROLES
from shared.eds.trust import Trust
from shared.eds.verdict import Role
from tests.eds.bad_cases import ANY_KIND
from tests.eds.stage import AT, CITIZEN, CONTENT, IIN, OFFICIAL, OTHER_IIN, Stage

PROJECT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)


def record(stage: Stage, cms: bytes, folder: Path, expected: Expected = CITIZEN) -> dict[str, Any]:
    """Verify with a store that keeps its lists, and return the record as it would be read from its file."""
    store = CrlStore(stage.trust, folder)
    store.accept(stage.lists.full(AT))
    store.accept(stage.lists.delta(AT))
    verdict = stage.verdict(cms, expected, revocation=store)
    made = record_of((verdict.code, verdict.evidence), (cms, CONTENT), expected, store.list_with)
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


@pytest.mark.parametrize("stamped", [False, True], ids=["CAdES-BES", "CAdES-T"])
def test_a_record_is_verified_again_with_nothing_but_itself(either: Stage, tmp_path: Path, *, stamped: bool) -> None:
    cms = either.stamped() if stamped else either.sign()
    again = verify_again(record(either, cms, tmp_path))
    assert (again.verdict.code, again.agrees, again.missing) == ("confirmed", True, ())
    assert (again.at, again.content) == (AT, CONTENT)
    assert len(again.own_authorities) == 2
    assert again.verdict.signer is not None
    assert again.verdict.signer.iin == IIN


def test_a_record_of_an_official_is_verified_again(stage: Stage, tmp_path: Path) -> None:
    again = verify_again(record(stage, stage.sign(stage.official()), tmp_path, OFFICIAL))
    assert again.verdict.signer is not None
    assert (again.verdict.code, again.verdict.signer.role) == ("confirmed", Role.HEAD)


@pytest.mark.parametrize("name", ["other content", "expired yesterday", "another's key", "nothing", "content attached"])
def test_a_refusal_has_its_record_too(stage: Stage, tmp_path: Path, name: str) -> None:
    code, make = ANY_KIND[name]
    again = verify_again(record(stage, make(stage), tmp_path))
    assert (again.verdict.code, again.told) == (code, code)


def test_a_revocation_is_found_again_in_the_lists_of_the_record(own: Stage, tmp_path: Path) -> None:
    own.lists.revoke(own.citizen.certificate.serial_number, "certificateHold", AT - MINUTE)
    again = verify_again(record(own, own.sign(), tmp_path))
    assert (again.verdict.code, again.agrees) == ("on_hold", True)


def test_an_ocsp_answer_serves_in_the_record_in_place_of_a_list(either: Stage) -> None:
    chain, nonce = either.trust.chain_of(either.citizen.der), bytes(range(32))
    answer = OcspAnswer(Responder(either.authority).answer(question(chain, nonce), AT), nonce)
    cms = either.sign()
    verdict = either.verdict(cms, revocation=answer)
    made = record_of((verdict.code, verdict.evidence), (cms, CONTENT), CITIZEN, lambda _: None)
    assert made["lists"] == []
    assert verify_again(made).verdict.code == "confirmed"


def changed(told: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(told))
    change(copy)
    return copy


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told.update(content=base64.b64encode(b"another").decode()), "content_differs"),
        (lambda told: told["expected"].update(iin=OTHER_IIN), "iin_differs"),
        (lambda told: told.update(at="2030-01-01T00:00:00+00:00"), "expired"),
        (lambda told: told["lists"].clear(), "revocation_unknown"),
        (lambda told: told["lists"][0].update(deflated="eJw="), "revocation_unknown"),
        (lambda told: told["lists"][0].update(deflated=None), "revocation_unknown"),
        (lambda told: told["authorities"].pop(), "untrusted_authority"),
    ],
)
def test_a_changed_record_comes_to_another_verdict(
    stage: Stage, tmp_path: Path, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    again = verify_again(changed(record(stage, stage.sign(), tmp_path), change))
    assert (again.verdict.code, again.agrees) == (code, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(format="another"),
        lambda told: told.pop("cms"),
        lambda told: told.update(cms=7),
        lambda told: told.update(at="yesterday"),
        lambda told: told.update(authorities=["AAAA"]),
        lambda told: told["expected"].update(roles=["king"]),
        lambda told: told.update(lists=[{"deflated": "AAAA"}]),
        lambda told: told.update(ocsp=[{"answer": ""}]),
    ],
)
def test_a_damaged_record_is_told_as_damaged(
    stage: Stage, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    with pytest.raises(RecordNotValid):
        verify_again(changed(record(stage, stage.sign(), tmp_path), change))


def test_authorities_that_are_given_take_the_place_of_the_records_own(
    stage: Stage, gost: Stage, tmp_path: Path
) -> None:
    told = record(stage, stage.sign(), tmp_path)
    assert verify_again(told, stage.trust).own_authorities == ()
    assert verify_again(told, gost.trust).verdict.code == "untrusted_authority"


class TestCommandLine:
    """``python -m shared.eds``: what a person is told, and the number that it ends with."""

    @pytest.fixture
    def files(self, either: Stage, tmp_path: Path) -> Path:
        either.authority.write_trust(tmp_path / "trust")
        (tmp_path / "content").write_bytes(CONTENT)
        (tmp_path / "cms").write_bytes(either.sign())
        (tmp_path / "lists").mkdir()
        (tmp_path / "lists" / "full.crl").write_bytes(either.lists.full(AT))
        return tmp_path

    def run(self, files: Path, *more: str, cms: str = "cms", content: str = "content") -> int:
        given = ["--content", str(files / content), "--signature", str(files / cms)]
        around = ["--trust", str(files / "trust"), "--crl", str(files / "lists"), "--at", AT.isoformat()]
        return main(["verify", *given, *around, *more])

    @pytest.mark.parametrize(
        ("language", "words"),
        [("kk", "Қолтаңба расталды"), ("ru", "Подпись подтверждена"), ("en", "The signature is confirmed")],
    )
    def test_a_confirmed_signature_is_told_in_each_language(
        self, files: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
    ) -> None:
        assert self.run(files, "--language", language, "--iin", IIN) == 0
        told = capsys.readouterr().out
        assert words in told
        assert IIN in told
        assert "TEST" in told

    @pytest.mark.parametrize("form", ["base64", "PEM"])
    def test_a_signature_may_come_as_text(self, files: Path, form: str) -> None:
        text = base64.encodebytes((files / "cms").read_bytes())
        if form == "PEM":
            text = b"-----BEGIN CMS-----\n" + text + b"-----END CMS-----\n"
        (files / "text").write_bytes(text)
        assert self.run(files, cms="text") == 0

    def test_a_refusal_ends_with_1_and_says_what_differs(self, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (files / "content").write_bytes(CONTENT + b"\n")
        assert self.run(files, "--language", "en") == 1
        assert "What was signed is not the text that we gave out" in capsys.readouterr().out
        assert self.run(files, "--role", "head") == 1

    def test_without_lists_nobody_can_know_and_it_ends_with_3(self, files: Path) -> None:
        (files / "lists" / "full.crl").unlink()
        assert self.run(files) == 3

    def test_of_many_lists_the_newest_at_the_time_is_asked(
        self, files: Path, either: Stage, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A folder of all lists there ever were, beside one that is none, answers for any day."""
        for days in (0, 1, 2):
            at = AT + days * timedelta(days=1)
            # Names in another order than the numbers.
            (files / "lists" / f"{9 - days}.crl").write_bytes(either.lists.full(at))
        (files / "lists" / "junk.crl").write_bytes(b"<html>")
        assert self.run(files, "--language", "en") == 0
        told = capsys.readouterr()
        assert told.err == "junk.crl: malformed\n"
        assert "2026-11-24 10:00:00 to 2026-11-25 10:00:00" in told.out
        later = (AT + timedelta(days=2)).isoformat()
        assert self.run(files, "--at", later, "--language", "en") == 0
        assert "2026-11-26 10:00:00 to 2026-11-27 10:00:00" in capsys.readouterr().out

    def test_authorities_and_lists_are_found_in_the_environment_or_where_the_stack_keeps_them(
        self, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = [
            "verify",
            "--content",
            str(files / "content"),
            "--signature",
            str(files / "cms"),
            "--at",
            AT.isoformat(),
        ]
        monkeypatch.delenv("TRUST_DIR", raising=False)
        monkeypatch.delenv("CRL_DIR", raising=False)
        monkeypatch.chdir(files)
        assert main(given) == 2
        monkeypatch.setenv("TRUST_DIR", str(files / "trust"))
        assert main(given) == 3
        monkeypatch.setenv("CRL_DIR", str(files / "lists"))
        assert main(given) == 0
        monkeypatch.delenv("TRUST_DIR")
        monkeypatch.delenv("CRL_DIR")
        (files / ".data").mkdir()
        (files / "trust").rename(files / ".data" / "trust")
        (files / "lists").rename(files / ".data" / "crl")
        assert main(given) == 0

    def test_wrong_questions_end_with_2(
        self, files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TRUST_DIR", str(files / "nowhere"))
        assert self.run(files, cms="absent") == 2
        assert main(["verify", "--content", str(files / "content"), "--signature", str(files / "cms")]) == 2
        assert main(["verify-evidence", str(files / "cms")]) == 2
        (files / "trust" / "citizen.cer").write_bytes(b"junk")
        assert self.run(files) == 2
        assert len(capsys.readouterr().err.splitlines()) == 4

    def test_the_record_that_it_writes_is_verified_in_an_empty_place(self, files: Path, tmp_path: Path) -> None:
        assert self.run(files, "--evidence", str(files / "record.json")) == 0
        empty = tmp_path / "elsewhere"
        empty.mkdir()
        (empty / "record.json").write_bytes((files / "record.json").read_bytes())
        environment = {"PYTHONPATH": str(PROJECT), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
        command = [sys.executable, "-P", "-m", "shared.eds", "verify-evidence", "record.json", "--language", "en"]
        done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "The signature is confirmed." in done.stdout
        assert done.stdout.count("SHA-256") == 2

    def test_a_record_that_tells_otherwise_ends_with_4(self, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(files, "--evidence", str(files / "record.json")) == 0
        told = json.loads((files / "record.json").read_text())
        (files / "record.json").write_text(json.dumps(told | {"content": ""}))
        assert main(["verify-evidence", str(files / "record.json"), "--language", "en"]) == 4
        assert "The record tells confirmed, this verification content_differs." in capsys.readouterr().out

    def test_an_ocsp_answer_serves_in_place_of_lists(self, files: Path, either: Stage) -> None:
        chain, nonce = either.trust.chain_of(either.citizen.der), bytes(range(32))
        (files / "answer").write_bytes(Responder(either.authority).answer(question(chain, nonce), AT))
        (files / "lists" / "full.crl").unlink()
        assert self.run(files, "--ocsp", str(files / "answer"), "--nonce", nonce.hex()) == 0
        assert self.run(files, "--ocsp", str(files / "answer"), "--nonce", bytes(32).hex()) == 3


def test_every_role_and_label_is_told_in_three_languages() -> None:
    assert ROLES.keys() == set(Role)
    for text in (*ROLES.values(), *LABELS.values()):
        assert all(text.as_dict().values())


def test_a_store_keeps_every_list_it_took_and_gives_it_by_its_digest(own: Stage, tmp_path: Path) -> None:
    store = CrlStore(own.trust, tmp_path)
    first = store.accept(own.lists.full(AT))
    second = store.accept(own.lists.full(AT + timedelta(hours=1)))
    assert first.sha256 != second.sha256
    assert {len(store.list_with(one.sha256) or b"") > 0 for one in (first, second)} == {True}
    assert store.list_with("0" * 64) is None
    assert store.list_with("../../" + first.sha256) is None
    assert CrlStore(own.trust).list_with(first.sha256) is None


def test_a_record_serves_another_trust_of_the_same_authorities(stage: Stage, tmp_path: Path) -> None:
    told = record(stage, stage.sign(), tmp_path)
    fresh = Trust(stage.trust.anchors)
    assert verify_again(told, fresh).verdict == verify_cms(
        base64.b64decode(told["cms"]),
        CONTENT,
        trust=fresh,
        revocation=_lists(fresh, tmp_path),
        at=AT,
        expected=CITIZEN,
    )


def _lists(trust: Trust, folder: Path) -> CrlStore:
    store = CrlStore(trust, folder)
    assert store.restore() == ()
    return store
