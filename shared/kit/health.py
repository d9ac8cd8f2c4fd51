"""Asks the service in this container whether it is ready: ``python -I -S …/health.py 8001``, standard library only.

A healthcheck runs every few seconds for ever, so that this loads next to nothing.
"""

import socket
import sys

SECONDS = 3.0
MOST_BYTES = 4096


def answer_of(port: int) -> bytes:
    """Return what ``/readyz`` on this machine answers, head and body. Raises OSError when nobody does in time."""
    parts: list[bytes] = []
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while (part := connection.recv(MOST_BYTES)) and sum(map(len, parts)) < MOST_BYTES:
            parts.append(part)
    return b"".join(parts)


def main(port: str) -> int:
    """Say on one line what the service answers, for ``docker inspect``; 0 when it is ready."""
    try:
        answer = answer_of(int(port))
    except OSError as failure:
        sys.stdout.write(f"no answer: {failure}\n")
        return 1
    sys.stdout.write(answer.rpartition(b"\n")[2].decode(errors="replace") + "\n")
    return 0 if answer.startswith(b"HTTP/1.1 200 ") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
