"""Papers of training documents, their scans, and the college's record journal (DP-8, DP-11, DP-14, DP-15).

Parse, call, return.
"""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from gateway import training, training_records
from gateway.formats import JSON, chosen
from gateway.identity import SignedIn
from gateway.routes import docs
from gateway.routes.training import CASE, CASES, CHANGE, UNAVAILABLE, json_answer, own_case, told
from gateway.schemas import examples
from gateway.schemas.training import Done, PaperTaken, SealedScan
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.world import World, world_of
from shared.forms.diploma_cases import PaperIn, RejectionIn
from shared.forms.diploma_records import RecordKind, RecordPage
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAcceptable, Unprocessable
from shared.kit.scan_bodies import SCAN_ANSWER, SCAN_REFUSED, read_scan, scan_answer
from shared.kit.uploads import SCAN_BODY

router = APIRouter(tags=["training documents"])
CSV: Final = "text/csv"
_OWN_PAPERS: Final = "/v1/requests/{request_id}/papers"
_PAPERS: Final = f"{CASES}/{{request_id}}/papers"
_KEPT: Final[docs.Docs] = {204: {"description": "The scan is kept"}}
_TABLE: Final[docs.Docs] = {200: {"description": "The entries", "content": {CSV: {"schema": {"type": "string"}}}}}
_POSSIBLE: Final = problem_docs(training.CaseNotPossible)


@router.post(
    _OWN_PAPERS,
    status_code=201,
    response_model=PaperTaken,
    responses=docs.OWN | UNAVAILABLE | _POSSIBLE,
    openapi_extra=body_of(PaperIn, examples.PAPER),
)
async def hand_in_paper(http: Request, session: SignedIn, request_id: UUID) -> Response:
    """Hand in a paper that is asked for; it counts once its scan is there (DP-8, DP-11, DP-14)."""
    world = world_of(http)
    paper = await read_body(http, PaperIn)
    asked = await own_case(world, request_id, session) | {"paper": told(paper)}
    return json_answer(await training.ask(world, "papers", asked, PaperTaken), 201)


@router.put(
    f"{_OWN_PAPERS}/{{paper_id}}/scan",
    status_code=204,
    responses=docs.OWN | UNAVAILABLE | _POSSIBLE | SCAN_REFUSED | _KEPT,
    openapi_extra=SCAN_BODY,
)
async def attach_scan(http: Request, session: SignedIn, request_id: UUID, paper_id: UUID) -> Response:
    """Attach the scan of a paper: PDF, JPEG or PNG by its content, at most 5 MiB, once."""
    world = world_of(http)
    return await _kept(http, world, await own_case(world, request_id, session), paper_id)


@router.post(
    _PAPERS,
    status_code=201,
    response_model=PaperTaken,
    responses=CHANGE,
    openapi_extra=body_of(PaperIn, examples.PAPER),
)
async def take_paper(http: Request, session: Employed, request_id: UUID) -> Response:
    """Take a paper at the desk; it stands in the record journal (DP-15)."""
    paper = await read_body(http, PaperIn)
    asked = {"request_id": request_id, "actor": training.actor_of(session), "paper": told(paper)}
    return json_answer(await training.ask(world_of(http), "papers", asked, PaperTaken), 201)


@router.put(
    f"{_PAPERS}/{{paper_id}}/scan",
    status_code=204,
    responses=CHANGE | SCAN_REFUSED | _KEPT,
    openapi_extra=SCAN_BODY,
)
async def scan_paper(http: Request, session: Employed, request_id: UUID, paper_id: UUID) -> Response:
    """Attach the scan of a paper that was taken at the desk."""
    asked = {"request_id": request_id, "actor": training.actor_of(session)}
    return await _kept(http, world_of(http), asked, paper_id)


@router.get(f"{_PAPERS}/{{paper_id}}/scan", response_class=Response, responses=CASE | SCAN_ANSWER)
async def open_scan(http: Request, session: Employed, request_id: UUID, paper_id: UUID) -> Response:
    """Open a scan; for those who work on the case, and each time stands on its ledger."""
    asked = {"request_id": request_id, "actor": training.actor_of(session), "paper_id": paper_id}
    return scan_answer((await training.ask(world_of(http), "papers/scan/read", asked, SealedScan)).as_scan())


@router.post(
    f"{_PAPERS}/{{paper_id}}/rejection",
    status_code=204,
    responses=CHANGE,
    openapi_extra=body_of(RejectionIn, examples.REJECTION),
)
async def reject_paper(http: Request, session: Employed, request_id: UUID, paper_id: UUID) -> Response:
    """Put a paper aside that is not what it should be: it counts no longer, and the applicant is told why."""
    why = await read_body(http, RejectionIn)
    asked = {"request_id": request_id, "actor": training.actor_of(session), "paper_id": paper_id}
    await training.ask(world_of(http), "papers/rejection", asked | {"rejection": told(why)}, Done)
    return Response(status_code=204)


@router.get(
    "/v1/staff/training/records",
    response_model=RecordPage,
    responses=FOR_EMPLOYEES | UNAVAILABLE | problem_docs(NotAcceptable, Unprocessable) | _TABLE,
)
async def list_records(  # noqa: PLR0913, PLR0917 - a page of a journal is asked for with as many words.
    http: Request,
    session: Employed,
    since: Annotated[date, Query(description="The first local day.")],
    until: Annotated[date, Query(description="The last local day.")],
    kind: RecordKind | None = None,
    after: Annotated[int, Query(ge=0, le=2**53, description="`next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Read the record journal (DP-15): applications, papers, documents handed over; as `text/csv` all of the days."""
    asked: dict[str, Any] = {"since": since, "until": until, "after": after, "limit": limit}
    asked |= {"kind": kind} if kind else {}
    actor, world = training.actor_of(session), world_of(http)
    if chosen(http.headers.get("accept", "*/*"), (JSON, CSV)) == CSV:
        table = await training_records.table_of(world, actor, asked)
        named = {"Content-Disposition": 'attachment; filename="records.csv"', "Cache-Control": "no-store"}
        return Response(table, media_type=f"{CSV}; charset=utf-8; header=present", headers=named)
    return json_answer(await training_records.page_of(world, actor, asked))


async def _kept(http: Request, world: World, asked: dict[str, Any], paper_id: UUID) -> Response:
    scan = SealedScan.of(await read_scan(http))
    body = {**asked, "paper_id": paper_id, **scan.model_dump()}
    await training.ask(world, "papers/scan", body, Done)
    return Response(status_code=204)
