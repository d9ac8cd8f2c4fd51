"""What an operator may set on the gateway, beyond what all services have."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from pydantic import Field

from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.settings import Settings
from shared.law.iin import IIN_PATTERN


class GatewaySettings(Settings):
    """The gateway's own settings; the defaults are those of the one-machine stack."""

    name: str = "gateway"
    access_key: Path = Path(".data/keys/access.key.pem")
    """The P-256 key that signs access tokens."""
    public_url: str = "http://127.0.0.1:8000"
    """Where the gateway is reached from outside; it is the name of the authorisation server too (RFC 8414)."""
    token_audience: str = "almaty-primary-care/api"  # noqa: S105 - a name, no secret.
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks of our own proxies; only from them is ``X-Forwarded-For`` believed. JSON: ``["10.0.0.0/8"]``."""
    registry_url: str = "http://127.0.0.1:8010"
    registry_bin: str = Field(default=REGISTRY_TEST_BIN, pattern=IIN_PATTERN)
    """BIN of the person registry's seal."""
    crl_urls: tuple[str, ...] = tuple(
        f"http://127.0.0.1:8011{place}/crl/{name}.crl" for place in ("", "/gost") for name in ("full", "delta")
    )
    """Where the authorities publish their lists of revoked certificates, the full one before its delta.

    Addresses in certificates are never followed.
    """
    crl_dir: Path = Path(".data/crl")
    """Where the lists are kept for the next start."""
    crl_every_seconds: float = Field(default=60.0, gt=0)
    ocsp_urls: tuple[str, ...] = ()
    """Responders (OCSP) that are asked about one certificate where no list is in force; unless given, nobody is."""
    service_urls: Mapping[str, str] = Field(default={"home_visit": "http://127.0.0.1:8001"})
    """Where the state services are, by the names that destinations.py gives them. JSON: ``{"home_visit": "http://…"}``."""
    seals_dir: Path = Path(".data/seals")
    """The certificates of the providers' seals (``*.chain.pem``), whose public keys are published."""
    deliveries_at_once: int = Field(default=8, ge=1, le=64)
    """Requests that the loop delivers side by side."""
    webhooks_at_once: int = Field(default=16, ge=1, le=256)
    """End points that are called side by side; each has one call at a time."""
    webhooks_private: bool = False
    """Whether webhooks may go to private addresses and without TLS: only where one tries things out."""
    hashing_threads: int = Field(default=2, ge=1, le=32)
    """Passwords hashed at once; each takes 19 MiB."""
    signature_threads: int = Field(default=2, ge=1, le=32)
    """Signatures checked at once."""
    gost_processes: int = Field(default=2, ge=0, le=32)
    """Processes that do the arithmetic of GOST, started with the first GOST signature or list; 0: the threads do it."""

    @property
    def issuer(self) -> str:
        """Return what access tokens name as their issuer: the public address without a slash at its end."""
        return self.public_url.rstrip("/")
