"""The gateway of a whole system, served on a port of the test's own process, for a browser to open."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from tests.system.system import System


@asynccontextmanager
async def served(system: System) -> AsyncIterator[str]:
    """Serve the gateway's application as long as the block lasts; its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(system.apps["gateway"], lifespan="off", log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    working = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await working
        listening.close()
