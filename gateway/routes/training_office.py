"""What the college enters: its rows in bulk, debts; and warnings of terms, acknowledged (DP-5, DP-13, DP-16.3).

Parse, call, return.
"""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Security
from starlette.requests import Request
from starlette.responses import Response

from gateway import training
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.routes.training import CASES, CHANGE, UNAVAILABLE, json_answer, told
from gateway.schemas import examples
from gateway.staff import FOR_EMPLOYEES, Employed, StaffSession
from gateway.world import world_of
from shared.forms.diploma_college import CollegeBody, CollegeLoaded
from shared.forms.diploma_debts import ClearingIn, DebtEntry, DebtIn, DebtList
from shared.forms.diploma_views import CaseView
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.staff_problems import NotYourRole, RowsDoNotFit
from shared.law.college import COLLEGE
from shared.law.roles import DEBT_KEEPERS, StaffRole
from shared.law.scopes import Scope

router = APIRouter(tags=["training documents"])
LOADERS: Final = frozenset({StaffRole.ADMINISTRATOR, StaffRole.RESPONSIBLE})
SECONDS_OF_A_LOAD: Final = 30.0
_DEBTS: Final = "/v1/staff/training/debts"
_KEEPERS: Final = frozenset(DEBT_KEEPERS.values())
_DEBT: Final = FOR_EMPLOYEES | UNAVAILABLE
_CHANGED: Final = _DEBT | problem_docs(NotFound, training.CaseNotPossible)


@router.put(
    "/v1/training/college",
    response_model=CollegeLoaded,
    responses=FOR_ACTING | UNAVAILABLE | problem_docs(RowsDoNotFit),
    openapi_extra=body_of(CollegeBody, examples.COLLEGE),
)
async def load_college(
    http: Request, who: Annotated[Acting, Security(acting, scopes=[Scope.TRAINING_LOAD])]
) -> Response:
    """Load what the college keeps, by its own ids; the same rows again change nothing. All are written, or none.

    For the college's own system, its administrator and its responsible person; the answer says what became of each row.
    """
    rows = await read_body(http, CollegeBody)
    who.require(LOADERS)
    if who.organisation_bin != COLLEGE.bin:
        raise NotYourRole
    answer = await training.ask(
        world_of(http), "college", rows.model_dump(mode="json"), CollegeLoaded, SECONDS_OF_A_LOAD
    )
    return json_answer(answer)


@router.get(_DEBTS, response_model=DebtList, responses=_DEBT)
async def list_debts(http: Request, session: Employed) -> Response:
    """List the open debts that are yours to keep: the librarian's, the accountant's, others (DP-13)."""
    return json_answer(await training.ask(world_of(http), "debts/list", _by_keeper(session), DebtList))


@router.post(
    _DEBTS, status_code=201, response_model=DebtEntry, responses=_DEBT, openapi_extra=body_of(DebtIn, examples.DEBT)
)
async def enter_debt(http: Request, session: Employed) -> Response:
    """Enter a debt of a kind that is yours to keep: it suspends an open case of theirs (DP-13)."""
    debt = await read_body(http, DebtIn)
    asked = _by_keeper(session) | {"debt": told(debt)}
    return json_answer(await training.ask(world_of(http), "debts", asked, DebtEntry), 201)


@router.post(
    f"{_DEBTS}/clearing",
    response_model=DebtEntry,
    responses=_CHANGED,
    openapi_extra=body_of(ClearingIn, examples.CLEARING),
)
async def clear_debt(http: Request, session: Employed) -> Response:
    """Clear a debt of a kind that is yours to keep: what it suspended goes on by itself (DP-13)."""
    clearing = await read_body(http, ClearingIn)
    asked = _by_keeper(session) | {"clearing": told(clearing)}
    return json_answer(await training.ask(world_of(http), "debts/clearing", asked, DebtEntry))


@router.post(f"{CASES}/{{request_id}}/warnings", response_model=CaseView, responses=CHANGE)
async def acknowledge_warnings(http: Request, session: Employed, request_id: UUID) -> Response:
    """Acknowledge that half, or four fifths, of a case's term is used up (DP-5); it stands on the ledger."""
    asked = {"actor": training.actor_of(session), "request_id": request_id}
    return json_answer(await training.ask(world_of(http), "cases/warnings", asked, CaseView))


def _by_keeper(session: StaffSession) -> dict[str, Any]:
    return {"actor": training.actor_of(session, _KEEPERS)}
