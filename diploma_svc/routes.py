"""The service's URLs: those that every service has, the college's loads, the cases. Parse, call, return."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from diploma_svc import examples, refusals, schemas
from diploma_svc.case_routes import CaseRoutes
from diploma_svc.debt_routes import DebtRoutes
from diploma_svc.documents import CREDENTIAL_TYPE
from diploma_svc.drafts import say_of_draft
from diploma_svc.regulation import PASSPORT
from diploma_svc.terms import DeskClosed, term_of
from diploma_svc.world import World
from shared.forms.diploma_college import CollegeBody, CollegeLoaded
from shared.forms.diploma_debts import DebtEntry, DebtList
from shared.forms.diploma_records import RecordPage
from shared.forms.diploma_views import (
    CaseList,
    CaseView,
    HeldDocuments,
    ProgressView,
)
from shared.kit.bodies import body_of
from shared.kit.callers import BY_ENVELOPE, REFUSALS
from shared.kit.casework.draft_schemas import DraftAnswer
from shared.kit.casework.process import Casework
from shared.kit.casework.routes import (
    Docs,
    Endpoint,
    Reception,
    add_internal,
    casework_router,
)
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Forbidden, NotFound, UnsupportedMediaType
from shared.kit.staff_problems import RowsDoNotFit
from shared.law.college import COLLEGE

_CHANGES: Docs = problem_docs(
    NotFound, Forbidden, refusals.NotYourRole, refusals.CaseChanged, refusals.NotPossible, refusals.PapersMissing,
    refusals.NoGroundHolds, refusals.BlankNotAvailable,
)  # fmt: skip
_KIND: str = f"application/{CREDENTIAL_TYPE}"
_SEALED: Docs = {200: {"description": "A sealed credential", "content": {_KIND: {"schema": {"type": "string"}}}}}
Route = tuple[str, Endpoint, tuple[type[BaseModel], examples.Example], type[BaseModel], Docs]
"""Path, what it does, body with an example, answer, problems."""


def routes_of(world: World, work: Casework, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""
    router = casework_router(work, _reception(world), envelopes)
    routes = CaseRoutes(world, work, envelopes)
    table: list[Route] = [
        ("/college", routes.load_college, (CollegeBody, examples.COLLEGE), CollegeLoaded, problem_docs(RowsDoNotFit)),
        ("/cases/list", routes.list_cases, (schemas.ListCall, examples.LIST), CaseList, {}),
        ("/cases/read", routes.read_case, (schemas.CaseCall, examples.CASE), CaseView, problem_docs(NotFound)),
        ("/cases/warnings", routes.acknowledge_warnings, (schemas.CaseCall, examples.CASE), CaseView, _CHANGES),
        ("/cases/act", routes.act_on_case, (schemas.ActCall, examples.ACT), CaseView, _CHANGES),
    ]
    table += _of_documents(routes) + _of_papers(routes) + _of_debts(DebtRoutes(world, envelopes))
    for path, endpoint, body, answer, problems in table:
        name = getattr(endpoint, "__name__", path)
        add_internal(router, name, path, endpoint, body, answer, problems)
    router.add_api_route(
        "/status-lists",
        routes.read_status_list,
        methods=["POST"],
        name="read_status_list",
        response_class=Response,
        responses={**_SEALED, **REFUSALS},
        openapi_extra=BY_ENVELOPE | body_of(schemas.StatusListCall, examples.STATUS_LIST),
    )
    return router


def _of_documents(routes: CaseRoutes) -> list[Route]:
    to_sign, signature = (schemas.DocumentCall, examples.DOCUMENT), (schemas.SignatureCall, examples.SIGNATURE)
    return [
        ("/cases/document", routes.read_document_to_sign, to_sign, schemas.DocumentBytes, _CHANGES),
        ("/cases/signature", routes.sign_document, signature, CaseView, _CHANGES),
        ("/documents/held", routes.list_held_documents, (schemas.HolderCall, examples.HOLDER), HeldDocuments, {}),
    ]


def _of_debts(routes: DebtRoutes) -> list[Route]:
    hindered = problem_docs(NotFound, Forbidden, refusals.NotYourRole, refusals.NotPossible)
    return [
        ("/debts/list", routes.list_debts, (schemas.ListCall, examples.LIST), DebtList, hindered),
        ("/debts", routes.enter_debt, (schemas.DebtCall, examples.DEBT), DebtEntry, hindered),
        ("/debts/clearing", routes.clear_debt, (schemas.ClearingCall, examples.CLEARING), DebtEntry, hindered),
    ]


def _of_papers(routes: CaseRoutes) -> list[Route]:
    progress, paper = (schemas.ProgressCall, examples.PROGRESS), (schemas.PaperCall, examples.PAPER)
    scan, read = (schemas.ScanCall, examples.SCAN), (schemas.ScanRead, examples.SCAN_READ)
    rejection = (schemas.RejectionCall, examples.REJECTION)
    unreadable = problem_docs(UnsupportedMediaType)
    return [
        ("/cases/progress", routes.read_progress, progress, ProgressView, problem_docs(NotFound)),
        ("/papers", routes.hand_in_paper, paper, schemas.PaperTaken, _CHANGES),
        ("/papers/scan", routes.keep_scan, scan, schemas.Done, {**_CHANGES, **unreadable}),
        ("/papers/rejection", routes.reject_paper, rejection, schemas.Done, _CHANGES),
        ("/records", routes.read_records, (schemas.RecordsCall, examples.RECORDS), RecordPage, {}),
        ("/papers/scan/read", routes.read_scan, read, schemas.ScanBody, problem_docs(NotFound)),
    ]


def _reception(world: World) -> Reception[schemas.DraftBody, schemas.RequestBody]:
    async def say(draft: schemas.DraftBody) -> DraftAnswer:
        return await say_of_draft(world, draft)

    return Reception(
        service=PASSPORT.code,
        draft=(schemas.DraftBody, examples.DRAFT),
        request=(schemas.RequestBody, examples.REQUEST),
        say_of_draft=say,
        term_of=lambda asked: term_of(world.calendar, asked),
        provider_of=lambda _: COLLEGE.bin,
        draft_problems=(refusals.AskedAlready, DeskClosed),
    )
