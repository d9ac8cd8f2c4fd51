"""Process 0 (HV-16.1): registration with IIN, password and EDS."""

import asyncio
import base64
import json
from datetime import date, timedelta

import pytest

from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.kit.persons import Person
from tests.gateway.portal import AIGUL, CAFE, NOBODY, NOW, PASSWORD, SERIK, Portal, person


async def test_hv_16_1_a_person_registers_with_a_signature_and_logs_in(portal: Portal) -> None:
    answer = await portal.register()
    assert answer.status_code == 201
    assert answer.json() == {"registered_at": "2026-11-24T05:00:00Z", "password_set_at": "2026-11-24T05:00:00Z"}
    assert answer.headers["cache-control"] == "no-store"
    assert (await portal.log_in()).status_code == 201


async def test_the_bytes_to_sign_say_what_they_are_for_in_three_languages(portal: Portal) -> None:
    challenge = await portal.challenge()
    content = json.loads(base64.b64decode(challenge["content"]))
    assert content["purpose"].keys() == {"kk", "ru", "en"}
    assert content["iin"] == AIGUL
    assert content["challenge_id"] == challenge["challenge_id"]
    assert content["expires_at"] == "2026-11-24T05:10:00+00:00"
    assert len(content["nonce"]) >= 32


async def test_what_a_registration_rests_on_is_kept(portal: Portal) -> None:
    await portal.register()
    async with portal.world.database.connection() as c:
        kept = await c.fetchrow("SELECT * FROM registrations JOIN challenges USING (challenge_id)")
    assert kept["registry_answer"] == "sealed.registry.answer"
    assert kept["used_at"] == NOW
    evidence = json.loads(kept["evidence"])
    assert evidence["cms_sha256"]
    assert PASSWORD not in str(dict(kept))


async def test_hv_16_6_the_key_of_another_person_registers_nobody(portal: Portal) -> None:
    answer = await portal.register(AIGUL, signed_by=SERIK)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/signature-not-confirmed")
    assert (answer.json()["code"], answer.json()["clause"]) == ("iin_differs", "HV-16.7")
    assert SERIK not in answer.text
    assert AIGUL not in answer.text
    assert (await portal.log_in()).status_code == 401


async def test_a_refused_signature_leaves_the_challenge_for_a_better_one(portal: Portal) -> None:
    challenge = await portal.challenge()
    content = base64.b64decode(challenge["content"])
    assert (await portal.send(challenge, AIGUL, portal.keys.sign(AIGUL, content + b" ", NOW))).status_code == 422
    assert (await portal.send(challenge, AIGUL, b"rubbish")).json()["code"] == "malformed"
    assert (await portal.send(challenge, AIGUL, portal.keys.sign(AIGUL, content, NOW))).status_code == 201


async def test_a_signature_that_was_captured_serves_nobody_a_second_time(portal: Portal) -> None:
    challenge = await portal.challenge()
    cms = portal.keys.sign(AIGUL, base64.b64decode(challenge["content"]), NOW)
    assert (await portal.send(challenge, AIGUL, cms)).status_code == 201
    again = await portal.send(challenge, AIGUL, cms, "жаулап алу 2026")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/challenge-not-valid")
    other = await portal.send(await portal.challenge(), AIGUL, cms, "жаулап алу 2026")
    assert (other.status_code, other.json()["code"]) == (422, "content_differs")
    assert (await portal.log_in()).status_code == 201


async def test_an_expired_challenge_is_refused(portal: Portal) -> None:
    challenge = await portal.challenge()
    cms = portal.keys.sign(AIGUL, base64.b64decode(challenge["content"]), NOW)
    portal.pass_by(timedelta(minutes=10))
    answer = await portal.send(challenge, AIGUL, cms)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/challenge-not-valid")


async def test_a_challenge_serves_only_the_person_it_was_made_for(portal: Portal) -> None:
    challenge = await portal.challenge(SERIK)
    cms = portal.keys.sign(AIGUL, base64.b64decode(challenge["content"]), NOW)
    assert (await portal.send(challenge, AIGUL, cms)).json()["type"] == "/problems/challenge-not-valid"


async def test_a_challenge_that_was_never_made_is_refused_like_an_expired_one(portal: Portal) -> None:
    invented = {"challenge_id": "01900000-0000-7000-8000-000000000000"}
    assert (await portal.send(invented, AIGUL, b"rubbish")).json()["type"] == "/problems/challenge-not-valid"


