"""The catalogue: services with their passports, their forms, and the providers of Appendix 3.

A passport is written by its service (``regulation.py``) and comes here as a file: ``python -m stack.generate`` copies
them to ``shared/passports``, for the gateway imports no service.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from gateway.destinations import DESTINATIONS
from shared.forms.schema import form_schema
from shared.kit.problems import BadRequest, NotFound
from shared.law.providers import Provider, provider_with, search

SERVICES: Final = ("home-visit", "appointment", "attachment", "diploma")
"""The decree's four services, in its order, also those that take no requests here yet."""


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """Some providers, and the cursor that leads on, or None at the end."""

    providers: list[Provider]
    next_cursor: str | None


def service_list() -> list[dict[str, Any]]:
    """Return each service with its name, whether it takes requests, and where to read more."""
    return [_told(code) for code in SERVICES]


def service(code: str) -> dict[str, Any]:
    """Return one service with its passport; raises NotFound."""
    if code not in SERVICES:
        raise NotFound
    return _told(code) | {"passport": passports()[code]}


def form_of(code: str) -> dict[str, Any]:
    """Return the form's version and JSON Schema with titles in three languages (HV-16.5); raises NotFound."""
    destination = DESTINATIONS.get(code)
    if destination is None:
        raise NotFound
    return {"service": code, "form_version": destination.form_version, "schema": form_schema(destination.form)}


def provider_page(query: str, limit: int, cursor: str | None) -> ProviderPage:
    """Return the providers that match, the best first, after the cursor; BadRequest for a cursor not of ours."""
    found = search(query)
    if cursor is not None:
        shown = [provider.number for provider in found]
        last = _row_of(cursor)
        if last not in shown:
            raise BadRequest("cursor-not-valid")
        found = found[shown.index(last) + 1 :]
    page = found[:limit]
    return ProviderPage(page, _cursor_at(page[-1].number) if len(found) > limit else None)


def provider(provider_bin: str) -> Provider:
    """Return the provider with this BIN; raises NotFound."""
    found = provider_with(provider_bin)
    if found is None:
        raise NotFound
    return found


@lru_cache(maxsize=1)
def passports() -> Mapping[str, dict[str, Any]]:
    """Return the passports that the services have written, by code."""
    folder = resources.files("shared").joinpath("passports")
    found = [json.loads(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".json")]
    return {passport["code"]: passport for passport in found}


def _told(code: str) -> dict[str, Any]:
    available = code in DESTINATIONS
    links = {"self": f"/v1/services/{code}"} | ({"form": f"/v1/services/{code}/form"} if available else {})
    return {"code": code, "name": passports()[code]["name"], "available": available, "links": links}


def _cursor_at(number: int) -> str:
    return urlsafe_b64encode(f"row {number}".encode()).rstrip(b"=").decode()


def _row_of(cursor: str) -> int:
    try:
        word, number = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode().split()
        if word == "row" and int(number) > 0 and _cursor_at(int(number)) == cursor:
            return int(number)
    except ValueError:
        pass
    raise BadRequest("cursor-not-valid")
