"""Bodies of training documents that only the gateway has: a signature with the version that was seen, ids."""

import base64
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.schemas.requests import SignatureIn
from shared.kit.scans import Scan


class OfficialSignatureIn(SignatureIn):
    """An official's signature over the document of a case as they saw it."""

    version: Annotated[int, Field(ge=1)]


class SealedScan(BaseModel):
    """A scan between the gateway and the service, in base64."""

    media_type: str
    scan: str = Field(repr=False)

    @classmethod
    def of(cls, scan: Scan) -> Self:
        """Return a scan as it travels."""
        return cls(media_type=scan.media_type, scan=base64.b64encode(scan.content).decode())

    def as_scan(self) -> Scan:
        """Return the scan."""
        return Scan(self.media_type, base64.b64decode(self.scan))


class Done(BaseModel):
    """What the service answers where there is nothing else to say."""

    done: Literal[True]


class PaperTaken(BaseModel):
    """The paper's id."""

    paper_id: UUID
