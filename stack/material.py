"""Keys, certificates and seals that the stack needs; what is there and valid stays, what is missing is made."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nca_stub.authority import KINDS, Authority, Kind, create_authority
from nca_stub.keys import pem_of
from nca_stub.orders import Order
from nca_stub.register import write_file
from person_registry_stub.demo_people import DemoPerson, demo_people
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.clock import Clock
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.scans import scan_keys_of
from shared.law.college import COLLEGE
from shared.law.providers import PROVIDERS
from stack.layout import Layout
from stack.roster import CALLERS, ROSTER

WITH_GOST_KEYS = frozenset({"guardian", "elderly"})
"""Demo people whose keys are GOST 34.10-2015, as the authority issues them since 2024; the others' are RSA."""
MARGIN = timedelta(days=1)
"""A certificate that would end within this time is made anew."""


def make_material(layout: Layout, clock: Clock) -> None:
    """Make every key that is missing, and every certificate that is not valid at the clock's time."""
    now = clock.now()
    for folder in (layout.keys, layout.authority, layout.seals, layout.demo):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (layout.trust, layout.revocation):
        folder.mkdir(exist_ok=True)
    _make_service_keys(layout.keys)
    make_scan_keys(layout.keys)
    authorities = {kind: create_authority(layout.authority, now, kind) for kind in KINDS}
    for authority in authorities.values():
        authority.write_trust(layout.trust)
    for bin_, name in organisations():
        _make_seal(layout.seals, authorities["rsa"], Order.organisation(bin_, name, now), bin_)
    for demo in demo_people().values():
        if demo.signs:
            kind: Kind = "gost" if demo.slug in WITH_GOST_KEYS else "rsa"
            _make_demo_key(layout.demo / f"{demo.slug}.pem", authorities[kind], demo, now)


def organisations() -> Iterator[tuple[str, str]]:
    """BIN and name of everyone who seals: the providers, both registers, the medical college."""
    yield from ((provider.bin, provider.name) for provider in PROVIDERS)
    yield REGISTRY_TEST_BIN, "«Жеке тұлғалар» мемлекеттік дерекқоры TEST"
    yield ATTACHMENT_TEST_BIN, "Тіркелген халықтың тіркелімі TEST"
    yield COLLEGE.bin, COLLEGE.name


def _make_service_keys(keys: Path) -> None:
    for caller in CALLERS:
        private, public = keys / "services" / f"{caller}.key.pem", keys / "services" / f"{caller}.pub.pem"
        if private.exists() and public.exists():
            continue
        key = ec.generate_private_key(ec.SECP256R1())
        write_file(private, pem_of(key), secret=True)
        write_file(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    access = keys / "access.key.pem"
    if not access.exists():
        write_file(access, pem_of(ec.generate_private_key(ec.SECP256R1())), secret=True)


def make_scan_keys(keys: Path) -> None:
    """Make a key of scans for each process with a database; a lost one would lose the scans: it is never replaced."""
    for service in ROSTER:
        path = scan_keys_of(keys, service.name)
        if service.database and not path.exists():
            write_file(path, f"{secrets.token_hex(32)}\n".encode(), secret=True)


def _make_seal(folder: Path, authority: Authority, order: Order, bin_: str) -> None:
    chain = folder / f"{bin_}.chain.pem"
    if _serves(chain, order.not_before + MARGIN):
        return
    issued = authority.issue(order)
    write_file(folder / f"{bin_}.key.pem", issued.key_pem(), secret=True)
    # The chain is written last: its presence says that both are there.
    write_file(chain, issued.chain_pem())


def _make_demo_key(path: Path, authority: Authority, demo: DemoPerson, now: datetime) -> None:
    if _serves(path, now):
        return
    names = demo.person.names.kk
    name = f"{names.surname} {names.given} {names.patronymic or ''}".strip().upper()
    write_file(path, authority.issue(Order.individual(demo.person.iin, name, now)).pem(), secret=True)


def _serves(path: Path, now: datetime) -> bool:
    """Tell whether the first certificate in the file is valid now and for a day to come."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except FileNotFoundError:
        return False
    return certificate.not_valid_before_utc <= now and now + MARGIN < certificate.not_valid_after_utc
