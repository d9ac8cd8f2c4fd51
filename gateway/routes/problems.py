"""What the ``type`` of a problem leads to (RFC 9457, 4): for a program as JSON, for a person as a page."""

from html import escape
from typing import Annotated, Final

from fastapi import APIRouter, Header, Path
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway.formats import HTML, JSON, chosen
from gateway.problem_guide import Guide, guides
from gateway.routes import docs
from gateway.schemas.requests import Words
from gateway.views import words
from shared.documents.web import Frame, html_of
from shared.kit.pages import language_wanted, page_answer
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAcceptable, NotFound
from shared.law.text import Language, Text

router = APIRouter(tags=["problems"])
REMEDY: Final = Text("Не істеу керек", "Что делать", "What to do")


class ProblemGuide(BaseModel):
    """A kind of problem: what it means and what to do about it."""

    type: str
    status: int
    title: Words
    means: Words
    remedy: Words


@router.get(
    "/problems/{slug}",
    response_model=ProblemGuide,
    responses={
        200: {"content": {HTML: {"schema": {"type": "string"}}}},
        **docs.NOT_FOUND,
        **problem_docs(NotAcceptable),
    },
)
async def read_problem(
    http: Request,
    slug: Annotated[str, Path(max_length=60, pattern=r"^[a-z]+(-[a-z]+)*$", examples=["not-found"])],
    accept: Annotated[str, Header()] = JSON,
) -> Response:
    """Read what a problem means and what to do: as JSON, or as a page for people."""
    kind = chosen(accept, (JSON, HTML))
    guide = guides().get(slug)
    if guide is None:
        raise NotFound
    if kind == HTML:
        language = language_wanted(http)
        return page_answer(problem_page(guide, language), language)
    told = ProblemGuide(
        type=f"/problems/{guide.slug}",
        status=guide.status,
        title=words(guide.title),
        means=words(guide.means),
        remedy=words(guide.remedy),
    )
    return Response(
        told.model_dump_json(), media_type=JSON, headers={"Cache-Control": "max-age=3600", "Vary": "Accept"}
    )


def problem_page(guide: Guide, language: Language) -> bytes:
    """Return the page of a kind of problem."""
    title = guide.title.said_in(language)
    main = (
        f"<h1>{escape(title)}</h1><p>{escape(guide.means.said_in(language))}</p>",
        f"<h2>{REMEDY.said_in(language)}</h2><p>{escape(guide.remedy.said_in(language))}</p>",
        f'<p class="faint">{guide.status} · {guide.slug}</p>',
    )
    return html_of(Frame(language, title, f"/problems/{guide.slug}"), main)
