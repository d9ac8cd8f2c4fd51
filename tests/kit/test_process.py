import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

COMMAND = (
    *("-m", "uvicorn", "--factory", "tests.kit.small_app:create_app", "--port", "0"),
    *("--http", "shared.kit.server:GuardedProtocol", "--no-access-log"),
)
CANARY = "900101300123"


@asynccontextmanager
async def small_service() -> AsyncIterator[tuple[Process, int]]:
    """Start the small service as operators do; gives it and its port."""
    environment = {**os.environ, "CLOCK_OFFSET_SECONDS": "86400", "NAME": "some-machine"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *COMMAND, stdout=PIPE, stderr=STDOUT, env=environment
    )
    try:
        async with asyncio.timeout(30):
            while "running on" not in (event := await next_event(process))["event"]:
                pass
        yield process, int(event["event"].split(":")[2].split(" ")[0])
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def next_event(process: Process) -> dict[str, Any]:
    """Read one line of the log; each must be JSON."""
    assert process.stdout is not None
    line = json.loads(await process.stdout.readline())
    assert list(line)[:4] == ["time", "level", "event", "process"]
    assert line["process"] == "small"
    return dict(line)


async def ask(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


async def test_a_process_told_to_end_finishes_what_it_has_begun_and_closes() -> None:
    async with small_service() as (process, port), asyncio.timeout(30):
        asked = asyncio.create_task(ask(port, "/slow"))
        while (await next_event(process))["event"] != "slow.begun":
            pass
        process.send_signal(signal.SIGTERM)
        assert (await asked).endswith(b"done")
        events = []
        assert process.stdout is not None
        while not process.stdout.at_eof():
            line = await process.stdout.readline()
            events += [json.loads(line)["event"]] if line else []
        assert "closed" in events


async def test_nothing_a_process_writes_holds_what_was_asked() -> None:
    async with small_service() as (process, port), asyncio.timeout(30):
        assert b" 500 " in (await ask(port, f"/broken/{CANARY}?iin={CANARY}"))[:20]
        assert b" 400 " in (await ask(port, f"/\x00{CANARY}"))[:20]
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        rest = (await process.stdout.read()).decode()
        assert "LookupError" in rest
        assert CANARY not in rest
        for line in rest.splitlines():
            json.loads(line)
