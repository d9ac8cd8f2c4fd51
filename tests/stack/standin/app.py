"""Answers every path with its process id, and logs its beginning and its end."""

import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


def create_app() -> App:
    """Return the application; it ends at once where the environment asks for it."""
    if "/broken/" in os.environ["KEYS_DIR"]:
        raise RuntimeError("asked to break")
    return answer


async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Take part in the server's life, or answer one request."""
    if scope["type"] == "lifespan":
        await receive()
        log("begins")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        log("ends")
        await send({"type": "lifespan.shutdown.complete"})
        return
    told = {
        "process_id": os.getpid(),
        "offset": os.environ["CLOCK_OFFSET_SECONDS"],
        "zones": os.environ["PYTHONTZPATH"],
    }
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def log(event: str) -> None:
    """Write a line as the services do; a fixed time, for nobody here reads a clock."""
    told = {"time": "2026-11-24T10:00:00.000+05:00", "event": event, "process_id": os.getpid()}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
