"""The second of the three: the same work bare. The same cryptography, commits and hops, on uvloop, and nothing else.

What is left out on purpose: limits, refusals with their words, retries, logs, traces, metrics, languages, idempotency,
OpenAPI, other people's requests, every rule that this one request does not need. It is no system; it is the floor
under one.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import sys
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import uvloop

from bench.bare import Asked, Door, Refused, Way, Work, opened
from bench.bare_cms import Signatures
from bench.floor_parts import Seal, Store, Wax, access_key, authorities, draw, revoked_serials
from bench.floor_registers import attachment, person_registry
from bench.scene import Scene, scene_of_environment
from bench.wire import Address
from shared.law.hours import ALMATY

_FIND = """
SELECT r.iin, r.form, r.content FROM sessions s JOIN requests r USING (account_id)
WHERE s.session_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND r.id = $3 AND r.state = 'draft'
"""
_SIGN = """
UPDATE requests SET state = 'signed', cms = $2, signature_sha256 = $3, evidence = $4, signed_at = $5
WHERE id = $1 AND state = 'draft' RETURNING true
"""
_ANSWER = """
UPDATE requests SET state = 'answered', number = $2, outcome = 'granted', answered_at = $3, token = $4, document = $5,
    steps = $6 WHERE id = $1
"""
_REGISTER = """
WITH entry AS (
    INSERT INTO entries (request_id, number, body_sha256, iin, provider_bin, form, content, cms, evidence, signed_at,
        registered_at, answer_by, state)
    VALUES ($1, 'HV-2026-' || lpad(nextval('numbers')::text, 7, '0'), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
        'registered') RETURNING request_id, number
)
INSERT INTO steps SELECT request_id, 6, $9, $10 FROM entry RETURNING (SELECT number FROM entry)
"""
_TAKE = (
    "UPDATE rounds SET taken = taken + 1 WHERE provider_bin = $1 RETURNING round_id, doctor_name, starts_at, ends_at"
)
_DECIDE = """
WITH decided AS (UPDATE entries SET state = 'decided' WHERE request_id = $1),
visit AS (INSERT INTO visits VALUES ($1, $2, $3, $4)),
kept AS (INSERT INTO evidence VALUES ($1, 1, 'person_registry', $5), ($1, 2, 'attachment_register', $6))
INSERT INTO documents (request_id, token, payload, decided_at) VALUES ($1, $7, $8, $9)
"""
_SEALED = """
WITH answered AS (UPDATE entries SET state = 'answered', answered_at = $3 WHERE request_id = $1),
step AS (INSERT INTO steps VALUES ($1, 8, $3, $3))
UPDATE documents SET jws = $2, issued_at = $3 WHERE request_id = $1
"""
LIMIT: Final = timedelta(minutes=30)


async def gateway(scene: Scene) -> Work:
    """Token, signature, commit, forward, commit."""
    store, key = await Store.open(scene.database), access_key(scene)
    signatures = Signatures(authorities(scene), revoked_serials(scene))
    wax, service = Wax(scene, "gateway"), Way(Address(scene.port_of("home_visit")))

    async def sign(asked: Asked) -> bytes:
        now, request_id = scene.now(), UUID(asked.path.split("/")[3])
        claims = opened(key.public_key(), asked.authorization[7:])
        if claims["exp"] <= now.timestamp():
            raise Refused
        row = await store.row(_FIND, UUID(claims["sid"]), now, request_id)
        if row is None:
            raise Refused
        evidence = signatures.check(asked.body, row["content"], row["iin"], now)
        signature = evidence["signature_sha256"]
        if not await store.row(_SIGN, request_id, asked.body, signature, json.dumps(evidence), now):
            raise Refused
        body = json.dumps({
            "request_id": str(request_id), "iin": row["iin"], "form": json.loads(row["form"]),
            "signed_at": now.isoformat(), "content": base64.b64encode(row["content"]).decode(),
            "cms": base64.b64encode(asked.body).decode(), "evidence": evidence,
        }).encode()  # fmt: skip
        told = json.loads(await service.post("/requests", wax.seal("home_visit", "/requests", body), body))
        steps = json.dumps([{"step": 5, "ended_at": scene.now().isoformat()}, *told["steps"]])
        await store.do(_ANSWER, request_id, told["number"], scene.now(), told["token"], told["jws"], steps)
        return json.dumps({"outcome": "granted", "number": told["number"], "document": told["token"]}).encode()

    return sign


async def home_visit(scene: Scene) -> Work:
    """Commit, two questions at once, a place in a round and the document in one commit, the seal, commit."""
    store, wax, seal = await Store.open(scene.database), Wax(scene, "home_visit"), Seal.loader(scene)
    registry, register = (Way(Address(scene.port_of(role))) for role in ("person_registry", "attachment"))
    issuer = authorities(scene)[0]

    async def ask(way: Way, role: str, iin: str) -> tuple[str, dict[str, Any]]:
        nonce = secrets.token_urlsafe(16)
        body = json.dumps({"iin": iin, "purpose": "HV-12", "nonce": nonce}).encode()
        answer = await way.post("/lookup", wax.seal(role, "/lookup", body), body)
        said: dict[str, Any] = Seal.opened(answer, issuer)
        if (said["iin"], said["nonce"]) != (iin, nonce):
            raise Refused
        return answer.decode(), said

    async def take(asked: Asked) -> bytes:
        wax.open("gateway", asked)
        told, now = json.loads(asked.body), scene.now()
        request_id, iin, form = UUID(told["request_id"]), told["iin"], told["form"]
        content, cms = base64.b64decode(told["content"]), base64.b64decode(told["cms"])
        number = (await store.row(
            _REGISTER, request_id, hashlib.sha256(asked.body).digest(), iin, form["provider_bin"], json.dumps(form),
            content, cms, json.dumps(told["evidence"]), now, now, now + LIMIT,
        ))[0]  # fmt: skip
        (jws_1, person), (jws_2, held) = await asyncio.gather(
            ask(registry, "person_registry", iin), ask(register, "attachment", iin)
        )
        here = any(one["provider_bin"] == form["provider_bin"] for one in held["attachments"])
        if not here or person["person"]["deceased"] or json.loads(content)["request_id"] != told["request_id"]:
            raise Refused
        token, now = secrets.token_urlsafe(24), scene.now()
        async with store.transaction() as c:
            visit = await c.fetchrow(_TAKE, form["provider_bin"])
            times = max(visit["starts_at"], now).astimezone(ALMATY), visit["ends_at"].astimezone(ALMATY)
            document = draw(number, token, person["person"], form, (visit["doctor_name"], *times))
            await c.execute(_DECIDE, request_id, visit["round_id"], *times, jws_1, jws_2, token, document, now)
        jws = seal(form["provider_bin"]).over(document, "phc-document+json").decode()
        await store.do(_SEALED, request_id, jws, scene.now())
        steps = [{"step": step, "ended_at": scene.now().isoformat()} for step in (6, 8)]
        return json.dumps({"number": number, "token": token, "jws": jws, "steps": steps}).encode()

    return take


async def serve(role: str) -> None:
    """Be one of the four until the end."""
    scene = scene_of_environment()
    makers = {
        "gateway": gateway,
        "home_visit": home_visit,
        "attachment": attachment,
        "person_registry": person_registry,
    }
    work = await makers[role](scene)
    server = await asyncio.get_running_loop().create_server(lambda: Door(work), "127.0.0.1", scene.port_of(role))
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
