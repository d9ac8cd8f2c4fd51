"""What the authority's stub publishes over HTTP, and its handles."""

import hashlib
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from nca_stub.app import create_app
from nca_stub.authority import Authority
from nca_stub.encoding import integer, octets, oid, sequence
from nca_stub.settings import AuthoritySettings
from nca_stub.signing import sign_with_file
from nca_stub.stamper import stamp_attribute, with_unsigned
from shared.eds import der
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.ocsp import OcspAnswer, question
from shared.eds.profile import bins_of, roles_of
from shared.eds.revocation import CrlNotValid
from shared.eds.signed_data import SignedData
from shared.eds.trust import Trust
from shared.eds.verdict import Role
from tests.eds.stage import AT, BIN, CONTENT, IIN, NAME
from tests.fakes import ClockAt


class Stub:
    """The stub's application with a client, a clock, and whoever relies on it."""

    def __init__(self, folder: Path) -> None:
        self.clock = ClockAt(AT)
        self.folder = folder
        self.app: FastAPI = create_app(AuthoritySettings(nca_dir=folder / "nca"), self.clock)
        for authority in (Authority(folder / "nca"), Authority(folder / "nca" / "gost")):
            authority.write_trust(folder / "trust")
        self.trust = Trust.from_folder(folder / "trust")
        self.store = CrlStore(self.trust)
        transport = httpx2.ASGITransport(app=self.app)
        self.http = httpx2.AsyncClient(transport=transport, base_url="http://nca.test")

    async def refresh(self) -> None:
        for place in ("", "/gost"):
            self.store.accept((await self.http.get(f"{place}/crl/full.crl")).content)

    async def issue(self, algorithm: str = "rsa") -> tuple[str, Path]:
        """Have a citizen's key issued; returns serial and the PEM's path."""
        answer = await self.http.post("/control/issue", json={"iin": IIN, "name": NAME, "algorithm": algorithm})
        assert answer.status_code == 201
        pem = self.folder / "citizen.pem"
        pem.write_text(answer.json()["pem"])
        return answer.json()["serial"], pem

    def code(self, pem: Path) -> str:
        cms = sign_with_file(CONTENT, pem, self.clock.now())
        return verify_cms(
            cms, CONTENT, trust=self.trust, revocation=self.store, at=self.clock.now(), expected=Expected(IIN)
        ).code


@pytest.fixture
def stub(nca_folder: Path) -> Stub:
    return Stub(nca_folder)


async def test_its_authorities_are_published(stub: Stub) -> None:
    for name in ("authorities/root", "authorities/issuing", "gost/authorities/root", "gost/authorities/issuing"):
        answer = await stub.http.get(f"/{name}.cer")
        assert answer.headers["content-type"] == "application/pkix-cert"
        assert stub.trust.is_pinned(Certificate.read(answer.content))
    assert (await stub.http.get("/authorities/issuing.key.pem")).status_code == 404


@pytest.mark.parametrize("algorithm", ["rsa", "gost"])
async def test_a_key_is_issued_revoked_and_released(stub: Stub, algorithm: str) -> None:
    serial, pem = await stub.issue(algorithm)
    await stub.refresh()
    assert stub.code(pem) == "confirmed"
    assert (await stub.http.post("/control/revoke", json={"serial": serial})).status_code == 204
    await stub.refresh()
    assert stub.code(pem) == "on_hold"
    assert (await stub.http.post("/control/release", json={"serial": serial})).status_code == 204
    await stub.refresh()
    assert stub.code(pem) == "confirmed"
    assert (await stub.http.post("/control/release", json={"serial": serial})).status_code == 404
    assert (await stub.http.post("/control/revoke", json={"serial": "abc"})).status_code == 404


async def test_an_officials_key_carries_role_and_bin(stub: Stub) -> None:
    body = {"iin": IIN, "name": NAME, "bin": BIN, "organisation": "TEST", "role": "right_to_sign"}
    answer = await stub.http.post("/control/issue-official", json=body)
    pem = stub.folder / "official.pem"
    pem.write_text(answer.json()["pem"])
    (certificate,) = Certificate.read_all(pem)
    assert (bins_of(certificate), roles_of(certificate)[0]) == ((BIN,), Role.RIGHT_TO_SIGN)


