"""Every application as it is put together to run, over throw-away keys and without a database: to be looked at only."""

import importlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI

from nca_stub.authority import create_authority
from nca_stub.keys import pem_of
from nca_stub.orders import Order
from nca_stub.register import write_file
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.clock import SystemClock
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.settings import Settings
from stack.layout import Layout
from stack.material import make_scan_keys
from stack.roster import CALLERS, ROSTER, Service

_NOWHERE: Final = "postgresql://nobody@127.0.0.1:1/nothing"
_FEW: Final = 50


def specimens(folder: Path) -> Mapping[str, FastAPI]:
    """Return each application by its process's name; what they are made with lies in the folder."""
    layout = Layout(folder)
    _furnish(layout)
    settings = {
        "keys_dir": layout.keys,
        "trust_dir": layout.trust,
        "seals_dir": layout.seals,
        "nca_dir": layout.authority,
        "database_url": _NOWHERE,
        "log_level": "WARNING",
        "attachment_bin": ATTACHMENT_TEST_BIN,
        "registry_bin": REGISTRY_TEST_BIN,
        "population_size": _FEW,
        "control_enabled": True,
    }
    return {service.name: _assembled(service, settings) for service in ROSTER}


def _assembled(service: Service, settings: Mapping[str, Any]) -> FastAPI:
    """Return one application; its settings take what they know of these."""
    app: FastAPI = importlib.import_module(f"{service.package}.app").create_app(_settings_of(service)(**settings))
    return app


def _settings_of(service: Service) -> type[Settings]:
    module = importlib.import_module(f"{service.package}.settings")
    own = (kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__)
    return next(kind for kind in own if issubclass(kind, Settings))


def _furnish(layout: Layout) -> None:
    """Make one authority, one seal for both registers, and every caller's keys."""
    make_scan_keys(layout.keys)
    for each in (layout.authority, layout.seals, layout.trust, layout.keys / "services"):
        each.mkdir(parents=True)
    before = SystemClock().now() - timedelta(days=1)
    authority = create_authority(layout.authority, before)
    authority.write_trust(layout.trust)
    issued = authority.issue(Order.organisation(ATTACHMENT_TEST_BIN, "SPECIMEN", before))
    for bin_ in (ATTACHMENT_TEST_BIN, REGISTRY_TEST_BIN):
        write_file(layout.seals / f"{bin_}.key.pem", issued.key_pem(), secret=True)
        write_file(layout.seals / f"{bin_}.chain.pem", issued.chain_pem())
    for caller in CALLERS:
        key = ec.generate_private_key(ec.SECP256R1())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        write_file(layout.keys / "services" / f"{caller}.key.pem", pem_of(key), secret=True)
        write_file(layout.keys / "services" / f"{caller}.pub.pem", public)
