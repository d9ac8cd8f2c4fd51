"""The gateway put together from its settings, as an operator starts it."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.app import create_app
from gateway.settings import GatewaySettings
from nca_stub.lists import RevocationLists
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from tests.fakes import ClockAt
from tests.gateway.portal import NOW, Keys


@pytest.fixture
def settings(tmp_path: Path, keys: Keys, database_of: Callable[[str], str]) -> GatewaySettings:
    """A data folder with everything in it but a revocation list."""
    (tmp_path / "keys" / "services").mkdir(parents=True)
    for name in ("access", "services/gateway"):
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / "keys" / f"{name}.key.pem").write_bytes(pem)
    keys.authority.write_trust(tmp_path / "trust")
    return GatewaySettings(
        database_url=database_of("gateway"),
        keys_dir=tmp_path / "keys",
        access_key=tmp_path / "keys" / "access.key.pem",
        trust_dir=tmp_path / "trust",
        crl_dir=tmp_path / "crl",
        crl_urls=(),
    )


async def ready(settings: GatewaySettings) -> dict[str, bool]:
    app = create_app(settings, ClockAt(NOW))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
            assert (await http.get("/healthz")).status_code == 200
            assert (await http.get("/v1/services")).status_code == 200
            return dict((await http.get("/readyz")).json()["parts"])


async def test_the_gateway_is_ready_once_it_has_a_revocation_list(settings: GatewaySettings, keys: Keys) -> None:
    assert (await ready(settings))["revocation"] is False
    CrlStore(Trust.from_folder(settings.trust_dir), settings.crl_dir).accept(RevocationLists(keys.authority).full(NOW))
    assert {"database": True, "revocation": True}.items() <= (await ready(settings)).items()


async def test_settings_show_no_secret(settings: GatewaySettings) -> None:
    assert settings.database_url not in repr(settings)
