"""The URLs by which the portal shows a clinic its home visits in work, and acts on them for it (HV-8)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from home_visit_svc import examples
from home_visit_svc.acts import Act, RoundClosed, VisitNotBegun, VisitNoted
from home_visit_svc.work_schemas import (
    ActBody,
    DayQuery,
    MoveBody,
    OutcomeBody,
    OwnVisitQuery,
    own_visit,
    round_list,
    visit_list,
    visit_view,
)
from home_visit_svc.world import World
from shared.forms.visits_in_work import OwnVisit, RoundList, VisitList, VisitView
from shared.kit.callers import read_call
from shared.kit.casework.routes import GATEWAY_ONLY, add_internal, json_response
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, PreconditionFailed


class WorkRoutes:
    """The routes over one world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world, self._envelopes = world, envelopes

    async def list_home_visits(self, request: Request) -> Response:
        """List a provider's visits of a day by round and doctor, with what a doctor needs to go there."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, DayQuery)
        calls = await self._world.in_work.visits_of(asked.provider_bin, asked.date, asked.doctor_id)
        return json_response(visit_list(asked.date, calls))

    async def list_home_visit_rounds(self, request: Request) -> Response:
        """List a provider's rounds of a day, with the calls given to each."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, DayQuery)
        walks = await self._world.in_work.rounds_of(asked.provider_bin, asked.date, asked.doctor_id)
        return json_response(round_list(asked.date, walks))

    async def note_home_visit_outcome(self, request: Request) -> Response:
        """Note what became of a visit, or correct it while the day lasts."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, OutcomeBody)
        return json_response(visit_view(await self._world.acts.note(self._act(asked), asked.outcome, asked.reason)))

    async def move_home_visit(self, request: Request) -> Response:
        """Give a visit to another round of that day."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, MoveBody)
        return json_response(visit_view(await self._world.acts.move(self._act(asked), asked.round, asked.reason)))

    async def show_own_home_visit(self, request: Request) -> Response:
        """Tell an applicant who comes when, and what became of the visit."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, OwnVisitQuery)
        call = await self._world.in_work.of_request(asked.request_id, asked.applicant_iin)
        if call is None:
            raise NotFound
        return json_response(own_visit(asked.request_id, call))

    def _act(self, asked: ActBody) -> Act:
        actor = asked.actor.model_dump()
        return Act(asked.provider_bin, asked.request_id, asked.version, asked.doctor_id, actor, self._world.now())


def add_work(router: APIRouter, world: World, envelopes: Envelopes) -> None:
    """Add the routes to the service's."""
    routes = WorkRoutes(world, envelopes)
    day, own = (DayQuery, examples.DAY), (OwnVisitQuery, examples.OWN_VISIT)
    outcome, move = (OutcomeBody, examples.OUTCOME), (MoveBody, examples.MOVE)
    unknown = problem_docs(NotFound)
    add_internal(router, "list_home_visits", "/home-visits/list", routes.list_home_visits, day, VisitList)
    add_internal(router, "list_home_visit_rounds", "/rounds/list", routes.list_home_visit_rounds, day, RoundList)
    add_internal(
        router, "note_home_visit_outcome", "/home-visits/outcome", routes.note_home_visit_outcome, outcome, VisitView,
        problem_docs(NotFound, VisitNoted, VisitNotBegun, PreconditionFailed),
    )  # fmt: skip
    add_internal(
        router, "move_home_visit", "/home-visits/move", routes.move_home_visit, move, VisitView,
        problem_docs(NotFound, VisitNoted, RoundClosed, PreconditionFailed),
    )  # fmt: skip
    add_internal(router, "show_own_home_visit", "/home-visits/own", routes.show_own_home_visit, own, OwnVisit, unknown)
