"""A JSON schema for a person's eye: what kind of value, which fields, and a value of that form."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = Mapping[str, Any]
MOST_DEEP: Final = 8
"""So deep are fields told; what is deeper refers to itself."""
UNTOLD: Final = "…"
"""Stands in an example where any text might."""
_SAMPLES: Final[Mapping[str, object]] = {
    "date-time": "2026-11-24T10:00:00+05:00",
    "date": "2026-11-24",
    "time": "10:00:00",
    "uuid": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90",
    "uri": "https://example.kz/",
    "uri-reference": "/v1/services",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "null": None,
}
_LIMITS: Final = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "from {}",
    "maximum": "to {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "as {}",
    "contentEncoding": "{}",
    "default": "unless told {}",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object (or one of several forms, by its name): what it is, and the fields inside."""

    name: str
    kind: str
    said: str
    is_required: bool
    inner: tuple["Field", ...]


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of one OpenAPI document, for what refers to its components."""

    api: Mapping[str, Any]

    def resolved(self, part: Schema) -> Schema:
        """Return the part itself, or what its reference leads to, with what stands beside the reference."""
        while "$ref" in part:
            found: Any = self.api
            for name in str(part["$ref"]).removeprefix("#/").split("/"):
                found = found[name]
            part = {**found, **{key: told for key, told in part.items() if key != "$ref"}}
        return part

    def kind(self, schema: Schema) -> str:
        """Return what kind of value it is, in a few words."""
        told = self.resolved(schema)
        if "const" in told or "enum" in told:
            return " | ".join(json.dumps(one, ensure_ascii=False) for one in told.get("enum", [told.get("const")]))
        if forms := _forms(told):
            return " or ".join(dict.fromkeys(self.kind(form) for form in forms))
        kind = str(told.get("type", "any value"))
        if kind == "array":
            kind = f"array of {self.kind(told.get('items', {}))}"
        limits = [words.format(told[key]) for key, words in _LIMITS.items() if key in told]
        return ", ".join([kind, *([told["format"]] if "format" in told else []), *limits])

    def fields(self, schema: Schema, depth: int = 0) -> tuple[Field, ...]:
        """Return the fields of an object, of an array's items, or of each form that it may have."""
        told = self.resolved(schema)
        if depth > MOST_DEEP:
            return ()
        if "properties" in told:
            required = told.get("required", ())
            return tuple(self._field(name, part, name in required, depth) for name, part in told["properties"].items())
        if "items" in told:
            return self.fields(told["items"], depth)
        forms = [(form, found) for form in _forms(told) if (found := self.fields(form, depth))]
        if len(forms) == 1:
            return forms[0][1]
        return tuple(Field(_name(form), "one of", "", is_required=False, inner=found) for form, found in forms)

    def _field(self, name: str, schema: Schema, is_required: bool, depth: int) -> Field:  # noqa: FBT001 - of a table.
        said = str(self.resolved(schema).get("description", ""))
        return Field(name, self.kind(schema), said, is_required, self.fields(schema, depth + 1))

    def sample(self, schema: Schema, depth: int = 0) -> object:
        """Return a value of the form that the schema tells; free texts are left as dots."""
        told = self.resolved(schema)
        for key in ("example", "const", "default"):
            if key in told:
                return told[key]
        for key in ("examples", "enum"):
            if told.get(key):
                return told[key][0]
        if forms := _forms(told):
            return self.sample(forms[0], depth)
        kind = told.get("type")
        if kind == "object":
            return dict(self._samples(told, depth))
        if kind == "array":
            return [] if depth > MOST_DEEP else [self.sample(told.get("items", {}), depth + 1)]
        return _SAMPLES.get(str(told.get("format", kind)), UNTOLD)

    def _samples(self, told: Schema, depth: int) -> Iterator[tuple[str, object]]:
        for name, part in told.get("properties", {}).items():
            if depth <= MOST_DEEP or name in told.get("required", ()):
                yield name, self.sample(part, depth + 1)
        if not told.get("properties") and isinstance(told.get("additionalProperties"), Mapping):
            yield UNTOLD, self.sample(told["additionalProperties"], depth + 1)


def _forms(told: Schema) -> list[Schema]:
    return [*told.get("anyOf", ()), *told.get("oneOf", ()), *told.get("allOf", ())]


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", schema.get("title", "…"))).rpartition("/")[2]
