"""Headless Chromium on a phone's screen, driven by its own protocol: pages as a person's browser shows them."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from tests.programs import CHROMIUM

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
STARTING_SECONDS = 30.0
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']}"
FINDINGS = f"axe.run({RULES}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))"


class Tab:
    """One page in the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = count(1)
        self.faults: list[str] = []

    async def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Do one thing of the protocol and return its result."""
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            told = await self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                return dict(told["result"])

    async def open(self, address: str) -> None:
        """Open an address and wait until it is there."""
        self.faults.clear()
        await self.do("Page.navigate", url=address)
        while (await self._next()).get("method") != "Page.loadEventFired":
            pass

    async def run(self, script: str) -> Any:
        """Return what a script comes to; it is ours, no page's policy is asked."""
        told = await self.do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        """Press a key."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.do("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code)

    async def picture(self) -> bytes:
        """Return what is seen, whole, as PNG."""
        told = await self.do("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(told["data"])

    async def _next(self) -> dict[str, Any]:
        async with asyncio.timeout(STARTING_SECONDS):
            told = dict(json.loads((await self._socket.receive()).data))
        if told.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}:
            self.faults.append(json.dumps(told["params"])[:500])
        return told


@asynccontextmanager
async def phone(folder: Path) -> AsyncIterator[Tab]:
    """Start a browser with a phone's screen; it ends with the block."""
    browser = await asyncio.create_subprocess_exec(
        str(CHROMIUM.path), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank",
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = await _port_of(browser)
        async with aiohttp.ClientSession() as http:
            async with http.get(f"http://127.0.0.1:{port}/json/list") as told:
                [page] = [one for one in await told.json() if one["type"] == "page"]
            async with http.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                tab = Tab(socket)
                for domain in ("Page", "Runtime", "Log"):
                    await tab.do(f"{domain}.enable")
                await tab.do("Emulation.setDeviceMetricsOverride", **PHONE)
                yield tab
    finally:
        browser.terminate()
        await browser.wait()


async def _port_of(browser: asyncio.subprocess.Process) -> int:
    assert browser.stderr
    async with asyncio.timeout(STARTING_SECONDS):
        while line := await browser.stderr.readline():
            found = re.search(rb"DevTools listening on ws://127\.0\.0\.1:([0-9]+)/", line)
            if found:
                return int(found[1])
    raise AssertionError("the browser did not start")
