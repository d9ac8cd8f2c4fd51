"""The commands of docs/verifying.md do what the page says, on a document of the tests."""

import asyncio
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gateway.verification import published_keys
from shared.documents.sealed import Sealed
from tests.architecture.sources import ROOT
from tests.documents.conftest import LONGEST, Desk
from tests.programs import BASH, JOSE, NODE, OPENSSL, PDFSIG, needs

PAGE = (ROOT / "docs/verifying.md").read_text(encoding="utf-8")


def block(heading: str, kind: str) -> str:
    """The first block of code under a heading of the page."""
    return PAGE.partition(f"## {heading}")[2].partition(f"```{kind}\n")[2].partition("\n```")[0]


@needs(BASH, OPENSSL, PDFSIG)
def test_openssl_and_pdfsig_verify_a_document_by_the_commands_of_the_page(desk: Desk, tmp_path: Path) -> None:
    jws = desk.certificate()
    (tmp_path / "answer.pdf").write_bytes(asyncio.run(desk.pdf(jws)))
    shutil.copytree(desk.trust_folder, tmp_path / ".data" / "trust")
    asked = [str(BASH.path), "-e", "-c", block("With `openssl` and `pdfsig`", "sh")]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False)
    told = done.stdout.decode(errors="replace")
    assert done.returncode == 0, (told, done.stderr)
    assert (tmp_path / "answer.jws").read_text(encoding="utf-8") == jws
    for words in ("Signature is Valid", "Total document signed", "Verified OK", "seal.pem: OK", f"BIN{LONGEST.bin}"):
        assert words in told, words


@pytest.fixture
def gateway(desk: Desk) -> Iterator[str]:
    """The address of a server that publishes the keys of the seals as the gateway does."""
    keys = json.dumps({"keys": published_keys(desk.trust_folder.parent)}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/.well-known/jwks.json"
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(keys if found else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library names it.
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Keys) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@needs(NODE, JOSE)
@pytest.mark.parametrize("changed", [False, True])
def test_node_verifies_a_document_by_the_program_of_the_page(
    desk: Desk, gateway: str, tmp_path: Path, *, changed: bool
) -> None:
    jws = desk.certificate()
    (tmp_path / "verify.mjs").write_text(block("With the `jose` package of Node", "js"), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(ROOT / "tests/npm/node_modules")
    (tmp_path / "answer.jws").write_text(jws.replace(".", ".e", 1) if changed else jws)
    command = [str(NODE.path), "verify.mjs", gateway, "answer.jws"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (told.returncode == 0) is not changed, told.stderr
    assert (Sealed.read(jws).document["number"] in told.stdout) is not changed


def test_the_page_names_what_there_is() -> None:
    for place in ("/verify", "/v1/status-lists/{service}/{bin}", "/.well-known/jwks.json", "/evidence"):
        assert place in PAGE
    for command in ("python -m shared.documents verify ", "python -m shared.documents verify-case "):
        assert command in PAGE
