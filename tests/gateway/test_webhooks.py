"""Webhooks: signed as Standard Webhooks has it, at least once, to public addresses only; nobody waits for another."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from standardwebhooks import Webhook

from gateway import webhook_deliveries, webhooks
from gateway.webhook_addresses import is_public, may_be_called
from gateway.webhook_deliveries import A_DAY, LEASE
from shared.law.providers import PROVIDERS
from tests.gateway.portal import NOW, Portal

CLINIC, OTHER = PROVIDERS[0].bin, PROVIDERS[1].bin
EVENTS = ["appointment.booked", "appointment.cancelled", "appointment.moved", "attachment.attached", "attachment.left"]


class Receiver:
    """A clinic's end point: answers with ``status``, keeps what came."""

    def __init__(self) -> None:
        self.status = 204
        self.came: list[tuple[dict[str, str], bytes]] = []

    async def take(self, request: web.Request) -> web.Response:
        self.came.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers={"Location": "http://127.0.0.1:1/"})

    async def open(self) -> str:
        app = web.Application()
        app.router.add_post("/hooks", self.take)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/hooks"  # type: ignore[union-attr]


@pytest.fixture
async def receiver(portal: Portal) -> Any:
    world = portal.world
    private = world.settings.model_copy(update={"webhooks_private": True})
    object.__setattr__(world, "settings", private)
    async with world.database.connection() as c:
        await c.execute("TRUNCATE webhook_endpoints, webhook_events, requests CASCADE")
    one = Receiver()
    one.url = await one.open()  # type: ignore[attr-defined]
    yield one
    await one.runner.cleanup()
    await world.webhook_http.close()


async def endpoint(portal: Portal, url: str, bin_: str = CLINIC) -> tuple[tuple[Any, str], str]:
    async with portal.world.database.transaction() as c:
        made, secret = await webhooks.create(c, bin_, url, EVENTS, portal.clock.now())
    return (made, bin_), secret


async def granted(portal: Portal, service: str = "appointment", bin_: str = CLINIC, iin: str = "870412490011") -> str:
    """Have a request answered, as deliveries.py does it: by an update of its row."""
    request_id, at = uuid4(), portal.clock.now()
    async with portal.world.database.connection() as c:
        account = await c.fetchval(
            "INSERT INTO accounts (id, iin, password_hash, registered_at, password_set_at) VALUES ($1, $2, '', $3, $3)"
            " ON CONFLICT (iin) DO UPDATE SET iin = excluded.iin RETURNING id",
            uuid4(), iin, at,
        )  # fmt: skip
        await c.execute(
            "INSERT INTO requests (id, account_id, service, form_version, applicant_iin, subject_iin, form, content,"
            " state, created_at, updated_at, sign_by, signed_at, cms, signature_sha256)"
            " VALUES ($1, $2, $3, 1, $4, $4, $5, '', 'signed', $6, $6, $6, $6, '', $7)",
            request_id, account, service, iin, json.dumps({"provider_bin": bin_}), at, str(request_id),
        )  # fmt: skip
        await c.execute(
            "UPDATE requests SET state = 'answered', outcome = 'granted', number = $2, answered_at = $3,"
            " updated_at = $3, document = 'x' WHERE id = $1",
            request_id, f"N-{request_id.hex[:8]}", at,
        )  # fmt: skip
    return str(request_id)


async def stands(portal: Portal, request_id: str, standing: str) -> None:
    async with portal.world.database.connection() as c:
        await c.execute(
            "UPDATE requests SET standing = $2, standing_at = $3, updated_at = $3 WHERE id = $1",
            request_id, standing, portal.clock.now(),
        )  # fmt: skip


async def turn(portal: Portal) -> int:
    """Let the loop look once and do all that is due; returns how many attempts there were."""
    made = 0
    while due := await webhook_deliveries.claim(portal.world.database, portal.clock.now(), 16):
        for one in due:
            await webhook_deliveries.attempt(portal.world, one)
        made += len(due)
    return made


def told(receiver: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _, body in receiver.came]


async def test_what_happens_is_told_signed_and_names_nobody(portal: Portal, receiver: Any) -> None:
    _, secret = await endpoint(portal, receiver.url)
    request_id = await granted(portal)
    await stands(portal, request_id, "cancelled_by_citizen")
    await granted(portal, bin_=OTHER)
    assert await turn(portal) == 2
    assert sorted(told(receiver)) == ["appointment.booked", "appointment.cancelled"]
    for headers, body in receiver.came:
        said = Webhook(secret).verify(body, headers)
        assert said["data"]["request_id"] == request_id
        assert b"870412490011" not in body
        assert set(said["data"]) == {"event_id", "service", "request_id", "number"}
    assert await turn(portal) == 0


