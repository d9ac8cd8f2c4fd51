"""Every command that the README shows is run, as a newcomer types it."""

import json
import os
import re
import subprocess

from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.clock import SystemClock
from stack.layout import PROJECT
from tests.journey.conftest import RealStack

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
KNOWN = {
    "./run --at 2026-11-24T10:00",  # `real_stack` starts the stack by this command.
    "./run test",  # This test is run by it.
}


def test_the_readme_shows_only_commands_that_are_run_by_a_test() -> None:
    shown = {block.strip() for block in BLOCKS}
    (by_hand,) = shown - KNOWN
    assert by_hand == _curl_lines()
    for command in re.findall(r"`(\./run [^`]+)`", README):
        assert command.split()[1] in {"demo", "--fresh"}, command


def test_the_curl_lines_end_in_a_sealed_certificate(real_stack: RealStack) -> None:
    data, gateway = real_stack.layout.root, real_stack.gateway
    script = _curl_lines().replace("http://127.0.0.1:8000", gateway).replace(".data/", f"{data}/")
    script = script.replace("./run sign", f"./run sign --data {data}")
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "no_proxy": "127.0.0.1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    document = (data / "certificate.jws").read_text()
    now = SystemClock().now()
    trust = Trust.from_folder(data / "trust")
    said = json.loads(open_sealed(document, typ="phc-document+json", trust=trust, at=now, bin="130040900012"))
    assert said["kind"] == "home-visit-certificate"
    assert done.stdout.rstrip().endswith(document)


def _curl_lines() -> str:
    (block,) = (block for block in BLOCKS if "curl" in block)
    return str(block.strip())
