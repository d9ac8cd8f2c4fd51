"""Training documents as the gateway brings them to employees of the college, to applicants, and to anyone (DP).

The diploma service decides; here it is known who asks: an employee in their roles, or whoever made the request. An
official's signature is verified over bytes that are fetched for it, never over bytes that come with it (DP-16.4).
"""

import base64
import hashlib
import json
from collections.abc import Collection
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.service_calls import faults_in, problem_in, slug_in
from gateway.staff import StaffSession
from gateway.world import World
from shared.forms.diploma_views import CaseView
from shared.kit.http import Answer, CallFailed
from shared.kit.problems import Conflict, NotFound, Unavailable, Unprocessable
from shared.kit.staff_problems import NotYourRole, RowsDoNotFit
from shared.law.college import COLLEGE
from shared.law.roles import WORK_ON_CASES, StaffRole
from shared.law.text import Text

SERVICE: Final = "diploma"
SECONDS: Final = 10.0
MOST_ANSWER: Final = 8_000_000
"""Octets of an answer: a scan of 5 MiB comes in base64."""
A = TypeVar("A", bound=BaseModel)
_OK: Final = 200


class CaseNotPossible(Conflict):
    """It cannot be done with the case now; ``code`` says why, ``missing`` which papers are asked for first."""

    slug = "case-not-possible"
    title = Text("Іспен мұны қазір істеуге болмайды", "Сейчас с делом этого сделать нельзя", "Not possible now")


class TrainingUnavailable(Unavailable):
    """The service of training documents does not answer now."""

    slug = "training-documents-unavailable"
    title = Text(
        "Білім туралы құжаттар қызметі қазір жауап бермейді, кейінірек қайталаңыз",
        "Служба документов об обучении сейчас не отвечает, повторите позже",
        "The service of training documents does not answer now, try again later",
    )


class ToSign(BaseModel):
    """The exact bytes of a document, in base64, as the service gives them."""

    content: str

    def as_bytes(self) -> bytes:
        """Return the bytes."""
        return base64.b64decode(self.content)


def actor_of(session: StaffSession, roles: Collection[StaffRole] = WORK_ON_CASES) -> dict[str, Any]:
    """Return the employee as the service is told of them; raises NotYourRole for whoever is none of the college's."""
    one = session.employee
    if one.organisation_bin != COLLEGE.bin:
        raise NotYourRole
    session.require(roles)
    return {"iin": one.iin, "name_kk": one.name_kk, "name_ru": one.name_ru, "roles": sorted(one.roles)}


async def ask(world: World, path: str, body: dict[str, Any], kind: type[A], seconds: float = SECONDS) -> A:
    """Return what the service says.

    Raises NotFound, NotYourRole, CaseNotPossible and Unprocessable as the service does; TrainingUnavailable.
    """
    answer = await post(world, path, body, seconds)
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError:
        # What the service answered is not repeated: it is about a person.
        raise TrainingUnavailable(retry_after=5) from None


async def post(world: World, path: str, body: dict[str, Any], seconds: float = SECONDS) -> Answer:
    """Return the service's answer as it is; raises as ``ask`` does."""
    try:
        sent = json.dumps(body, default=str).encode()
        answer = await world.services[SERVICE].post(f"/internal/v1/{path}", sent, total=seconds, most=MOST_ANSWER)
    except (CallFailed, KeyError):
        raise TrainingUnavailable(retry_after=5) from None
    if answer.status == _OK:
        return answer
    told = problem_in(answer.body)
    if slug_in(told) == RowsDoNotFit.slug:
        raise RowsDoNotFit(code=told.get("code"), rows=told.get("rows", []))
    if answer.status == Conflict.status:
        raise CaseNotPossible(code=told.get("code") or slug_in(told), missing=told.get("missing", []))
    if answer.status == Unprocessable.status:
        raise Unprocessable(errors=faults_in(told))
    if answer.status == NotYourRole.status:
        raise NotYourRole
    if answer.status == NotFound.status:
        raise NotFound
    raise TrainingUnavailable(retry_after=5)


async def document_to_sign(world: World, session: StaffSession, case: tuple[UUID, int]) -> bytes:
    """Return the exact bytes that the official signs next, of a case as they saw it (its id and version)."""
    asked = {"actor": actor_of(session), "request_id": case[0], "version": case[1]}
    return (await ask(world, "cases/document", asked, ToSign)).as_bytes()


async def sign(world: World, session: StaffSession, case: tuple[UUID, int], cms: bytes) -> CaseView:
    """Approve or sign a document with the official's EDS: the college's BIN, the head's key or the right to sign.

    Raises as ``ask`` does; SignatureNotConfirmed and SignatureCannotBeChecked where the signature does not hold.
    """
    content = await document_to_sign(world, session, case)
    one, at = session.employee, world.now()
    verdict = await world.confirm_official(cms, content, (one.iin, COLLEGE.bin), at)
    if verdict.status == "undetermined":
        raise SignatureCannotBeChecked(verdict.words, code=verdict.code)
    if not verdict.confirmed or verdict.signature_sha256 is None:
        raise SignatureNotConfirmed(verdict.words, code=verdict.code, clause="DP-16.4")
    said = {
        "actor": actor_of(session),
        "request_id": case[0],
        "version": case[1],
        "cms": base64.b64encode(cms).decode(),
        "evidence": verdict.evidence,
        "signature_sha256": verdict.signature_sha256,
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "signer": one.name_kk,
    }
    return await ask(world, "cases/signature", said, CaseView)
