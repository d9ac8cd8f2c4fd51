"""The URLs of debts: parse, call, return."""

from starlette.requests import Request
from starlette.responses import Response

from diploma_svc import debts, schemas
from diploma_svc.world import World
from shared.kit.callers import read_call
from shared.kit.casework.routes import GATEWAY_ONLY, json_response
from shared.kit.envelope import Envelopes


class DebtRoutes:
    """What employees do with debts, over the service's world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world, self._envelopes = world, envelopes

    async def list_debts(self, request: Request) -> Response:
        """List the open debts that are an employee's to keep."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ListCall)
        return json_response(await debts.list_debts(self._world, call.actor.as_actor()))

    async def enter_debt(self, request: Request) -> Response:
        """Enter a debt."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.DebtCall)
        return json_response(await debts.enter_debt(self._world, call.actor.as_actor(), call.debt))

    async def clear_debt(self, request: Request) -> Response:
        """Clear a debt."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ClearingCall)
        return json_response(await debts.clear_debt(self._world, call.actor.as_actor(), call.clearing))
