"""Who asks: nobody, a citizen with a session, a service with an envelope."""

from collections.abc import Callable
from uuid import uuid4

from shared.kit.envelope import Envelopes
from tests.openapi import Operation
from tests.system.asking import Asked, Header
from tests.system.asks import Ask
from tests.system.operations import parameters_of

Caller = Callable[[str, str, bytes], tuple[Header, ...]]
"""From method, path and body to the headers by which one shows who one is."""


def nobody(_method: str, _path: str, _body: bytes) -> tuple[Header, ...]:
    """Come without any proof of who asks."""
    return ()


def with_token(token: str) -> Caller:
    """Come with an access token."""
    return lambda _method, _path, _body: (("Authorization", f"Bearer {token}"),)


def sealed_by(envelopes: Envelopes, audience: str) -> Caller:
    """Come as a service, each call in an envelope of its own."""

    def seal(method: str, path: str, body: bytes) -> tuple[Header, ...]:
        return (("Authorization", envelopes.seal(method, path, body, audience)),)

    return seal


def asked_by(caller: Caller, operation: Operation, told: Ask, headers: tuple[Header, ...] = ()) -> Asked:
    """Return a request as this caller sends it; headers given here stand instead of the caller's own."""
    path, body = told.path_of(operation.path), told.content()
    if not _named("authorization", headers):
        proof = with_token(told.token) if told.token and caller is not nobody else caller
        headers = (*headers, *proof(operation.method, path, body or b""))
    if "Idempotency-Key" in parameters_of(operation, "header") and not _named("idempotency-key", headers):
        headers = (*headers, ("Idempotency-Key", str(uuid4())))
    headers = (*headers, *(one for one in told.headers if not _named(one[0].lower(), headers)))
    return Asked(operation.method, path + told.query_string(), body, headers, told.kind)


def _named(name: str, headers: tuple[Header, ...]) -> bool:
    return any(found.lower() == name for found, _ in headers)
