"""Under which terms a file is checked: whom we trust, which revocation lists we have, when."""

from dataclasses import dataclass
from datetime import datetime

from shared.eds.revocation import Revocation
from shared.eds.trust import Trust


@dataclass(frozen=True, slots=True)
class Terms:
    """``at`` is the time of the check (aware); without ``revocation`` it is not asked whether a seal was revoked.

    ``judged`` is the time to which the seal must stand, where a time stamp tells it.
    """

    trust: Trust
    at: datetime
    revocation: Revocation | None = None
    judged: datetime | None = None
