"""The authorisation server for organisations' own systems: token end point and metadata. Parse, call, return."""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway import granting
from gateway.granting import TOKEN_PATH, TokenRefused
from gateway.schemas import examples
from gateway.schemas.clients import AuthorizationServer, TokenError, TokenIn, TokenOut
from gateway.world import world_of
from shared.kit.openapi_schemas import schema_of
from shared.kit.problems import UnsupportedMediaType
from shared.law.scopes import Scope

router = APIRouter(tags=["clinic systems"])
FORM: Final = "application/x-www-form-urlencoded"
_NO_STORE: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": TokenError, "description": "The request is not one that a token is given for (RFC 6749, 5.2)"},
    401: {"model": TokenError, "description": "The assertion does not show who asks (RFC 6749, 5.2)"},
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {FORM: {"schema": schema_of(TokenIn), "example": examples.TOKEN_FORM}},
    }
}


@router.post(TOKEN_PATH, response_model=TokenOut, responses=_REFUSALS, openapi_extra=_BODY)
async def issue_token(http: Request) -> Response:
    """Get an access token for your system, by an assertion signed with its key (RFC 6749, 4.4; RFC 7523, 2.2).

    Errors are told as RFC 6749, 5.2, has it. An assertion serves once.
    """
    if http.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise UnsupportedMediaType
    try:
        granted = await granting.grant(world_of(http), granting.read_form(await http.body()))
    except TokenRefused as refused:
        said = {"error": refused.error, "error_description": refused.description}
        return JSONResponse(said, refused.status, _NO_STORE)
    told = TokenOut(access_token=granted.access_token, expires_in=granted.expires_in, scope=" ".join(granted.scopes))
    return Response(told.model_dump_json(), 200, _NO_STORE, "application/json")


@router.get("/.well-known/oauth-authorization-server", response_model=AuthorizationServer)
async def read_authorization_server(http: Request) -> Response:
    """Learn where tokens for systems are given and how one asks for them (RFC 8414)."""
    issuer = world_of(http).settings.issuer
    told = AuthorizationServer(
        issuer=issuer,
        token_endpoint=f"{issuer}{TOKEN_PATH}",
        scopes_supported=[scope.value for scope in Scope],
        response_types_supported=[],
        grant_types_supported=[granting.GRANT],
        token_endpoint_auth_methods_supported=["private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=["ES256", "RS256", "PS256"],
        service_documentation=f"{issuer}/reference",
    )
    return Response(told.model_dump_json(), headers={"Cache-Control": "max-age=3600"}, media_type="application/json")
