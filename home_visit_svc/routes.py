"""The service's URLs: those that every service has, and the rounds that clinics enter."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from home_visit_svc import examples
from home_visit_svc.drafts import say_of_draft
from home_visit_svc.process import term_of
from home_visit_svc.regulation import PASSPORT
from home_visit_svc.round_schemas import RoundsBody, RoundsEntered
from home_visit_svc.schemas import DraftBody, RequestBody
from home_visit_svc.work_routes import add_work
from home_visit_svc.world import World
from shared.kit.callers import read_call
from shared.kit.casework.draft_schemas import DraftAnswer
from shared.kit.casework.official_routes import add_official_routes
from shared.kit.casework.process import Casework
from shared.kit.casework.routes import CLINICS, Reception, add_internal, casework_router, json_response
from shared.kit.casework.telling import add_telling
from shared.kit.envelope import Envelopes


def routes_of(world: World, work: Casework, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""

    async def enter_rounds(request: Request) -> Response:
        """Enter the rounds of clinics; the same body twice changes nothing."""
        body = await read_call(request, envelopes, CLINICS, RoundsBody)
        rounds = [one.as_round() for one in body.rounds]
        same = await world.rounds.unchanged(rounds)
        refused = await world.rounds.enter(rounds, world.now())
        return json_response(RoundsEntered.of(rounds, refused, same))

    router = casework_router(work, _reception(world), envelopes)
    add_official_routes(router, PASSPORT.code, work, envelopes)
    rounds = (RoundsBody, examples.ROUNDS)
    add_internal(router, "enter_home_visit_rounds", "/rounds", enter_rounds, rounds, RoundsEntered)
    add_telling(router, "tell_home_visit_changes", world.untold, envelopes)
    add_work(router, world, envelopes)
    return router


def _reception(world: World) -> Reception[DraftBody, RequestBody]:
    async def say(_: DraftBody) -> DraftAnswer:
        return say_of_draft(world.hours, world.now())

    return Reception(
        service=PASSPORT.code,
        draft=(DraftBody, examples.DRAFT),
        request=(RequestBody, examples.REQUEST),
        say_of_draft=say,
        term_of=lambda asked: term_of(world, asked),
        provider_of=lambda asked: asked.form.provider_bin,
    )
