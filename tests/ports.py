"""Ports for a stack of a test's own, so that it meets no other that runs on the machine."""

import random
from contextlib import suppress

from stack.failures import PortTaken
from stack.ports import check_ports
from stack.roster import ROSTER


def free_port_base() -> int:
    """Find a base from which all the stack's ports are free.

    It lies below the ports that systems give to outgoing connections: one of those could take the place of a process
    while it is dead.
    """
    for base in random.sample(range(20_000, 32_000, 20), 50):
        with suppress(PortTaken):
            check_ports([(service.name, base + service.offset) for service in ROSTER])
            return base
    raise AssertionError("There are no free ports.")
