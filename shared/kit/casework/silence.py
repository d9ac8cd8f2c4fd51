"""A system that is known to be silent is not waited for by every request: now and then one asks for all.

Without this an outage of the registry would keep each attempt waiting for seconds, and thousands of requests that are
due together could not all be closed within their term (HV-14, AP-14, AT-16).
"""

from datetime import date, datetime, timedelta
from typing import Final

from shared.kit.attachments import AttachmentAnswer, AttachmentsUnavailable
from shared.kit.casework.attached import AttachmentRegister
from shared.kit.casework.people import PersonRegistry
from shared.kit.clock import Clock
from shared.kit.registry import RegistryAnswer, RegistryUnavailable

AFTER: Final = 3
"""Failures in a row from which a system counts as silent: one answer that cannot be used is not an outage."""
PAUSE: Final = timedelta(seconds=1)
"""So often one request asks a silent system again."""


class Silence:
    """What is known of one system from the last calls to it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._ask_again_at: datetime | None = None

    def lasts(self) -> bool:
        """Say whether asking now would be in vain; when the pause is over, one asker is let through."""
        if self._failures < AFTER:
            return False
        now = self._clock.now()
        if self._ask_again_at is not None and now < self._ask_again_at:
            return True
        self._ask_again_at = now + PAUSE
        return False

    def broken(self) -> None:
        """Note that the system answered."""
        self._failures = 0
        self._ask_again_at = None

    def goes_on(self) -> None:
        """Note that the system failed once more."""
        self._failures += 1
        self._ask_again_at = self._clock.now() + PAUSE


class WatchedRegistry:
    """The person registry, not asked in vain."""

    def __init__(self, registry: PersonRegistry, clock: Clock) -> None:
        self._registry = registry
        self._silence = Silence(clock)

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        """Return the person's record; raises RegistryUnavailable, at once while the registry is silent."""
        if self._silence.lasts():
            raise RegistryUnavailable("unreachable")
        try:
            answer = await self._registry.person(iin, purpose)
        except RegistryUnavailable:
            self._silence.goes_on()
            raise
        self._silence.broken()
        return answer


class WatchedRegister:
    """The register of the attached population, not asked in vain."""

    def __init__(self, register: AttachmentRegister, clock: Clock) -> None:
        self._register = register
        self._silence = Silence(clock)

    async def current(self, iin: str, purpose: str, on: date | None = None) -> AttachmentAnswer:
        """Return the person's attachments; raises AttachmentsUnavailable, at once while the register is silent."""
        if self._silence.lasts():
            raise AttachmentsUnavailable("unreachable")
        try:
            answer = await self._register.current(iin, purpose, on)
        except AttachmentsUnavailable:
            self._silence.goes_on()
            raise
        self._silence.broken()
        return answer
