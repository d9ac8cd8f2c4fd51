"""Whole bodies that are refused wherever a body is taken, each made of one that would be accepted."""

import json
from collections.abc import Callable
from typing import Any, Final

from tests.hostile.strings import CANARY

Made = Callable[[dict[str, Any]], bytes]


def _utf8(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)


def _doubled(body: dict[str, Any]) -> bytes:
    name = next(iter(body))
    first = json.dumps({name: CANARY})[:-1]
    return f"{first}, {_text(body)[1:]}".encode()


def _doubled_by_escape(body: dict[str, Any]) -> bytes:
    name = next(iter(body))
    escaped = f"\\u{ord(name[0]):04x}{name[1:]}"
    return f'{{"{escaped}": "{CANARY}", {_text(body)[1:]}'.encode()


def _with(name: str) -> Made:
    return lambda body: _utf8(body | {name: CANARY})


_MILLION_KEYS: Final = b"{" + b",".join(b'"%d":1' % number for number in range(1_000_000)) + b"}"
BODIES: Final[dict[str, Made]] = {
    "UTF-16": lambda body: _text(body).encode("utf-16"),
    "UTF-16, big end first": lambda body: _text(body).encode("utf-16-be"),
    "UTF-32": lambda body: _text(body).encode("utf-32"),
    "UTF-7": lambda body: (_text(body) + "қ").encode("utf-7"),
    "byte order mark": lambda body: b"\xef\xbb\xbf" + _utf8(body),
    "a doubled key": _doubled,
    "a key doubled by an escape": _doubled_by_escape,
    "an unknown key": _with(CANARY),
    "an unknown key with NUL": _with(f"{CANARY}\x00"),
    "an unknown key with a surrogate": lambda body: _utf8(body)[:-1] + b', "\\ud800k4nareika": 1}',
    "an unknown key of another script": _with("қанарей k4nareika"),
    "an unknown key of 50 000 letters": _with(CANARY * 5_500),
    "a key in capitals": lambda body: _utf8({name.upper(): value for name, value in body.items()}),
    "prototype": _with("__proto__"),
    "10^6 keys": lambda _: _MILLION_KEYS,
    "in a list": lambda body: b"[" + _utf8(body) + b"]",
    "in quotes": lambda body: json.dumps(_text(body)).encode(),
    "twice": lambda body: _utf8(body) * 2,
    "with something after": lambda body: _utf8(body) + b" k4nareika",
    "with a comma too many": lambda body: _utf8(body)[:-1] + b",}",
    "with a comment": lambda body: b"// k4nareika\n" + _utf8(body),
    "cut off": lambda body: _utf8(body)[:-1],
    "nothing": lambda _: b"",
    "blank": lambda _: b" \r\n\t ",
    "NUL": lambda _: b"\x00",
    "null": lambda _: b"null",
    "true": lambda _: b"true",
    "a number": lambda _: b"42",
    "a text": lambda _: b'"k4nareika"',
    "a form": lambda _: b"iin=k4nareika&password=k4nareika",
    "XML": lambda _: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "gzip": lambda _: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",
    "depth 100 000": lambda _: b"[" * 100_000,
    "brackets in an endless text": lambda _: b'{"k4nareika": "' + b"[\\" * 100_000,
}

KINDS: Final = (
    *("", "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"),
    *("application/json; charset=utf-16", "application/json; charset=latin-1", "application/json-patch+json"),
    *("application/json, text/plain", "application/octet-stream", "application/ocsp-response", "*/*", "k4nareika"),
    *("application/cms", "application/pkcs7-signature", "application/ocsp-request", "application/timestamp-query"),
)
"""Names under which no body is taken."""
