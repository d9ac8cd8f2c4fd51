"""EDS step 3: revocation lists that are taken, refused, joined, kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub.authority import Authority
from nca_stub.lists import EVERY, RevocationLists
from nca_stub.resigning import signed_list
from shared.eds.certificate import Certificate
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import Crl, CrlNotValid
from shared.eds.trust import Trust
from tests.eds.stage import AT, Stage

Change = Callable[[x509.CertificateRevocationListBuilder], x509.CertificateRevocationListBuilder]


def issuing_of(stage: Stage) -> Certificate:
    return next(one for one in stage.trust.anchors if one.subject != one.issuer)


def a_list(
    authority: Authority,
    *extensions: tuple[x509.ExtensionType, bool],
    since: datetime = AT,
    serials: tuple[int, ...] = (),
    entries: tuple[x509.RevokedCertificate, ...] = (),
    reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
) -> bytes:
    """Sign a list of one's own making."""
    builder = x509.CertificateRevocationListBuilder(authority.issuing.subject)
    builder = builder.last_update(since).next_update(since + timedelta(days=1))
    for serial in serials:
        entry = x509.RevokedCertificateBuilder(serial, since.replace(tzinfo=None))
        builder = builder.add_revoked_certificate(entry.add_extension(x509.CRLReason(reason), critical=False).build())
    for one in entries:
        builder = builder.add_revoked_certificate(one)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return signed_list(builder, authority.issuing_key).public_bytes(Encoding.DER)


def test_a_list_is_read_with_its_number_and_times(stage: Stage) -> None:
    crl = Crl.read(a_list(stage.authority, (x509.CRLNumber(7), False), serials=(5, 9)), issuing_of(stage))
    assert (crl.number, crl.base, sorted(crl.serials)) == (7, None, [5, 9])
    assert (crl.this_update, crl.next_update) == (AT, AT + timedelta(days=1))


@pytest.mark.parametrize("junk", [b"", b"<html></html>", b"0\x00", b"0\x82\xff\xff"])
def test_what_is_no_list_is_refused(stage: Stage, junk: bytes) -> None:
    with pytest.raises(CrlNotValid):
        CrlStore(stage.trust).accept(junk)


def test_a_changed_list_is_refused_wherever_a_bit_flips(stage: Stage) -> None:
    der = a_list(stage.authority, (x509.CRLNumber(7), False), serials=(5,))
    for place in range(0, len(der) * 8, 7):
        flipped = bytearray(der)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(CrlNotValid):
            Crl.read(bytes(flipped), issuing_of(stage))


def test_bytes_after_the_end_are_refused(stage: Stage) -> None:
    with pytest.raises(CrlNotValid):
        Crl.read(a_list(stage.authority, (x509.CRLNumber(7), False)) + b"\x00", issuing_of(stage))


@pytest.mark.parametrize(
    ("extensions", "why"),
    [
        ([], "without a number"),
        ([(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)], "not understood"),
        (
            [
                (x509.CRLNumber(7), False),
                (x509.IssuingDistributionPoint(None, None, True, False, None, False, False), True),
            ],
            "not understood",
        ),
        (
            [(x509.CRLNumber(7), False), (x509.AuthorityKeyIdentifier(b"another", None, None), False)],
            "another authority",
        ),
    ],
)
def test_a_list_that_means_something_else_is_refused(
    stage: Stage, extensions: list[tuple[x509.ExtensionType, bool]], why: str
) -> None:
    with pytest.raises(CrlNotValid, match=why):
        Crl.read(a_list(stage.authority, *extensions), issuing_of(stage))


def test_a_list_of_a_look_alike_is_refused(stage: Stage, look_alike_folder: Path) -> None:
    other = Authority.open(look_alike_folder / "nca")
    with pytest.raises(CrlNotValid):
        CrlStore(stage.trust).accept(RevocationLists(other).full(AT))


