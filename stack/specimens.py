"""Every application as it is put together to run, over throw-away keys and without a database: to be looked at only."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI

from appointment_svc import app as appointment
from appointment_svc.settings import AppointmentSettings
from attachment_svc import app as attachment
from attachment_svc.settings import AttachmentSettings
from diploma_svc import app as diploma
from diploma_svc.settings import DiplomaSettings
from gateway import app as gateway
from gateway.settings import GatewaySettings
from home_visit_svc import app as home_visit
from home_visit_svc.settings import HomeVisitSettings
from nca_stub import app as nca
from nca_stub.authority import create_authority, pem_of
from nca_stub.orders import Order
from nca_stub.register import write_file
from nca_stub.settings import AuthoritySettings
from person_registry_stub import app as person_registry
from person_registry_stub.settings import RegistrySettings
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.clock import SystemClock
from shared.kit.registry import REGISTRY_TEST_BIN
from stack.layout import Layout
from stack.roster import CALLERS

_NOWHERE: Final = "postgresql://nobody@127.0.0.1:1/nothing"
_FEW: Final = 50


def specimens(folder: Path) -> Mapping[str, FastAPI]:
    """Return each application by its process's name; what they are made with lies in the folder."""
    layout = Layout(folder)
    _furnish(layout)
    common: dict[str, Any] = {
        "keys_dir": layout.keys,
        "trust_dir": layout.trust,
        "seals_dir": layout.seals,
        "database_url": _NOWHERE,
        "log_level": "WARNING",
    }
    registry = RegistrySettings(population_size=_FEW, registry_bin=REGISTRY_TEST_BIN, control_enabled=True, **common)
    return {
        "gateway": gateway.create_app(GatewaySettings(**common)),
        "home_visit": home_visit.create_app(HomeVisitSettings(**common)),
        "appointment": appointment.create_app(AppointmentSettings(**common)),
        "attachment": attachment.create_app(AttachmentSettings(attachment_bin=ATTACHMENT_TEST_BIN, **common)),
        "diploma": diploma.create_app(DiplomaSettings(**common)),
        "person_registry": person_registry.create_app(registry),
        "nca": nca.create_app(AuthoritySettings(nca_dir=layout.authority, control_enabled=True, **common)),
    }


def _furnish(layout: Layout) -> None:
    """Make one authority, one seal for both registers, and every caller's keys."""
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
