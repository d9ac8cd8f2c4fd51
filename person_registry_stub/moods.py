"""The moods that the registry can be put into: each is a way in which real systems were seen to fail (HARDENING)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.kit.persons import Number, Stated


class Mood(StrEnum):
    """How the registry behaves towards lookups; everything but ``ok`` and ``not_found`` must end as unavailable."""

    OK = "ok"
    NOT_FOUND = "not_found"
    SLOW = "slow"
    DRIP = "drip"
    DEAD = "dead"
    RESET = "reset"
    CUT_OFF = "cut_off"
    TRUNCATED = "truncated"
    HTML = "html"
    ERROR_500 = "error_500"
    REDIRECT = "redirect"
    TEN_MIB = "ten_mib"
    GZIP_BOMB = "gzip_bomb"
    OTHER_PERSON = "other_person"
    MIXED_UP = "mixed_up"
    OTHER_NONCE = "other_nonce"
    STALE = "stale"
    UNSIGNED = "unsigned"
    NO_ALGORITHM = "no_algorithm"
    WRONG_SEAL = "wrong_seal"
    TAMPERED = "tampered"


class MoodChange(Stated):
    """A mood from now on; ``seconds`` is how long a slow answer takes, ``only_iin`` keeps it from everybody else."""

    mood: Mood = Field(strict=False)
    seconds: Annotated[float, Field(ge=0, le=600)] = 10.0
    only_iin: Number | None = None


@dataclass(slots=True)
class Moods:
    """The mood that holds now, and how many callers followed the redirect, which nobody should."""

    present: MoodChange = field(default_factory=lambda: MoodChange(mood=Mood.OK))
    redirects_followed: int = 0

    def towards(self, number: str) -> Mood:
        """Return the mood in which a lookup of this IIN or BIN is answered."""
        only = self.present.only_iin
        return self.present.mood if only is None or only == number else Mood.OK
