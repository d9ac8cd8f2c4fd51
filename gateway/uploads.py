"""What a browser's form sends: one field of text, or one file (WHATWG forms; RFC 7578)."""

import re
from urllib.parse import parse_qs

from starlette.requests import Request

from shared.kit.problems import BadRequest, UnsupportedMediaType

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_BOUNDARY = re.compile(r'boundary="?([A-Za-z0-9\'()+_,./:=? -]{1,70})"?\s*$')
_FILE = re.compile(rb'content-disposition:[^\r\n]*\bname="?file"?', re.IGNORECASE)
_MOST_OF_A_HEAD = 4_000


async def field_of(request: Request, name: str) -> str:
    """Return a field of a form; empty where it was not filled. Raises UnsupportedMediaType, BadRequest."""
    if _kind(request) != FORM:
        raise UnsupportedMediaType
    try:
        fields = parse_qs((await request.body()).decode("ascii"), max_num_fields=5)
    except ValueError:
        raise BadRequest from None
    return fields.get(name, [""])[0]


async def file_of(request: Request) -> bytes:
    """Return the file of a form's field ``file``; empty where none was chosen. Raises as ``field_of`` does."""
    boundary = _BOUNDARY.search(request.headers.get("content-type", ""))
    if _kind(request) != MULTIPART or boundary is None:
        raise UnsupportedMediaType
    for part in (await request.body()).split(b"\r\n--" + boundary[1].encode()):
        head, separator, content = part.partition(b"\r\n\r\n")
        if separator and len(head) < _MOST_OF_A_HEAD and _FILE.search(head):
            return content
    raise BadRequest


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