async def test_one_of_two_registrations_with_one_challenge_at_once_wins(portal: Portal) -> None:
    challenge = await portal.challenge()
    cms = portal.keys.sign(AIGUL, base64.b64decode(challenge["content"]), NOW)
    answers = await asyncio.gather(*(portal.send(challenge, AIGUL, cms, f"тау-тас {n} құс") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_hv_16_6_a_revoked_key_registers_nobody(portal: Portal) -> None:
    issued = portal.keys.authority.issue(Order.individual(AIGUL, "Айгүл", NOW))
    RevocationLists(portal.keys.authority).revoke(issued.certificate.serial_number, "keyCompromise", NOW)
    portal.take_lists()
    challenge = await portal.challenge()
    content = base64.b64decode(challenge["content"])
    cms = sign_cms(content, issued.key, issued.certificate, NOW)
    assert (await portal.send(challenge, AIGUL, cms)).json()["code"] == "revoked"


async def test_without_a_fresh_revocation_list_nothing_is_confirmed_or_refused(portal: Portal) -> None:
    portal.clock.pass_by(timedelta(days=2))
    answer = await portal.register()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/signature-cannot-be-checked")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("known", [[], [person(NOBODY, deceased=date(2026, 1, 1))]])
async def test_hv_16_3_who_is_unknown_to_the_registry_or_dead_is_not_registered(
    portal: Portal, known: list[Person]
) -> None:
    for one in known:
        portal.registry.add(one)
    answer = await portal.register(NOBODY)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/person-not-authentic")
    assert (await portal.log_in(NOBODY)).status_code == 401


async def test_who_the_registry_does_not_know_is_told_so_only_with_their_own_key(portal: Portal) -> None:
    with_other_key = await portal.register(NOBODY, signed_by=SERIK)
    assert with_other_key.json()["code"] == "iin_differs"
    assert portal.registry.asked == []


async def test_a_silent_registry_is_told_as_what_it_is(portal: Portal) -> None:
    portal.registry.silent = True
    answer = await portal.register()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/registry-unavailable")
    portal.registry.silent = False
    assert (await portal.register()).status_code == 201


async def test_registering_again_sets_a_new_password_and_ends_every_session(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.pass_by(timedelta(minutes=1))
    answer = await portal.register(password="жаңа құпия сөз")
    assert answer.json() == {"registered_at": "2026-11-24T05:00:00Z", "password_set_at": "2026-11-24T05:01:00Z"}
    assert (await portal.get("/v1/me", tokens["access_token"])).status_code == 401
    assert (await portal.refresh(tokens["refresh_token"])).status_code == 401
    assert (await portal.log_in()).status_code == 401
    assert (await portal.log_in(password="жаңа құпия сөз")).status_code == 201


async def test_a_password_that_cannot_be_is_told_before_the_challenge_is_used(portal: Portal) -> None:
    challenge = await portal.challenge()
    cms = portal.keys.sign(AIGUL, base64.b64decode(challenge["content"]), NOW)
    answer = await portal.send(challenge, AIGUL, cms, "password")
    assert answer.json()["errors"] == [{"pointer": "/password", "code": "password-common"}]
    assert (await portal.send(challenge, AIGUL, cms)).status_code == 201


async def test_a_challenge_is_the_same_for_the_known_the_registered_and_the_unknown(portal: Portal) -> None:
    await portal.register(AIGUL)
    answers = [await portal.call("POST", "/v1/registration/challenges", {"iin": iin}) for iin in (AIGUL, SERIK, NOBODY)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1
    assert len({(len(answer.content), *answer.json()) for answer in answers}) == 1
    asked = len(portal.registry.asked)
    await portal.challenge(NOBODY)
    assert len(portal.registry.asked) == asked


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"iin": "123"}, "/iin"),
        ({"iin": "٨٨٠١٠١٣٠٠٠١٨"}, "/iin"),
        ({"iin": 880101300018}, "/iin"),
        ({"iin": AIGUL, "role": "head"}, "/role"),
        ({}, "/iin"),
    ],
)
async def test_a_body_that_is_not_as_it_should_be_is_told_without_an_echo(
    portal: Portal, body: dict[str, object], pointer: str
) -> None:
    answer = await portal.call("POST", "/v1/registration/challenges", body)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert AIGUL not in answer.text


async def test_very_many_registrations_from_one_network_wait_while_others_do_not(portal: Portal) -> None:
    async with portal.world.database.connection() as c:
        await c.execute("INSERT INTO login_tallies VALUES ('registration', $1, $2, 299, 0, NULL)", CAFE, NOW)
    await portal.challenge(at=CAFE)
    answer = await portal.call("POST", "/v1/registration/challenges", {"iin": AIGUL}, at=CAFE)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    assert (await portal.register()).status_code == 201
