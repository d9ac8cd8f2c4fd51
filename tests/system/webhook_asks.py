"""Good requests about webhooks, by operation."""

from tests.system.asks import Ask, Make, always
from tests.system.employee import Employee

WEBHOOKS = "/v1/webhooks"
BODY = {"url": "https://mis.example.kz/hooks", "events": ["appointment.booked"]}


async def webhook_asks(administrator: Employee) -> dict[str, Make]:
    """Return the requests of a clinic's administrator about webhooks."""
    told = await administrator.call("POST", WEBHOOKS, BODY)
    assert told.status == 201, told.body
    kept = told.json["webhook_id"]
    one = Ask(path={"webhook_id": kept})

    async def clear() -> None:
        for webhook in (await administrator.call("GET", WEBHOOKS)).json["webhooks"]:
            if webhook["webhook_id"] != kept:
                await administrator.call("DELETE", f"{WEBHOOKS}/{webhook['webhook_id']}")

    async def creation() -> Ask:
        await clear()
        return Ask(body=BODY, dear=True)

    async def deletion() -> Ask:
        await clear()
        spare = (await administrator.call("POST", WEBHOOKS, BODY)).json
        return Ask(path={"webhook_id": spare["webhook_id"]}, dear=True)

    async def told_again() -> Ask:
        await administrator.call("POST", f"{WEBHOOKS}/{kept}/test")
        [latest, *_] = (await administrator.call("GET", f"{WEBHOOKS}/{kept}/deliveries")).json["deliveries"]
        return Ask(path=one.path, body={"event_id": latest["event_id"]})

    again = Ask(path=one.path, body={"since": "2026-11-24T09:00:00+05:00"})
    return {
        f"POST {WEBHOOKS}": creation,
        f"GET {WEBHOOKS}": always(Ask()),
        f"DELETE {WEBHOOKS}/{{webhook_id}}": deletion,
        f"POST {WEBHOOKS}/{{webhook_id}}/enable": always(one),
        f"POST {WEBHOOKS}/{{webhook_id}}/secret": always(Ask(path=one.path, body={"overlap_hours": 1})),
        f"POST {WEBHOOKS}/{{webhook_id}}/test": always(one),
        f"POST {WEBHOOKS}/{{webhook_id}}/replay": always(again),
        f"POST {WEBHOOKS}/{{webhook_id}}/replay as of one event": told_again,
        f"GET {WEBHOOKS}/{{webhook_id}}/deliveries": always(one),
    }