async def test_a_list_that_has_not_changed_is_not_sent_again(stub: Stub) -> None:
    first = await stub.http.get("/crl/full.crl")
    again = await stub.http.get("/crl/full.crl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    stub.clock.pass_by(timedelta(hours=1))
    later = await stub.http.get("/crl/full.crl", headers={"If-None-Match": first.headers["etag"]})
    assert later.status_code == 200


@pytest.mark.parametrize(("algorithm", "place"), [("rsa", ""), ("gost", "/gost")])
async def test_the_delta_is_published_beside_the_full_list(stub: Stub, algorithm: str, place: str) -> None:
    _, pem = await stub.issue(algorithm)
    await stub.refresh()
    stub.clock.pass_by(timedelta(minutes=1))
    serial = f"{Certificate.read_all(pem)[0].serial:x}"
    await stub.http.post("/control/revoke", json={"serial": serial, "reason": "superseded"})
    stub.store.accept((await stub.http.get(f"{place}/crl/delta.crl")).content)
    assert stub.code(pem) == "revoked"


@pytest.mark.parametrize(("algorithm", "place"), [("rsa", ""), ("gost", "/gost")])
async def test_ocsp_answers_with_our_nonce(stub: Stub, algorithm: str, place: str) -> None:
    serial, pem = await stub.issue(algorithm)
    chain = stub.trust.chain_of(Certificate.read_all(pem)[0].der)
    headers = {"Content-Type": "application/ocsp-request"}
    answer = await stub.http.post(f"{place}/ocsp", content=question(chain, bytes(32)), headers=headers)
    assert answer.headers["content-type"] == "application/ocsp-response"
    assert OcspAnswer(answer.content, bytes(32)).standing(chain, AT).kind == "good"
    await stub.http.post("/control/revoke", json={"serial": serial, "reason": "keyCompromise"})
    answer = await stub.http.post(f"{place}/ocsp", content=question(chain, bytes(32)), headers=headers)
    assert OcspAnswer(answer.content, bytes(32)).standing(chain, AT).kind == "revoked"


@pytest.mark.parametrize(("algorithm", "place"), [("rsa", ""), ("gost", "/gost")])
async def test_a_time_stamp_is_given_and_believed(stub: Stub, algorithm: str, place: str) -> None:
    _, pem = await stub.issue(algorithm)
    await stub.refresh()
    cms = sign_with_file(CONTENT, pem, AT)
    imprint = hashlib.sha256(SignedData.read(cms).signature).digest()
    asked = sequence(integer(1), sequence(sequence(oid("2.16.840.1.101.3.4.2.1")), octets(imprint)), integer(7))
    headers = {"Content-Type": "application/timestamp-query"}
    answer = await stub.http.post(f"{place}/tsp", content=asked, headers=headers)
    assert answer.headers["content-type"] == "application/timestamp-reply"
    stamped = with_unsigned(cms, stamp_attribute(der.read(answer.content).children[1].raw))
    verdict = verify_cms(stamped, CONTENT, trust=stub.trust, revocation=stub.store, at=AT, expected=Expected(IIN))
    assert (verdict.code, verdict.evidence["time_stamp"]["at"]) == ("confirmed", AT.isoformat())


@pytest.mark.parametrize("mood", ["down", "garbage", "stale", "rolled_back"])
async def test_in_every_mood_a_relying_party_is_undetermined_and_recovers(stub: Stub, mood: str) -> None:
    _, pem = await stub.issue()
    await stub.http.post("/control/mood", json={"crl": mood})
    answer = await stub.http.get("/crl/full.crl")
    assert answer.status_code == (503 if mood == "down" else 200)
    if mood in {"down", "garbage"}:
        with pytest.raises(CrlNotValid):
            stub.store.accept(answer.content)
    elif mood == "stale":
        stub.store.accept(answer.content)
    if mood != "rolled_back":
        assert stub.code(pem) == "revocation_unknown"
    await stub.http.post("/control/mood", json={})
    await stub.refresh()
    assert stub.code(pem) == "confirmed"


async def test_a_list_rolled_back_is_refused(stub: Stub) -> None:
    await stub.refresh()
    await stub.http.post("/control/mood", json={"crl": "rolled_back"})
    with pytest.raises(CrlNotValid, match="older"):
        await stub.refresh()


@pytest.mark.parametrize("mood", ["down", "garbage", "stale"])
async def test_in_every_mood_an_ocsp_answer_proves_nothing(stub: Stub, mood: str) -> None:
    _, pem = await stub.issue()
    chain = stub.trust.chain_of(Certificate.read_all(pem)[0].der)
    await stub.http.post("/control/mood", json={"ocsp": mood})
    headers = {"Content-Type": "application/ocsp-request"}
    answer = await stub.http.post("/ocsp", content=question(chain, bytes(32)), headers=headers)
    assert OcspAnswer(answer.content, bytes(32)).standing(chain, AT).kind == "unknown"


async def test_health_readiness_and_odd_orders(stub: Stub) -> None:
    assert (await stub.http.get("/healthz")).status_code == 200
    assert (await stub.http.get("/readyz")).json() == {"status": "ok", "parts": {"authority": True}}
    for body in ({"iin": "٩٠٠١٠١٣٠٠٠١٧", "name": NAME}, {"iin": IIN}, {"iin": IIN, "name": NAME, "ca": True}):
        answer = await stub.http.post("/control/issue", json=body)
        assert answer.status_code == 422
        assert NAME not in answer.text


async def test_without_control_there_are_no_handles(nca_folder: Path) -> None:
    app = create_app(AuthoritySettings(nca_dir=nca_folder / "nca", control_enabled=False), ClockAt(AT))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://nca.test") as http:
        assert (await http.post("/control/revoke", json={"serial": "1"})).status_code == 404
