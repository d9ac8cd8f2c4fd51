"""Handles for tests and demonstrations: put the registry into a mood, change a person, see the demo people."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from person_registry_stub.demo_cases import CASES
from person_registry_stub.demo_people import demo_people
from person_registry_stub.desk import ELSEWHERE
from person_registry_stub.moods import MoodChange, Moods
from person_registry_stub.registers import PersonChange, Registers
from shared.kit.bodies import body_of, read_body
from shared.kit.plain import PlainRoute
from shared.kit.problems import NotFound


def control_routes(moods: Moods, registers: Registers) -> APIRouter:
    """Return the routes under ``/control``; they ask for no envelope."""
    routes = APIRouter(prefix="/control", route_class=PlainRoute, tags=["control"])

    @routes.get("/mood", summary="The present mood")
    async def show_mood(_: Request) -> Response:
        present = moods.present.model_dump(mode="json")
        return JSONResponse({**present, "redirects_followed": moods.redirects_followed})

    @routes.post("/mood", summary="Put the registry into a mood", openapi_extra=body_of(MoodChange))
    async def change_mood(request: Request) -> Response:
        moods.present = await read_body(request, MoodChange)
        moods.redirects_followed = 0
        return await show_mood(request)

    @routes.get("/people", summary="The demo people and what comes of their requests")
    async def show_people(_: Request) -> Response:
        return JSONResponse({"people": _people(), "cases": _cases()})

    @routes.post(
        "/people", status_code=204, summary="Change a person until the stub ends", openapi_extra=body_of(PersonChange)
    )
    async def change_person(request: Request) -> Response:
        if not registers.change(await read_body(request, PersonChange)):
            raise NotFound
        return Response(status_code=204)

    @routes.post(ELSEWHERE.removeprefix("/control"), summary="Where the redirect leads: a trap that counts")
    async def be_elsewhere(_: Request) -> Response:
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
