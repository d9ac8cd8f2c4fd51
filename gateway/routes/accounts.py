"""Registration, sessions, one's own data. Parse, call, return."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import accounts, login, registration, represented
from gateway.addresses import network_of
from gateway.attempts import Attempt
from gateway.conditions import AuthorisationRefused, PersonNotAuthentic, RegistryUnavailable, ask_registry
from gateway.identity import WITHOUT_SESSION, Session, SessionNotValid, SignedIn
from gateway.passwords import PasswordNotAccepted
from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.schemas import accounts as schemas
from gateway.schemas import examples
from gateway.world import World, world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.persons import Person
from shared.kit.problem_schema import problem_docs
from shared.law.iin import mask

router = APIRouter(prefix="/v1", tags=["accounts"])


@router.post(
    "/registration/challenges",
    status_code=201,
    response_model=schemas.Challenge,
    responses=problem_docs(login.TooManyAttempts),
    openapi_extra=body_of(schemas.ChallengeIn, examples.CHALLENGE),
)
async def create_challenge(http: Request) -> Response:
    """Get the bytes to sign for a registration; the answer is the same for anyone's IIN (HV-16.1)."""
    world = world_of(http)
    body = await read_body(http, schemas.ChallengeIn)
    challenge = await registration.make_challenge(world, body.iin, _network(http, world))
    told = schemas.Challenge(
        challenge_id=challenge.challenge_id,
        content=registration.as_text(challenge),
        expires_at=challenge.expires_at,
    )
    return _json(told, 201)


@router.post(
    "/registration",
    status_code=201,
    response_model=schemas.Registration,
    responses=problem_docs(
        registration.ChallengeNotValid,
        PasswordNotAccepted,
        SignatureNotConfirmed,
        PersonNotAuthentic,
        login.TooManyAttempts,
        SignatureCannotBeChecked,
        RegistryUnavailable,
    ),
    openapi_extra=body_of(schemas.RegistrationIn, examples.REGISTRATION),
)
async def register(http: Request) -> Response:
    """Register with IIN, password and EDS; who is registered already sets a new password and ends every session."""
    world = world_of(http)
    body = await read_body(http, schemas.RegistrationIn)
    asked = registration.Asked(body.challenge_id, body.iin, body.password, body.as_bytes())
    account = await registration.register(world, asked, _network(http, world))
    told = schemas.Registration(registered_at=account.registered_at, password_set_at=account.password_set_at)
    return _json(told, 201, {"Location": "/v1/me"})


@router.post(
    "/sessions",
    status_code=201,
    response_model=schemas.SessionTokens,
    responses=problem_docs(AuthorisationRefused, login.TooManyAttempts),
    openapi_extra=body_of(schemas.LoginIn, examples.LOGIN),
)
async def create_session(http: Request) -> Response:
    """Log in with IIN and password (process 1); 401 is process 2, the same whatever was wrong."""
    world = world_of(http)
    started = world.now()
    body = await read_body(http, schemas.LoginIn)
    return _tokens(await login.log_in(world, Attempt(body.iin, _network(http, world), started), body.password))


@router.post(
    "/sessions/refresh",
    status_code=201,
    response_model=schemas.SessionTokens,
    responses=problem_docs(SessionNotValid),
    openapi_extra=body_of(schemas.RefreshIn, examples.REFRESH),
)
async def refresh_session(http: Request) -> Response:
    """Exchange the refresh token for new tokens; a token that comes twice ends the session."""
    body = await read_body(http, schemas.RefreshIn)
    return _tokens(await login.refresh(world_of(http), body.refresh_token))


@router.delete("/sessions/current", status_code=204, responses=WITHOUT_SESSION)
async def end_session(http: Request, session: SignedIn) -> Response:
    """Log out: access and refresh token serve no more."""
    await login.log_out(world_of(http), session.session_id)
    return Response(status_code=204)


@router.get("/me", response_model=schemas.Me, responses=WITHOUT_SESSION)
async def read_me(http: Request, session: SignedIn) -> Response:
    """Read who is logged in."""
    world = world_of(http)
    async with world.database.connection() as c:
        account = await accounts.account_with_id(c, session.account_id)
    if account is None:
        raise SessionNotValid
    told = schemas.Me(
        iin=mask(account.iin),
        name=await _own_name(world, session),
        registered_at=account.registered_at,
        authorised_at=session.authorisation.ended_at,
    )
    return _json(told)


@router.get(
    "/me/represented",
    response_model=schemas.RepresentedList,
    responses=WITHOUT_SESSION | problem_docs(RegistryUnavailable),
)
async def list_represented(http: Request, session: SignedIn) -> Response:
    """List for whom one may ask: children under eighteen and wards, by the person registry (HV-1, AP-1, AT-1)."""
    found = await represented.represented_by(world_of(http), session.iin)
    told = schemas.RepresentedList.model_validate(
        {
            "represented": [
                {
                    "iin": one.person.iin,
                    "name": _name(one.person),
                    "birth_date": one.person.birth_date,
                    "relation": one.relation.value,
                }
                for one in found
            ]
        }
    )
    return _json(told)


async def _own_name(world: World, session: Session) -> schemas.PersonName | None:
    try:
        person = (await ask_registry(world.registry, session.iin)).person
    except RegistryUnavailable:
        return None
    return _name(person) if person is not None else None


def _name(person: Person) -> schemas.PersonName:
    return schemas.PersonName(kk=person.names.kk.full(), ru=person.names.ru.full())


def _network(http: Request, world: World) -> str:
    return network_of(http, world.settings.trusted_proxies)


def _tokens(tokens: login.Tokens) -> Response:
    told = schemas.SessionTokens(access_token=tokens.access, expires_in=tokens.expires_in, refresh_token=tokens.refresh)
    return _json(told, 201)


def _json(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(
        body.model_dump_json(), status, {"Cache-Control": "no-store", **(headers or {})}, "application/json"
    )
