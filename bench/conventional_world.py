"""What one process of the usual way holds, and how it is called and calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bench.conventional_parts import Envelopes, Seals
from bench.floor_parts import POOL
from bench.scene import Scene, scene_of_environment


class World:
    """What one process holds."""

    def __init__(self, role: str) -> None:
        self.scene: Scene = scene_of_environment()
        url = make_url(self.scene.database).set(drivername="postgresql+asyncpg")
        self.engine = create_async_engine(url, pool_size=POOL, max_overflow=0)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.http = httpx.AsyncClient(timeout=5.0, trust_env=False)
        self.envelopes, self.seals = Envelopes(self.scene, role), Seals(self.scene)

    async def database(self) -> AsyncIterator[AsyncSession]:
        """Lend a session for one request."""
        async with self.sessions() as session:
            yield session

    async def opened(self, request: Request) -> None:
        """Open the envelope of a call."""
        caller = "gateway" if request.url.path == "/requests" else "home_visit"
        self.envelopes.open(caller, request.headers.get("authorization", ""), request.url.path, await request.body())

    async def post(self, role: str, path: str, body: bytes) -> httpx.Response:
        """Call another process; raises httpx.HTTPStatusError for anything but success."""
        headers = self.envelopes.seal(role, path, body)
        response = await self.http.post(self.scene.url_of(role) + path, content=body, headers=headers)
        return response.raise_for_status()

    def app(self) -> FastAPI:
        """Return an application that closes all of it when it ends."""

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            yield
            await self.http.aclose()
            await self.engine.dispose()

        return FastAPI(lifespan=lifespan)
