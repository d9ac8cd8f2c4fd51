"""A trial installation's material for containers: each service's folder holds its own keys, what is public, no more.

`all/` is the whole set as one machine's stack has it; no container but the authority's mounts any of it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nca_stub.register import write_file
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.clock import Clock
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.scans import scan_keys_of
from shared.law.college import COLLEGE
from shared.law.providers import PROVIDERS
from stack.layout import Layout
from stack.material import make_material
from stack.roster import ROSTER, Service

SERVICES_ACCOUNT: Final = 10001
"""The account that the image's processes run as (Dockerfile)."""
POSTGRES_ACCOUNT: Final = 999
"""The account of the official image of PostgreSQL."""
DATABASE_SERVER: Final = "postgres:5432"
PROVIDERS_BINS: Final = tuple(provider.bin for provider in PROVIDERS)
SEALS: Final = {
    "home_visit": PROVIDERS_BINS,
    "appointment": PROVIDERS_BINS,
    "attachment": (*PROVIDERS_BINS, ATTACHMENT_TEST_BIN),
    "diploma": (COLLEGE.bin,),
    "person_registry": (REGISTRY_TEST_BIN,),
}
"""In whose name each service seals, by BIN."""


def deal(folder: Path, clock: Clock) -> None:
    """Make what is missing in the folder, and give each service its part; what is there stays, as do the passwords."""
    whole = Layout(folder / "all")
    make_material(whole, clock)
    for service in ROSTER:
        own = Layout(folder / service.name)
        if service.name != "nca":
            _deal_keys(whole, own, service.name)
        for name in _seals_of(service.name):
            _copy(whole.seals / name, own.seals / name)
        if service.database:
            _keep(folder / "secrets" / f"{service.name}.database_url", _new_address(service))
            scans = scan_keys_of(whole.keys, service.name)
            _copy(scans, own.keys / "scans" / scans.name)
    _copy(whole.keys / "access.key.pem", folder / "gateway" / "keys" / "access.key.pem")
    operator = Layout(folder / "operator")
    _deal_keys(whole, operator, "operator")
    for key in whole.demo.glob("*.pem"):
        _copy(key, operator.demo / key.name)
    _keep(folder / "secrets" / "postgres_password", secrets.token_urlsafe(24))
    _close(folder)


def _deal_keys(whole: Layout, own: Layout, name: str) -> None:
    """Public keys and certificates go to everyone: whom a service listens to is decided in its code."""
    public = [*(whole.keys / "services").glob("*.pub.pem"), whole.keys / "services" / f"{name}.key.pem"]
    for path in public:
        _copy(path, own.keys / "services" / path.name)
    for path in whole.trust.glob("*.cer"):
        _copy(path, own.trust / path.name)


def _seals_of(name: str) -> Iterator[str]:
    """Name the files that this service seals with; the gateway only publishes the providers' certificates."""
    for bin_ in SEALS.get(name, ()):
        yield f"{bin_}.key.pem"
    for bin_ in (*PROVIDERS_BINS, COLLEGE.bin) if name == "gateway" else SEALS.get(name, ()):
        yield f"{bin_}.chain.pem"


def _new_address(service: Service) -> str:
    return f"postgresql://{service.name}:{secrets.token_urlsafe(24)}@{DATABASE_SERVER}/{service.name}"


def _keep(path: Path, text: str) -> None:
    if not path.exists():
        write_file(path, text.encode(), secret=True)


def _copy(path: Path, to: Path) -> None:
    write_file(to, path.read_bytes(), secret=True)


def _close(folder: Path) -> None:
    """Let the containers' account read the files, and nobody else. As another than root, the files are one's own."""
    account = SERVICES_ACCOUNT if os.geteuid() == 0 else os.geteuid()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        shutil.chown(path, account)
    # The server reads its password under its own account; the step that makes the databases reads it by the group.
    password = folder / "secrets" / "postgres_password"
    password.chmod(0o640)
    if os.geteuid() == 0:
        shutil.chown(password, POSTGRES_ACCOUNT, SERVICES_ACCOUNT)
