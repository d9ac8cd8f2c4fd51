"""The loops of the gateway's process: signed requests to their services, events to clinics; rows are the jobs."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from gateway import deliveries, forward, webhook_deliveries
from gateway.journal import Request
from gateway.watch import CHANNEL
from gateway.webhook_deliveries import Delivery
from gateway.world import World
from shared.kit.listener import Listener
from shared.kit.work import Loop


async def keep_delivering(world: World, stack: AsyncExitStack) -> None:
    """Deliver whatever is signed and not answered, and wake those who wait for it, until the stack is closed."""

    async def claim(at: datetime, most: int) -> Sequence[Request]:
        return await deliveries.claim(world.database, at, most)

    async def work(request: Request) -> None:
        await forward.deliver(world, request)

    loop = Loop(claim, work, world.clock, every=1.0, at_once=world.settings.deliveries_at_once, trace_of=_trace_of)
    loop.start()
    stack.push_async_callback(loop.stop)
    listener = Listener(world.settings.database_url, CHANNEL, world.watchers.tell)
    listener.start()
    stack.push_async_callback(listener.stop)


def _trace_of(request: Request) -> str | None:
    return request.traceparent


async def keep_telling_clinics(world: World, stack: AsyncExitStack) -> None:
    """Send what is due to the clinics' end points, until the stack is closed."""

    async def claim(at: datetime, most: int) -> Sequence[Delivery]:
        return await webhook_deliveries.claim(world.database, at, most)

    async def attempt(delivery: Delivery) -> None:
        await webhook_deliveries.attempt(world, delivery)

    stack.push_async_callback(world.webhook_http.close)
    loop = Loop(claim, attempt, world.clock, every=1.0, at_once=world.settings.webhooks_at_once)
    loop.start()
    stack.push_async_callback(loop.stop)
