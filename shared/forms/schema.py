"""A form as JSON Schema (draft 2020-12), for whoever builds a page or a program that fills it."""

from typing import Any

from pydantic import BaseModel


def form_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the form's schema; every field carries ``titles`` in kk, ru and en, and its limits of size (HV-16.5)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
