"""The providers' organisation keys: each loaded once, none ever leaves this room (HV-8.2)."""

import asyncio
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from shared.eds.jws import Seal

DOCUMENT_TYPE = "phc-document+json"


class Seals:
    """Seals documents in the name of a provider, from ``{bin}.key.pem`` and ``{bin}.chain.pem`` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, Seal] = {}

    async def seal(self, provider_bin: str, payload: bytes) -> str:
        """Return the compact JWS over exactly these bytes.

        Raises:
            OSError: The provider's key is not there; the document waits until the operator has put it there.
            ValueError: Key and certificate do not belong together.
        """
        seal = self._loaded.get(provider_bin)
        if seal is None:
            seal = self._loaded[provider_bin] = await asyncio.to_thread(self._load, provider_bin)
        if isinstance(seal.key, rsa.RSAPrivateKey):
            return await asyncio.to_thread(seal.sign, payload, typ=DOCUMENT_TYPE)
        return seal.sign(payload, typ=DOCUMENT_TYPE)

    def _load(self, provider_bin: str) -> Seal:
        return Seal.from_files(self._folder / f"{provider_bin}.key.pem", self._folder / f"{provider_bin}.chain.pem")
