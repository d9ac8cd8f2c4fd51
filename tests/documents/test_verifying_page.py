"""The commands of docs/verifying.md do what the page says, on a document of the tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.documents.conftest import LONGEST, Desk

PAGE = (ROOT / "docs/verifying.md").read_text(encoding="utf-8")
SHELL, OPENSSL = shutil.which("bash"), shutil.which("openssl")


@pytest.mark.skipif(SHELL is None or OPENSSL is None, reason="bash or openssl is not here")
def test_openssl_verifies_a_sealed_document_by_the_commands_of_the_page(desk: Desk, tmp_path: Path) -> None:
    block = PAGE.partition("## With `openssl` and `pdfsig`")[2].partition("```sh\n")[2].partition("\n```")[0]
    commands = "\n".join(line for line in block.splitlines() if not line.startswith("pdf"))
    (tmp_path / "answer.jws").write_text(desk.certificate())
    shutil.copytree(desk.trust_folder, tmp_path / ".data" / "trust")
    asked = [str(SHELL), "-e", "-c", commands]
    told = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False).stdout.decode(errors="replace")
    assert "Verified OK" in told
    assert "seal.pem: OK" in told
    assert f"BIN{LONGEST.bin}" in told


def test_the_page_names_what_there_is() -> None:
    for place in ("/verify", "/v1/status-lists/{service}/{bin}", "/.well-known/jwks.json", "/evidence"):
        assert place in PAGE
    for command in ("python -m shared.documents verify ", "python -m shared.documents verify-case "):
        assert command in PAGE