async def test_a_rolled_back_change_tells_nothing(portal: Portal, receiver: Any) -> None:
    await endpoint(portal, receiver.url)
    request_id = await granted(portal)
    await turn(portal)

    async def undone() -> None:
        async with portal.world.database.transaction() as c:
            await c.execute("UPDATE requests SET standing = 'moved', standing_at = $2 WHERE id = $1", request_id, NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await undone()
    assert await turn(portal) == 0


async def test_whoever_had_a_person_before_is_told_that_they_have_left(portal: Portal, receiver: Any) -> None:
    await endpoint(portal, receiver.url)
    await endpoint(portal, receiver.url, OTHER)
    await granted(portal, "attachment", CLINIC)
    portal.pass_by(timedelta(minutes=1))
    await granted(portal, "attachment", OTHER)
    await turn(portal)
    assert sorted(told(receiver)) == ["attachment.attached", "attachment.attached", "attachment.left"]


async def test_a_failure_is_tried_again_with_the_same_id_until_it_is_taken(portal: Portal, receiver: Any) -> None:
    own, _ = await endpoint(portal, receiver.url)
    receiver.status = 500
    await granted(portal)
    for _ in range(4):
        assert await turn(portal) == 1
        assert await turn(portal) == 0
        portal.pass_by(timedelta(minutes=11))
    receiver.status = 200
    assert await turn(portal) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1
    async with portal.world.database.transaction() as c:
        (row,) = await webhooks.log_of(c, own, 10)
        (one,) = await webhooks.list_of(c, CLINIC)
    assert (row["attempts"], row["answered"], one.failing_since) == (5, "200", None)
    assert row["delivered_at"] is not None


async def test_an_attempt_that_died_is_made_again(portal: Portal, receiver: Any) -> None:
    await endpoint(portal, receiver.url)
    await granted(portal)
    assert len(await webhook_deliveries.claim(portal.world.database, portal.clock.now(), 16)) == 1
    assert await turn(portal) == 0
    portal.pass_by(LEASE)
    assert await turn(portal) == 1


async def test_after_a_day_of_failures_it_is_disabled_and_a_replay_brings_what_was_missed(
    portal: Portal, receiver: Any
) -> None:
    own, _ = await endpoint(portal, receiver.url)
    begun = portal.clock.now()
    receiver.status = 302
    await granted(portal)
    for _ in range(30):
        await turn(portal)
        portal.pass_by(timedelta(hours=1))
    async with portal.world.database.transaction() as c:
        (one,) = await webhooks.list_of(c, CLINIC)
        assert one.disabled_why == "failing_for_a_day"
        assert one.disabled_at is not None
        assert one.disabled_at - begun >= A_DAY
    missed = len(receiver.came)
    await granted(portal)
    assert await turn(portal) == 0
    receiver.status = 200
    async with portal.world.database.transaction() as c:
        await webhooks.enable(c, own)
        assert await webhooks.replay(c, own, portal.clock.now(), begun, None) == 2
    assert await turn(portal) == 2
    assert len(receiver.came) == missed + 2


async def test_two_secrets_sign_while_both_are_in_force(portal: Portal, receiver: Any) -> None:
    own, old = await endpoint(portal, receiver.url)
    async with portal.world.database.transaction() as c:
        new = await webhooks.rotate(c, own, portal.clock.now() + timedelta(hours=1))
        await webhooks.send_test(c, own, portal.clock.now())
    await turn(portal)
    headers, body = receiver.came[-1]
    assert Webhook(old).verify(body, headers) == Webhook(new).verify(body, headers)
    portal.pass_by(timedelta(hours=1))
    async with portal.world.database.transaction() as c:
        await webhooks.send_test(c, own, portal.clock.now())
    await turn(portal)
    headers, _ = receiver.came[-1]
    assert len(headers["webhook-signature"].split()) == 1


async def test_a_dead_receiver_holds_up_nobody(portal: Portal, receiver: Any) -> None:
    await endpoint(portal, "http://127.0.0.1:1/dead")
    await endpoint(portal, receiver.url)
    for _ in range(5):
        await granted(portal)
    due = await webhook_deliveries.claim(portal.world.database, portal.clock.now(), 16)
    assert len(due) == 2
    for one in due:
        await webhook_deliveries.attempt(portal.world, one)
    assert await turn(portal) == 4
    assert len(receiver.came) == 5


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",  # noqa: S104 - what must be refused.
        "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "::",
        "2001:0:0:0:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_not_reached(address: str) -> None:
    assert not is_public(address)
    bracketed = f"[{address}]" if ":" in address else address
    assert not may_be_called(f"https://{bracketed}/hooks", private=False)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://mis.example.kz/hooks", True),
        ("https://8.8.8.8/hooks", True),
        ("http://mis.example.kz/hooks", False),
        ("https://localhost/hooks", False),
        ("https://2130706433/hooks", False),
        ("https://0x7f.1/hooks", False),
        ("https://user@mis.example.kz/hooks", False),
        ("https://mis.example.kz:0/hooks", False),
        ("ftp://mis.example.kz/", False),
        ("https:///hooks", False),
    ],
)
def test_a_webhook_goes_to_https_on_the_public_internet(url: str, *, may: bool) -> None:
    assert may_be_called(url, private=False) is may


async def test_a_name_that_leads_to_a_private_address_is_not_connected_to(portal: Portal) -> None:
    own, _ = await endpoint(portal, "https://localhost.localdomain/hooks")
    async with portal.world.database.transaction() as c:
        await webhooks.send_test(c, own, portal.clock.now())
    await turn(portal)
    async with portal.world.database.transaction() as c:
        (row,) = await webhooks.log_of(c, own, 1)
    assert row["delivered_at"] is None
    assert row["answered"] in {"broken", "unreachable"}
    await portal.world.webhook_http.close()
