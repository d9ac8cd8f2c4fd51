"""What the authority publishes: its certificates, its revocation lists, answers to OCSP requests, time stamps."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from nca_stub.authority import Authority
from nca_stub.lists import RevocationLists
from nca_stub.moods import CrlMood, Moods
from nca_stub.responder import Responder
from nca_stub.stamper import Stamper
from shared.kit.clock import Clock
from shared.kit.openapi_parts import sends
from shared.kit.plain import PlainRoute
from shared.kit.problems import Unavailable

LONG_AGO: Final = timedelta(days=2)
_GARBAGE = HTMLResponse("<html><body>Сервис временно недоступен</body></html>")
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_OCSP_BODY = {"requestBody": {"required": True, "content": {"application/ocsp-request": _BINARY}}}
_TSP_BODY = {"requestBody": {"required": True, "content": {"application/timestamp-query": _BINARY}}}
_LIST: Final = "application/pkix-crl"
_CERTIFICATE: Final = "application/pkix-cert"
_ANSWER: Final = "application/ocsp-response"
_STAMP: Final = "application/timestamp-reply"


def _der(kind: str, description: str, *headers: str) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that answers in DER."""
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": description, "content": {kind: _BINARY}, **sends(*headers)}
    }
    return told | ({304: {"description": "Unchanged", **sends(*headers)}} if headers else {})


def published_routes(authority: Authority, clock: Clock, moods: Moods) -> APIRouter:
    """Return the routes that anyone may ask of one authority; those of the GOST authority stand under ``/gost``."""
    mark = "gost" if authority.kind == "gost" else ""
    routes = APIRouter(prefix=f"/{mark}" if mark else "", route_class=PlainRoute, tags=["authority"])
    desk = _Desk(authority, clock, moods)
    for name, certificate in (("root", authority.root), ("issuing", authority.issuing)):
        _add_certificate(routes, name, certificate)
    lists = _der(_LIST, "A revocation list", "ETag")

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

    @routes.post("/tsp", response_class=Response, responses=_der(_STAMP, "A stamp"), openapi_extra=_TSP_BODY)
    async def stamp_time(request: Request) -> Response:
        """Have a time stamp given for a digest (RFC 3161)."""
        return await desk.stamp(await request.body())

    for route in routes.routes:
        if mark and isinstance(route, APIRoute):
            route.operation_id = (route.operation_id or route.name).replace("_", f"_{mark}_", 1)
    return routes


def _add_certificate(routes: APIRouter, name: str, certificate: x509.Certificate) -> None:
    responses = _der(_CERTIFICATE, "A certificate")

    operation = f"get_{name}_certificate"

    @routes.get(f"/authorities/{name}.cer", response_class=Response, responses=responses, operation_id=operation)
    async def get_certificate(_: Request) -> Response:
        """Read an authority's certificate (DER)."""
        return Response(certificate.public_bytes(Encoding.DER), media_type=_CERTIFICATE)


class _Desk:
    """Gives out lists and answers, in whatever mood the authority is."""

    def __init__(self, authority: Authority, clock: Clock, moods: Moods) -> None:
        self.lists = RevocationLists(authority)
        self._responder = Responder(authority)
        self._stamper = Stamper(authority)
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

    async def stamp(self, asked: bytes) -> Response:
        stamp = await asyncio.to_thread(self._stamper.answer, asked, self._clock.now())
        return Response(stamp, media_type=_STAMP)

    def _list_in_mood(self, mood: CrlMood, publish: Callable[[datetime], bytes]) -> bytes:
        now = self._clock.now()
        if mood == "stale":
            return self.lists.build_full(self.lists.number() + 1, now - LONG_AGO).public_bytes(Encoding.DER)
        if mood == "rolled_back":
            return self.lists.build_full(0, now).public_bytes(Encoding.DER)
        return publish(now)
