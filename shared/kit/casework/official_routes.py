"""The internal URLs of officials: who decides, what waits, confirmed or returned; reviews. For the gateway only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shared.forms.deciding import Acted, ChoiceView, ConfirmationTold, Drafted, WaitingList, WaitingToSign, WaitingView
from shared.kit.callers import read_call
from shared.kit.casework import official_schemas as bodies
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.officials import Officials
from shared.kit.casework.process import Casework
from shared.kit.casework.proposals import Choice, ProposalChanged, SignatureUsed, Waiting
from shared.kit.casework.routes import GATEWAY_ONLY, add_internal, json_response
from shared.kit.casework.timing import LEASE
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Conflict, NotFound
from shared.law.text import Text


class NotWhatWaits(Conflict):
    """It is decided meanwhile, or another proposal stands in its place."""

    slug = "not-what-waits"
    title = Text("Бұл жоба енді күтіп тұрған жоқ", "Этот проект уже не ожидает решения", "This does not wait any more")


class SignatureUsedAlready(Conflict):
    """The signature value stands under another proposal."""

    slug = "signature-used-already"
    title = Text("Бұл қолтаңба пайдаланылған", "Эта подпись уже использована", "This signature was used already")


SAME: Final = ["request_id", "number", "registered_at", "answer_by", "until", "version", "made_at", "outcome", "remark"]
"""What is told of an entry as it stands."""


QUERY: Final = (bodies.ChoiceQuery, bodies.PROVIDER)
CHOICE: Final = (bodies.ChoiceBody, bodies.CHOICE)
LIST: Final = (bodies.WaitingBody, bodies.LIST)
ONE: Final = (bodies.OneWaitingBody, bodies.ONE)
CONFIRMATION: Final = (bodies.ConfirmationBody, bodies.CONFIRMATION)
CONFIRMED: Final = (bodies.ConfirmedQuery, bodies.CONFIRMED)
RETURN: Final = (bodies.ReturnedBody, bodies.RETURN)
DRAFT: Final = (bodies.ReviewDraftBody, bodies.REVIEW_DRAFT)


@dataclass(frozen=True, slots=True)
class OfficialRoutes:
    """The routes of one service (its public code)."""

    service: str
    work: Casework
    officials: Officials
    envelopes: Envelopes

    async def read_choice(self, request: Request) -> Response:
        """Tell who decides at a provider."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ChoiceQuery)
        return json_response(self._choice(await self.officials.proposals.choice(asked.provider_bin)))

    async def choose_deciding(self, request: Request) -> Response:
        """Choose who decides from now on."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ChoiceBody)
        at, by_person = self.work.clock.now(), asked.by_person
        chosen = await self.officials.proposals.choose(asked.official.value(), at, by_person=by_person)
        return json_response(self._choice(chosen))

    async def list_waiting(self, request: Request) -> Response:
        """List what waits for an official, the nearest deadline first; nothing about a person."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.WaitingBody)
        found, now = await self.officials.proposals.waiting(asked.provider_bin, reviews=asked.reviews), self.now()
        return json_response(WaitingList(waiting=[WaitingView(**self._view(one, now)) for one in found]))

    async def read_waiting(self, request: Request) -> Response:
        """Read one with all that it is about, and the exact bytes to sign."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.OneWaitingBody)
        found = await self.officials.proposals.one(asked.provider_bin, asked.request_id, review=asked.reviews)
        if found is None:
            raise NotFound
        return json_response(WaitingToSign(**self._view(found, self.now()), **bodies.whole_of(found)))

    async def confirm_proposal(self, request: Request) -> Response:
        """Take the official's signature under a proposal; the request is answered within the same exchange."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ConfirmationBody)
        try:
            await self.officials.proposals.confirm(
                asked.official.value(), (asked.request_id, asked.version), asked.value(), self.now()
            )
        except ProposalChanged:
            raise NotWhatWaits from None
        except SignatureUsed:
            raise SignatureUsedAlready from None
        return await self._went_on(asked.request_id)

    async def read_confirmation(self, request: Request) -> Response:
        """Give the official's signature under an answer, for its case file."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ConfirmedQuery)
        return json_response(await self.officials.confirmations.told(asked.request_id))

    async def return_proposal(self, request: Request) -> Response:
        """Return a proposal with a remark; facts are asked anew, and what is proposed then carries it."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ReturnedBody)
        try:
            seen = (asked.request_id, asked.version)
            await self.officials.proposals.give_back(asked.official.value(), seen, asked.remark, self.now())
        except ProposalChanged:
            raise NotWhatWaits from None
        return await self._went_on(asked.request_id)

    async def draft_answer(self, request: Request) -> Response:
        """Draw up the answer to a review, to be signed."""
        asked = await read_call(request, self.envelopes, GATEWAY_ONLY, bodies.ReviewDraftBody)
        try:
            official = asked.official.value()
            version = await self.officials.reviews.draft(official, asked.request_id, asked.value(), self.now())
        except ProposalChanged:
            raise NotWhatWaits from None
        return json_response(Drafted(version=version))

    def now(self) -> datetime:
        """Return the time now."""
        return self.work.clock.now()

    async def _went_on(self, request_id: UUID) -> Response:
        """Take the entry up at once: what the official did is on record, whatever becomes of this attempt."""
        entry = await self.work.journal.take(request_id, self.now() + LEASE)
        if entry is not None:
            await try_within_exchange(self.work, entry)
        standing = await self.work.journal.standing(request_id)
        if standing is None:
            raise NotFound
        state = "registered" if standing.answered_at is None else "answered"
        told = {"request_id": request_id, "number": standing.number, "answer_by": standing.answer_by}
        return json_response(Acted(**told, state=state, outcome=standing.outcome))

    def _choice(self, choice: Choice) -> ChoiceView:
        by = "official" if choice.by_person else "rules"
        return ChoiceView(service=self.service, by=by, since=choice.since, chosen_by=choice.official)

    def _view(self, one: Waiting, now: datetime) -> dict[str, Any]:
        same = (
            "request_id",
            "number",
            "registered_at",
            "answer_by",
            "until",
            "version",
            "made_at",
            "outcome",
            "remark",
        )
        said = {name: getattr(one, name) for name in same}
        left = (one.until - now).total_seconds()
        return said | {
            "service": self.service,
            "grounds": list(one.grounds),
            "remaining_seconds": left,
            "rings": one.rings(now),
        }


