"""Which network a call comes from: what wrong passwords are counted by."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.requests import HTTPConnection

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
UNKNOWN: Final = "unknown"
_MOST_PROXIES: Final = 8
_IPV6_SUBSCRIBER: Final = 64
"""A subscriber of IPv6 has at least a /64 and moves in it freely."""


def network_of(request: HTTPConnection, trusted: Networks) -> str:
    """Return the caller's IPv4 address or IPv6 /64.

    It is the socket's, unless that is one of our own proxies: then the last address in ``X-Forwarded-For`` that is not.
    """
    address = _parsed(request.client.host) if request.client else None
    if address is None:
        return UNKNOWN
    if _is_in(address, trusted):
        address = _forwarded(request.headers.getlist("x-forwarded-for"), trusted) or address
    return str(ip_network((address, _IPV6_SUBSCRIBER), strict=False)) if address.version > 4 else str(address)  # noqa: PLR2004 - IPv6.


def _forwarded(headers: Sequence[str], trusted: Networks) -> Address | None:
    hops = ",".join(headers).split(",")
    for hop in reversed(hops[-_MOST_PROXIES:]):
        address = _parsed(hop.strip())
        if address is None or not _is_in(address, trusted):
            return address
    return None


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_in(address: Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
