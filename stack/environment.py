"""The whole environment of one service's process: nothing of the terminal's leaks in but what is listed here."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.registry import REGISTRY_TEST_BIN
from stack.layout import PROJECT, Layout
from stack.roster import ROSTER, Service

PASSED_ON = (
    "PATH",
    "HOME",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "LOG_LEVEL",
    "IIN_CHECK_DIGIT",
    "POPULATION_SIZE",
    "POPULATION_SEED",
)

CRL_PATHS = ("/crl/full.crl", "/crl/delta.crl", "/gost/crl/full.crl", "/gost/crl/delta.crl")
"""Where the authority's stub publishes its lists, by RSA and by GOST."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the processes are told: where data lie and who listens where, and how far the clock is ahead (seconds)."""

    layout: Layout
    port_base: int
    database_address: str
    clock_offset_seconds: float

    def port_of(self, service: Service) -> int:
        """The port on which the service listens."""
        return self.port_base + service.offset

    def url_of(self, service: Service) -> str:
        """The service's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port_of(service)}"

    def urls(self) -> dict[str, str]:
        """Every service's address by its name."""
        return {service.name: self.url_of(service) for service in ROSTER}


def environment_of(service: Service, around: Surroundings) -> Mapping[str, str]:
    """Give the variables that this service's process starts with."""
    layout, urls = around.layout, around.urls()
    variables = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    variables |= {
        "PYTHONPATH": str(PROJECT),
        "PYTHONSAFEPATH": "1",
        "PYTHONUNBUFFERED": "1",
        # Time zones come from the locked package on every machine, not from whatever the machine has.
        "PYTHONTZPATH": "",
        # A password's hashing takes 19 MiB: given back after it, not kept for the next (glibc's mallopt(3)).
        "MALLOC_MMAP_THRESHOLD_": "1048576",
        "LANG": "C.UTF-8",
        "CLOCK_OFFSET_SECONDS": repr(around.clock_offset_seconds),
        "KEYS_DIR": str(layout.keys),
        "TRUST_DIR": str(layout.trust),
        "REGISTRY_URL": urls["person_registry"],
        "REGISTRY_BIN": REGISTRY_TEST_BIN,
        "ATTACHMENT_BIN": ATTACHMENT_TEST_BIN,
    }
    variables |= {f"{name}_URL".upper(): url for name, url in urls.items()}
    if service.database:
        variables["DATABASE_URL"] = f"{around.database_address}/{service.name}"
    return variables | _own(service, around)


def _own(service: Service, around: Surroundings) -> dict[str, str]:
    """What only this service is told."""
    layout = around.layout
    if service.name == "gateway":
        return {
            "PUBLIC_URL": around.urls()["gateway"],
            "WEBHOOKS_PRIVATE": "true",
            "SERVICE_URLS": json.dumps(around.urls()),
            "SEALS_DIR": str(layout.seals),
            "ACCESS_KEY": str(layout.keys / "access.key.pem"),
            "CRL_DIR": str(layout.revocation),
            "CRL_URLS": json.dumps([f"{around.urls()['nca']}{path}" for path in CRL_PATHS]),
        }
    if service.name == "nca":
        return {"NCA_DIR": str(layout.authority)}
    if service.name in {"home_visit", "appointment", "attachment", "diploma", "person_registry"}:
        return {
            "SEALS_DIR": str(layout.seals),
            "PUBLIC_URL": around.urls()["gateway"],
            "TSA_URL": f"{around.urls()['nca']}/tsp",
        }
    return {}
