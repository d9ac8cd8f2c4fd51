"""The floor's two registers, which the service asks: the attached population and the persons."""

import hmac
import json
import secrets
from typing import Any

from bench.bare import Asked, Work
from bench.floor_parts import Seal, Store, Wax
from bench.scene import Scene
from person_registry_stub.population import Population
from person_registry_stub.settings import RegistrySettings
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.registry import REGISTRY_TEST_BIN

_LOOK_UP = """
WITH found AS (SELECT provider_bin, doctor_id, doctor_name, since FROM attachments WHERE iin = $1 AND since <= $2),
noted AS (INSERT INTO lookups (at, caller, purpose, person, found) SELECT $3, $4, $5, $6, count(*) FROM found)
SELECT * FROM found
"""


async def attachment(scene: Scene) -> Work:
    """One statement that reads and notes who has read, and a seal."""
    store, wax = await Store.open(scene.database), Wax(scene, "attachment")
    seal, record_key = Seal.loader(scene)(ATTACHMENT_TEST_BIN), secrets.token_bytes(32)

    async def look_up(asked: Asked) -> bytes:
        wax.open("home_visit", asked)
        told, now = json.loads(asked.body), scene.now()
        person = hmac.digest(record_key, told["iin"].encode(), "sha256")
        rows = await store.rows(_LOOK_UP, told["iin"], now.date(), now, "home_visit", told["purpose"], person)
        held = [{**row, "since": row["since"].isoformat()} for row in rows]
        said = {"iin": told["iin"], "nonce": told["nonce"], "issued_at": now.isoformat(), "attachments": held}
        return seal.over(json.dumps(said).encode(), "attachment-answer+json")

    return look_up


async def person_registry(scene: Scene) -> Work:
    """A seal over what is known."""
    wax, seal = Wax(scene, "person_registry"), Seal.loader(scene)(REGISTRY_TEST_BIN)
    settings = RegistrySettings()
    population = Population(settings.population_size, settings.population_seed)
    known: dict[str, Any] = {}

    async def look_up(asked: Asked) -> bytes:
        wax.open("home_visit", asked)
        told, iin = json.loads(asked.body), json.loads(asked.body)["iin"]
        if iin not in known:
            person = population.person(iin)
            known[iin] = person and person.model_dump(mode="json")
        said = {"iin": iin, "nonce": told["nonce"], "issued_at": scene.now().isoformat(), "person": known[iin]}
        return seal.over(json.dumps(said).encode(), "registry-answer+json")

    return look_up