def add_official_routes(router: APIRouter, service: str, work: Casework, envelopes: Envelopes) -> None:
    """Add the routes of officials to a service's router; ``service`` is its public code."""
    if work.officials is None:
        return
    routes, slug = OfficialRoutes(service, work, work.officials, envelopes), service.replace("-", "_")
    missing, changed = problem_docs(NotFound), problem_docs(NotFound, NotWhatWaits, SignatureUsedAlready)
    for name, path, endpoint, body, answer, extra in (
        ("read_{}_choice", "deciding/read", routes.read_choice, QUERY, ChoiceView, {}),
        ("choose_{}_deciding", "deciding/choose", routes.choose_deciding, CHOICE, ChoiceView, {}),
        ("list_{}_waiting", "proposals/list", routes.list_waiting, LIST, WaitingList, {}),
        ("read_{}_waiting", "proposals/read", routes.read_waiting, ONE, WaitingToSign, missing),
        ("confirm_{}_proposal", "proposals/confirmation", routes.confirm_proposal, CONFIRMATION, Acted, changed),
        ("read_{}_confirmation", "proposals/confirmed", routes.read_confirmation, CONFIRMED, ConfirmationTold, {}),
        ("return_{}_proposal", "proposals/return", routes.return_proposal, RETURN, Acted, changed),
        ("draft_{}_answer", "reviews/draft", routes.draft_answer, DRAFT, Drafted, changed),
    ):
        add_internal(router, name.format(slug), f"/{path}", endpoint, body, answer, extra)
