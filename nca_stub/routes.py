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
from shared.kit.openapi_parts import sends
from shared.kit.plain import PlainRoute
from shared.kit.problems import Unavailable

LONG_AGO: Final = timedelta(days=2)
_GARBAGE = HTMLResponse("<html><body>Сервис временно недоступен</body></html>")
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_OCSP_BODY = {"requestBody": {"required": True, "content": {"application/ocsp-request": _BINARY}}}
_LIST: Final = "application/pkix-crl"
_CERTIFICATE: Final = "application/pkix-cert"
_ANSWER: Final = "application/ocsp-response"


def _der(kind: str, description: str, *headers: str) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that answers in DER."""
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": description, "content": {kind: _BINARY}, **sends(*headers)}
    }
    return told | ({304: {"description": "Unchanged", **sends(*headers)}} if headers else {})


def published_routes(authority: Authority, clock: Clock, moods: Moods) -> APIRouter:
    """Return the routes that anyone may ask."""
    routes = APIRouter(route_class=PlainRoute, tags=["authority"])
    desk = _Desk(authority, clock, moods)
    lists = _der(_LIST, "A revocation list", "ETag")

    @routes.get("/authorities/root.cer", response_class=Response, responses=_der(_CERTIFICATE, "A certificate"))
    async def get_root(_: Request) -> Response:
        """Read the root's certificate (DER)."""
        return _certificate(authority.root)

    @routes.get("/authorities/issuing.cer", response_class=Response, responses=_der(_CERTIFICATE, "A certificate"))
    async def get_issuing(_: Request) -> Response:
        """Read the issuing authority's certificate (DER)."""
        return _certificate(authority.issuing)

    @routes.get("/crl/full.crl", response_class=Response, responses=lists)
    async def get_full_list(request: Request) -> Response:
        """Read the full revocation list (DER)."""
        return await desk.give_list(request, desk.lists.full)

    @routes.get("/crl/delta.crl", response_class=Response, responses=lists)
    async def get_delta_list(request: Request) -> Response:
        """Read what changed since the base of the hour (DER)."""
        return await desk.give_list(request, desk.lists.delta)

    @routes.post("/ocsp", response_class=Response, responses=_der(_ANSWER, "An answer"), openapi_extra=_OCSP_BODY)
    async def answer_ocsp(request: Request) -> Response:
        """Ask whether a certificate stands (RFC 6960)."""
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
        return Response(der, media_type=_LIST, headers={"ETag": tag})

    async def answer(self, asked: bytes) -> Response:
        mood = self._moods.present.ocsp
        if mood == "down":
            raise Unavailable
        if mood == "garbage":
            return _GARBAGE
        now = self._clock.now() - (LONG_AGO if mood == "stale" else timedelta())
        answer = await asyncio.to_thread(self._responder.answer, asked, now)
        return Response(answer, media_type=_ANSWER)

    def _list_in_mood(self, mood: CrlMood, publish: Callable[[datetime], bytes]) -> bytes:
        now = self._clock.now()
        if mood == "stale":
            return self.lists.build_full(self.lists.number() + 1, now - LONG_AGO).public_bytes(Encoding.DER)
        if mood == "rolled_back":
            return self.lists.build_full(0, now).public_bytes(Encoding.DER)
        return publish(now)


def _certificate(certificate: x509.Certificate) -> Response:
    return Response(certificate.public_bytes(Encoding.DER), media_type=_CERTIFICATE)
