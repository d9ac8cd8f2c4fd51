"""Which addresses a webhook may reach: public ones only, checked where the connection is made (no second look-up)."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from aiohttp import ThreadedResolver
from aiohttp.abc import ResolveResult

_NAT64: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_LAST_32: Final = 0xFFFFFFFF


class AddressRefused(OSError):
    """The host is, or has among its addresses, one that is not public."""


def is_public(text: str) -> bool:
    """Say whether an address is one of the public Internet, whatever it is wrapped in."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to: mapped, NAT64, 6to4, Teredo."""
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & _LAST_32)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def may_be_called(url: str, *, private: bool) -> bool:
    """Say whether a webhook may be sent there, as far as the URL tells; ``private`` where one tries things out."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment or (port is not None and not port > 0):
        return False
    if private:
        return parts.scheme in {"http", "https"}
    if parts.scheme != "https":
        return False
    try:
        return is_public(host)
    except ValueError:
        return "." in host and not host.replace(".", "").isdigit() and not host.lower().startswith("0x")


class PublicOnly(ThreadedResolver):
    """Looks a host up once; the connection is made to what was checked, and to nothing else."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the host's addresses; raises AddressRefused when one of them is not public."""
        found = await super().resolve(host, port, family)
        if not found or not all(is_public(one["host"]) for one in found):
            raise AddressRefused("not a public address")
        return found
