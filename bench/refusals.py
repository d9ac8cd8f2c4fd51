"""A build that is timed must refuse what it must refuse, in the same run: each case is sent and its answer compared."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from bench.beside import Beside
from bench.people import Person
from bench.portal import Draft, Portal
from bench.reading import STATUS, Answered
from bench.tables import put_drafts
from bench.wire import Address, open_line, request_of
from shared.kit.envelope import Envelopes

BAD_SIGNATURE, NOT_OURS, OK = 422, 401, 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was sent to whom, and whether it was answered as it must be."""

    program: str
    case: str
    holds: bool
    answered: str


async def of_walk(portal: Portal, people: Sequence[Person]) -> list[Refusal]:
    """Send the gateway signatures that must not be confirmed, and one that counts once."""
    first, other = people[0], people[1]
    drafts = await portal.drafts([first], 8)
    now, spare = portal.now(), drafts[7]
    good = first.sign(drafts[0].content, now)
    cases: list[tuple[str, Draft, bytes, str]] = [
        (
            "a signature with one bit changed",
            drafts[1],
            tampered(first.sign(drafts[1].content, now)),
            "signature_wrong",
        ),
        ("a signature over other bytes", drafts[2], first.sign(b"{}", now), "content_differs"),
        ("a revoked certificate", drafts[3], first.sign(drafts[3].content, now, "revoked"), "revoked"),
        ("an expired certificate", drafts[4], first.sign(drafts[4].content, now, "expired"), "expired"),
        ("another person's signature", drafts[5], other.sign(drafts[5].content, now), "iin_differs"),
        ("a signature from another request", drafts[6], good, "content_differs"),
    ]
    found = []
    for case, draft, cms, code in cases:
        status, body = await _send(portal.address, await portal.signature_request(draft, cms))
        said = json.loads(body).get("code", "")
        found.append(Refusal("walk", case, (status, said) == (BAD_SIGNATURE, code), f"{status} {said}"))
    bare = request_of("POST", f"/v1/requests/{spare.request_id}/signature", {"Content-Type": "application/cms"}, good)
    status, _ = await _send(portal.address, bare)
    found.append(Refusal("walk", "a request without an access token", status == NOT_OURS, str(status)))
    return [*found, await _twice(portal, drafts[0], good)]


async def of_service(address: Address, envelopes: Envelopes, answered: Answered) -> list[Refusal]:
    """Send the service envelopes that must not be opened."""
    body = json.dumps({"token": answered.token}).encode()
    kind = {"Content-Type": "application/json"}
    once = kind | {"Authorization": envelopes.seal("POST", STATUS, body, "home_visit")}
    bound = kind | {"Authorization": envelopes.seal("POST", STATUS, body, "home_visit")}
    foreign = kind | {"Authorization": envelopes.seal("POST", STATUS, body, "attachment")}
    first, _ = await _send(address, request_of("POST", STATUS, once, body))
    cases = [
        ("an envelope that was opened before", once, body),
        ("an envelope around another body", bound, body + b" "),
    ]
    cases.append(("an envelope for another service", foreign, body))
    found = []
    for case, headers, sent in cases:
        status, _ = await _send(address, request_of("POST", STATUS, headers, sent))
        found.append(Refusal("service", case, (first, status) == (OK, NOT_OURS), str(status)))
    return found


async def of_beside(program: Beside) -> list[Refusal]:
    """Send one of the two programs beside ours what it must refuse too: their work is the same work."""
    connection = await asyncpg.connect(program.scene.database)
    now, one, other = program.scene.now(), program.accounts[0].person, program.accounts[1].person
    drafts = await put_drafts(connection, program.accounts[:1], 3, now)
    await connection.close()
    bearer = program.bearer_of(program.accounts[0])
    signed: list[tuple[str, Callable[[bytes, datetime], bytes]]] = [
        ("a signature with one bit changed", lambda content, at: tampered(one.sign(content, at))),
        ("a revoked certificate", lambda content, at: one.sign(content, at, "revoked")),
        ("another person's signature", other.sign),
    ]
    found = []
    for (case, sign), (request_id, _, content) in zip(signed, drafts, strict=True):
        status, _ = await _send(program.address, program.request(str(request_id), bearer, sign(content, now)))
        found.append(Refusal(program.name, case, status in {NOT_OURS, BAD_SIGNATURE}, str(status)))
    return found


def tampered(cms: bytes) -> bytes:
    """Return the message with the last bit of the signature value changed."""
    return cms[:-1] + bytes([cms[-1] ^ 1])


async def _twice(portal: Portal, draft: Draft, cms: bytes) -> Refusal:
    """Send one good signature twice: the answer is the same registration."""
    request = await portal.signature_request(draft, cms)
    answers = [await _send(portal.address, request) for _ in range(2)]
    numbers = {json.loads(body)["number"] for _, body in answers}
    statuses = [status for status, _ in answers]
    holds = statuses == [OK, OK] and len(numbers) == 1
    return Refusal("walk", "one signature sent twice counts once", holds, f"{statuses}, {len(numbers)} number")


async def _send(address: Address, request: bytes) -> tuple[int, bytes]:
    line = await open_line(address)
    try:
        return await line.exchange(request)
    finally:
        line.close()
