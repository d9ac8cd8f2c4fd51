"""What a service says where it does not do what it is asked: the members of its problem (RFC 9457)."""

import json
from typing import Any

from shared.kit.pointers import Fault


def problem_in(body: bytes) -> dict[str, Any]:
    """Return the members of a problem; none where the body is no JSON object."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def slug_in(told: dict[str, Any]) -> str:
    """Return the last part of the problem's ``type``."""
    return str(told.get("type", "")).rpartition("/")[2]


def faults_in(told: dict[str, Any]) -> list[Fault]:
    """Return where the body that was sent is at fault."""
    return [Fault(pointer=str(one["pointer"]), code=str(one["code"])) for one in told.get("errors", [])]
