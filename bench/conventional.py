"""The third of the three, the usual way: FastAPI routes with body models, httpx, the ORM, PyJWT, pyHanko.

The same cryptography, commits and hops. Written as the handbooks show it, with all that they offer for speed: uvloop
and httptools, one pool, one HTTP client and loaded keys a process, no access log.
"""

import asyncio
import base64
import hashlib
import json
import secrets
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bench import conventional_models as m
from bench.conventional_parts import Signatures, decoded
from bench.conventional_world import World
from bench.floor_parts import access_key, draw
from shared.law.hours import ALMATY

LIMIT: Final = timedelta(minutes=30)


def gateway() -> FastAPI:
    """Token, signature, commit, forward, commit."""
    world = World("gateway")
    app, scene, signatures = world.app(), world.scene, Signatures(world.scene)
    key = access_key(scene).public_key()
    Database = Annotated[AsyncSession, Depends(world.database)]  # noqa: N806 - a type.

    async def signed_in(
        bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())], database: Database
    ) -> m.SessionRow:
        claims = decoded(bearer.credentials, key, "almaty-primary-care/api")
        session = await database.get(m.SessionRow, UUID(claims["sid"]))
        now = scene.now()
        if session is None or session.ended_at or session.expires_at <= now or claims["exp"] <= now.timestamp():
            raise HTTPException(401)
        return session

    @app.post("/v1/requests/{request_id}/signature")
    async def sign(
        request_id: UUID, body: m.SignatureIn, session: Annotated[m.SessionRow, Depends(signed_in)], database: Database
    ) -> m.Outcome:
        request = await database.get(m.RequestRow, request_id)
        if request is None or request.account_id != session.account_id or request.state != "draft":
            raise HTTPException(404)
        request.evidence = await signatures.check(body.cms, request.content, request.iin)
        request.state, request.cms, request.signed_at = "signed", body.cms, scene.now()
        request.signature_sha256 = request.evidence["signature_sha256"]
        await database.commit()
        forward = m.ForwardIn.model_validate({
            "request_id": request.id, "iin": request.iin, "form": request.form, "signed_at": request.signed_at,
            "content": base64.b64encode(request.content), "cms": base64.b64encode(body.cms),
            "evidence": request.evidence,
        })  # fmt: skip
        answer = await world.post("home_visit", "/requests", forward.model_dump_json().encode())
        told = m.Registered.model_validate(answer.json())
        request.state, request.number, request.outcome = "answered", told.number, "granted"
        request.answered_at, request.token, request.document = scene.now(), told.token, told.jws
        request.steps = [step.model_dump(mode="json") for step in told.steps]
        await database.commit()
        return m.Outcome(outcome="granted", number=told.number, document=told.token)

    return app


def home_visit() -> FastAPI:
    """Commit, two questions at once, a place in a round and the document in one commit, the seal, commit."""
    world = World("home_visit")
    app, scene = world.app(), world.scene

    async def ask(role: str, iin: str) -> tuple[str, dict[str, Any]]:
        nonce = secrets.token_urlsafe(16)
        question = m.LookupIn(iin=iin, purpose="HV-12", nonce=nonce).model_dump_json().encode()
        answer = (await world.post(role, "/lookup", question)).text
        said = world.seals.open(answer)
        if (said["iin"], said["nonce"]) != (iin, nonce):
            raise HTTPException(502)
        return answer, said

    @app.post("/requests", dependencies=[Depends(world.opened)])
    async def take(
        body: m.ForwardIn, http: Request, database: Annotated[AsyncSession, Depends(world.database)]
    ) -> m.Registered:
        now, clinic, request_id = scene.now(), body.form.provider_bin, body.request_id
        number = f"HV-2026-{await database.scalar(select(func.nextval('numbers'))):07}"
        entry = m.EntryRow(
            request_id=request_id, number=number, body_sha256=hashlib.sha256(await http.body()).digest(), iin=body.iin,
            provider_bin=clinic, form=body.form.model_dump(mode="json"), content=body.content, cms=body.cms,
            evidence=body.evidence, signed_at=body.signed_at, registered_at=now, answer_by=now + LIMIT,
            state="registered",
        )  # fmt: skip
        first = m.StepRow(request_id=request_id, step=6, started_at=body.signed_at, ended_at=now)
        database.add_all([entry, first])
        await database.commit()
        (jws_1, person), (jws_2, held) = await asyncio.gather(
            ask("person_registry", body.iin), ask("attachment", body.iin)
        )
        here = any(one["provider_bin"] == clinic for one in held["attachments"])
        if not here or person["person"]["deceased"] or json.loads(body.content)["request_id"] != str(request_id):
            raise HTTPException(409)
        token, now = secrets.token_urlsafe(24), scene.now()
        found = await database.scalars(select(m.RoundRow).where(m.RoundRow.provider_bin == clinic).with_for_update())
        visit = found.one()
        visit.taken += 1
        times = max(visit.starts_at, now).astimezone(ALMATY), visit.ends_at.astimezone(ALMATY)
        payload = draw(number, token, person["person"], body.form.model_dump(), (visit.doctor_name, *times))
        document = m.DocumentRow(request_id=request_id, token=token, payload=payload, decided_at=now)
        answers = [("person_registry", jws_1), ("attachment_register", jws_2)]
        database.add_all([
            document, m.VisitRow(request_id=request_id, round_id=visit.round_id, starts_at=times[0], ends_at=times[1]),
            *(m.EvidenceRow(request_id=request_id, place=n, source=source, answer=jws)
              for n, (source, jws) in enumerate(answers, 1)),
        ])  # fmt: skip
        entry.state = "decided"
        await database.commit()
        document.jws, document.issued_at = world.seals.seal(clinic, json.loads(payload)), scene.now()
        entry.state, entry.answered_at = "answered", document.issued_at
        last = m.StepRow(request_id=request_id, step=8, started_at=first.ended_at, ended_at=document.issued_at)
        database.add(last)
        await database.commit()
        steps = [m.StepOut(step=one.step, ended_at=one.ended_at) for one in (first, last)]
        return m.Registered(number=number, token=token, jws=document.jws, steps=steps)

    return app
