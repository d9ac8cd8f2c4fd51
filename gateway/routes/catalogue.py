"""Services, forms, providers: anyone may read them. Parse, call, return."""

import hashlib
import json
from dataclasses import asdict
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Path, Query
from starlette.responses import Response

from gateway import catalogue
from gateway.routes import docs
from gateway.schemas import catalogue as schemas
from shared.kit.conditional import matches
from shared.kit.openapi_parts import sends
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import BadRequest
from shared.law.iin import IIN_PATTERN

router = APIRouter(prefix="/v1", tags=["catalogue"])
IfNoneMatch = Annotated[str | None, Header(max_length=200)]
FOUND: Final[docs.Docs] = {200: sends("ETag"), **docs.UNCHANGED, **docs.NOT_FOUND}


@router.get("/services", response_model=schemas.ServiceList, responses={200: sends("ETag"), **docs.UNCHANGED})
async def list_services(if_none_match: IfNoneMatch = None) -> Response:
    """List the decree's four services, also those that take no requests here yet."""
    return _json({"services": catalogue.service_list()}, if_none_match)


@router.get("/services/{code}", response_model=schemas.ServiceView, responses=FOUND)
async def read_service(code: docs.Code, if_none_match: IfNoneMatch = None) -> Response:
    """Read a service's passport: channels, hours, term, what is needed, grounds of refusal, each with its clause."""
    return _json(catalogue.service(code), if_none_match)


@router.get("/services/{code}/form", response_model=schemas.FormView, responses=FOUND)
async def read_form(code: docs.Code, if_none_match: IfNoneMatch = None) -> Response:
    """Read a service's form as JSON Schema, with titles in Kazakh, Russian and English (HV-13, HV-16.5)."""
    return _json(catalogue.form_of(code), if_none_match)


@router.get(
    "/providers",
    response_model=schemas.ProviderList,
    responses={200: sends("ETag", "Link"), **problem_docs(BadRequest)},
)
async def list_providers(
    q: Annotated[str, Query(max_length=100, examples=["Гоголь"])] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Search the organisations of Appendix 3 by name, address, telephone or BIN."""
    page = catalogue.provider_page(q, limit, cursor)
    answer = _json({"providers": [asdict(one) for one in page.providers], "next_cursor": page.next_cursor}, None)
    if page.next_cursor is not None:
        following = urlencode({**({"q": q} if q else {}), "limit": limit, "cursor": page.next_cursor})
        answer.headers["Link"] = f'</v1/providers?{following}>; rel="next"'
    return answer


@router.get("/providers/{bin}", response_model=schemas.ProviderView, responses=FOUND)
async def read_provider(
    provider_bin: Annotated[str, Path(alias="bin", pattern=IIN_PATTERN, examples=docs.A_BIN)],
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Read one organisation of Appendix 3."""
    return _json(asdict(catalogue.provider(provider_bin)), if_none_match)


def _json(body: dict[str, Any], if_none_match: str | None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"', "Cache-Control": "public, max-age=300"}
    if matches(if_none_match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, "application/json")
