"""Keeping the lists of revoked certificates fresh (EDS step 3), from the addresses in the configuration only."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from shared.eds.crl_store import CrlStore
from shared.eds.revocation import MOST_CRL_BYTES, CrlNotValid
from shared.kit.http import Call, CallFailed, HttpClient

log = structlog.get_logger()
TOTAL_SECONDS: Final = 30.0
SOON: Final = 2.0
"""Seconds after which a list that could not be had is asked for again, doubled each time up to the usual pace."""


class CrlRefresh:
    """Takes up the lists kept on disk, then asks for newer ones for as long as it runs.

    A list that cannot be had, or is older than the kept one, changes nothing: the kept one serves until its own end,
    and after that no signature is confirmed (EDS step 3, hard fail).
    """

    def __init__(self, http: HttpClient, store: CrlStore, urls: Sequence[str], every: float) -> None:
        """Ask each address every so many seconds."""
        self._http = http
        self._store = store
        self._urls = tuple(urls)
        self._every = every
        self._tags: dict[str, str] = {}

    async def restore(self) -> None:
        """Take up what was kept, off the event loop."""
        for name in await asyncio.to_thread(self._store.restore):
            log.warning("crl.kept_list_refused", file=name)

    async def run(self) -> None:
        """Refresh until cancelled."""
        pause = SOON
        while True:
            well = await self.refresh()
            pause = self._every if well else min(pause * 2, self._every)
            await asyncio.sleep(pause)

    async def refresh(self) -> bool:
        """Ask every address once; says whether each gave a list that was taken or has not changed."""
        return all([await self._take(url) for url in self._urls])

    async def _take(self, url: str) -> bool:
        tag = self._tags.get(url)
        headers = {"If-None-Match": tag} if tag else {}
        try:
            answer = await self._http.call(Call("GET", url, headers=headers, total=TOTAL_SECONDS, most=MOST_CRL_BYTES))
        except CallFailed as failed:
            log.warning("crl.not_had", url=url, reason=failed.kind)
            return False
        if answer.status == 304:  # noqa: PLR2004 - RFC 9110, 15.4.5: it has not changed.
            return True
        if answer.status != 200:  # noqa: PLR2004 - RFC 9110, 15.3.1.
            log.warning("crl.not_had", url=url, reason=f"status {answer.status}")
            return False
        try:
            crl = await asyncio.to_thread(self._store.accept, answer.body)
        except (CrlNotValid, OSError) as refused:
            log.warning("crl.refused", url=url, reason=str(refused))
            return False
        self._tags[url] = answer.headers.get("etag", "")
        log.info("crl.taken", number=crl.number, revoked=len(crl.serials), next_update=crl.next_update.isoformat())
        return True
