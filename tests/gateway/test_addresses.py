"""Where a call comes from, and whom that is believed of."""

from ipaddress import ip_network

import pytest
from starlette.requests import HTTPConnection

from gateway.addresses import network_of

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def call(socket: str | None, *forwarded: str) -> HTTPConnection:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return HTTPConnection({"type": "http", "headers": headers, "client": (socket, 4711) if socket else None})


@pytest.mark.parametrize(
    ("connection", "network"),
    [
        (call("192.0.2.7"), "192.0.2.7"),
        (call("192.0.2.7", "198.51.100.1"), "192.0.2.7"),
        (call("10.1.1.1", "198.51.100.1"), "198.51.100.1"),
        (call("10.1.1.1", "1.1.1.1, 198.51.100.1"), "198.51.100.1"),
        (call("10.1.1.1", "1.1.1.1", "198.51.100.1, 10.2.2.2"), "198.51.100.1"),
        (call("10.1.1.1", "10.3.3.3"), "10.1.1.1"),
        (call("10.1.1.1", "198.51.100.1, rubbish"), "10.1.1.1"),
        (call("10.1.1.1", ""), "10.1.1.1"),
        (call("10.1.1.1"), "10.1.1.1"),
        (call("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64"),
        (call("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64"),
        (call("fd00::1", "2001:db8::9"), "2001:db8::/64"),
        (call("::ffff:192.0.2.7"), "192.0.2.7"),
        (call("fe80::1%eth0"), "fe80::/64"),
        (call(None), "unknown"),
        (call("testclient"), "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(connection: HTTPConnection, network: str) -> None:
    assert network_of(connection, PROXIES) == network


def test_without_configuration_no_header_is_believed() -> None:
    assert network_of(call("127.0.0.1", "198.51.100.1"), ()) == "127.0.0.1"
