import base64
import json

import pytest

from person_registry_stub.app import CALLERS
from person_registry_stub.demo_people import NOBODY, demo_people
from person_registry_stub.organisations import CLOSED_COMPANY
from person_registry_stub.population import Population
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.clock import SystemClock
from shared.kit.http import Call, HttpClient, ServiceClient
from shared.kit.registry import PERSONS, REGISTRY_TEST_BIN, TYPE, PersonStatement, RegistryClient, RegistryUnavailable
from shared.law.providers import PROVIDERS
from tests.registry.conftest import SIZE, Control, Running, client_of, json_bytes

ADULT = demo_people()["adult"].person
QUESTION = {"iin": ADULT.iin, "purpose": "HV-12.1", "nonce": "n" * 22}


async def post(running: Running, http: HttpClient, body: object, caller: str = "home_visit") -> tuple[int, bytes]:
    service = ServiceClient(http, running.envelopes(caller), running.url, "person_registry")
    answer = await service.post(PERSONS, json_bytes(body))
    return answer.status, answer.body


@pytest.mark.parametrize("caller", CALLERS)
async def test_hv_17_3_each_service_gets_the_person_it_asks_for(
    running: Running, http: HttpClient, caller: str
) -> None:
    answer = await client_of(running, http, caller).person(ADULT.iin, "HV-12.1")
    assert answer.person == ADULT


async def test_hv_17_3_a_synthetic_person_comes_as_the_population_tells_them(client: RegistryClient) -> None:
    expected = Population(SIZE).person_at(42)
    assert expected is not None
    assert (await client.person(expected.iin, "HV-17.3")).person == expected


async def test_hv_17_4_the_answer_about_nobody_is_sealed_too(client: RegistryClient) -> None:
    answer = await client.person(NOBODY, "HV-17.3")
    assert answer.person is None
    assert answer.jws.count(".") == 2


async def test_the_kept_answer_proves_itself_later(running: Running, client: RegistryClient) -> None:
    answer = await client.person(ADULT.iin, "HV-17.3")
    trust = Trust.from_folder(running.folder / "trust")
    payload = open_sealed(answer.jws, typ=TYPE, trust=trust, at=SystemClock().now(), bin=REGISTRY_TEST_BIN)
    statement = PersonStatement.model_validate_json(payload)
    header = json.loads(base64.urlsafe_b64decode(answer.jws.split(".")[0] + "=="))
    assert (statement.iin, statement.person) == (ADULT.iin, ADULT)
    assert header["typ"] == "registry-answer+json"
    assert header["x5c"]


async def test_a_legal_person_comes_with_its_head(client: RegistryClient) -> None:
    provider = PROVIDERS[0]
    answer = await client.organisation(provider.bin, "HV-8.2")
    assert answer.organisation is not None
    assert answer.organisation.name.kk == provider.name
    assert (await client.person(answer.organisation.head_iin, "HV-8.2")).person is not None


async def test_a_closed_and_an_unknown_legal_person_are_told_apart(client: RegistryClient) -> None:
    closed = (await client.organisation(CLOSED_COMPANY, "DP-8")).organisation
    assert closed is not None
    assert closed.closed is not None
    assert (await client.organisation("130040900999", "DP-8")).organisation is None


async def test_nobody_is_answered_without_an_envelope(running: Running, http: HttpClient) -> None:
    call = Call("POST", running.url + PERSONS, json_bytes(QUESTION), {"Content-Type": "application/json"})
    answer = await http.call(call)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Envelope")


async def test_a_caller_who_is_not_listed_is_refused(running: Running, http: HttpClient) -> None:
    status, _ = await post(running, http, QUESTION, "operator")
    assert status == 401
    with pytest.raises(RegistryUnavailable) as refused:
        await client_of(running, http, "operator").person(ADULT.iin, "HV-12.1")
    assert refused.value.reason == "status"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iin": "87041249001"},
        {"iin": "٨٧٠٤١٢٤٩٠٠١١"},
        {"iin": 870412490011},
        {"purpose": ""},
        {"purpose": "HV\n12"},
        {"nonce": "short"},
        {"nonce": None},
        {"extra": 1},
    ],
    ids=str,
)
async def test_a_malformed_question_is_422_and_says_nothing_of_it(
    running: Running, http: HttpClient, wrong: dict[str, object]
) -> None:
    status, body = await post(running, http, QUESTION | wrong)
    assert status == 422
    assert b"8704" not in body


async def test_no_iin_reaches_the_log(running: Running, client: RegistryClient, control: Control) -> None:
    await client.person(ADULT.iin, "HV-12.1")
    await control.mood("not_found", only_iin=ADULT.iin)
    assert "registry.asked" in running.log
    assert "home_visit" in running.log
    assert ADULT.iin not in running.log
    assert ADULT.names.kk.surname not in running.log


async def test_a_person_can_die_and_come_back_for_a_test(client: RegistryClient, control: Control) -> None:
    await control.change(iin=ADULT.iin, deceased="2026-11-20", documents_expire="2026-11-01", guardians=[])
    changed = (await client.person(ADULT.iin, "HV-12.1")).person
    assert changed is not None
    assert str(changed.deceased) == "2026-11-20"
    assert [str(document.expires) for document in changed.documents] == ["2026-11-01"]
    await control.change(iin=ADULT.iin)
    assert (await client.person(ADULT.iin, "HV-12.1")).person == ADULT


async def test_a_person_can_vanish_for_a_test(client: RegistryClient, control: Control) -> None:
    await control.change(iin=ADULT.iin, known=False)
    assert (await client.person(ADULT.iin, "HV-12.1")).person is None
    await control.change(iin=ADULT.iin)


async def test_a_change_of_nobody_is_not_found_and_a_wrong_one_is_422(control: Control) -> None:
    assert (await control.call("POST", "/people", json_bytes({"iin": NOBODY}))).status == 404
    wrong = {"iin": ADULT.iin, "deceased": "yesterday"}
    assert (await control.call("POST", "/people", json_bytes(wrong))).status == 422
    assert (await control.call("POST", "/mood", json_bytes({"mood": "sulky"}))).status == 422


async def test_the_demo_people_and_their_cases_can_be_read(control: Control) -> None:
    told = json.loads((await control.call("GET", "/people")).body)
    assert [row["slug"] for row in told["people"]] == list(demo_people())
    assert {row["outcome"] for row in told["cases"]} == {"granted", "refused"}
