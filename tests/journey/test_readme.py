"""Every command that the README shows is run, as a newcomer types it."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.clock import SystemClock
from stack.layout import PROJECT
from tests.journey.conftest import RealStack

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
OPTIONS = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("conftest.py"))
KNOWN = {
    "./run --at 2026-11-24T10:00",  # `real_stack` starts the stack by this command.
    "./run test",  # This test is run by it.
}


def test_the_readme_shows_only_commands_that_are_run_by_a_test() -> None:
    shown = {block.strip() for block in BLOCKS}
    assert shown - KNOWN == set(_curl_lines())
    for command in re.findall(r"`(\./run [^`]+)`", README):
        verb, *words = command.split()[1:]
        assert verb in {"demo", "--fresh", "test"}, command
        # Longer forms of tests are too long for a test: what they name is there at least.
        for word in words:
            assert (PROJECT / word).exists() or word == "-s" or f'"{word}"' in OPTIONS, command


def test_the_curl_lines_end_in_a_sealed_certificate(real_stack: RealStack) -> None:
    data = real_stack.layout.root
    said_by_curl = _run(real_stack, _curl_lines()[0])
    document = (data / "certificate.jws").read_text()
    now = SystemClock().now()
    trust = Trust.from_folder(data / "trust")
    said = json.loads(open_sealed(document, typ="phc-document+json", trust=trust, at=now, bin="130040900012"))
    assert said["kind"] == "home-visit-certificate"
    assert said_by_curl.rstrip().endswith(document)


def test_at_8_2_ap_8_2_the_curl_lines_attach_book_and_cancel(real_stack: RealStack) -> None:
    by_hand, more = _curl_lines()
    where = by_hand.splitlines()[0]
    assert where.startswith("api=")
    told = list(_answers(_run(real_stack, f"{where}\n{more}")))
    attached, own, free, booked, certificate, cancelled, requests = told
    assert (attached["status"], booked["status"], cancelled["state"]) == ("granted", "granted", "cancelled_by_citizen")
    assert own["attachments"][0]["provider"]["bin"] == certificate["provider"]["bin"] == "130040900012"
    wanted = json.loads((PROJECT / "docs/examples/appointment.json").read_text(encoding="utf-8"))["form"]
    assert wanted["starts_at"] in {slot["starts_at"] for slot in free["slots"]}
    assert certificate["appointment"]["from"] == wanted["starts_at"]
    assert requests["requests"][0]["status"] == "cancelled"


def _answers(printed: str) -> Iterator[Any]:
    """Read the JSON that stands in a row, as curl prints it."""
    while printed := printed.lstrip():
        answer, end = json.JSONDecoder().raw_decode(printed)
        yield answer
        printed = printed[end:]


def _run(stack: RealStack, script: str) -> str:
    """Run what the README shows, against this stack; return what it prints."""
    data = stack.layout.root
    script = script.replace("http://127.0.0.1:8000", stack.gateway).replace(".data/", f"{data}/")
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
    return done.stdout


def _curl_lines() -> list[str]:
    return [block.strip() for block in BLOCKS if "curl" in block]
