"""The internal URLs of documents as people keep them: the PDF, and the sealed list of what no longer stands."""

from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from shared.forms.strict import StrictModel, TwelveDigits
from shared.kit.bodies import body_of
from shared.kit.callers import BY_ENVELOPE, REFUSALS, read_call
from shared.kit.casework.papers import Papers
from shared.kit.casework.registration import known_provider
from shared.kit.casework.schemas import TOKEN_EXAMPLE, TOKEN_PATTERN
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, Unavailable
from shared.law.text import Language

GATEWAY_ONLY = frozenset({"gateway"})
JOSE, PDF = "application/jose", "application/pdf"
_PDF_DOCS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The paper", "content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}
}
_JOSE_DOCS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The list", "content": {JOSE: {"schema": {"type": "string"}}}}
}


class PaperBody(StrictModel):
    """Which document, in which languages."""

    token: Annotated[str, Field(pattern=TOKEN_PATTERN)]
    languages: Annotated[list[Language], Field(min_length=1, max_length=3)]


class ListBody(StrictModel):
    """Whose documents."""

    provider_bin: TwelveDigits


def add_paper_routes(router: APIRouter, service: str, papers: Papers | None, envelopes: Envelopes) -> None:
    """Add both routes to a service's router; ``service`` is its public code."""

    async def give_paper(request: Request) -> Response:
        """Give a document as a sealed PDF (HV-8.2, AP-8.2, AT-8.2), made when it is first asked for."""
        asked = await read_call(request, envelopes, GATEWAY_ONLY, PaperBody)
        paper = None if papers is None else await papers.paper(asked.token, tuple(dict.fromkeys(asked.languages)))
        if paper is None:
            raise NotFound
        return Response(paper, media_type=PDF)

    async def give_list(request: Request) -> Response:
        """Give the sealed list of a provider's documents that no longer stand."""
        asked = await read_call(request, envelopes, GATEWAY_ONLY, ListBody)
        if papers is None:
            raise NotFound
        return Response(await papers.status_list(known_provider(asked.provider_bin).bin, service), media_type=JOSE)

    slug = service.replace("-", "_")
    for name, path, endpoint, body, told in (
        ("give_{}_paper", "/documents/paper", give_paper, (PaperBody, PAPER_EXAMPLE), _PDF_DOCS),
        ("give_{}_status_list", "/documents/status-list", give_list, (ListBody, LIST_EXAMPLE), _JOSE_DOCS),
    ):
        router.add_api_route(
            path,
            endpoint,
            methods=["POST"],
            name=name.format(slug),
            response_class=Response,
            responses={**REFUSALS, **problem_docs(NotFound, Unavailable), **told},
            openapi_extra=BY_ENVELOPE | body_of(*body),
        )


PAPER_EXAMPLE: Final[dict[str, Any]] = {**TOKEN_EXAMPLE, "languages": ["kk", "ru"]}
LIST_EXAMPLE: Final[dict[str, Any]] = {"provider_bin": "130040900012"}
