"""Where a body is wrong and what is wrong there: pointers and codes, never a value or a name that the sender chose."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

_OF_A_SCHEMA = re.compile(r"^[A-Za-z_][A-Za-z_-]{0,39}$")
_MOST = 50


class Fault(TypedDict):
    """One thing wrong in a body: where (RFC 6901 pointer) and what (a stable code), never the value."""

    pointer: str
    code: str


def faults_of(errors: Iterable[Mapping[str, Any]], *, skip: int = 0) -> list[Fault]:
    """Return pydantic's errors as faults, fifty at most; ``skip`` leading places are not in the body itself."""
    faults: list[Fault] = []
    for error in errors:
        if len(faults) == _MOST:
            break
        fault = Fault(pointer=pointer_to(error["loc"][skip:]), code=str(error["type"]).replace("_", "-"))
        if fault not in faults:
            faults.append(fault)
    return faults


def pointer_to(location: Iterable[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) to a place, cut before a key that could be a person's data."""
    pointer = ""
    for place in location:
        if isinstance(place, str) and not _OF_A_SCHEMA.match(place):
            break
        pointer += f"/{place}"
    return pointer
