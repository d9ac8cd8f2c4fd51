"""The envelope of every call between services: who calls whom, with exactly which request, once, now.

A JWT (RFC 7519) signed ES256 in ``Authorization: Envelope <jws>``, bound to method, path and body (as in RFC 9449).
Its minute is counted by the machine's clock, whatever hour the demonstration plays.
"""

import base64
import hashlib
import json
import re
import secrets
from collections import deque
from collections.abc import Mapping
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from shared.eds.jws_algorithms import es256_holds, sign
from shared.kit.clock import Clock, SystemClock
from shared.kit.jws_head import head_of
from shared.kit.problems import NotAuthenticated
from shared.law.text import Text

SCHEME = "Envelope"
TYPE = "envelope+jwt"
LIFE = 60
"""The longest that an envelope may be valid, in seconds."""
SKEW = 5
_COMPACT = re.compile(r"^Envelope ([A-Za-z0-9_-]{1,1000}\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{86})$")
_CLAIMS = frozenset({"iss", "aud", "iat", "exp", "jti", "htm", "htu", "bsh"})


class EnvelopeRefused(NotAuthenticated):
    """The call carries no envelope that can be opened; ``code`` says why, in the log only."""

    slug = "envelope-refused"
    title = Text("Шақырудың конверті жарамсыз", "Конверт вызова недействителен", "The call's envelope is not valid")

    def __init__(self, code: str) -> None:
        super().__init__(scheme=SCHEME)
        self.code = code


class Envelopes:
    """What one service seals its calls with, and the callers whose calls it opens; keys are loaded once."""

    def __init__(
        self, name: str, private_key_pem: bytes, callers: Mapping[str, bytes], clock: Clock | None = None
    ) -> None:
        """Take this service's name and PEM key, and each caller's public PEM key by name."""
        self.name = name
        key = load_pem_private_key(private_key_pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise TypeError("Envelopes take P-256 keys.")
        self._key = key
        self._callers = {caller: _public_key(pem) for caller, pem in callers.items()}
        self._head = _encoded(json.dumps({"alg": "ES256", "typ": TYPE, "kid": name}).encode())
        self._clock = clock or SystemClock()
        self._opened: dict[str, float] = {}
        self._closing: deque[tuple[float, str]] = deque()

    def seal(self, method: str, path: str, body: bytes, audience: str) -> str:
        """Return the ``Authorization`` header of one call to one service."""
        now = int(self._clock.now().timestamp())
        claims = {
            "iss": self.name,
            "aud": audience,
            "iat": now,
            "exp": now + LIFE,
            "jti": secrets.token_urlsafe(16),
            "htm": method,
            "htu": path,
            "bsh": _digest(body),
        }
        signed = f"{self._head}.{_encoded(json.dumps(claims).encode())}"
        return f"{SCHEME} {signed}.{_encoded(sign(self._key, signed.encode()))}"

    def open(self, header: str | None, method: str, path: str, body: bytes) -> str:
        """Return the name of the caller who sealed exactly this call.

        Raises:
            EnvelopeRefused: There is none, or it is another's, another call's, over its time, or was opened before.
        """
        try:
            return self._opened_by(header, method, path, body)
        except EnvelopeRefused as refused:
            structlog.get_logger().warning("envelope.refused", code=refused.code)
            raise

    def _opened_by(self, header: str | None, method: str, path: str, body: bytes) -> str:
        claims = self._verified(header)
        if (claims["htm"], claims["htu"], claims["bsh"]) != (method, path, _digest(body)):
            raise EnvelopeRefused("another-call")
        now = self._clock.now().timestamp()
        begins, ends = _moments(claims)
        if not (begins - SKEW <= now < ends <= begins + LIFE):
            raise EnvelopeRefused("not-now")
        self._open_once(str(claims["jti"]), now, ends)
        return str(claims["iss"])

    def _verified(self, header: str | None) -> dict[str, Any]:
        match = _COMPACT.match(header or "")
        if match is None:
            raise EnvelopeRefused("no-envelope")
        signed, _, signature = match[1].rpartition(".")
        try:
            head, claims = head_of(signed), json.loads(_decoded(signed.partition(".")[2]))
            if head.keys() != {"alg", "typ", "kid"} or (head["alg"], head["typ"]) != ("ES256", TYPE):
                raise EnvelopeRefused("another-kind")
            key = self._callers.get(head["kid"])
            if key is None:
                raise EnvelopeRefused("unknown-caller")
            if not es256_holds(key, signed.encode(), _decoded(signature)):
                raise EnvelopeRefused("not-valid")
        except (TypeError, ValueError, RecursionError) as refused:
            raise EnvelopeRefused("not-valid") from refused
        if not isinstance(claims, dict) or not claims.keys() >= _CLAIMS:
            raise EnvelopeRefused("not-valid")
        if (claims["iss"], claims["aud"]) != (head["kid"], self.name):
            raise EnvelopeRefused("not-valid")
        return claims

    def _open_once(self, jti: str, now: float, ends: float) -> None:
        while self._closing and self._closing[0][0] <= now:
            self._opened.pop(self._closing.popleft()[1], None)
        if jti in self._opened:
            raise EnvelopeRefused("opened-before")
        self._opened[jti] = ends
        # Every envelope is forgotten after the longest life, so that the queue stays in order of time.
        self._closing.append((now + LIFE + SKEW, jti))


def _public_key(pem: bytes) -> ec.EllipticCurvePublicKey:
    key = load_pem_public_key(pem)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise TypeError("Envelopes take P-256 keys.")
    return key


def _digest(body: bytes) -> str:
    return _encoded(hashlib.sha256(body).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _moments(claims: Mapping[str, Any]) -> tuple[int, int]:
    begins, ends = claims["iat"], claims["exp"]
    if type(begins) is not int or type(ends) is not int:
        raise EnvelopeRefused("not-valid")
    return begins, ends
