"""Condition 2 with GOST keys: confirmed, and undetermined where the list of the GOST authority cannot be had."""

import base64
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.conditions import confirm_signature
from gateway.world import World
from nca_stub.__main__ import main as nca
from nca_stub.authority import KINDS, create_authority
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from person_registry_stub.demo_people import kit_people
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from shared.eds.verdict import Role
from shared.forms.strict import ask_for_check_digits
from tests.gateway.portal import AIGUL, NOW, Keys, Portal
from tests.nca.test_key_stores import PASSWORD as KIT_PASSWORD
from tests.nca.test_key_stores import gost_store
from tests.programs import SAMPLES, needs_samples

CONTENT = b"content"


@pytest.fixture
def world(portal: Portal, keys: Keys, tmp_path: Path) -> World:
    """The gateway with both authorities pinned, and the RSA authority's list alone."""
    for kind in KINDS:
        create_authority(keys.authority.folder, NOW, kind).write_trust(tmp_path / "pinned")
    trust = Trust.from_folder(tmp_path / "pinned")
    store = CrlStore(trust, tmp_path / "lists")
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


BIN, OTHER_BIN = "130040905013", "130040900012"


@pytest.mark.parametrize(
    ("role", "bin_", "code"),
    [
        (Role.HEAD, BIN, "confirmed"),
        (Role.RIGHT_TO_SIGN, BIN, "confirmed"),
        (Role.EMPLOYEE, BIN, "role_not_allowed"),
        (Role.HEAD, OTHER_BIN, "bin_differs"),
        (None, BIN, "not_an_official"),
    ],
)
async def test_an_official_signs_for_the_organisation_by_its_bin_and_role(
    world: World, keys: Keys, role: Role | None, bin_: str, code: str
) -> None:
    """Whoever signs a paper of the college is confirmed as a citizen is; the bytes of the paper are the content."""
    gost = create_authority(keys.authority.folder, NOW, "gost")
    name = "Канарейқызы Айгүл"
    order = Order.official(AIGUL, name, (BIN, "TEST"), role, NOW) if role else Order.individual(AIGUL, name, NOW)
    person = gost.issue(order)
    world.revocation.accept(RevocationLists(gost).full(NOW))
    cms = sign_cms(CONTENT, person.key, person.certificate, NOW)
    verdict = await world.confirm_official(cms, CONTENT, (AIGUL, bin_), NOW)
    assert verdict.code == code
    if verdict.confirmed:
        async with world.database.connection() as c:
            named = verdict.evidence["revocation"]["crl"]["sha256"]
            assert await c.fetchval("SELECT count(*) FROM revocation_lists WHERE sha256 = $1", named) == 1


@pytest.fixture
def without_check_digits(portal: Portal) -> Iterator[None]:
    """The numbers of the public test keys fail the check digit; ``portal`` has set it from its settings before."""
    assert portal.world.settings.iin_check_digit
    ask_for_check_digits(asked=False)
    yield
    ask_for_check_digits(asked=True)


@pytest.mark.usefixtures("without_check_digits")
async def test_hv_16_1_a_key_store_of_the_public_test_kit_registers_its_person(
    world: World, portal: Portal, keys: Keys, tmp_path: Path
) -> None:
    """The store has the form of the kit's; the kit itself is not ours to give away."""
    gost = create_authority(keys.authority.folder, NOW, "gost")
    world.revocation.accept(RevocationLists(gost).full(NOW))
    portal.app.state.world = replace(world, passwords=portal.world.passwords)
    tester = kit_people()["kit-individual"].person
    portal.registry.add(tester)
    store, content, signature = (tmp_path / name for name in ("GOST512_0123.p12", "content", "signature"))
    store.write_bytes(gost_store(gost.issue(Order.individual(tester.iin, "ТЕСТОВ ТЕСТ ТЕСТОВИЧ", NOW))))
    challenge = await portal.challenge(tester.iin)
    content.write_bytes(base64.b64decode(challenge["content"]))
    files = ("--key", str(store), "--password", KIT_PASSWORD, "--in", str(content), "--out", str(signature))
    assert nca(["--folder", str(keys.authority.folder), "--at", NOW.isoformat(), "sign", *files]) == 0
    answer = await portal.send(challenge, tester.iin, signature.read_bytes())
    assert answer.status_code == 201, answer.text


TEST_GOST = SAMPLES / "nca_test_gost2022"


@needs_samples()
async def test_a_key_of_the_public_test_authority_is_confirmed_beside_the_stubs(
    portal: Portal, keys: Keys, tmp_path: Path
) -> None:
    keys.authority.write_trust(tmp_path / "trust")
    (tmp_path / "lists").mkdir()
    for path in TEST_GOST.iterdir():
        if path.suffix in {".cer", ".crl"}:
            shutil.copy(path, tmp_path / ("trust" if path.suffix == ".cer" else "lists"))
    trust = Trust.from_folder(tmp_path / "trust")
    store = CrlStore(trust, tmp_path / "lists")
    assert store.restore() == ()
    world = replace(portal.world, trust=trust, revocation=store)
    signed = (TEST_GOST / "individual_valid.cms").read_bytes(), (TEST_GOST / "request.json").read_bytes()
    at = datetime(2026, 11, 23, 11, 28, tzinfo=UTC)
    assert (await confirm_signature(world, signed, "123456789011", at)).code == "confirmed"
