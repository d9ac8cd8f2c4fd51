"""Schemas in an OpenAPI document: each once, under its name, without the titles that only repeat a name."""

from typing import Any, Final

from pydantic import BaseModel

from shared.kit.openapi_parts import Json, reference

REFERENCE: Final = "#/components/schemas/"
_FRAMEWORKS_OWN: Final = ("HTTPValidationError", "ValidationError")


def schema_of(model: type[BaseModel]) -> Json:
    """Return a model's schema with its name as title and its parts under ``$defs``, to be hoisted later."""
    return {**model.model_json_schema(ref_template=REFERENCE + "{model}"), "title": model.__name__}


def hoisted(schema: Json, schemas: Json) -> Json:
    """Move a schema and its definitions among the components; return the reference to it.

    Raises:
        ValueError: Two different schemas have one name.
    """
    if "title" not in schema or "$ref" in schema:
        return schema
    schema = dict(schema)
    for name, part in schema.pop("$defs", {}).items():
        _put(name, part, schemas)
    return reference("schemas", _put(schema["title"], schema, schemas))


def _put(name: str, schema: Json, schemas: Json) -> str:
    if schemas.setdefault(name, schema) != schema:
        raise ValueError(f"Two different schemas are named {name}: rename one of the models.")
    return name


def tidy(schemas: Json) -> Json:
    """Return the components in order, without the framework's own and without titles that say a name again."""
    kept = {name: untitled(schema, name) for name, schema in schemas.items() if name not in _FRAMEWORKS_OWN}
    return dict(sorted(kept.items()))


def untitled(schema: Any, name: str = "") -> Any:  # noqa: ANN401 - any part of a JSON document.
    """Return a schema without each title that is only the name written with blanks."""
    if isinstance(schema, list):
        return [untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told: Json = {}
    for key, part in schema.items():
        if key == "properties":
            told[key] = {field: untitled(inner, field) for field, inner in part.items()}
        elif key != "title" or _as_name(part) != _as_name(name):
            told[key] = part if key in {"default", "example", "examples", "enum", "const"} else untitled(part)
    return told


def _as_name(title: str) -> str:
    return title.lower().replace(" ", "").replace("_", "").replace("-", "")
