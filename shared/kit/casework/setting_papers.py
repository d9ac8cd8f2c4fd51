"""What the press does in its own process: one paper set, sealed, and stamped where an authority is named.

Only that process imports this: what it needs takes 100 MiB.
"""

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.documents.paper import paper_of
from shared.documents.seal_of_paper import NotStamped, Sealing, sealed_paper
from shared.eds.jws import Seal
from shared.kit.casework.paper_order import PaperOrder
from shared.kit.http import Call, CallFailed, HttpClient

STAMP_SECONDS: Final = 3.0
_OK: Final = 200


def set_paper(order: PaperOrder) -> tuple[bytes, bool]:
    """Return the sealed PDF, and whether it is as good as it will be: not where the stamp that it lacks may come.

    Raises OSError and ValueError where the provider's key is not there or not its certificate's.
    """
    paper = paper_of(order.jws, order.check_address, order.languages)
    return asyncio.run(_sealed(paper, order, _seal(order.key, order.chain)))


async def _sealed(paper: bytes, order: PaperOrder, seal: Seal) -> tuple[bytes, bool]:
    plain = Sealing(seal, order.at, order.reason)
    if order.tsa_url is None:
        return await sealed_paper(paper, plain), True
    http, url = HttpClient(), order.tsa_url
    try:

        async def stamp(asked: bytes) -> bytes:
            return await _stamp(http, url, asked)

        return await sealed_paper(paper, Sealing(seal, order.at, order.reason, stamp)), True
    except NotStamped:
        return await sealed_paper(paper, plain), False
    finally:
        await http.close()


async def _stamp(http: HttpClient, url: str, asked: bytes) -> bytes:
    """Ask the time stamping authority (RFC 3161, 3.4); raises OSError where it gives nothing."""
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        answer = await http.call(Call("POST", url, asked, headers, total=STAMP_SECONDS, most=64 * 1024))
    except CallFailed as failed:
        raise OSError(failed.kind) from failed
    if answer.status != _OK:
        raise OSError(f"the time stamping authority answered {answer.status}")
    return answer.body


@lru_cache(maxsize=64)
def _seal(key: Path, chain: Path) -> Seal:
    return Seal.from_files(key, chain)
