"""The first of the three: our own way from a signature to the signed answer, as it stands in this repository."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from bench.people import Person
from bench.portal import Portal
from bench.wire import Address, Answer

OK: Final = 200


class Walk:
    """Signs drafts at the gateway; every answer must be a granted request with its document."""

    name: Final = "walk"

    def __init__(self, portal: Portal, people: Sequence[Person], families: Mapping[str, int]) -> None:
        self.address: Address = portal.address
        self.families = families
        self._portal = portal
        self._people = people

    async def prepare(self, count: int) -> list[bytes]:
        """Return requests that each send a good signature of a draft of its own."""
        drafts = await self._portal.drafts(self._people, count)
        now = self._portal.now()
        return [await self._portal.signature_request(draft, draft.person.sign(draft.content, now)) for draft in drafts]

    def is_right(self, answer: Answer) -> bool:
        """Say whether an answer is a certificate."""
        if answer.status != OK:
            return False
        told = json.loads(answer.body)
        return told["status"] == "granted" and told["document"] is not None
