"""A citizen's call for a review of a refusal by a person. Parse, call, return."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway import journal, reviews
from gateway.identity import SignedIn
from gateway.routes import docs
from gateway.schemas.requests import RequestView
from gateway.views import view_of
from gateway.world import world_of
from shared.forms.deciding import REVIEW_EXAMPLE, ReviewIn
from shared.kit.bodies import body_of, read_body
from shared.kit.idempotency import IdempotencyKeyReused, Kept, keyed_request, once
from shared.kit.openapi_parts import sends, takes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.review_problems import NotReviewable

router = APIRouter(tags=["requests"])


@router.post(
    "/v1/requests/{request_id}/review",
    status_code=201,
    response_model=RequestView,
    responses={201: sends("Location")} | docs.OWN | problem_docs(NotReviewable, IdempotencyKeyReused),
    openapi_extra=body_of(ReviewIn, REVIEW_EXAMPLE) | takes("Idempotency-Key"),
)
async def call_for_review(http: Request, session: SignedIn, request_id: UUID) -> Response:
    """Call for a person's review of a refusal: a draft to sign like any request; an official answers it in five days.

    Working days, from its registration (Law of 15 April 2013 No. 88-V, article 25).
    """
    world = world_of(http)
    said = await read_body(http, ReviewIn)
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None:
        raise NotFound
    asked = await keyed_request(http, f"{session.account_id} {request_id}")
    async with world.database.transaction() as c:

        async def store() -> Kept:
            draft = reviews.draft_of(request, said.reason, world.now())
            await reviews.store_draft(c, draft)
            view = view_of(draft, world.now()).model_dump_json().encode()
            return Kept(201, view, f"/v1/requests/{draft.id}")

        kept = await once(c, asked, world.now(), store)
    headers = {"Location": kept.location or "", "Cache-Control": "no-store"}
    return Response(kept.body, kept.status, headers, "application/json")
