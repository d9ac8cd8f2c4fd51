"""The check of a file: what is genuine passes, and of what is not it is said why."""

import asyncio
import base64
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.status import SignatureCoverageLevel

from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from shared.documents.__main__ import main
from shared.documents.check import check_file, check_jws
from shared.documents.findings import ITEMS, WHY, Report
from shared.documents.status_list import STATUS_LIST_TYPE, Fallen, standing_of, status_list
from shared.eds.crl_store import CrlStore
from shared.eds.jws import Seal
from tests.architecture.sources import ROOT
from tests.documents.conftest import ANOTHER, BEFORE, ISSUED, LONGEST, NOW, STAMPED, Desk

TOKEN = "q3mJ8sV2yTfK0wZrXcB5nA"


def wrong(report: Report) -> dict[str, str | None]:
    """What does not hold, with why."""
    return {finding.item: finding.code for finding in report.findings if finding.holds is False}


@pytest.fixture(scope="module")
def pdf(desk: Desk) -> bytes:
    return asyncio.run(desk.pdf(desk.certificate()))


def test_a_sealed_document_holds(desk: Desk) -> None:
    report = check_jws(desk.certificate(), desk.terms())
    assert report.holds
    assert {finding.item for finding in report.findings if finding.holds} == {
        "shape", "seal", "authority", "issuer", "in_force",
    }  # fmt: skip
    assert report.is_test


def test_a_pdf_holds_with_the_time_of_its_stamp_and_the_original_inside_it(desk: Desk, pdf: bytes) -> None:
    report = check_file(pdf, desk.terms())
    assert wrong(report) == {}
    assert report.stamped_at == STAMPED
    assert report.sealed is not None
    assert report.sealed.document["number"] == "HV-2026-0000123"


def test_a_pdf_without_a_stamp_holds_too(desk: Desk) -> None:
    report = check_file(asyncio.run(desk.pdf(desk.refusal(), stamped=False)), desk.terms())
    assert report.holds
    assert report.stamped_at is None


def test_whatever_byte_of_a_pdf_is_changed_is_found(desk: Desk, pdf: bytes) -> None:
    begin = pdf.index(b"/Contents <") + len(b"/Contents <")
    seal = range(begin, pdf.index(b">", begin))  # It holds authorities' certificates that nobody relies on.
    for place in (one for one in range(9, len(pdf), len(pdf) // 61) if one not in seal):
        changed = bytearray(pdf)
        changed[place] ^= 0x01
        report = check_file(bytes(changed), desk.terms())
        assert not report.holds, place


def test_a_pdf_that_was_added_to_after_its_seal_is_found(desk: Desk, pdf: bytes) -> None:
    update = (
        b"\n1 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 0\ntrailer\n<</Size 1>>\nstartxref\n0\n%%EOF\n"
    )
    assert wrong(check_file(pdf + update, desk.terms())) == {"whole": "added_after_seal"}


def test_a_second_seal_in_a_pdf_is_none_of_ours(desk: Desk, pdf: bytes) -> None:
    again = b"\n<</Type/Sig/Contents <00>/ByteRange [0 10 20 30]>>\n%%EOF\n"
    assert wrong(check_file(pdf + again, desk.terms())) == {"paper": "several_seals"}


def test_a_pdf_whose_range_is_told_anew_to_hide_what_was_added_is_found(desk: Desk, pdf: bytes) -> None:
    found = re.search(rb"/ByteRange \[0 ([0-9]+) ([0-9]+) ([0-9]+)\]", pdf)
    assert found
    added = b"%added\n"
    told = f"/ByteRange [0 {int(found[1])} {int(found[2])} {int(found[3]) + len(added)}]".encode()
    forged = pdf.replace(found.group(), told) + added
    assert wrong(check_file(forged, desk.terms())) == {"paper": "content_differs"}


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda _: b"%PDF-1.7\n" + b"x" * 100, {"paper": "no_seal"}),
        (lambda pdf: pdf.replace(b"/Contents <", b"/Contents  "), {"paper": "seal_malformed"}),
        (lambda pdf: pdf.replace(b"/EmbeddedFile/Filter", b"/EmbeddedFilo/Filter"), {"paper": "no_original"}),
        (lambda _: b"%PDF-" + bytes(4_000_001), {"paper": "too_large"}),
        (lambda _: b"hello", {"shape": "malformed"}),
        (lambda _: bytes(range(256)), {"shape": "malformed"}),
        (lambda _: b"", {"shape": "malformed"}),
        (lambda _: b"a.b.c", {"shape": "malformed"}),
    ],
)
def test_what_is_no_document_of_ours_is_told_so(
    desk: Desk, pdf: bytes, forge: Callable[[bytes], bytes], why: dict[str, str]
) -> None:
    assert wrong(check_file(forge(pdf), desk.terms())) == why


def test_two_organisations_cannot_have_sealed_one_paper(desk: Desk) -> None:
    """A clinic puts another's genuine certificate into a paper of its own."""
    inside = desk.seal({**json.loads(_payload(desk.certificate())), **_of(ANOTHER)}, ANOTHER)
    assert check_jws(inside, desk.terms()).holds
    assert wrong(check_file(asyncio.run(desk.pdf(inside)), desk.terms())) == {"one_sealer": "bin_differs_inside"}


def _of(provider: Any) -> dict[str, Any]:
    telephones = list(provider.telephones)
    told = {"bin": provider.bin, "name": provider.name, "address": provider.address, "telephones": telephones}
    return {"provider": told}


def _payload(jws: str) -> bytes:
    part = jws.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_clinic_cannot_seal_in_the_name_of_another(desk: Desk) -> None:
    forged = desk.seal(json.loads(_payload(desk.certificate())), ANOTHER)
    assert wrong(check_jws(forged, desk.terms())) == {"issuer": "bin_differs"}


