"""Asking an authority about one certificate (OCSP, EDS step 3), where its revocation lists cannot be had."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Final

import structlog

from shared.eds.ocsp import MOST_ANSWER_BYTES, OcspAnswer, question
from shared.eds.signed_data import SignedData
from shared.eds.trust import Chain, Trust
from shared.eds.verdict import Objection
from shared.kit.http import Call, CallFailed, HttpClient

log = structlog.get_logger()
TOTAL_SECONDS: Final = 2.0
NONCE_BYTES: Final = 32
OK: Final = 200


class OcspDesk:
    """Asks the configured responders, and none else: no address in a certificate is ever followed."""

    def __init__(self, http: HttpClient, urls: Sequence[str]) -> None:
        """Ask these addresses, all at once; none means that nobody is asked."""
        self._http = http
        self._urls = tuple(urls)

    async def ask_about(self, cms: bytes, trust: Trust) -> tuple[OcspAnswer, ...]:
        """Return what came back about the signer's certificate; what it proves is for the verifier to judge."""
        if not self._urls:
            return ()
        try:
            chain = await asyncio.to_thread(_chain_of, cms, trust)
        except (Objection, ValueError, IndexError):
            return ()
        answers = await asyncio.gather(*(self._ask(url, chain) for url in self._urls))
        return tuple(answer for answer in answers if answer is not None)

    async def _ask(self, url: str, chain: Chain) -> OcspAnswer | None:
        nonce = secrets.token_bytes(NONCE_BYTES)
        headers = {"Content-Type": "application/ocsp-request"}
        call = Call("POST", url, question(chain, nonce), headers, total=TOTAL_SECONDS, most=MOST_ANSWER_BYTES)
        try:
            answer = await self._http.call(call)
        except CallFailed as failed:
            log.warning("ocsp.not_had", url=url, reason=failed.kind)
            return None
        if answer.status != OK:
            log.warning("ocsp.not_had", url=url, reason=f"status {answer.status}")
            return None
        return OcspAnswer(answer.body, nonce)


def _chain_of(cms: bytes, trust: Trust) -> Chain:
    return trust.chain_of(SignedData.read(cms).certificate)
