"""The containers' healthcheck: it passes when the service is ready, and says in one line what it was told."""

import socket
import threading
from collections.abc import Iterator

import pytest

from shared.kit import health

READY = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"status":"ok"}'
NOT_READY = b'HTTP/1.1 503 Service Unavailable\r\n\r\n{"status":"not ready","parts":{"database":false}}'


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def answered(listener: socket.socket, answer: bytes) -> int:
    """Check a service that gives this answer; an empty one is silence until the end."""
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            assert connection.recv(4096).startswith(b"GET /readyz HTTP/1.1\r\n")
            connection.sendall(answer) if answer else over.wait(5)

    server = threading.Thread(target=serve)
    server.start()
    try:
        return health.main(str(listener.getsockname()[1]))
    finally:
        over.set()
        server.join()


def test_a_ready_service_is_healthy(listener: socket.socket, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(listener, READY) == 0
    assert capsys.readouterr().out == '{"status":"ok"}\n'


def test_a_service_that_lacks_a_part_is_not(listener: socket.socket, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(listener, NOT_READY) == 1
    assert '"database":false' in capsys.readouterr().out


def test_a_service_that_is_not_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert health.main(str(port)) == 1
    assert capsys.readouterr().out.startswith("no answer: ")


def test_a_service_that_says_nothing_is_not(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SECONDS", 0.1)
    assert answered(listener, b"") == 1
