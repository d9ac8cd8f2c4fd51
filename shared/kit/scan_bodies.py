"""A scan in a request and in an answer; a route that takes one says so by ``openapi_extra=uploads.SCAN_BODY``."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from shared.kit.problem_schema import problem_docs
from shared.kit.problems import BodyTooLarge, RequestTooSlow, Unprocessable, UnsupportedMediaType
from shared.kit.scans import HEAD, SCAN_TYPES, Scan, check_head

_NAMES: Final = {"application/pdf": "scan.pdf", "image/jpeg": "scan.jpg", "image/png": "scan.png"}
SCAN_REFUSED: Final = problem_docs(BodyTooLarge, RequestTooSlow, Unprocessable, UnsupportedMediaType)
"""The ``responses`` of a route that takes a scan."""
SCAN_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The scan",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in SCAN_TYPES},
    }
}
"""The ``responses`` of a route that answers with a scan."""


async def read_scan(request: Request) -> Scan:
    """Return the scan that the body is, read as it comes: what is none is refused at its first octets.

    Raises BodyTooLarge, RequestTooSlow; UnsupportedMediaType and Unprocessable as ``Scan.of``.
    """
    told = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told not in SCAN_TYPES:
        raise UnsupportedMediaType
    content, looked = bytearray(), False
    async for part in request.stream():
        content += part
        if not looked and len(content) >= HEAD:
            check_head(bytes(content[:HEAD]), told)
            looked = True
    return Scan.of(bytes(content), told)


def scan_answer(scan: Scan) -> Response:
    """Return a scan as an answer that no browser runs, keeps, or takes for something else."""
    return Response(
        scan.content,
        media_type=scan.media_type,
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{_NAMES[scan.media_type]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