def test_a_changed_word_breaks_the_seal(desk: Desk) -> None:
    head, payload, signature = desk.certificate().split(".")
    _, other, _ = desk.certificate(number="HV-2026-0000124").split(".")
    assert payload != other
    assert wrong(check_jws(f"{head}.{other}.{signature}", desk.terms())) == {"seal": "signature_wrong"}


def test_another_kind_of_sealed_thing_is_no_document(desk: Desk) -> None:
    answer = desk.seal(json.loads(_payload(desk.certificate())), typ="registry-answer+json")
    assert wrong(check_jws(answer, desk.terms())) == {"shape": "typ_differs"}


def test_a_document_from_the_future_does_not_hold(desk: Desk) -> None:
    assert wrong(check_jws(desk.certificate(), desk.terms(at=ISSUED - timedelta(days=1)))) == {
        "in_force": "dated_ahead"
    }


def test_a_document_outlives_the_certificate_of_its_seal(desk: Desk) -> None:
    assert check_jws(desk.certificate(), desk.terms(at=NOW + timedelta(days=365 * 20))).holds


def test_a_seal_that_was_revoked_later_holds_where_a_stamp_proves_the_time_and_not_without(
    desk: Desk, tmp_path: Path
) -> None:
    issued = desk.authority.issue(Order.organisation(LONGEST.bin, LONGEST.name, BEFORE))
    (tmp_path / "key.pem").write_bytes(issued.key_pem())
    (tmp_path / "chain.pem").write_bytes(issued.chain_pem())
    seal = Seal.from_files(tmp_path / "key.pem", tmp_path / "chain.pem")
    jws = seal.sign(_payload(desk.certificate()), typ="phc-document+json")
    RevocationLists(desk.authority).revoke(seal.certificate.serial, "keyCompromise", STAMPED + timedelta(hours=1))
    lists = CrlStore(desk.trust)
    lists.accept(RevocationLists(desk.authority).full(NOW))
    terms = desk.terms(revocation=lists)
    assert wrong(check_jws(jws, terms)) == {"not_revoked": "revoked"}
    assert wrong(check_jws(jws, desk.terms(revocation=lists, judged=STAMPED))) == {}
    assert wrong(check_jws(desk.certificate(), terms)) == {}


def test_the_status_list_says_what_no_longer_stands_and_tells_strangers_nothing(desk: Desk) -> None:
    document = check_jws(desk.certificate(), desk.terms()).sealed
    assert document
    seal = desk.seals[LONGEST.bin]

    def sealed(at: Any, *fallen: Fallen, by: Seal = seal) -> str:
        return by.sign(status_list(LONGEST.bin, "home-visit", at, fallen), typ=STATUS_LIST_TYPE)

    clean, listed = sealed(NOW), sealed(NOW, Fallen(TOKEN, "cancelled", STAMPED))
    assert standing_of(document, clean, desk.terms()).holds is True
    found = standing_of(document, listed, desk.terms())
    assert (found.holds, found.code) == (False, "cancelled")
    assert TOKEN not in _payload(listed).decode()
    for doubtful, code in (
        (sealed(NOW - timedelta(hours=2)), "list_too_old"),
        (sealed(NOW, by=desk.seals[ANOTHER.bin]), "list_of_another"),
        ("a.b.c", "list_not_valid"),
    ):
        found = standing_of(document, doubtful, desk.terms())
        assert (found.holds, found.code) == (None, code)


def test_pyhanko_as_a_second_opinion_says_the_same(desk: Desk, pdf: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(pdf))
    (signature,) = reader.embedded_signatures
    signature.compute_integrity_info()
    assert signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert signature.docmdp_level is not None
    assert signature.docmdp_level.name == "NO_CHANGES"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_command_line_says_what_holds_and_gives_the_original(
    desk: Desk, pdf: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, original = tmp_path / "answer.pdf", tmp_path / "answer.jws"
    file.write_bytes(pdf)
    asked = ["verify", str(file), "--trust", str(desk.trust_folder), "--at", "2026-12-01", "--language", "ru"]
    assert main([*asked, "--original", str(original)]) == 0
    said = capsys.readouterr().out
    assert "Документ подлинный." in said
    assert "тестовый" in said
    assert "Справка № HV-2026-0000123" in said
    assert check_file(original.read_bytes(), desk.terms()).holds
    listed = tmp_path / "list.jws"
    payload = status_list(LONGEST.bin, "home-visit", NOW, [Fallen(TOKEN, "withdrawn", STAMPED)])
    listed.write_text(desk.seals[LONGEST.bin].sign(payload, typ=STATUS_LIST_TYPE))
    assert main([*asked, "--status", str(listed)]) == 1
    assert "документ отозван" in capsys.readouterr().out
    file.write_bytes(pdf + b"%")
    assert main(asked) == 1
    assert "после заверения в файл добавлены данные" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "nothing"), "--trust", str(desk.trust_folder)]) == 2


def test_whatever_is_looked_at_and_whatever_is_wrong_has_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "shared/documents").glob("*.py"))
    items = set(re.findall(r'Finding\.of\(\s*"([a-z_]+)"', source))
    codes = set(re.findall(r'(?:NotOurPdf|SealNotValid|holds=None, code=)\("([a-z_]+)"', source))
    codes |= set(re.findall(r'Finding\.of\(\s*"[a-z_]+",\s*"([a-z_]+)"', source))
    assert len(items) > 10
    assert items <= ITEMS.keys()
    assert len(codes) > 8
    assert codes <= WHY.keys()
    for words in (*ITEMS.values(), *WHY.values()):
        assert len(set(words.as_dict().values())) == 3
