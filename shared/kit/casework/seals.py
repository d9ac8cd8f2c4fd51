"""The providers' organisation keys: each loaded once, none ever leaves this room (HV-8.2)."""

import asyncio
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from shared.documents.sealed import DOCUMENT_TYPE
from shared.eds.jws import Seal


class Seals:
    """Seals documents in the name of a provider, from ``{bin}.key.pem`` and ``{bin}.chain.pem`` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, Seal] = {}

    async def seal(self, provider_bin: str, payload: bytes, typ: str = DOCUMENT_TYPE) -> str:
        """Return the compact JWS over exactly these bytes, of this ``typ``.

        Raises:
            OSError: The provider's key is not there; the document waits until the operator has put it there.
            ValueError: Key and certificate do not belong together.
        """
        seal = self._loaded.get(provider_bin)
        if seal is None:
            seal = self._loaded[provider_bin] = await asyncio.to_thread(self._load, provider_bin)
        if isinstance(seal.key, rsa.RSAPrivateKey):
            return await asyncio.to_thread(seal.sign, payload, typ=typ)
        return seal.sign(payload, typ=typ)

    def files_of(self, provider_bin: str) -> tuple[Path, Path]:
        """Return where a provider's key and chain lie, for a process of our own that seals papers."""
        return self._folder / f"{provider_bin}.key.pem", self._folder / f"{provider_bin}.chain.pem"

    def _load(self, provider_bin: str) -> Seal:
        return Seal.from_files(*self.files_of(provider_bin))
