"""Waiting until every service says on /readyz that it has all it needs."""

import http.client
import json
import time
from collections.abc import Callable, Mapping

from stack.children import Child, how
from stack.failures import NotReady

READY_SECONDS, POLL_SECONDS, ANSWER_SECONDS = 60.0, 0.05, 3.0


def await_ready(children: Mapping[Child, int], tell: Callable[[Child], None]) -> None:
    """Ask each child on its port again and again, telling of each as it is ready.

    Raises NotReady when one ends, or when the patience (60 seconds) does.
    """
    waiting, until = dict(children), time.monotonic() + READY_SECONDS
    while waiting:
        for child, port in list(waiting.items()):
            if (status := child.ended()) is not None:
                raise NotReady(f"{child.name} ended ({how(status)}): {child.last_words()} (all of it: {child.log})")
            missing = _missing(port)
            if missing == "":
                del waiting[child]
                tell(child)
            elif time.monotonic() > until:
                raise NotReady(f"{child.name} is not ready after {READY_SECONDS:.0f} s: {missing} (see {child.log})")
        time.sleep(POLL_SECONDS)


def _missing(port: int) -> str:
    """Name what the service on this port still lacks; empty if nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        told = answer.read()
    except (OSError, http.client.HTTPException):
        return "it does not answer"
    finally:
        connection.close()
    if answer.status == http.client.OK:
        return ""
    try:
        return "it lacks " + ", ".join(name for name, there in json.loads(told)["parts"].items() if not there)
    except (ValueError, KeyError, AttributeError):
        return f"/readyz answers {answer.status}"
