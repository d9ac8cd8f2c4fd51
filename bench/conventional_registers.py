"""The usual way's two registers, which the service asks: the attached population and the persons."""

import hmac
import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bench import conventional_models as m
from bench.conventional_world import World
from person_registry_stub.population import Population
from person_registry_stub.settings import RegistrySettings
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.registry import REGISTRY_TEST_BIN


def attachment() -> FastAPI:
    """Look up, note who looked, and seal."""
    world = World("attachment")
    app, record_key = world.app(), secrets.token_bytes(32)

    @app.post("/lookup", dependencies=[Depends(world.opened)])
    async def look_up(body: m.LookupIn, database: Annotated[AsyncSession, Depends(world.database)]) -> Response:
        now = world.scene.now()
        found = (await database.scalars(select(m.AttachmentRow).where(m.AttachmentRow.iin == body.iin))).all()
        person = hmac.digest(record_key, body.iin.encode(), "sha256")
        database.add(m.LookupRow(at=now, caller="home_visit", purpose=body.purpose, person=person, found=len(found)))
        await database.commit()
        held = [
            {"provider_bin": one.provider_bin, "doctor": one.doctor_name, "since": one.since.isoformat()}
            for one in found
        ]
        said = {"iin": body.iin, "nonce": body.nonce, "issued_at": now.isoformat(), "attachments": held}
        return Response(world.seals.seal(ATTACHMENT_TEST_BIN, said), media_type="application/jose")

    return app


def person_registry() -> FastAPI:
    """Seal what is known."""
    world = World("person_registry")
    app, settings = world.app(), RegistrySettings()
    population = Population(settings.population_size, settings.population_seed)

    @app.post("/lookup", dependencies=[Depends(world.opened)])
    async def look_up(body: m.LookupIn) -> Response:
        person = population.person(body.iin)
        said = {
            "iin": body.iin, "nonce": body.nonce, "issued_at": world.scene.now().isoformat(),
            "person": person and person.model_dump(mode="json"),
        }  # fmt: skip
        return Response(world.seals.seal(REGISTRY_TEST_BIN, said), media_type="application/jose")

    return app
