"""Finding out before anything is started whether the ports are free."""

import socket
from collections.abc import Sequence

from stack.failures import PortTaken

OTHER_BASE = 18000


def check_ports(wanted: Sequence[tuple[str, int]]) -> None:
    """Take each port for a moment. Raises PortTaken for the first (name, port) that is in use."""
    for name, port in wanted:
        with socket.socket() as probe:
            # As the servers do it: a connection of an earlier run that is still closing is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError) as failure:
                raise PortTaken(
                    f"Port {port} (for {name}) cannot be had ({failure}): end what uses it, "
                    f"or take other ports, for example ./run --port-base {OTHER_BASE}"
                ) from None
