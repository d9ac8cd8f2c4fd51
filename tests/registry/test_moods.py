import asyncio
import json
import tracemalloc
import zlib
from time import perf_counter

import pytest

from person_registry_stub.demo_people import demo_people
from person_registry_stub.desk import gzip_bomb
from person_registry_stub.moods import Mood
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.registry import PERSONS, RegistryClient, RegistryUnavailable
from shared.law.providers import PROVIDERS
from tests.registry.conftest import Control, Running, json_bytes

ADULT = demo_people()["adult"].person
PARENT = demo_people()["parent"].person
REASONS = {
    Mood.SLOW: "too_slow",
    Mood.DRIP: "too_slow",
    Mood.DEAD: "broken",
    Mood.RESET: "broken",
    Mood.CUT_OFF: "broken",
    Mood.TRUNCATED: "seal_not_valid",
    Mood.HTML: "not_a_seal",
    Mood.ERROR_500: "status",
    Mood.REDIRECT: "redirected",
    Mood.TEN_MIB: "too_large",
    Mood.GZIP_BOMB: "too_large",
    Mood.OTHER_PERSON: "another_question",
    Mood.MIXED_UP: "another_person",
    Mood.OTHER_NONCE: "another_question",
    Mood.STALE: "not_fresh",
    Mood.UNSIGNED: "not_a_seal",
    Mood.NO_ALGORITHM: "seal_not_valid",
    Mood.WRONG_SEAL: "seal_not_valid",
    Mood.TAMPERED: "seal_not_valid",
}


async def reason_of(client: RegistryClient) -> str:
    with pytest.raises(RegistryUnavailable) as unavailable:
        await client.person(ADULT.iin, "HV-12.1")
    return unavailable.value.reason


def test_every_bad_mood_is_tried() -> None:
    assert REASONS.keys() == set(Mood) - {Mood.OK, Mood.NOT_FOUND}


@pytest.mark.parametrize("mood", REASONS)
async def test_a_bad_mood_is_unavailable_within_five_seconds(
    client: RegistryClient, control: Control, mood: Mood
) -> None:
    await control.mood(mood)
    tracemalloc.start()
    begun = perf_counter()
    try:
        assert await reason_of(client) == REASONS[mood]
        assert perf_counter() - begun < 5
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    assert json.loads((await control.call("GET", "/mood")).body)["redirects_followed"] == 0
    await control.mood("ok")
    assert (await client.person(ADULT.iin, "HV-12.1")).person == ADULT


async def test_hv_17_4_not_found_is_an_answer_and_no_failure(client: RegistryClient, control: Control) -> None:
    await control.mood("not_found")
    assert (await client.person(ADULT.iin, "HV-12.1")).person is None


async def test_an_answer_that_is_only_a_little_slow_is_taken(client: RegistryClient, control: Control) -> None:
    await control.mood("slow", seconds=0.05)
    assert (await client.person(ADULT.iin, "HV-12.1")).person == ADULT


async def test_a_mood_can_be_kept_from_everybody_else(client: RegistryClient, control: Control) -> None:
    await control.mood("error_500", only_iin=ADULT.iin)
    assert await reason_of(client) == "status"
    assert (await client.person(PARENT.iin, "HV-12.1")).person == PARENT


@pytest.mark.parametrize("mood", [Mood.OTHER_PERSON, Mood.MIXED_UP, Mood.STALE, Mood.WRONG_SEAL, Mood.RESET])
async def test_legal_persons_are_looked_up_in_the_same_mood(
    client: RegistryClient, control: Control, mood: Mood
) -> None:
    await control.mood(mood)
    with pytest.raises(RegistryUnavailable) as unavailable:
        await client.organisation(PROVIDERS[5].bin, "HV-8.2")
    assert unavailable.value.reason == REASONS[mood]


async def test_another_persons_answer_is_sealed_as_it_should_be(
    running: Running, http: HttpClient, control: Control
) -> None:
    await control.mood("other_person")
    service = ServiceClient(http, running.envelopes("home_visit"), running.url, "person_registry")
    question = {"iin": ADULT.iin, "purpose": "HV-12.1", "nonce": "n" * 22}
    answer = await service.post(PERSONS, json_bytes(question))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/jose")


def test_the_bomb_is_as_large_as_it_says() -> None:
    packed = gzip_bomb()
    assert 190_000 < len(packed) < 260_000
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    size, rest = 0, packed
    while rest and not unpacker.eof:
        size += len(unpacker.decompress(rest, 1 << 20))
        rest = unpacker.unconsumed_tail
    assert unpacker.eof
    assert size == 200 * 1024 * 1024


@pytest.mark.parametrize(("mood", "reset"), [(Mood.DEAD, False), (Mood.RESET, True)])
async def test_a_dead_registry_hangs_up_and_a_resetting_one_resets(
    running: Running, control: Control, mood: Mood, *, reset: bool
) -> None:
    await control.mood(mood)
    body = json_bytes({"iin": ADULT.iin, "purpose": "HV-12.1", "nonce": "n" * 22})
    envelope = running.envelopes("home_visit").seal("POST", PERSONS, body, "person_registry")
    head = [
        f"POST {PERSONS} HTTP/1.1",
        "Host: registry",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Authorization: {envelope}",
    ]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(running.url.rpartition(":")[2]))
    writer.write("\r\n".join([*head, "", ""]).encode() + body)
    try:
        assert await reader.read() == b""
        assert not reset
    except ConnectionResetError:
        assert reset
    finally:
        writer.close()
