"""Waiting for what another process does: asked again and again until it is so, with an end."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 20.0


def until(so: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Ask until it is so; tell whether it came to be within the patience (seconds)."""
    end = time.monotonic() + patience
    while not so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


async def eventually(so: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Let the loop run on until it is so; TimeoutError when it does not come to be within the patience (seconds)."""
    async with asyncio.timeout(patience):
        while not so():  # noqa: ASYNC110 - what is waited for knows nothing of being waited for.
            await asyncio.sleep(0.005)


def lives(process_id: int) -> bool:
    """Tell whether a process of this id is there and runs; one that only waits to be counted out does not."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process_id}/stat")
    return (
        not state.exists() or state.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
    )
