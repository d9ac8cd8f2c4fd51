"""Bodies of training documents that only the gateway has: a signature with the version that was seen, ids."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.schemas.requests import SignatureIn


class OfficialSignatureIn(SignatureIn):
    """An official's signature over the document of a case as they saw it."""

    version: Annotated[int, Field(ge=1)]


class PaperTaken(BaseModel):
    """The paper's id."""

    paper_id: UUID