def test_a_list_signed_by_the_root_is_not_the_issuing_authoritys(stage: Stage) -> None:
    root = next(one for one in stage.trust.anchors if one.subject == one.issuer)
    with pytest.raises(CrlNotValid, match="another authority"):
        Crl.read(a_list(stage.authority, (x509.CRLNumber(7), False)), root)


class TestStore:
    """Lists are swapped whole and never rolled back."""

    def test_a_lower_number_is_refused_and_changes_nothing(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        store.accept(a_list(stage.authority, (x509.CRLNumber(8), False), serials=(5,)))
        with pytest.raises(CrlNotValid, match="older"):
            store.accept(a_list(stage.authority, (x509.CRLNumber(7), False), since=AT + timedelta(hours=1)))
        assert [said["number"] for said in store.described().values()] == [8]

    def test_the_same_number_with_an_earlier_time_is_refused(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        store.accept(a_list(stage.authority, (x509.CRLNumber(8), False)))
        with pytest.raises(CrlNotValid, match="older"):
            store.accept(a_list(stage.authority, (x509.CRLNumber(8), False), since=AT - timedelta(hours=1)))

    def test_the_same_list_again_is_taken_and_keeps_the_chains(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        der = a_list(stage.authority, (x509.CRLNumber(8), False))
        store.accept(der)
        chain = stage.trust.chain_of(stage.citizen.der)
        store.accept(der)
        assert stage.trust.chain_of(stage.citizen.der) is chain

    def test_another_list_drops_the_kept_chains(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        chain = stage.trust.chain_of(stage.citizen.der)
        store.accept(a_list(stage.authority, (x509.CRLNumber(8), False)))
        assert stage.trust.chain_of(stage.citizen.der) is not chain

    def test_a_restart_rolls_nothing_back(self, stage: Stage, tmp_path: Path) -> None:
        before = CrlStore(stage.trust, tmp_path)
        before.accept(a_list(stage.authority, (x509.CRLNumber(8), False)))
        (tmp_path / "broken.full.crl").write_bytes(b"broken")
        after = CrlStore(stage.trust, tmp_path)
        assert after.restore() == ("broken.full.crl",)
        assert after.is_ready(AT)
        with pytest.raises(CrlNotValid, match="older"):
            after.accept(a_list(stage.authority, (x509.CRLNumber(7), False)))

    def test_it_is_ready_only_while_a_list_is_in_force(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        assert not store.is_ready(AT)
        store.accept(a_list(stage.authority, (x509.CRLNumber(8), False)))
        assert store.is_ready(AT)
        assert not store.is_ready(AT + timedelta(days=1))


class TestDelta:
    """A delta adds to the full list whatever its numbers say: the test authority's delta 10 has base 14."""

    def both(self, stage: Stage, full: bytes, delta: bytes) -> str:
        store = CrlStore(stage.trust)
        store.accept(full)
        store.accept(delta)
        return stage.verdict(stage.sign(), at=AT + timedelta(hours=2), revocation=store).code

    def delta(self, stage: Stage, hours: int, reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise) -> bytes:
        serial = stage.citizen.certificate.serial_number
        numbers = ((x509.CRLNumber(10), False), (x509.DeltaCRLIndicator(14), True))
        return a_list(stage.authority, *numbers, since=AT + timedelta(hours=hours), serials=(serial,), reason=reason)

    def test_what_either_list_names_is_revoked(self, stage: Stage) -> None:
        full = a_list(stage.authority, (x509.CRLNumber(14), False))
        assert self.both(stage, full, self.delta(stage, 1)) == "revoked"

    def test_a_hold_in_the_delta_is_told_as_a_hold(self, stage: Stage) -> None:
        full = a_list(stage.authority, (x509.CRLNumber(14), False))
        assert self.both(stage, full, self.delta(stage, 1, x509.ReasonFlags.certificate_hold)) == "on_hold"

    def test_a_delta_older_than_the_full_list_says_nothing_more(self, stage: Stage) -> None:
        full = a_list(stage.authority, (x509.CRLNumber(14), False))
        assert self.both(stage, full, self.delta(stage, -1)) == "confirmed"

    def test_removed_from_the_list_revokes_nothing_and_releases_nothing(self, stage: Stage) -> None:
        serial = stage.citizen.certificate.serial_number
        delta = self.delta(stage, 1, x509.ReasonFlags.remove_from_crl)
        clear = a_list(stage.authority, (x509.CRLNumber(14), False))
        assert self.both(stage, clear, delta) == "confirmed"
        held = a_list(stage.authority, (x509.CRLNumber(14), False), serials=(serial,))
        assert self.both(stage, held, delta) == "revoked"

    def test_a_delta_alone_tells_nothing(self, stage: Stage) -> None:
        store = CrlStore(stage.trust)
        store.accept(self.delta(stage, 0))
        assert stage.verdict(stage.sign(), revocation=store).code == "revocation_unknown"


class TestPublished:
    """The stub's own lists, from revocation to release."""

    def test_numbers_grow_and_lists_are_published_every_hour(self, own: Stage) -> None:
        first = Crl.read(own.lists.full(AT), issuing_of(own))
        assert own.lists.full(AT + EVERY / 2) == own.lists.full(AT)
        second = Crl.read(own.lists.full(AT + EVERY), issuing_of(own))
        assert (second.number, second.this_update) == (first.number + 1, AT + EVERY)

    def test_a_clock_set_back_still_gets_a_list_in_force_that_is_taken(self, own: Stage) -> None:
        store = own.store(AT)
        earlier = AT - timedelta(days=1)
        store.accept(own.lists.full(earlier))
        assert store.is_ready(earlier)

    def test_a_hold_and_its_release(self, own: Stage) -> None:
        own.lists.full(AT)
        serial, later = own.citizen.certificate.serial_number, AT + timedelta(minutes=1)
        own.lists.revoke(serial, "certificateHold", later)
        assert own.verdict(own.sign(), at=later).code == "on_hold"
        assert Crl.read(own.lists.delta(later), issuing_of(own)).serials == {serial}
        own.lists.release(serial, later + timedelta(minutes=1))
        assert own.verdict(own.sign(), at=later + timedelta(minutes=2)).code == "confirmed"
        assert Crl.read(own.lists.delta(later), issuing_of(own)).serials == set()

    def test_the_delta_tells_of_a_release_since_its_base(self, own: Stage) -> None:
        serial, later = own.citizen.certificate.serial_number, AT + EVERY
        own.lists.revoke(serial, "certificateHold", AT)
        own.lists.full(later)
        own.lists.release(serial, later + timedelta(minutes=1))
        delta = x509.load_der_x509_crl(own.lists.delta(later + timedelta(minutes=2)))
        (entry,) = delta
        assert entry.serial_number == serial
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
        assert reason is x509.ReasonFlags.remove_from_crl

    def test_only_what_was_issued_is_revoked_and_only_a_hold_released(self, own: Stage) -> None:
        serial = own.citizen.certificate.serial_number
        for wrong in (1, -1, 1 << 200):
            with pytest.raises(KeyError):
                own.lists.revoke(wrong, "superseded", AT)
        own.lists.revoke(serial, "superseded", AT)
        with pytest.raises(KeyError):
            own.lists.release(serial, AT)


def test_a_list_of_many_is_looked_up_without_searching(stage: Stage) -> None:
    serials = tuple(range(1 << 100, (1 << 100) + 2_000))
    crl = Crl.read(a_list(stage.authority, (x509.CRLNumber(7), False), serials=serials), issuing_of(stage))
    assert crl.serials == frozenset(serials)
    assert isinstance(crl.serials, frozenset)


def test_trust_needs_authorities(tmp_path: Path, stage: Stage) -> None:
    with pytest.raises(ValueError, match="no pinned authority"):
        Trust.from_folder(tmp_path)
    (tmp_path / "citizen.cer").write_bytes(stage.citizen.der)
    with pytest.raises(ValueError, match="no certification authority"):
        Trust.from_folder(tmp_path)
