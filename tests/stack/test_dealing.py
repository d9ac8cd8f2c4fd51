"""A trial installation's folder: each container's part holds its own keys, and what is everybody's to know."""

import os
import stat
from pathlib import Path
from uuid import UUID

import pytest

from shared.kit.clock import SystemClock
from shared.kit.keys import load_keys
from shared.kit.scans import ScanKeys, scan_keys_of
from shared.kit.settings import Settings
from shared.law.providers import PROVIDERS
from stack.dealing import POSTGRES_ACCOUNT, SERVICES_ACCOUNT, deal
from stack.layout import Layout
from stack.roster import CALLERS, DEFAULT_PORT_BASE, ROSTER
from stack.trial import InContainers, main

SEALING = {
    "home_visit": len(PROVIDERS),
    "appointment": len(PROVIDERS),
    "attachment": len(PROVIDERS) + 1,
    "diploma": 1,
    "person_registry": 1,
}


@pytest.fixture(scope="module")
def dealt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    deal(folder, SystemClock())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", CALLERS)
def test_each_has_its_own_key_and_everybodys_public_keys(dealt: Path, name: str) -> None:
    services = dealt / name / "keys" / "services"
    assert [path.name for path in services.glob("*.key.pem")] == [f"{name}.key.pem"]
    assert load_keys(dealt / name / "keys", name, CALLERS).name == name


@pytest.mark.parametrize("name", [service.name for service in ROSTER if service.name != "nca"])
def test_each_seals_only_in_the_names_that_are_its_to_seal_in(dealt: Path, name: str) -> None:
    seals = Layout(dealt / name).seals
    assert len(list(seals.glob("*.key.pem"))) == SEALING.get(name, 0)
    published = len(PROVIDERS) + 1 if name == "gateway" else SEALING.get(name, 0)
    assert len(list(seals.glob("*.chain.pem"))) == published


@pytest.mark.parametrize("name", [service.name for service in ROSTER if service.database])
def test_each_that_may_keep_scans_has_a_key_of_its_own_for_them(dealt: Path, name: str) -> None:
    keys = dealt / name / "keys"
    assert [path.name for path in (keys / "scans").iterdir()] == [f"{name}.key"]
    assert ScanKeys.from_file(scan_keys_of(keys, name)).seal(UUID(int=1), b"scan")


def test_no_private_key_but_those_lies_in_a_containers_part(dealt: Path) -> None:
    private = {
        name
        for name, data in contents(dealt).items()
        if b"PRIVATE KEY" in data and not name.startswith(("all/", "operator/demo/")) and "/seals/" not in name
    }
    assert private == {
        "gateway/keys/access.key.pem",
        *(f"{name}/keys/services/{name}.key.pem" for name in CALLERS),
    }


def test_a_second_deal_changes_no_key_and_no_password(dealt: Path) -> None:
    before = contents(dealt)
    deal(dealt, SystemClock())
    assert contents(dealt) == before


def test_nobody_but_the_containers_account_can_read_it(dealt: Path) -> None:
    for path in (dealt, *dealt.rglob("*")):
        facts = path.stat()
        if path.name == "postgres_password":
            assert stat.S_IMODE(facts.st_mode) == 0o640
        else:
            assert stat.S_IMODE(facts.st_mode) == (0o700 if path.is_dir() else 0o600), path
            assert facts.st_uid == (SERVICES_ACCOUNT if os.geteuid() == 0 else os.geteuid())


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root gives files away.")
def test_the_servers_password_is_for_the_server_and_for_the_step_that_makes_the_databases(dealt: Path) -> None:
    facts = (dealt / "secrets" / "postgres_password").stat()
    assert (facts.st_uid, facts.st_gid) == (POSTGRES_ACCOUNT, SERVICES_ACCOUNT)


@pytest.mark.parametrize("name", [service.name for service in ROSTER if service.database])
def test_each_database_has_a_role_and_a_password_of_its_own(dealt: Path, name: str) -> None:
    address = (dealt / "secrets" / f"{name}.database_url").read_text(encoding="utf-8")
    settings = Settings(database_url=address)
    assert settings.database_url.startswith(f"postgresql://{name}:")
    assert settings.database_url.endswith(f"@postgres:5432/{name}")
    passwords = [path.read_text("utf-8").partition("@")[0] for path in (dealt / "secrets").iterdir()]
    assert len(set(passwords)) == len(passwords)


def test_containers_reach_each_other_by_name() -> None:
    urls = InContainers(Layout(), DEFAULT_PORT_BASE, "", 0.0).urls()
    assert (urls["home_visit"], urls["nca"]) == ("http://home_visit:8001", "http://nca:8011")


def test_an_order_that_is_none_gets_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "material FOLDER" in capsys.readouterr().err
