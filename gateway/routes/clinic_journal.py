"""The journal of an organisation: its lines, one request whole, a period to take along. Parse, call, return."""

from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Security
from pydantic import AwareDatetime, BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import clinic_journal, journal_export
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.clinic_journal import Wanted
from gateway.journal_views import entry_view, line_view
from gateway.schemas.clinic_journal import JournalEntry, JournalOutcome, JournalPage, JournalState
from gateway.world import world_of
from shared.forms.local_day import WorkingDate
from shared.kit.language import language_of
from shared.kit.openapi_parts import sends
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, Unprocessable
from shared.law.channels import Channel
from shared.law.roles import StaffRole
from shared.law.scopes import Scope

router = APIRouter(prefix="/v1/staff/journal", tags=["journal"])
HERE: Final = "/v1/staff/journal"
READERS: Final = frozenset(
    {StaffRole.REGISTRY_DESK, StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN, StaffRole.CLERK, StaffRole.RESPONSIBLE}
)
MOST_PLACE: Final = 2**62
Reading = Annotated[Acting, Security(acting, scopes=[Scope.JOURNAL_READ])]
Services = Annotated[list[Annotated[str, Query(max_length=40, pattern=r"^[a-z-]+$")]], Query(max_length=10)]
Day = Annotated[WorkingDate | None, Query(description="A local day of Almaty; of its registration.")]
_READ: Final = FOR_ACTING | problem_docs(Unprocessable)


@router.get("", response_model=JournalPage, responses={200: sends("Link"), **_READ})
async def list_journal(  # noqa: PLR0913 - as many filters as the journal has.
    http: Request,
    who: Reading,
    *,
    service: Services = [],  # noqa: B006 - FastAPI copies it.
    channel: Channel | None = None,
    state: JournalState | None = None,
    outcome: JournalOutcome | None = None,
    day: Day = None,
    first_day: Day = None,
    last_day: Day = None,
    overdue: bool | None = None,
    updated_since: AwareDatetime | None = None,
    cursor: Annotated[int | None, Query(ge=0, le=MOST_PLACE)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """List every request in the order of registration, or by `updated_since` in the order of change (HV-17, AP-17).

    A system asks with the `updated_at` of the last line that it has seen: it may see that line again and misses none.
    """
    who.require(READERS)
    wanted = Wanted(service, channel, state, outcome, day or first_day, day or last_day, overdue, updated_since, cursor)
    world = world_of(http)
    at = world.now()
    found = await clinic_journal.read_lines(world.database, who.looker, wanted, most=limit, at=at)
    page = JournalPage(requests=[line_view(line, at) for line in found])
    headers = {}
    if len(found) == limit:
        place = found[-1].journal_no if updated_since is None else found[-1].change_no
        kept = [(name, value) for name, value in http.query_params.multi_items() if name != "cursor"]
        headers["Link"] = f'<{HERE}?{urlencode([*kept, ("cursor", place)])}>; rel="next"'
    return _json(page, headers)


@router.get("/export", response_class=Response, responses=_READ | problem_docs(Unprocessable) | journal_export.FILES)
async def export_journal(
    http: Request,
    who: Reading,
    first_day: Annotated[WorkingDate, Query(description="The first local day of Almaty.")],
    last_day: Annotated[WorkingDate, Query(description="The last one; at most a year later.")],
    format: journal_export.Format = "csv",  # noqa: A002 - as the query names it.
) -> Response:
    """Take the journal of a period along, as CSV (UTF-8 with BOM) or XLSX, headed in the language that is asked for."""
    who.require(READERS)
    _require_period(first_day, last_day)
    return await journal_export.export(world_of(http), who, (first_day, last_day), format, language_of(http))


@router.get("/{request_id}", response_model=JournalEntry, responses=_READ | problem_docs(NotFound))
async def read_journal_entry(http: Request, who: Reading, request_id: UUID) -> Response:
    """Open one request whole: form, steps, document. It is recorded, and the person sees who looked and why."""
    who.require(READERS)
    world = world_of(http)
    at = world.now()
    found = await clinic_journal.open_entry(world.database, who.looker, request_id, at)
    if found is None:
        raise NotFound
    return _json(entry_view(*found, at))


def _require_period(first: date, last: date) -> None:
    if last < first or last - first > journal_export.LONGEST:
        raise Unprocessable(errors=[{"pointer": "/last_day", "code": "period-too-long-or-reversed"}])


def _json(body: BaseModel, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store", **(headers or {})}, "application/json")
