"""Handles for tests and demonstrations: put the registry into a mood, change a person, see the demo people."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from person_registry_stub import examples
from person_registry_stub.demo_cases import CASES
from person_registry_stub.demo_people import demo_people
from person_registry_stub.desk import ELSEWHERE
from person_registry_stub.moods import MoodChange, Moods
from person_registry_stub.registers import PersonChange, Registers
from shared.kit.bodies import body_of, read_body
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound


class PresentMood(MoodChange):
    """The mood that holds, and how many callers have followed its redirect."""

    redirects_followed: int


class Trapped(BaseModel):
    """What a caller gets who follows the redirect."""

    trapped: bool


class DemoPeople(BaseModel):
    """The people of the demonstration, and its cases."""

    people: list[dict[str, Any]]
    cases: list[dict[str, Any]]


def control_routes(moods: Moods, registers: Registers) -> APIRouter:
    """Return the routes under ``/control``; they ask for no envelope."""
    routes = APIRouter(prefix="/control", route_class=PlainRoute, tags=["control"])

    @routes.get("/mood", response_model=PresentMood)
    async def show_mood(_: Request) -> Response:
        """Read the present mood."""
        present = moods.present.model_dump(mode="json")
        return JSONResponse({**present, "redirects_followed": moods.redirects_followed})

    @routes.post("/mood", response_model=PresentMood, openapi_extra=body_of(MoodChange, examples.MOOD))
    async def change_mood(request: Request) -> Response:
        """Put the registry into a mood."""
        moods.present = await read_body(request, MoodChange)
        moods.redirects_followed = 0
        return await show_mood(request)

    @routes.get("/people", response_model=DemoPeople)
    async def show_people(_: Request) -> Response:
        """List the demo people and what comes of their requests."""
        return JSONResponse({"people": _people(), "cases": _cases()})

    @routes.post(
        "/people",
        status_code=204,
        responses=problem_docs(NotFound),
        openapi_extra=body_of(PersonChange, examples.CHANGE),
    )
    async def change_person(request: Request) -> Response:
        """Change a person until the stub ends."""
        if not registers.change(await read_body(request, PersonChange)):
            raise NotFound
        return Response(status_code=204)

    @routes.post(ELSEWHERE.removeprefix("/control"), response_model=Trapped)
    async def be_elsewhere(_: Request) -> Response:
        """Be where the redirect leads: a trap that counts."""
        moods.redirects_followed += 1
        return JSONResponse({"trapped": True})

    return routes


def _people() -> list[dict[str, object]]:
    return [
        {
            "slug": demo.slug,
            "iin": demo.person.iin,
            "name": demo.person.names.kk.full(),
            "clinic": demo.clinic,
            "signs": demo.signs,
            "purpose": demo.purpose.as_dict(),
        }
        for demo in demo_people().values()
    ]


def _cases() -> list[dict[str, object]]:
    names = ("applicant", "subject", "clinic", "outcome", "ground")
    return [{name: getattr(case, name) for name in names} for case in CASES]
