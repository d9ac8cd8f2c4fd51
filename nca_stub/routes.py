"""What the authority publishes: its certificates, its revocation lists, and answers to OCSP requests."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from nca_stub.authority import Authority
from nca_stub.lists import RevocationLists
from nca_stub.moods import CrlMood, Moods
from nca_stub.responder import Responder
from shared.kit.clock import Clock
from shared.kit.plain import PlainRoute
from shared.kit.problems import Unavailable

LONG_AGO: Final = timedelta(days=2)
_GARBAGE = HTMLResponse("<html><body>Сервис временно недоступен</body></html>")
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_OCSP_BODY = {"requestBody": {"required": True, "content": {"application/ocsp-request": _BINARY}}}


def published_routes(authority: Authority, clock: Clock, moods: Moods) -> APIRouter:
    """Return the routes that anyone may ask."""
    routes = APIRouter(route_class=PlainRoute, tags=["authority"])
    desk = _Desk(authority, clock, moods)

    @routes.get("/authorities/root.cer", summary="The root's certificate (DER)")
    async def get_root(_: Request) -> Response:
        return _certificate(authority.root)

    @routes.get("/authorities/issuing.cer", summary="The issuing authority's certificate (DER)")
    async def get_issuing(_: Request) -> Response:
        return _certificate(authority.issuing)

    @routes.get("/crl/full.crl", summary="The full revocation list (DER)")
    async def get_full_list(request: Request) -> Response:
        return await desk.give_list(request, desk.lists.full)

    @routes.get("/crl/delta.crl", summary="What changed since the base of the hour (DER)")
    async def get_delta_list(request: Request) -> Response:
        return await desk.give_list(request, desk.lists.delta)

    @routes.post("/ocsp", summary="Whether a certificate stands (RFC 6960)", openapi_extra=_OCSP_BODY)
    async def answer_ocsp(request: Request) -> Response:
        return await desk.answer(await request.body())

    return routes


class _Desk:
    """Gives out lists and answers, in whatever mood the authority is."""

    def __init__(self, authority: Authority, clock: Clock, moods: Moods) -> None:
        self.lists = RevocationLists(authority)
        self._responder = Responder(authority)
        self._clock = clock
        self._moods = moods

    async def give_list(self, request: Request, publish: Callable[[datetime], bytes]) -> Response:
        mood = self._moods.present.crl
        if mood == "down":
            raise Unavailable
        if mood == "garbage":
            return _GARBAGE
        der = await asyncio.to_thread(self._list_in_mood, mood, publish)
        tag = f'"{hashlib.sha256(der).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(der, media_type="application/pkix-crl", headers={"ETag": tag})

    async def answer(self, asked: bytes) -> Response:
        mood = self._moods.present.ocsp
        if mood == "down":
            raise Unavailable
        if mood == "garbage":
            return _GARBAGE
        now = self._clock.now() - (LONG_AGO if mood == "stale" else timedelta())
        answer = await asyncio.to_thread(self._responder.answer, asked, now)
        return Response(answer, media_type="application/ocsp-response")

    def _list_in_mood(self, mood: CrlMood, publish: Callable[[datetime], bytes]) -> bytes:
        now = self._clock.now()
        if mood == "stale":
            return self.lists.build_full(self.lists.number() + 1, now - LONG_AGO).public_bytes(Encoding.DER)
        if mood == "rolled_back":
            return self.lists.build_full(0, now).public_bytes(Encoding.DER)
        return publish(now)


def _certificate(certificate: x509.Certificate) -> Response:
    return Response(certificate.public_bytes(Encoding.DER), media_type="application/pkix-cert")
