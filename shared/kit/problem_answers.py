"""How problems leave: ``application/problem+json`` in the language asked for, with nothing of what was sent."""

import json
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kit.language import language_in
from shared.kit.logs import log_failure
from shared.kit.pointers import faults_of
from shared.kit.problem_schema import MEDIA_TYPE
from shared.kit.problems import (
    BadRequest,
    BodyTooLarge,
    Forbidden,
    MethodNotAllowed,
    NotAcceptable,
    NotAuthenticated,
    NotFound,
    Problem,
    Unprocessable,
    UnsupportedMediaType,
)
from shared.kit.trace import current_trace
from shared.law.text import Language

_BY_STATUS: Mapping[int, type[Problem]] = {
    problem.status: problem
    for problem in (
        Forbidden,
        NotFound,
        MethodNotAllowed,
        NotAcceptable,
        BodyTooLarge,
        Unprocessable,
        UnsupportedMediaType,
    )
}


def problem_answer(problem: Problem, language: Language) -> Response:
    """Return the response that tells a problem (RFC 9457)."""
    told: dict[str, object] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title.said_in(language),
        "titles": problem.title.as_dict(),
        "status": problem.status,
    }
    if problem.detail is not None:
        told["detail"] = problem.detail.said_in(language)
    if problem.errors:
        told["errors"] = list(problem.errors)
    trace = current_trace()
    if trace is not None:
        told["trace_id"] = trace.trace_id
    content = json.dumps(told | problem.members, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Language": language, "Cache-Control": "no-store", "Vary": "Accept-Language", **problem.headers}
    return Response(content, problem.status, headers, MEDIA_TYPE)


def problem_of(error: HTTPException) -> Problem:
    """Return the problem that stands for one of the framework's own errors."""
    if error.status_code == NotAuthenticated.status:
        return NotAuthenticated()
    kind = _BY_STATUS.get(error.status_code)
    if kind is not None:
        return kind(headers=error.headers)
    return BadRequest() if error.status_code < Problem.status else Problem()


def install_problems(app: FastAPI) -> None:
    """Make every error that a route can raise leave as a problem."""

    async def answer(request: Request, error: Exception) -> Response:
        return problem_answer(_as_problem(error), language_in(request.scope))

    for kind in (Problem, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer)


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return problem_of(error)
    if isinstance(error, RequestValidationError):
        return Unprocessable(errors=faults_of(error.errors(), skip=1))
    return Problem()


class LastResort:
    """Outermost but for the observer: an error that nobody expected is logged and answered 500 without a word of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application and answer for it when it fails before it has begun to answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer and the log a line.
            problem = _as_problem(error)
            if type(problem) is Problem:
                log_failure("request.failed", error)
            if not begun:
                await problem_answer(problem, language_in(scope))(scope, receive, send)
