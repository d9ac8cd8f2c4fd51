"""How a lookup is answered: truthfully and sealed, or as the mood will have it."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Final

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from person_registry_stub.forgery import forged_seal, tampered, without_algorithm
from person_registry_stub.moods import Mood, Moods
from person_registry_stub.wire import Cut, Drip, Late
from shared.eds.jws import Seal
from shared.kit.clock import Clock
from shared.kit.registry import MEDIA_TYPE, TYPE

ELSEWHERE: Final = "/control/elsewhere"
MIB: Final = 1024 * 1024
_PAGE: Final = "<!doctype html><title>503</title><h1>Жүйе жаңартылуда / Ведутся технические работы</h1>"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question: the number asked for, its nonce, another number that exists, and who can tell of either.

    ``tell(asked, nonce, at, about)`` returns the statement in bytes.
    """

    number: str
    nonce: str
    another: str
    tell: Callable[[str, str, datetime, str | None], bytes]


class Desk:
    """Answers lookups in the present mood."""

    def __init__(self, seal: Seal, clock: Clock, moods: Moods) -> None:
        self._seal = seal
        self._clock = clock
        self._moods = moods

    def answer(self, lookup: Lookup) -> Response:
        """Return the response to one lookup."""
        mood = self._moods.towards(lookup.number)
        sealed = self._sealed(mood, lookup)
        match mood:
            case Mood.SLOW:
                return Late(sealed, MEDIA_TYPE, self._moods.present.seconds)
            case Mood.DRIP:
                return Drip(sealed, MEDIA_TYPE)
            case Mood.DEAD | Mood.RESET:
                return Cut(reset=mood is Mood.RESET)
            case Mood.CUT_OFF:
                return Cut(sealed)
            case _:
                return _wrong_in_http(mood) or Response(sealed, media_type=MEDIA_TYPE)

    def _sealed(self, mood: Mood, lookup: Lookup) -> bytes:
        """Return the body, sealed unless the mood spoils it."""
        statement = self._statement(mood, lookup)
        match mood:
            case Mood.UNSIGNED:
                return statement
            case Mood.NO_ALGORITHM:
                return without_algorithm(statement).encode()
            case Mood.WRONG_SEAL:
                return self._forged.sign(statement, typ=TYPE).encode()
            case Mood.TAMPERED:
                other = lookup.tell(lookup.number, lookup.nonce, self._clock.now(), None)
                return tampered(self._seal.sign(statement, typ=TYPE), other).encode()
        sealed = self._seal.sign(statement, typ=TYPE).encode()
        return sealed[: len(sealed) // 2] if mood is Mood.TRUNCATED else sealed

    def _statement(self, mood: Mood, lookup: Lookup) -> bytes:
        """Return what is said, about whom and as of when."""
        asked, nonce, now = lookup.number, lookup.nonce, self._clock.now()
        match mood:
            case Mood.NOT_FOUND:
                return lookup.tell(asked, nonce, now, None)
            case Mood.OTHER_PERSON:
                return lookup.tell(lookup.another, nonce, now, lookup.another)
            case Mood.MIXED_UP:
                return lookup.tell(asked, nonce, now, lookup.another)
            case Mood.OTHER_NONCE:
                return lookup.tell(asked, nonce[::-1], now, asked)
            case Mood.STALE:
                return lookup.tell(asked, nonce, now - timedelta(hours=1), asked)
        return lookup.tell(asked, nonce, now, asked)

    @cached_property
    def _forged(self) -> Seal:
        return forged_seal(self._seal)


def _wrong_in_http(mood: Mood) -> Response | None:
    match mood:
        case Mood.HTML:
            return HTMLResponse(_PAGE)
        case Mood.ERROR_500:
            return JSONResponse({"error": "ORA-01034"}, 500)
        case Mood.REDIRECT:
            return RedirectResponse(ELSEWHERE, 307)
        case Mood.TEN_MIB:
            return Response(b"e" * (10 * MIB), media_type=MEDIA_TYPE)
        case Mood.GZIP_BOMB:
            return Response(gzip_bomb(), media_type=MEDIA_TYPE, headers={"Content-Encoding": "gzip"})
    return None


@cache
def gzip_bomb() -> bytes:
    """Return some 200 KiB of gzip that unpack to 200 MiB of zeros, made in a fraction of a second."""
    block = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = block.compress(bytes(MIB)) + block.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(200):
        checksum = zlib.crc32(bytes(MIB), checksum)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = checksum.to_bytes(4, "little") + (200 * MIB).to_bytes(4, "little")
    return head + packed * 200 + b"\x03\x00" + tail
