"""Deciding by officials, as the gateway brings it to them: who decides, what waits, confirmed with EDS, returned.

The services keep it; here it is known who acts: an official of a provider of Appendix 3, for its own requests only.
Their signature is verified over bytes that are fetched for it, never over bytes that come with it (decision 0023).
"""

import asyncio
import base64
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import structlog

from gateway import forward, journal
from gateway.deciding import DecidingUnavailable, NoLongerWaits, ask
from gateway.journal import Request
from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.staff import StaffSession
from gateway.world import World
from shared.forms.deciding import (
    SERVICES,
    Acted,
    ChoiceView,
    Drafted,
    ReviewAnswerIn,
    WaitingList,
    WaitingToSign,
    WaitingView,
)
from shared.kit.problems import NotFound
from shared.kit.staff_problems import NotYourRole
from shared.law.providers import provider_with
from shared.law.roles import StaffRole

OFFICIALS: Final = frozenset({StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN})
CHOOSERS: Final = frozenset({StaffRole.HEAD, StaffRole.ADMINISTRATOR})
PURPOSES: Final[Mapping[str, str]] = {"home-visit": "HV-16.10", "appointment": "AP-16.10", "attachment": "AT-18.10"}
"""By which clause an official looks: condition 3, the check against the grounds."""
log = structlog.get_logger()


def provider_of(session: StaffSession, roles: frozenset[StaffRole]) -> str:
    """Return the BIN of the provider that the employee acts for; raises NotYourRole."""
    if provider_with(session.employee.organisation_bin) is None:
        raise NotYourRole
    session.require(roles)
    return session.employee.organisation_bin


def official_of(session: StaffSession, roles: frozenset[StaffRole] = OFFICIALS) -> dict[str, str]:
    """Return the official as a service is told of them; raises NotYourRole."""
    one = session.employee
    return {"provider_bin": provider_of(session, roles), "iin": one.iin, "name": one.name_kk}


async def choices(world: World, session: StaffSession) -> list[ChoiceView]:
    """Return who decides each service's requests at the provider. Raises NotYourRole, DecidingUnavailable."""
    asked = {"provider_bin": provider_of(session, OFFICIALS | CHOOSERS)}
    asks = [ask(world, service, "deciding/read", asked, ChoiceView) for service in SERVICES]
    return await asyncio.gather(*asks)


async def choose(world: World, session: StaffSession, service: str, *, by_person: bool) -> ChoiceView:
    """Choose who decides from now on. Raises NotYourRole, DecidingUnavailable."""
    said = {"official": official_of(session, CHOOSERS), "by_person": by_person}
    chosen = await ask(world, service, "deciding/choose", said, ChoiceView)
    log.info("deciding.chosen", employee_id=str(session.employee.employee_id), service=service, by=chosen.by)
    return chosen


async def waiting(world: World, session: StaffSession, *, reviews: bool) -> tuple[list[WaitingView], list[str]]:
    """Return what waits, the nearest deadline first, and the services that do not answer now. Raises NotYourRole."""
    asked = {"provider_bin": provider_of(session, OFFICIALS), "reviews": reviews}

    async def of(service: str) -> list[WaitingView] | None:
        try:
            return (await ask(world, service, "proposals/list", asked, WaitingList)).waiting
        except DecidingUnavailable:
            return None

    told = dict(zip(SERVICES, await asyncio.gather(*map(of, SERVICES)), strict=True))
    found = [one for some in told.values() for one in some or ()]
    silent = [service for service, some in told.items() if some is None]
    return sorted(found, key=lambda one: (one.until, one.number)), silent


async def read(world: World, session: StaffSession, request_id: UUID, *, review: bool) -> WaitingToSign:
    """Return one with all that it is about and the bytes to sign; whoever shows it on records who looked.

    Raises NotYourRole, DecidingUnavailable; NotFound for what is another provider's or does not wait.
    """
    request = await own(world, session, request_id)
    asked = {"provider_bin": request.provider_bin, "request_id": request_id, "reviews": review}
    return await ask(world, request.service, "proposals/read", asked, WaitingToSign)


def bytes_of(found: WaitingToSign, version: int) -> bytes:
    """Return the exact bytes to sign, of the version that was seen; raises NoLongerWaits."""
    if found.version != version or found.content is None:
        raise NoLongerWaits
    return base64.b64decode(found.content)


async def confirm(world: World, session: StaffSession, seen: tuple[UUID, int], cms: bytes, *, review: bool) -> Acted:
    """Confirm what was seen with the official's EDS: the provider's BIN, the head's key or the right to sign.

    Raises as ``read``, and NoLongerWaits; SignatureNotConfirmed and SignatureCannotBeChecked where it does not hold.
    """
    official = official_of(session)
    content = bytes_of(await read(world, session, seen[0], review=review), seen[1])
    verdict = await world.confirm_official(cms, content, (official["iin"], official["provider_bin"]), world.now())
    if verdict.status == "undetermined":
        raise SignatureCannotBeChecked(verdict.words, code=verdict.code)
    if not verdict.confirmed or verdict.signature_sha256 is None:
        raise SignatureNotConfirmed(verdict.words, code=verdict.code)
    said = {
        "official": official,
        "request_id": seen[0],
        "version": seen[1],
        "cms": base64.b64encode(cms).decode(),
        "evidence": verdict.evidence,
        "signature_sha256": verdict.signature_sha256,
    }
    return await _acted(world, await own(world, session, seen[0]), "proposals/confirmation", said)


async def give_back(world: World, session: StaffSession, seen: tuple[UUID, int], remark: str) -> Acted:
    """Return a proposal with a remark: the facts are asked anew. Raises as ``read``, and NoLongerWaits."""
    said = {"official": official_of(session), "request_id": seen[0], "version": seen[1], "remark": remark}
    return await _acted(world, await own(world, session, seen[0]), "proposals/return", said)


async def draft_answer(world: World, session: StaffSession, request_id: UUID, said: ReviewAnswerIn) -> Drafted:
    """Draw up the answer to a review. Raises as ``read``, and NoLongerWaits."""
    request = await own(world, session, request_id)
    body = {"official": official_of(session), "request_id": request_id, "said": said.model_dump(exclude_none=True)}
    return await ask(world, request.service, "reviews/draft", body, Drafted)


async def own(world: World, session: StaffSession, request_id: UUID) -> Request:
    """Return a request of the official's own provider; raises NotYourRole, and NotFound for another's."""
    bin_, found = provider_of(session, OFFICIALS), await journal.find(world.database, request_id)
    if found is None or found.provider_bin != bin_ or found.service not in SERVICES:
        raise NotFound
    return found


async def _acted(world: World, request: Request, path: str, said: Mapping[str, Any]) -> Acted:
    """Tell the service, and fetch what came of it at once, so that the citizen need not wait for the next delivery."""
    acted = await ask(world, request.service, path, said, Acted)
    if acted.state == "answered":
        await forward.deliver(world, request)
    return acted
