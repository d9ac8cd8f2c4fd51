"""CAdES-T: a stamp that holds moves the time that is judged; one that does not hold refuses the signature."""

from datetime import timedelta
from pathlib import Path

import pytest

from nca_stub.authority import Authority
from nca_stub.encoding import generalized_time, integer, octets, oid, sequence
from nca_stub.signing import DIGEST_OIDS
from nca_stub.stamper import REFUSED, Stamper, Stamping, stamp_attribute, with_unsigned
from shared.eds import der
from shared.eds.cms import Expected
from shared.eds.signed_data import TOKEN, SignedData
from shared.eds.time_stamp import POLICIES
from tests.eds.stage import AT, IIN, Stage
from tests.eds.stamp_cases import STAMPS

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("name", STAMPS)
def test_a_bad_stamp_is_refused_with_its_code(either: Stage, name: str) -> None:
    code, make = STAMPS[name]
    verdict = either.verdict(make(either))
    assert (verdict.status, verdict.code) == ("refused", code)


def test_a_stamped_signature_is_confirmed_with_the_stamp_as_evidence(either: Stage) -> None:
    verdict = either.verdict(either.stamped())
    assert verdict.code == "confirmed"
    told = verdict.evidence["time_stamp"]
    assert told["at"] == AT.isoformat()
    assert told["policy"] in POLICIES
    assert len(told["chain"]) == 3
    assert told["revocation"]["crl"]["number"] >= 1


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512", "streebog256", "streebog512"])
def test_every_allowed_digest_may_be_the_imprint(stage: Stage, digest: str) -> None:
    assert stage.verdict(stage.stamped(stamping=Stamping(digest=digest))).confirmed


def test_a_certificate_that_has_expired_since_is_judged_at_the_stamped_time(either: Stage) -> None:
    who = either.person("ends soon", lambda: either.order(not_after=AT + MINUTE))
    later, store = AT + 2 * MINUTE, either.store()
    signed = either.sign(who)
    assert either.verdict(signed, at=later, revocation=store).code == "expired"
    assert either.verdict(either.stamped(signed), at=later, revocation=store).code == "confirmed"


def test_a_certificate_revoked_after_the_stamp_was_good_then(own: Stage) -> None:
    signed = own.sign(own.person("revoked later"))
    stamped, later = own.stamped(signed), AT + 10 * MINUTE
    own.lists.revoke(own.person("revoked later").certificate.serial_number, "keyCompromise", AT + 5 * MINUTE)
    assert own.verdict(signed, at=later, revocation=own.store(later)).code == "revoked"
    assert own.verdict(stamped, at=later, revocation=own.store(later)).code == "confirmed"


def test_a_certificate_revoked_before_the_stamp_is_revoked(own: Stage) -> None:
    person = own.person("revoked before")
    own.lists.revoke(person.certificate.serial_number, "certificateHold", AT - MINUTE)
    assert own.verdict(own.stamped(own.sign(person)), revocation=own.store(AT)).code == "on_hold"


def test_a_desk_whose_certificate_is_revoked_is_not_trusted(own: Stage) -> None:
    stamped = own.stamped()
    serial = der.read(Stamper(own.authority).desk[1]).children[0].children[1].content
    own.lists.revoke(int.from_bytes(serial, "big"), "keyCompromise", AT + MINUTE)
    later = AT + 2 * MINUTE
    assert own.verdict(stamped, at=later, revocation=own.store(later)).code == "time_stamp_untrusted"


def test_a_look_alikes_stamp_is_not_trusted(stage: Stage, look_alike_folder: Path) -> None:
    foreign = Stamper(Authority.open(look_alike_folder / "nca"))
    assert stage.verdict(foreign.stamped(stage.sign(), AT)).code == "time_stamp_untrusted"


def test_an_expired_certificate_is_not_judged_by_lists_that_have_forgotten_it(stage: Stage) -> None:
    who = stage.person("forgotten", lambda: stage.order(not_after=AT + MINUTE))
    stamped, later = stage.stamped(stage.sign(who)), AT + 3 * DAY
    verdict = stage.verdict(stamped, Expected(IIN, within=None), at=later, revocation=stage.store(later))
    assert (verdict.status, verdict.code) == ("undetermined", "revocation_forgotten")


def test_an_old_stamped_signature_is_confirmed_where_no_day_is_set(stage: Stage) -> None:
    later = AT + 30 * DAY
    store, stamped = stage.store(later), stage.stamped()
    assert stage.verdict(stamped, at=later, revocation=store).code == "signing_time_out_of_range"
    assert stage.verdict(stamped, Expected(IIN, within=None), at=later, revocation=store).code == "confirmed"


def test_a_time_with_a_fraction_of_a_second_is_read(stage: Stage) -> None:
    value = SignedData.read(stage.sign()).signature
    stamper = Stamper(stage.authority)
    plain = stamper.stamp(value, AT)
    assert generalized_time(AT) in plain
    info = SignedData.read(plain, TOKEN).content or b""
    fraction = info.replace(b"\x18\x0f20261124050000Z", b"\x18\x1320261124050000.125Z")
    content = sequence(*(one.raw for one in der.read(b"\x30" + bytes([info[1] + 4]) + fraction[2:]).children))
    cms = with_unsigned(stage.sign(), stamp_attribute(stamper.sign_info(content, AT)))
    assert stage.verdict(cms).evidence["time_stamp"]["at"] == "2026-11-24T05:00:00.125000+00:00"


class TestDesk:
    """The stub's answers to requests."""

    def request(self, digest: str = "sha256", size: int = 32, *more: bytes) -> bytes:
        return sequence(integer(1), sequence(sequence(oid(DIGEST_OIDS[digest])), octets(bytes(size))), *more)

    def test_a_request_is_answered_with_its_imprint_and_nonce(self, either: Stage) -> None:
        answer = der.read(Stamper(either.authority).answer(self.request("sha256", 32, integer(77)), AT))
        status, token = answer.children
        assert status.children[0].content == b"\0"
        info = SignedData.read(token.raw, TOKEN).content or b""
        assert octets(bytes(32)) in info
        assert integer(77) in info

    @pytest.mark.parametrize("request_", [b"", b"<html>", sequence(integer(2)), sequence()])
    def test_what_is_no_request_is_refused(self, stage: Stage, request_: bytes) -> None:
        assert Stamper(stage.authority).answer(request_, AT) == REFUSED

    def test_an_imprint_of_another_length_or_digest_is_refused(self, stage: Stage) -> None:
        assert Stamper(stage.authority).answer(self.request("sha512", 32), AT) == REFUSED
        assert Stamper(stage.authority).answer(self.request("sha1", 20), AT) == REFUSED
