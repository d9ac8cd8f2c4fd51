"""The providers' sealed lists of documents that no longer stand, each asked for once in half an hour."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.papers import status_list_of
from gateway.world import World

KEPT_FOR = timedelta(minutes=30)
"""Half of the time that a list is in force: whoever gets it can rely on it for as long again."""


@dataclass(slots=True)
class StatusLists:
    """What has been asked for, by service and provider: at most one a provider of Appendix 3 and service."""

    kept: dict[tuple[str, str], tuple[bytes, datetime]] = field(default_factory=dict)

    async def of(self, world: World, service: str, provider_bin: str) -> bytes:
        """Return a provider's list (JWS); raises Unavailable and NotFound as ``status_list_of`` does."""
        key, now = (service, provider_bin), world.now()
        known = self.kept.get(key)
        if known is None or not now - KEPT_FOR < known[1] <= now:
            known = self.kept[key] = (await status_list_of(world, service, provider_bin), now)
        return known[0]
