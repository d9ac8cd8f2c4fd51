"""The OpenAPI documents of all applications, as text that one can read and compare."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from stack.specimens import specimens

WIDTH: Final = 120
"""Columns within which an object or a list stays on one line."""


def openapi_documents() -> Mapping[str, str]:
    """Return each application's document by its process's name; the gateway's is the one that portals use."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: readable(app.openapi()) + "\n" for name, app in specimens(Path(folder)).items()}


def readable(value: Any, depth: int = 0, before: int = 0) -> str:  # noqa: ANN401 - any part of a JSON document.
    """Return JSON indented by one blank, what is short on one line; ``before`` columns are taken on the first."""
    line = json.dumps(value, ensure_ascii=False)
    if depth + before + len(line) < WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        return "[" + ",".join(inner + readable(part, depth + 1) for part in value) + outer + "]"
    names = {name: json.dumps(name, ensure_ascii=False) + ": " for name in value}
    parts = (inner + names[name] + readable(part, depth + 1, len(names[name])) for name, part in value.items())
    return "{" + ",".join(parts) + outer + "}"
