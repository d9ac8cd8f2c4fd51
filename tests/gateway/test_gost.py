"""Condition 2 with GOST keys: confirmed, and undetermined where the list of the GOST authority cannot be had."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.conditions import confirm_signature
from gateway.world import World
from nca_stub.authority import KINDS, create_authority
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from tests.gateway.portal import AIGUL, NOW, Keys, Portal

CONTENT = b"content"


@pytest.fixture
def world(portal: Portal, keys: Keys, tmp_path: Path) -> World:
    """The gateway with both authorities pinned, and the RSA authority's list alone."""
    for kind in KINDS:
        create_authority(keys.authority.folder, NOW, kind).write_trust(tmp_path)
    trust = Trust.from_folder(tmp_path)
    store = CrlStore(trust)
    store.accept(RevocationLists(keys.authority).full(portal.clock.now()))
    return replace(portal.world, trust=trust, revocation=store)


async def test_a_gost_signature_is_confirmed_beside_rsa(world: World, keys: Keys) -> None:
    gost = create_authority(keys.authority.folder, NOW, "gost")
    person = gost.issue(Order.individual(AIGUL, "Канарейқызы Айгүл", NOW))
    cms = sign_cms(CONTENT, person.key, person.certificate, NOW)
    unknown = await confirm_signature(world, (cms, CONTENT), AIGUL, NOW)
    assert (unknown.status, unknown.code) == ("undetermined", "revocation_unknown")
    world.revocation.accept(RevocationLists(gost).full(NOW))
    assert (await confirm_signature(world, (cms, CONTENT), AIGUL, NOW)).code == "confirmed"
    by_rsa = keys.sign(AIGUL, CONTENT, NOW)
    assert (await confirm_signature(world, (by_rsa, CONTENT), AIGUL, NOW)).code == "confirmed"


SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "nca_test_gost2022"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the project")
async def test_a_key_of_the_public_test_authority_is_confirmed_beside_the_stubs(
    portal: Portal, keys: Keys, tmp_path: Path
) -> None:
    keys.authority.write_trust(tmp_path / "trust")
    (tmp_path / "lists").mkdir()
    for path in SAMPLES.iterdir():
        if path.suffix in {".cer", ".crl"}:
            shutil.copy(path, tmp_path / ("trust" if path.suffix == ".cer" else "lists"))
    trust = Trust.from_folder(tmp_path / "trust")
    store = CrlStore(trust, tmp_path / "lists")
    assert store.restore() == ()
    world = replace(portal.world, trust=trust, revocation=store)
    signed = (SAMPLES / "individual_valid.cms").read_bytes(), (SAMPLES / "request.json").read_bytes()
    at = datetime(2026, 11, 23, 11, 28, tzinfo=UTC)
    assert (await confirm_signature(world, signed, "123456789011", at)).code == "confirmed"
