"""The ways in which the authority's services can be out of order, for tests and demonstrations."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

CrlMood = Literal["fine", "down", "garbage", "stale", "rolled_back"]
OcspMood = Literal["fine", "down", "garbage", "stale"]


class Mood(BaseModel):
    """How lists and answers are given: as they should be, not at all, as HTML with 200, long out of date, or older."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    crl: CrlMood = "fine"
    ocsp: OcspMood = "fine"


class Moods:
    """The present mood of one process."""

    def __init__(self) -> None:
        self.present = Mood()
