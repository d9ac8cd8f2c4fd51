"""The internal URL of case files: the gateway brings its digests, the service its own and the sealed manifest."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from shared.forms.strict import StrictModel
from shared.kit.bodies import body_of
from shared.kit.callers import BY_ENVELOPE, REFUSALS, read_call
from shared.kit.casework.case_files import CaseFiles, NotWhatWeHave
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Conflict, NotFound
from shared.law.text import Text

GATEWAY_ONLY = frozenset({"gateway"})
Name = Annotated[str, Field(pattern=r"^[a-z]+(/[a-z-]+)?\.[a-z]{2,5}$", max_length=60)]
Print = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CaseItemBody(StrictModel):
    """An item that the gateway puts into the zip."""

    name: Name
    sha256: Print


class CaseFileBody(StrictModel):
    """The request, and the gateway's items."""

    request_id: UUID
    items: Annotated[list[CaseItemBody], Field(min_length=1, max_length=20)]


class CaseAnswer(StrictModel):
    """A system's sealed answer."""

    name: str
    jws: str


class CaseFileParts(StrictModel):
    """What the service puts into the zip."""

    answers: list[CaseAnswer]
    manifest: str


class AnotherCase(Conflict):
    """What the gateway has of the request is not what was answered."""

    slug = "another-case"
    title = Text(
        "Өтініш деректері тіркелгенімен сәйкес емес",
        "Данные запроса не совпадают с зарегистрированными",
        "What is known of the request is not what is registered",
    )


EXAMPLE: Final[dict[str, Any]] = {
    "request_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "items": [{"name": "document/document.jws", "sha256": "0" * 64}],
}


def add_case_file_route(router: APIRouter, service: str, files: CaseFiles | None, envelopes: Envelopes) -> None:
    """Add the route to a service's router; ``service`` is its public code."""

    async def seal_case_file(request: Request) -> Response:
        """Seal the manifest of a case file, and give the answers of other systems that concern the applicant."""
        asked = await read_call(request, envelopes, GATEWAY_ONLY, CaseFileBody)
        items = {one.name: one.sha256 for one in asked.items}
        try:
            parts = None if files is None else await files.parts(asked.request_id, items)
        except NotWhatWeHave:
            raise AnotherCase from None
        if parts is None:
            raise NotFound
        answers = [CaseAnswer(name=name, jws=jws) for name, jws in parts.answers.items()]
        said = CaseFileParts(answers=answers, manifest=parts.manifest)
        return Response(said.model_dump_json(), media_type="application/json")

    router.add_api_route(
        "/case-files",
        seal_case_file,
        methods=["POST"],
        name=f"seal_{service.replace('-', '_')}_case_file",
        response_model=CaseFileParts,
        responses={**REFUSALS, **problem_docs(NotFound, AnotherCase)},
        openapi_extra=BY_ENVELOPE | body_of(CaseFileBody, EXAMPLE),
    )
